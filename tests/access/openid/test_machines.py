"""Do systems get in with their own tokens alone, for their own role and force, and no further?"""

import base64
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date, timedelta

import pytest
from httpx2 import ASGITransport, AsyncClient

from access import sessions
from access.limits import Limit
from access.openid import actions
from access.openid.actions import (
    NewClient,
    NoSuchSystemError,
    NotASystemsRoleError,
    RegisteredAlreadyError,
)
from access.roles import Role
from access.sign_in import cookie_name
from foundation.audit import Actor
from foundation.clock import today
from foundation.database import fetch
from foundation.requests import Watched
from tests.access.openid.conftest import ADDRESS, API, browsing, link, sign_in
from tests.access.openid.conftest import at as browser_at
from tests.access.openid.hostile import EC_KEY, OTHER_KEY, STRANGERS_KEY, Hostile, with_public_key_as_secret
from tests.access.test_limits import DAY, few
from tests.builders import AVON, force_id, officer
from tests.clients import LOOPBACK, grant_role
from tests.files.handing_in import extract

pytestmark = pytest.mark.anyio


async def _register(
    issuer: str,
    client_id: str = "hr-feed",
    role: Role = Role.HR_FEED,
    *,
    since: date | None = None,
    until: date | None = None,
) -> None:
    desk = Actor(await officer("Desi"), "Desi")
    force = await force_id(AVON)
    new = NewClient(issuer, client_id, f"Avon {role}", role, force, since or today(), until)
    await actions.register(desk, new)


async def _token_of(issuer: str, client_id: str) -> str:
    async with AsyncClient(base_url=issuer) as provider:
        secret = f"the-secret-of-{client_id}-is-this-long"
        answer = await provider.post(
            "/token", data={"grant_type": "client_credentials"}, auth=(client_id, secret)
        )
    assert answer.status_code == 200, answer.text
    return str(answer.json()["access_token"])


@asynccontextmanager
async def calling_with(app: Watched, token: str, **cookies: str) -> AsyncIterator[AsyncClient]:
    """Call the application as a system that sends a token."""
    transport = ASGITransport(app=app, client=LOOPBACK)  # type: ignore[arg-type]
    headers = {"authorization": f"Bearer {token}"}
    async with AsyncClient(transport=transport, base_url=ADDRESS, headers=headers, cookies=cookies) as client:
        yield client


async def test_a_system_calls_as_what_it_is_registered(
    service: Watched, certified: str, database: str
) -> None:
    await _register(certified)
    async with calling_with(service, await _token_of(certified, "hr-feed")) as client:
        me = (await client.get("/api/v1/me")).json()
    assert me == {
        "name": "Avon HR feed",
        "is_system": True,
        "force": AVON,
        "roles": [{"role": "HR feed", "forces": [AVON]}],
        "acting_as": None,
        "permissions": me["permissions"],
        "is_proved": False,
    }
    assert set(me["permissions"]) == {"who am I", "intake: read", "intake: write"}


async def test_a_system_hands_in_a_file_without_a_cookie_or_a_form(
    service: Watched, certified: str, database: str, tmp_path: object
) -> None:
    await _register(certified)
    async with calling_with(service, await _token_of(certified, "hr-feed")) as client:
        answer = await client.post(
            "/api/v1/imports",
            data={"kind": "hr", "force": AVON},
            files={"file": ("hr.csv", extract("Okafor", first=5_000_000), "text/csv")},
        )
        assert answer.status_code in {201, 202}, answer.text
        assert "set-cookie" not in answer.headers
    (told,) = await fetch(
        "SELECT actor_id, actor_name FROM foundation.audit_event WHERE event = 'intake.staged'"
    )
    assert tuple(told) == (None, "Avon HR feed")


async def test_a_system_sees_no_person_and_no_page(service: Watched, certified: str, database: str) -> None:
    await _register(certified, "lms-feed", Role.LEARNING_FEED)
    ada = await officer("Ada")
    (row,) = await fetch("SELECT national_id FROM people.person WHERE id = $1", ada)
    async with calling_with(service, await _token_of(certified, "lms-feed")) as client:
        for path in (
            "decision",
            f"people/{row['national_id']}/decision",
            "team",
            "desk/licences",
            "jobs",
            "notices",
        ):
            assert (await client.get(f"/api/v1/{path}")).status_code == 404, path
        for page in ("/passport", "/sessions", "/imports"):
            assert (await client.get(page)).headers["location"].startswith("/sign-in"), page


