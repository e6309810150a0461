"""Do the limits hold over processes, behind proxies and without Valkey, and is nobody fooled by a header? (Threat 13.)"""

import asyncio
import sys
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from litestar.connection import ASGIConnection

from access import limits
from access.limits import LIMITS, Limit, Most, count, network_of
from attested.local import Addresses
from foundation import counting
from foundation.counting import VALKEY, counted
from foundation.database import execute, fetch
from foundation.problems import TooManyTriesError
from foundation.requests import Watched
from tests.builders import officer
from tests.clients import calling
from tests.operating import operated

pytestmark = pytest.mark.anyio
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
"""The database counts by the clock: a minute may be over between two tries, and a day hardly ever is."""


@pytest.fixture
async def valkey(
    local_servers: Addresses, database: str, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[str]:
    """A real Valkey, counted in from nothing, and given time to answer: the machine may be busy."""
    monkeypatch.setattr(counting, "PATIENCE", 60.0)
    monkeypatch.setattr(counting.VALKEY, "away_at", float("-inf"))
    with operated(REDIS_URL=local_servers.redis_url):
        await VALKEY.close()
        assert await VALKEY.count("warm", MINUTE) is not None
        assert VALKEY.client is not None
        await VALKEY.client.flushdb()
        yield local_servers.redis_url
        await VALKEY.close()


def few(monkeypatch: pytest.MonkeyPatch, limit: Limit, tries: int = 3, *, window: timedelta = DAY) -> None:
    monkeypatch.setattr(limits, "LIMITS", {**LIMITS, limit: Most(tries, window)})


async def _tries(limit: Limit, who: str, times: int) -> list[bool]:
    async def may() -> bool:
        try:
            await count(limit, who)
        except TooManyTriesError:
            return False
        return True

    return list(await asyncio.gather(*(may() for _ in range(times))))


async def test_fifty_tries_at_once_are_fifty(valkey: str) -> None:
    assert sorted(one.number for one in await asyncio.gather(*(counted("k", MINUTE) for _ in range(50)))) == [
        *range(1, 51)
    ]
    assert await fetch("SELECT FROM foundation.tries") == []


async def test_another_process_goes_on_counting(valkey: str) -> None:
    await counted("shared", MINUTE)
    there = """
import asyncio
from datetime import timedelta
from foundation.counting import VALKEY, counted
async def main():
    print((await counted("shared", timedelta(minutes=1))).number)
    await VALKEY.close()
asyncio.run(main())
"""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        there,
        stdout=asyncio.subprocess.PIPE,
        env={"REDIS_URL": valkey, "PYTHONPATH": "src"},
    )
    said, _ = await process.communicate()
    assert said.strip() == b"2"
    assert (await counted("shared", MINUTE)).number == 3


async def test_a_window_ends_by_itself_and_trying_on_does_not_prolong_it(valkey: str) -> None:
    assert 60 < (await counted("long", timedelta(seconds=90))).seconds <= 90
    assert VALKEY.client is not None
    (key,) = await VALKEY.client.keys("*long")
    await VALKEY.client.pexpire(key, 50_000)
    again = await counted("long", timedelta(seconds=90))
    assert again.number == 2
    assert 20 < again.seconds <= 50
    await VALKEY.client.pexpire(key, 0)
    assert (await counted("long", timedelta(seconds=90))).number == 1


async def test_one_limit_is_not_used_up_by_another(valkey: str, monkeypatch: pytest.MonkeyPatch) -> None:
    few(monkeypatch, Limit.VERIFICATION)
    assert (await _tries(Limit.VERIFICATION, "ada", 5)).count(True) == 3
    assert await _tries(Limit.EXPORT, "ada", 5) == [True] * 5
    assert (await _tries(Limit.VERIFICATION, "bo", 2)) == [True, True]


async def test_nobody_can_be_read_from_what_is_counted(valkey: str) -> None:
    await count(Limit.SIGN_IN_AS, "https://idp.test ada")
    assert VALKEY.client is not None
    kept = b" ".join(await VALKEY.client.keys("*"))
    assert b"ada" not in kept
    assert b"idp" not in kept


