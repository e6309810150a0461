"""Do people come in through a certified identity provider as themselves, again and out, and nobody else?"""

from urllib.parse import parse_qs, urlsplit

import pytest

from access import sessions
from access.openid import actions
from access.openid.actions import LinkedAlreadyError, LinkItselfError, NotLinkedAtAllError
from access.openid.facts import links_of
from access.sign_in import attempt_cookie_name, cookie_name, has_proved_recently
from foundation.audit import Actor
from foundation.database import execute, fetch
from foundation.requests import Watched
from tests.access.openid.conftest import at, browsing, is_signed_in, link, sign_in, through_the_provider
from tests.builders import officer
from tests.clients import submit

pytestmark = pytest.mark.anyio
STRONG = "urn:test:security-key"


@pytest.fixture
async def ada(database: str, certified: str) -> int:
    """An officer whose account at the provider is linked."""
    number = await officer("Ada")
    await link(number, certified, "ada")
    return number


async def _sessions() -> list[tuple[int, bool]]:
    rows = await fetch("SELECT person_id, ended_at IS NULL AS lives FROM access.session ORDER BY id")
    return [(row["person_id"], row["lives"]) for row in rows]


def _asked(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


async def test_one_signs_in_as_oneself_and_is_led_to_where_one_was(
    service: Watched, certified: str, ada: int
) -> None:
    async with browsing(service) as client, at(certified) as provider:
        led = await client.get("/passport?on=2026-03-04")
        assert led.headers["location"] == "/sign-in?to=%2Fpassport%3Fon%3D2026-03-04"
        back = await sign_in(client, provider, "ada", to="/passport?on=2026-03-04")
        assert (back.status_code, back.headers["location"]) == (303, "/passport?on=2026-03-04")
        assert is_signed_in(client)
        assert "Ada Okafor" in (await client.get("/sessions")).text
    assert await _sessions() == [(ada, True)]
    events = await fetch("SELECT actor_id, event FROM foundation.audit_event ORDER BY id")
    assert [tuple(row) for row in events] == [(ada, "signed in")]


async def test_what_is_asked_of_the_provider_is_all_there_is(
    service: Watched, certified: str, database: str
) -> None:
    async with browsing(service) as client:
        left = await submit(client, "/sign-in", "/sign-in", {})
    asked = _asked(left.headers["location"])
    assert left.headers["location"].startswith(f"{certified}/auth?")
    assert (asked["response_type"], asked["scope"], asked["code_challenge_method"]) == (
        "code",
        "openid",
        "S256",
    )
    assert asked["redirect_uri"] == "http://localhost:8000/sign-in/back"
    assert len(asked["state"]) >= 43
    assert len(asked["nonce"]) >= 43
    (kept,) = await fetch("SELECT to_jsonb(sign_in_attempt)::text AS kept FROM access.sign_in_attempt")
    assert asked["state"] not in kept["kept"]
    assert client.cookies[attempt_cookie_name(asked["state"])] not in kept["kept"]


async def test_whoever_is_not_linked_gets_no_session_and_what_to_say(
    service: Watched, certified: str, database: str
) -> None:
    await officer("Ada", email="ada@force.test")
    async with browsing(service) as client, at(certified) as provider:
        back = await sign_in(client, provider, "ada@force.test")
        assert back.status_code == 403
        assert "not linked to a record yet" in back.text
        assert "ada@force.test" in back.text
        assert not is_signed_in(client)
    assert await _sessions() == []


async def test_a_secret_the_attacker_planted_is_not_the_one_after(
    service: Watched, certified: str, ada: int
) -> None:
    async with browsing(service) as client, at(certified) as provider:
        planted = await sessions.begin(await officer("Mallory"))
        client.cookies.set(cookie_name(), planted, domain="localhost.local")
        await sign_in(client, provider, "ada")
        assert planted not in client.cookies.values() or len(client.cookies.jar) > 1
    assert await _sessions() == [(ada + 1, False), (ada, True)]
    assert await sessions.open_by(planted) is None


async def test_a_code_is_taken_back_once(service: Watched, certified: str, ada: int) -> None:
    async with browsing(service) as client, at(certified) as provider:
        left = await submit(client, "/sign-in", "/sign-in", {})
        back = await through_the_provider(provider, left.headers["location"], "ada")
        carried = dict(client.cookies)
        assert (await client.get(back)).status_code == 303
        client.cookies.clear()
        client.cookies.update(carried)
        again = await client.get(back)
    assert again.status_code == 400
    assert "Start signing in again" in again.text
    assert await _sessions() == [(ada, True)]


async def test_the_provider_itself_takes_a_code_once_and_only_with_its_verifier(
    service: Watched, certified: str, ada: int
) -> None:
    for spoiled in ("verifier = 'another-verifier-of-at-least-forty-three-letters-length'", None):
        async with browsing(service) as client, at(certified) as provider:
            left = await submit(client, "/sign-in", "/sign-in", {})
            back = await through_the_provider(provider, left.headers["location"], "ada")
            if spoiled:
                await execute(f"UPDATE access.sign_in_attempt SET {spoiled}")  # noqa: S608
            else:
                await client.get(back)
                await execute("UPDATE access.sign_in_attempt SET used_at = NULL")
                left = await submit(client, "/sign-in", "/sign-in", {})
                client.cookies.delete(cookie_name())
            answer = await client.get(back)
        assert answer.status_code in {400, 403}
        assert not is_signed_in(client)


async def test_another_browser_cannot_come_back_in_ones_place(
    service: Watched, certified: str, ada: int
) -> None:
    async with browsing(service) as client, browsing(service) as thief, at(certified) as provider:
        left = await submit(client, "/sign-in", "/sign-in", {})
        back = await through_the_provider(provider, left.headers["location"], "ada")
        assert (await thief.get(back)).status_code == 400
        assert not is_signed_in(thief)
        own = await submit(thief, "/sign-in", "/sign-in", {})
        carried = thief.cookies[attempt_cookie_name(_asked(own.headers["location"])["state"])]
        thief.cookies.set(attempt_cookie_name(_asked(back)["state"]), carried)
        assert (await thief.get(back)).status_code == 400
        assert (await client.get(back)).status_code == 303, "and the thief has spoiled nothing"


async def test_an_attempt_grows_old(service: Watched, certified: str, ada: int) -> None:
    async with browsing(service) as client, at(certified) as provider:
        left = await submit(client, "/sign-in", "/sign-in", {})
        back = await through_the_provider(provider, left.headers["location"], "ada")
        await execute("UPDATE access.sign_in_attempt SET began_at = began_at - interval '601 s'")
        assert (await client.get(back)).status_code == 400
    assert await _sessions() == []


async def test_two_windows_sign_in_side_by_side(service: Watched, certified: str, ada: int) -> None:
    async with browsing(service) as client, at(certified) as provider:
        first = await submit(client, "/sign-in?to=/inbox", "/sign-in", {"to": "/inbox"})
        second = await submit(client, "/sign-in?to=/policy", "/sign-in", {"to": "/policy"})
        backs = [
            await through_the_provider(provider, left.headers["location"], "ada") for left in (second, first)
        ]
        led = [(await client.get(back)).headers["location"] for back in backs]
    assert led == ["/policy", "/inbox"]
    assert await _sessions() == [(ada, False), (ada, True)]


@pytest.mark.parametrize(
    "to",
    [
        "//evil.test/",
        "https://evil.test/",
        "/\\evil.test",
        "/\t/evil.test",
        "javascript:alert(1)",
        "/sign-out",
        "",
    ],
)
async def test_nobody_is_led_away_to_somebody_else(
    service: Watched, certified: str, ada: int, to: str
) -> None:
    async with browsing(service) as client, at(certified) as provider:
        left = await submit(client, "/sign-in", "/sign-in", {"to": to})
        back = await client.get(await through_the_provider(provider, left.headers["location"], "ada"))
    assert back.headers["location"] == "/"


async def test_turning_back_at_the_provider_is_told_kindly(
    service: Watched, certified: str, ada: int
) -> None:
    async with browsing(service) as client, at(certified) as provider:
        left = await submit(client, "/sign-in", "/sign-in", {})
        asks = await provider.get(left.headers["location"])
        gave_up = await provider.post(asks.headers["location"], data={"abort": "1"})
        back = await client.get((await provider.get(gave_up.headers["location"])).headers["location"])
    assert back.status_code == 403
    assert "You were not signed in" in back.text


async def test_proving_again_gives_the_session_a_new_secret_and_leads_back(
    service: Watched, certified: str, ada: int
) -> None:
    async with browsing(service) as client, at(certified) as provider:
        await sign_in(client, provider, "ada")
        before = client.cookies[cookie_name()]
        assert not has_proved_recently(await sessions.open_by(before))
        left = await submit(client, "/sign-in/again?to=/inbox", "/sign-in/again", {"to": "/inbox"})
        asked = _asked(left.headers["location"])
        assert (asked["max_age"], asked["acr_values"]) == ("0", STRONG)
        back = await through_the_provider(provider, left.headers["location"], "ada")
        answer = await client.get(back)
        assert (answer.status_code, answer.headers["location"]) == (303, "/inbox")
        after = client.cookies[cookie_name()]
    assert await sessions.open_by(before) is None
    session = await sessions.open_by(after)
    assert session is not None
    assert session.strength == STRONG
    assert has_proved_recently(session)
    assert await _sessions() == [(ada, True)]


async def test_a_weak_proof_does_not_open_what_needs_a_strong_one(
    service: Watched, certified: str, ada: int
) -> None:
    async with browsing(service) as client, at(certified) as provider:
        await sign_in(client, provider, "ada")
        before = client.cookies[cookie_name()]
        left = await submit(client, "/sign-in/again", "/sign-in/again", {})
        back = await through_the_provider(provider, left.headers["location"], "ada", acr="urn:test:password")
        answer = await client.get(back)
        assert answer.status_code == 403
        assert "A stronger proof is needed" in answer.text
    session = await sessions.open_by(before)
    assert session is not None
    assert not has_proved_recently(session)


async def test_somebody_else_cannot_prove_in_ones_place(service: Watched, certified: str, ada: int) -> None:
    bo = await officer("Bo")
    await link(bo, certified, "bo")
    async with browsing(service) as client, at(certified) as provider:
        await sign_in(client, provider, "ada")
        before = client.cookies[cookie_name()]
        left = await submit(client, "/sign-in/again", "/sign-in/again", {})
        async with at(certified) as elsewhere:
            back = await through_the_provider(elsewhere, left.headers["location"], "bo")
        answer = await client.get(back)
    assert answer.status_code == 403
    assert "That was somebody else" in answer.text
    session = await sessions.open_by(before)
    assert session is not None
    assert (session.person_id, has_proved_recently(session)) == (ada, False)


async def test_a_proof_for_a_session_that_has_ended_begins_none(
    service: Watched, certified: str, ada: int
) -> None:
    async with browsing(service) as client, at(certified) as provider:
        await sign_in(client, provider, "ada")
        left = await submit(client, "/sign-in/again", "/sign-in/again", {})
        back = await through_the_provider(provider, left.headers["location"], "ada")
        await sessions.end_all(ada)
        assert (await client.get(back)).status_code == 400
    assert await _sessions() == [(ada, False)]


async def test_signing_out_ends_the_session_here_and_at_the_provider(
    service: Watched, certified: str, ada: int
) -> None:
    async with browsing(service) as client, at(certified) as provider:
        await sign_in(client, provider, "ada")
        before = client.cookies[cookie_name()]
        out = await submit(client, "/sessions", "/sign-out", {})
        assert out.status_code == 303
        assert out.headers["clear-site-data"] == '"cache", "storage"'
        assert not is_signed_in(client)
        asked = _asked(out.headers["location"])
        assert out.headers["location"].startswith(f"{certified}/session/end?")
        assert asked["post_logout_redirect_uri"] == "http://localhost:8000/signed-out"
        assert asked["id_token_hint"].count(".") == 2
        assert (await provider.get(out.headers["location"])).status_code == 200
        assert "You have signed out" in (await client.get("/signed-out")).text
    assert await sessions.open_by(before) is None


async def test_a_link_is_said_by_somebody_else_once_and_ends_with_every_session(
    service: Watched, certified: str, ada: int
) -> None:
    desk = Actor(await officer("Desi"), "Desi")
    with pytest.raises(LinkedAlreadyError):
        await actions.link(desk, person_id=ada, issuer=certified, subject="ada-2")
    with pytest.raises(LinkedAlreadyError):
        await actions.link(desk, person_id=await officer("Bo"), issuer=certified, subject="ada")
    with pytest.raises(LinkItselfError):
        await actions.link(Actor(ada, "Ada"), person_id=ada, issuer=certified, subject="ada-2")
    async with browsing(service) as client, at(certified) as provider:
        await sign_in(client, provider, "ada")
        await actions.unlink(desk, person_id=ada, issuer=certified)
        assert (await client.get("/passport")).headers["location"].startswith("/sign-in")
    with pytest.raises(NotLinkedAtAllError):
        await actions.unlink(desk, person_id=ada, issuer=certified)
    linked = await actions.link(desk, person_id=ada, issuer=certified, subject="ada-2")
    assert [one.subject for one in await links_of(ada)] == ["ada-2"]
    assert linked.linked_by == desk.person_id
    told = await fetch("SELECT event FROM foundation.audit_event WHERE subject_id = $1 ORDER BY id", ada)
    assert [row["event"] for row in told] == ["signed in", "account unlinked", "account linked"]


async def test_no_demonstration_is_offered_beside_a_real_sign_in(
    service: Watched, certified: str, ada: int
) -> None:
    async with browsing(service) as client:
        shown = await client.get("/sign-in")
        assert "Demo" not in shown.text
        assert "Continue to your force’s sign-in" in shown.text
        left = await submit(client, "/sign-in", "/sign-in", {"person": str(ada)})
        assert left.headers["location"].startswith(certified)
    assert await _sessions() == []


async def test_forms_lead_to_the_provider_and_nowhere_else(service: Watched, certified: str) -> None:
    async with browsing(service) as client:
        policy = (await client.get("/sign-in")).headers["content-security-policy"]
    assert policy == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        f"form-action 'self' {certified}; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
    )
