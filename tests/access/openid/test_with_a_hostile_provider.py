"""Does a lying provider, a forged token or a stolen answer ever sign anybody in? (Trust, threat 11.)"""

import asyncio
import time
from collections.abc import Callable
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from httpx2 import AsyncClient, Response

from access.openid import provider as provider_module
from foundation.database import execute, fetch
from foundation.requests import Watched
from tests.access.openid.conftest import browsing, is_signed_in, link
from tests.access.openid.hostile import (
    EC_KEY,
    OTHER_KEY,
    STRANGERS_KEY,
    Hostile,
    spoiled,
    with_public_key_as_secret,
)
from tests.builders import officer
from tests.clients import submit

pytestmark = pytest.mark.anyio


@pytest.fixture
async def ada(database: str, hostile: Hostile) -> int:
    number = await officer("Ada", email="ada@force.test")
    await link(number, hostile.issuer, "ada")
    return number


async def _leave(client: AsyncClient, hostile: Hostile) -> dict[str, str]:
    left = await submit(client, "/sign-in", "/sign-in", {})
    assert left.status_code == 303, left.text
    asked = {name: values[0] for name, values in parse_qs(urlsplit(left.headers["location"]).query).items()}
    hostile.nonce = asked["nonce"]
    return asked


def _back(hostile: Hostile, asked: dict[str, str], **other: str | None) -> str:
    said = {"code": "a-code", "state": asked["state"], "iss": hostile.issuer, **other}
    kept = {name: value for name, value in said.items() if value is not None}
    return f"/sign-in/back?{urlencode(kept)}"


async def _try(misled: Watched, hostile: Hostile, **other: str | None) -> tuple[Response, bool]:
    async with browsing(misled) as client:
        answer = await client.get(_back(hostile, await _leave(client, hostile), **other))
        return answer, is_signed_in(client)


async def _nobody_came_in(answer: Response, *, came_in: bool) -> None:
    assert not came_in
    assert answer.status_code in {400, 403, 503}
    assert "<h1" in answer.text, "a page in plain words, not a trace"
    assert await fetch("SELECT FROM access.session") == []


async def test_the_same_provider_telling_the_truth_signs_one_in(
    misled: Watched, hostile: Hostile, ada: int
) -> None:
    """Every refusal below is worth nothing unless this holds."""
    answer, came_in = await _try(misled, hostile)
    assert (answer.status_code, came_in) == (303, True)
    hostile.token = lambda it: it.signed(it.claims(), key=EC_KEY, alg="ES256")
    assert (await _try(misled, hostile))[1]
    hostile.token = lambda it: it.signed(it.claims(), alg="PS256")
    assert (await _try(misled, hostile))[1]
    hostile.token = lambda it: it.signed(it.claims(aud=["attested", "other"], azp="attested"))
    assert (await _try(misled, hostile))[1]
    hostile.token = lambda it: it.signed(it.claims(exp=int(time.time()) - 50))
    assert (await _try(misled, hostile))[1], "clocks may be a minute apart"


Lie = Callable[[Hostile], str]


def _said(**claims: object) -> Lie:
    return lambda it: it.signed(it.claims(**claims))


def _in(seconds: int) -> int:
    return int(time.time()) + seconds