@pytest.mark.parametrize(
    ("days", "status"),
    [((0, None), 200), ((1, None), 401), ((-5, -1), 401), ((-5, 0), 200)],
)
async def test_a_system_calls_from_its_first_day_through_its_last(
    service: Watched, certified: str, database: str, days: tuple[int, int | None], status: int
) -> None:
    since, until = days
    last = None if until is None else today() + timedelta(until)
    await _register(certified, since=today() + timedelta(since), until=last)
    async with calling_with(service, await _token_of(certified, "hr-feed")) as client:
        assert (await client.get("/api/v1/me")).status_code == status


async def test_a_system_that_was_ended_is_out_with_its_next_call(
    service: Watched, certified: str, database: str
) -> None:
    await _register(certified)
    async with calling_with(service, await _token_of(certified, "hr-feed")) as client:
        assert (await client.get("/api/v1/me")).status_code == 200
        await actions.end_client(Actor.system("test"), issuer=certified, client_id="hr-feed")
        refused = await client.get("/api/v1/me")
    assert refused.status_code == 401
    assert refused.headers["www-authenticate"] == 'Bearer realm="Attested", error="invalid_token"'
    assert refused.json()["type"].endswith("/bearer-refused")
    with pytest.raises(NoSuchSystemError):
        await actions.end_client(Actor.system("test"), issuer=certified, client_id="hr-feed")


async def test_a_system_nobody_registered_stays_out(service: Watched, certified: str, database: str) -> None:
    await _register(certified)
    async with calling_with(service, await _token_of(certified, "stranger")) as client:
        assert (await client.get("/api/v1/me")).status_code == 401


async def test_a_registration_is_for_a_systems_role_and_stands_once(
    service: Watched, certified: str, database: str
) -> None:
    await _register(certified)
    with pytest.raises(RegisteredAlreadyError):
        await _register(certified)
    for role in Role:
        if not role.is_machine:
            with pytest.raises(NotASystemsRoleError):
                await _register(certified, "another", role)
    told = await fetch("SELECT event FROM foundation.audit_event")
    assert [row["event"] for row in told] == ["system registered"]


async def test_a_session_and_a_token_together_are_refused(
    service: Watched, certified: str, database: str
) -> None:
    await _register(certified)
    ada = await officer("Ada")
    token = await _token_of(certified, "hr-feed")
    async with calling_with(service, token, **{cookie_name(): await sessions.begin(ada)}) as client:
        answer = await client.get("/api/v1/me")
    assert answer.status_code == 400
    assert answer.json()["type"].endswith("/two-proofs")


async def test_a_persons_token_is_no_systems(service: Watched, certified: str, database: str) -> None:
    """The ID token that a person's sign-in brought is neither an access token nor made for the API."""
    ada = await officer("Ada")
    await link(ada, certified, "ada")
    async with browsing(service) as client, browser_at(certified) as provider:
        await sign_in(client, provider, "ada")
    (row,) = await fetch("SELECT id_token FROM access.session")
    async with calling_with(service, row["id_token"]) as client:
        assert (await client.get("/api/v1/me")).status_code == 401


async def test_without_a_provider_no_token_is_any_good(app: Watched, database: str) -> None:
    async with calling_with(app, "x.y.z") as client:
        assert (await client.get("/api/v1/me")).status_code == 401


Lie = Callable[[Hostile], str]


def claims_of(hostile: Hostile, **other: object) -> dict[str, object]:
    """Return what an honest access token says, but for what is given."""
    honest = {
        **hostile.claims(nonce=None, auth_time=None, sid=None, email=None),
        "sub": "hr-feed", "client_id": "hr-feed", "aud": API, "jti": "1",
    }  # fmt: skip
    return {name: value for name, value in {**honest, **other}.items() if value is not None}