@pytest.mark.parametrize("url", ["unix:///nowhere/valkey.sock", "redis://127.0.0.1:1/0"])
async def test_without_valkey_the_database_counts_on(
    database: str, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    """No purpose fails open: guesses would be free; none fails closed: Valkey may vanish at any moment."""
    few(monkeypatch, Limit.SIGN_IN_AS)
    with operated(REDIS_URL=url):
        monkeypatch.setattr(counting.VALKEY, "away_at", float("-inf"))
        assert (await _tries(Limit.SIGN_IN_AS, "ada", 8)).count(True) == 3
        await VALKEY.close()
    monkeypatch.setattr(counting.VALKEY, "away_at", float("-inf"))


async def test_what_the_database_counted_is_forgotten_after_a_day(database: str) -> None:
    await counted("old", MINUTE)
    await execute("UPDATE foundation.tries SET began_at = began_at - interval '25 hours'")
    await counted("new", MINUTE)
    assert [row["counted"] for row in await fetch("SELECT counted FROM foundation.tries")] == ["new"]


def _from(peer: str, *forwarded: str) -> str:
    headers = [(b"x-forwarded-for", line.encode()) for line in forwarded]
    scope = {"type": "http", "headers": headers, "client": (peer, 1), "path": "/", "method": "GET"}
    return network_of(ASGIConnection(scope))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("depth", "peer", "forwarded", "network"),
    [
        (0, "192.0.2.1", ("198.51.100.7",), "192.0.2.1"),
        (1, "10.0.0.1", ("198.51.100.7",), "198.51.100.7"),
        (1, "10.0.0.1", ("6.6.6.6, 198.51.100.7",), "198.51.100.7"),
        (1, "10.0.0.1", ("6.6.6.6", "198.51.100.7"), "198.51.100.7"),
        (2, "10.0.0.1", ("6.6.6.6, 198.51.100.7, 10.0.0.2",), "198.51.100.7"),
        (2, "10.0.0.1", ("198.51.100.7",), "10.0.0.1"),
        (1, "10.0.0.1", (), "10.0.0.1"),
        (1, "10.0.0.1", ("not an address",), "unknown"),
        (1, "10.0.0.1", ("2001:db8:1:2:3:4:5:6",), "2001:db8:1:2::/64"),
        (1, "10.0.0.1", ("::ffff:198.51.100.7",), "198.51.100.7"),
        (0, "", (), "unknown"),
    ],
)
def test_the_network_is_what_our_outermost_proxy_saw(
    depth: int, peer: str, forwarded: tuple[str, ...], network: str
) -> None:
    with operated(TRUSTED_PROXIES=str(depth)):
        assert _from(peer, *forwarded) == network


async def test_making_up_addresses_gives_no_further_tries(
    app: Watched, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    few(monkeypatch, Limit.SIGN_IN_FROM)
    with operated(TRUSTED_PROXIES="1"):
        async with calling(app) as client:
            page = await client.get("/sign-in")
            assert page.status_code == 200
            told = []
            for made_up in range(5):
                client.headers["x-forwarded-for"] = f"10.1.1.{made_up}, 198.51.100.7"
                told.append((await client.get("/sign-in/back")).status_code)
            client.headers["x-forwarded-for"] = "198.51.100.8"
            told.append((await client.get("/sign-in/back")).status_code)
    assert told == [404, 404, 404, 429, 429, 404]


async def test_a_person_is_told_when_to_come_back_and_a_program_too(
    app: Watched, valkey: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    few(monkeypatch, Limit.SIGN_IN_FROM, 0, window=MINUTE)
    few_calls = operated(API_CALLS_A_MINUTE="2")
    async with calling(app) as client:
        page = await client.get("/sign-in/back")
    assert page.status_code == 429
    assert 1 <= int(page.headers["retry-after"]) <= 60
    assert "Too many tries" in page.text
    with few_calls:
        async with calling(app, await officer()) as client, calling(app, await officer("Bo")) as other:
            answers = [await client.get("/api/v1/policies") for _ in range(3)]
            assert (await other.get("/api/v1/policies")).status_code == 200, "one is not counted for another"
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].headers["content-type"] == "application/problem+json"
    assert 1 <= int(answers[2].headers["retry-after"]) <= 60