LIES: dict[str, Lie] = {
    "another issuer": _said(iss="https://evil.test"),
    "an issuer with a slash more": lambda it: it.signed(it.claims(iss=it.issuer + "/")),
    "no issuer": _said(iss=None),
    "made for somebody else": _said(aud="somebody-else"),
    "made for a list without us": _said(aud=["one", "two"]),
    "made for several, given to nobody": _said(aud=["attested", "other"]),
    "made for nobody": _said(aud=None),
    "made for an empty list": _said(aud=[]),
    "given to somebody else": _said(azp="somebody-else"),
    "another nonce": _said(nonce="another"),
    "no nonce": _said(nonce=None),
    "a nonce that is a list": lambda it: it.signed(it.claims(nonce=[it.nonce])),
    "expired": lambda it: it.signed(it.claims(exp=_in(-61))),
    "never expires": _said(exp=None),
    "expires as text": _said(exp="9999999999"),
    "expires at no number": lambda it: it.signed(it.claims(exp=float("nan"))),
    "issued tomorrow": lambda it: it.signed(it.claims(iat=_in(86_400))),
    "not issued": _said(iat=None),
    "not yet valid": lambda it: it.signed(it.claims(nbf=_in(3600))),
    "proved tomorrow": lambda it: it.signed(it.claims(auth_time=_in(86_400))),
    "proved as text": _said(auth_time="now"),
    "about nobody": _said(sub=None),
    "about an empty name": _said(sub=""),
    "about a number": _said(sub=1),
    "about a name with a null": _said(sub="ada\0"),
    "about a name too long": _said(sub="a" * 256),
    "no signature": lambda it: it.unsigned(it.claims()),
    "signed with the public key as a secret": lambda it: with_public_key_as_secret(it.claims()),
    "an algorithm we do not take": lambda it: it.signed(it.claims(), alg="RS512"),
    "a spoiled signature": lambda it: spoiled(it.signed(it.claims())),
    "a stranger's key under a known name": lambda it: it.signed(it.claims(), key=STRANGERS_KEY),
    "a key that brings itself along": lambda it: it.signed(
        it.claims(), key=STRANGERS_KEY, jwk=STRANGERS_KEY.as_dict(private=False)
    ),
    "a key from elsewhere": lambda it: it.signed(it.claims(), key=STRANGERS_KEY, jku=f"{it.issuer}/evil"),
    "a certificate from elsewhere": lambda it: it.signed(
        it.claims(), key=STRANGERS_KEY, x5u=f"{it.issuer}/evil"
    ),
    "an honest key, and one from elsewhere": lambda it: it.signed(it.claims(), jku=f"{it.issuer}/evil"),
    "an unknown key": lambda it: it.signed(it.claims(), key=OTHER_KEY),
    "no key named": lambda it: it.signed(it.claims(), kid=None),
    "a key named by a number": lambda it: it.signed(it.claims(), kid=1),
    "something critical we do not know": lambda it: it.signed(it.claims(), crit=["b64"], b64=True),
    "an access token": lambda it: it.signed(it.claims(), typ="at+jwt"),
    "a logout token": lambda it: it.signed(it.claims(), typ="logout+jwt"),
    "a curve's key with the other algorithm": lambda it: it.signed(
        it.claims(), key=EC_KEY, alg="ES256", kid="one"
    ),
    "a list, not an object": lambda _: "W10.W10.W10",
    "no token": lambda _: "",
    "far too long a token": lambda it: it.signed(it.claims(more="x" * 20_000)),
    "dots": lambda _: "..",
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
async def test_a_token_that_is_not_right_signs_nobody_in(
    misled: Watched, hostile: Hostile, ada: int, lie: Lie
) -> None:
    hostile.token = lie
    answer, came_in = await _try(misled, hostile)
    await _nobody_came_in(answer, came_in=came_in)
    assert "evil" not in "".join(hostile.asked)


async def test_a_token_answers_one_question_only(misled: Watched, hostile: Hostile, ada: int) -> None:
    """A nonce, and with it a whole token, that was used before is refused."""
    kept: list[str] = []
    hostile.token = lambda it: kept[0] if kept else it.signed(it.claims())
    async with browsing(misled) as client:
        asked = await _leave(client, hostile)
        kept.append(hostile.signed(hostile.claims()))
        assert (await client.get(_back(hostile, asked))).status_code == 303
        await execute("UPDATE access.session SET ended_at = now()")
    answer, came_in = await _try(misled, hostile)
    assert (answer.status_code, came_in) == (403, False)


@pytest.mark.parametrize(
    "other",
    [
        {"iss": "https://evil.test"},
        {"iss": None},
        {"iss": ""},
        {"code": None},
        {"code": ""},
        {"state": None},
        {"state": ""},
        {"state": "a-state-nobody-began"},
        {"error": "server_error"},
        {"error": ""},
    ],
    ids=str,
)
async def test_an_answer_that_is_not_the_providers_is_not_even_redeemed(
    misled: Watched, hostile: Hostile, ada: int, other: dict[str, str | None]
) -> None:
    """The mix-up among them: a code of one provider is never sent to another."""
    answer, came_in = await _try(misled, hostile, **other)
    await _nobody_came_in(answer, came_in=came_in)
    assert hostile.redeemed == []


async def test_what_is_said_twice_says_nothing(misled: Watched, hostile: Hostile, ada: int) -> None:
    async with browsing(misled) as client:
        back = _back(hostile, await _leave(client, hostile))
        answer = await client.get(f"{back}&code=another")
    await _nobody_came_in(answer, came_in=is_signed_in(client))
    assert hostile.redeemed == []


async def test_the_code_goes_with_the_verifier_and_the_secret_of_ours(
    misled: Watched, hostile: Hostile, ada: int
) -> None:
    await _try(misled, hostile)
    (sent,) = hostile.redeemed
    assert sent["grant_type"] == "authorization_code"
    assert len(sent["code_verifier"]) >= 43
    assert sent["redirect_uri"] == "http://localhost:8000/sign-in/back"


async def test_a_known_address_under_a_new_subject_is_nobody(
    misled: Watched, hostile: Hostile, ada: int
) -> None:
    hostile.subject = "ada-of-another-day"
    answer, came_in = await _try(misled, hostile)
    await _nobody_came_in(answer, came_in=came_in)
    assert "not linked" in answer.text


async def test_twenty_windows_with_one_answer_begin_one_session(
    misled: Watched, hostile: Hostile, ada: int
) -> None:
    async with browsing(misled) as client:
        back = _back(hostile, await _leave(client, hostile))
        answers = await asyncio.gather(*(client.get(back) for _ in range(20)))
    assert sorted(answer.status_code for answer in answers) == [303, *[400] * 19]
    assert len(await fetch("SELECT FROM access.session")) == 1


@pytest.mark.parametrize(
    "described",
    [
        {"issuer": "https://evil.test"},
        {"issuer": None},
        {"token_endpoint": "http://evil.test/token"},
        {"jwks_uri": "file:///etc/passwd"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"code_challenge_methods_supported": ["plain"]},
    ],
    ids=str,
)
async def test_a_provider_that_is_somebody_else_or_not_private_is_not_spoken_to(
    misled: Watched, hostile: Hostile, ada: int, described: dict[str, object]
) -> None:
    hostile.described = described
    async with browsing(misled) as client:
        left = await submit(client, "/sign-in", "/sign-in", {})
    assert left.status_code == 503
    assert "Signing in is not possible at the moment" in left.text


async def test_while_the_provider_is_away_a_page_says_so_and_sessions_go_on(
    misled: Watched, hostile: Hostile, ada: int
) -> None:
    async with browsing(misled) as client, browsing(misled) as other:
        await client.get(_back(hostile, await _leave(client, hostile)))
        assert is_signed_in(client)
        asked = await _leave(other, hostile)
        hostile.status = 500
        back = await other.get(_back(hostile, asked))
        assert (back.status_code, is_signed_in(other)) == (503, False)
        assert "Whoever is signed in already can go on" in back.text
        assert (await client.get("/sessions")).status_code == 200
        out = await submit(client, "/sessions", "/sign-out", {})
        assert out.status_code == 303


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    moved = Clock()
    monkeypatch.setattr(provider_module, "monotonic", moved)
    return moved


def _looks(hostile: Hostile) -> int:
    return hostile.asked.count("/keys")


async def test_unknown_keys_are_looked_for_once_a_minute_at_most(
    misled: Watched, hostile: Hostile, ada: int, clock: Clock
) -> None:
    hostile.token = lambda it: it.signed(it.claims(), key=OTHER_KEY)
    for _ in range(5):
        assert not (await _try(misled, hostile))[1]
    assert _looks(hostile) == 1
    clock.at += 61
    for _ in range(5):
        assert not (await _try(misled, hostile))[1]
    assert _looks(hostile) == 2


async def test_a_new_key_is_found_and_one_taken_back_is_forgotten(
    misled: Watched, hostile: Hostile, ada: int, clock: Clock
) -> None:
    assert (await _try(misled, hostile))[1]
    hostile.keys = [OTHER_KEY]
    hostile.token = lambda it: it.signed(it.claims(), key=OTHER_KEY)
    clock.at += 61
    assert (await _try(misled, hostile))[1]
    hostile.token = lambda it: it.signed(it.claims())
    clock.at += 61
    assert not (await _try(misled, hostile))[1]


async def test_a_key_taken_back_without_a_new_one_is_trusted_ten_minutes_more(
    misled: Watched, hostile: Hostile, ada: int, clock: Clock
) -> None:
    assert (await _try(misled, hostile))[1]
    hostile.keys = []
    clock.at += 599
    assert (await _try(misled, hostile))[1]
    clock.at += 2
    assert not (await _try(misled, hostile))[1]


async def test_a_provider_without_keys_signs_nobody_in(misled: Watched, hostile: Hostile, ada: int) -> None:
    hostile.keys = []
    answer, came_in = await _try(misled, hostile)
    await _nobody_came_in(answer, came_in=came_in)