def _said(**claims: object) -> Lie:
    return lambda it: it.signed(claims_of(it, **claims), typ="at+jwt")


LIES: dict[str, Lie] = {
    "a plain token": lambda it: it.signed(claims_of(it)),
    "an ID token": lambda it: it.signed(it.claims(sub="hr-feed")),
    "a logout token": lambda it: it.signed(claims_of(it), typ="logout+jwt"),
    "made for the sign-in, not the API": _said(aud="attested"),
    "made for another API": _said(aud="https://other.test"),
    "made for nobody": _said(aud=None),
    "given to a person": _said(sub="ada"),
    "given to no client": _said(client_id=None),
    "a client that is a list": _said(client_id=["hr-feed"]),
    "another client": _said(sub="other", client_id="other"),
    "another issuer": _said(iss="https://evil.test"),
    "expired": lambda it: it.signed(claims_of(it, exp=int(time.time()) - 61), typ="at+jwt"),
    "never expires": _said(exp=None),
    "a stranger's key": lambda it: it.signed(claims_of(it), key=STRANGERS_KEY, typ="at+jwt"),
    "an unknown key": lambda it: it.signed(claims_of(it), key=OTHER_KEY, typ="at+jwt"),
    "the wrong kind of key": lambda it: it.signed(
        claims_of(it), key=EC_KEY, alg="ES256", kid="one", typ="at+jwt"
    ),
    "no signature": lambda it: it.unsigned(claims_of(it)),
    "the public key as a secret": lambda it: with_public_key_as_secret(claims_of(it)),
    "an empty token": lambda _: "",
    "no token": lambda _: "not-a-token",
    "a secret in clear": lambda _: base64.b64encode(json.dumps({"sub": "hr-feed"}).encode()).decode(),
}


async def test_the_same_token_told_truthfully_is_accepted(
    misled: Watched, hostile: Hostile, database: str
) -> None:
    await _register(hostile.issuer)
    for token in (_said()(hostile), _said(aud=[API, "https://other.test"])(hostile)):
        async with calling_with(misled, token) as client:
            assert (await client.get("/api/v1/me")).status_code == 200


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
async def test_a_token_that_is_not_right_opens_nothing(
    misled: Watched, hostile: Hostile, database: str, lie: Lie
) -> None:
    await _register(hostile.issuer)
    async with calling_with(misled, lie(hostile)) as client:
        answer = await client.get("/api/v1/me")
    assert answer.status_code == 401
    assert answer.json()["detail"].startswith("The token is not accepted here"), (
        "and which lie it was is not told"
    )


async def test_tokens_that_are_refused_are_counted_and_one_that_holds_is_not_shut_out(
    misled: Watched, hostile: Hostile, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    few(monkeypatch, Limit.REFUSED_FROM)
    await _register(hostile.issuer)
    async with calling_with(misled, "x.y.z") as guesser, calling_with(misled, _said()(hostile)) as feed:
        tried = [await guesser.get("/api/v1/me") for _ in range(5)]
        assert (await feed.get("/api/v1/me")).status_code == 200
    assert [answer.status_code for answer in tried] == [401, 401, 401, 429, 429]
    assert 1 <= int(tried[-1].headers["retry-after"]) <= DAY.total_seconds()


async def test_a_person_asks_who_they_are(app: Watched, database: str) -> None:
    ada, bo = await officer("Ada"), await officer("Bo")
    await grant_role(ada, Role.LICENSING_DESK, by=bo)
    transport = ASGITransport(app=app, client=LOOPBACK)  # type: ignore[arg-type]
    cookies = {cookie_name(): await sessions.begin(ada)}
    async with AsyncClient(transport=transport, base_url="http://localhost", cookies=cookies) as client:
        me = (await client.get("/api/v1/me")).json()
        nobody = await AsyncClient(transport=transport, base_url="http://localhost").get("/api/v1/me")
    assert (me["name"], me["is_system"], me["acting_as"]) == ("Ada Okafor", False, "licensing desk")
    assert "desk: read" in me["permissions"]
    assert "job: requeue" not in me["permissions"]
    assert nobody.status_code == 401
