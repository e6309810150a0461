"""Does the provider's word end the sessions it names, once, and nobody else's word any? (Trust, threat 12.)"""

import asyncio
import time
from collections.abc import Callable

import pytest
from httpx2 import AsyncClient

from access import sessions
from access.openid.tokens import LEEWAY
from access.sessions import Proof
from foundation.clock import now
from foundation.database import execute, fetch
from foundation.requests import Watched
from tests.access.openid.conftest import browsing
from tests.access.openid.hostile import EC_KEY, OTHER_KEY, STRANGERS_KEY, Hostile, with_public_key_as_secret
from tests.builders import officer

pytestmark = pytest.mark.anyio
HAPPENED = "http://schemas.openid.net/event/backchannel-logout"


@pytest.fixture
async def alive(database: str, hostile: Hostile) -> dict[str, str]:
    """Ada in two sessions of the provider's, Bo in one, and Cy who came in another way."""
    ada, bo, cy = await officer("Ada"), await officer("Bo"), await officer("Cy")

    async def session(person_id: int, subject: str, sid: str | None) -> str:
        proof = Proof(hostile.issuer, subject, sid, "id.token", now(), None)
        return await sessions.begin(person_id, proof=proof)

    return {
        "ada on her phone": await session(ada, "ada", "session-1"),
        "ada at her desk": await session(ada, "ada", "session-2"),
        "bo": await session(bo, "bo", "session-3"),
        "cy": await sessions.begin(cy),
    }


async def _living(alive: dict[str, str]) -> set[str]:
    return {name for name, secret in alive.items() if await sessions.open_by(secret) is not None}


async def _tell(client: AsyncClient, token: str) -> int:
    answer = await client.post("/sign-out/by-provider", data={"logout_token": token})
    assert answer.headers["cache-control"] == "no-store"
    return answer.status_code


async def _told(misled: Watched, token: str) -> int:
    async with browsing(misled) as client:
        return await _tell(client, token)


def _token(hostile: Hostile, **claims: object) -> str:
    return hostile.signed(hostile.logout(**claims), typ="logout+jwt")


async def test_a_session_the_provider_ended_ends_here(
    misled: Watched, hostile: Hostile, alive: dict[str, str]
) -> None:
    assert await _told(misled, _token(hostile, sub="ada", sid="session-1")) == 200
    assert await _living(alive) == {"ada at her desk", "bo", "cy"}
    told = await fetch("SELECT actor_name, event FROM foundation.audit_event")
    assert [tuple(row) for row in told] == [("identity provider", "signed out by the identity provider")]


async def test_a_session_may_be_named_without_its_subject(
    misled: Watched, hostile: Hostile, alive: dict[str, str]
) -> None:
    assert await _told(misled, _token(hostile, sub=None, sid="session-2")) == 200
    assert await _living(alive) == {"ada on her phone", "bo", "cy"}


async def test_a_subject_named_without_a_session_is_signed_out_everywhere(
    misled: Watched, hostile: Hostile, alive: dict[str, str]
) -> None:
    assert await _told(misled, _token(hostile, sub="ada", sid=None)) == 200
    assert await _living(alive) == {"bo", "cy"}


async def test_a_session_of_one_subject_is_not_ended_under_anothers_name(
    misled: Watched, hostile: Hostile, alive: dict[str, str]
) -> None:
    assert await _told(misled, _token(hostile, sub="bo", sid="session-1")) == 200
    assert len(await _living(alive)) == 4


Lie = Callable[[Hostile], str]


def _said(**claims: object) -> Lie:
    return lambda it: _token(it, **claims)


LIES: dict[str, Lie] = {
    "no such kind": lambda it: it.signed(it.logout()),
    "an ID token": lambda it: it.signed(it.claims()),
    "an ID token dressed as one": lambda it: it.signed(it.claims(), typ="logout+jwt"),
    "an access token": lambda it: it.signed(it.logout(), typ="at+jwt"),
    "a nonce": _said(nonce="n"),
    "nothing happened": _said(events=None),
    "something else happened": _said(events={"http://schemas.openid.net/event/other": {}}),
    "it happened as text": _said(events={HAPPENED: "yes"}),
    "events as a list": _said(events=[HAPPENED]),
    "nobody named": _said(sub=None, sid=None),
    "no number": _said(jti=None),
    "an empty number": _said(jti=""),
    "a number too long": _said(jti="j" * 256),
    "a number that is none": _said(jti=7),
    "made for somebody else": _said(aud="somebody-else"),
    "another issuer": _said(iss="https://evil.test"),
    "expired": lambda it: _token(it, exp=int(time.time()) - 61),
    "never expires": _said(exp=None),
    "lasts for years": lambda it: _token(it, exp=int(time.time()) + 10**8),
    "issued tomorrow": lambda it: _token(it, iat=int(time.time()) + 86_400),
    "no signature": lambda it: it.unsigned(it.logout()),
    "the public key as a secret": lambda it: with_public_key_as_secret(it.logout()),
    "a stranger's key": lambda it: it.signed(it.logout(), key=STRANGERS_KEY, typ="logout+jwt"),
    "an unknown key": lambda it: it.signed(it.logout(), key=OTHER_KEY, typ="logout+jwt"),
    "the wrong kind of key": lambda it: it.signed(
        it.logout(), key=EC_KEY, alg="ES256", kid="one", typ="logout+jwt"
    ),
    "no token": lambda _: "",
    "a null": lambda _: "\0",
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
async def test_a_token_that_is_not_right_ends_nothing(
    misled: Watched, hostile: Hostile, alive: dict[str, str], lie: Lie
) -> None:
    assert await _told(misled, lie(hostile)) == 400
    assert len(await _living(alive)) == 4
    assert await fetch("SELECT FROM foundation.audit_event") == []


async def test_twenty_copies_at_once_count_once(
    misled: Watched, hostile: Hostile, alive: dict[str, str]
) -> None:
    token = _token(hostile, sub="ada", sid=None)
    async with browsing(misled) as client:
        answers = await asyncio.gather(*(_tell(client, token) for _ in range(20)))
    assert sorted(answers) == [200, *[400] * 19]
    assert len(await fetch("SELECT FROM foundation.audit_event")) == 1


async def test_a_token_is_remembered_for_as_long_as_it_would_be_accepted(
    misled: Watched, hostile: Hostile, alive: dict[str, str]
) -> None:
    """Until it runs out, leeway included, a copy of it is still refused, whatever else was cleared away."""
    exp = int(time.time()) - LEEWAY // 2
    token = _token(hostile, sub="bo", sid=None, jti="again", exp=exp)
    assert await _told(misled, token) == 200
    assert await _told(misled, _token(hostile, sub="cy", sid=None)) == 200, "which clears old ones away"
    (kept,) = await fetch("SELECT kept_until FROM access.logout_token WHERE jti = 'again'")
    assert kept["kept_until"].timestamp() == exp + LEEWAY
    assert await _told(misled, token) == 400


async def test_what_nobody_could_accept_any_more_is_forgotten(
    misled: Watched, hostile: Hostile, alive: dict[str, str]
) -> None:
    await _told(misled, _token(hostile, sub="bo", sid=None))
    await execute("UPDATE access.logout_token SET kept_until = now() - interval '61 minutes'")
    await _told(misled, _token(hostile, sub="bo", sid=None))
    assert len(await fetch("SELECT FROM access.logout_token")) == 1


async def test_without_a_provider_there_is_nobody_to_listen_to(app: Watched, database: str) -> None:
    async with browsing(app) as client:
        answer = await client.post("/sign-out/by-provider", data={"logout_token": "x.y.z"})
    assert answer.status_code == 404
