"""The servers and the database that every test shares: the real ones, built by the real migrations."""

import os
from collections.abc import AsyncIterator
from pathlib import Path
from secrets import token_hex
from urllib.parse import urlsplit

import asyncpg
import hypothesis
import pytest

from attested.local import Addresses, Tuning, servers
from foundation.database import DATABASE
from foundation.migrate import migrate_as_owner

# The machine is shared: how long an example takes to draw says nothing about the code.
hypothesis.settings.register_profile(
    "house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow], print_blob=True
)
hypothesis.settings.load_profile("house")

pytest_plugins = ["tests.browser_choice", "tests.browser", "tests.clients", "tests.command", "tests.vaults"]
KEPT = ("access.export_kind", "foundation.schedule", "public.migration", "people.force", "people.force_name")


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Run every asynchronous test, fixture and request in one loop (traps L5)."""
    return "asyncio"


@pytest.fixture(scope="session")
async def local_servers(
    tmp_path_factory: pytest.TempPathFactory, anyio_backend: str
) -> AsyncIterator[Addresses]:
    """PostgreSQL and Valkey of this test process alone; ATTESTED_POSTGRES_BIN names another PostgreSQL.

    Where ATTESTED_TEST_SERVERS names two that stand, the first with a built database, it is a copy of that one.
    """
    if standing := os.environ.get("ATTESTED_TEST_SERVERS"):
        built, redis_url = standing.split()
        yield Addresses(await _copied(built), redis_url)
        return
    data: Path = tmp_path_factory.mktemp("servers")
    with servers(data, tuning=Tuning(fsync=False)) as addresses:
        yield addresses


async def _copied(built: str) -> str:
    name = f"copy_{token_hex(8)}"
    parts = urlsplit(built)
    beside = await asyncpg.connect(parts._replace(path="/postgres").geturl())
    try:
        await beside.execute(f'CREATE DATABASE {name} TEMPLATE "{parts.path[1:]}"')
    finally:
        await beside.close()
    return parts._replace(path=f"/{name}").geturl()


@pytest.fixture(scope="session")
async def built_database(local_servers: Addresses, anyio_backend: str) -> AsyncIterator[str]:
    """A database at the latest page of its history, and the pool open on it."""
    await migrate_as_owner(local_servers.database_url)
    await DATABASE.open(local_servers.database_url, size=6)
    yield local_servers.database_url
    assert await DATABASE.close(), "a test has kept a connection"


class Sweeper:
    """Empties the database: facts are append-only even here, and only a superuser passes the triggers."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._connection: asyncpg.Connection | None = None

    async def sweep(self) -> None:
        """Delete all that a test left, and count from one again."""
        if self._connection is None or self._connection.is_closed():  # some tests end every connection
            settings = {"session_replication_role": "replica", "lock_timeout": "20s"}
            self._connection = await asyncpg.connect(self._url, server_settings=settings)
        await _empty(self._connection)

    async def close(self) -> None:
        """Leave."""
        if self._connection is not None:
            await self._connection.close()


@pytest.fixture(scope="session")
async def sweeper(built_database: str) -> AsyncIterator[Sweeper]:
    """One connection that stays: a new one for each test takes longer than what it does."""
    sweeper = Sweeper(built_database)
    yield sweeper
    await sweeper.close()


@pytest.fixture
async def database(built_database: str, sweeper: Sweeper) -> AsyncIterator[str]:
    """The database, emptied after the test."""
    yield built_database
    await sweeper.sweep()


# To truncate a table is to make its files anew, those of every table that refers to it, and their indexes: for a few
# rows it takes far longer than the test that left them.
FEW = 256 * 1024  # bytes
_LEFT_OVER = """
SELECT name, pg_relation_size(oid) AS size
  FROM (SELECT pg_class.oid, format('%I.%I', nspname, relname) AS name
          FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
         WHERE relkind = 'r' AND nspname NOT IN ('pg_catalog', 'information_schema')) AS ours
 WHERE name <> ALL($1) AND pg_relation_size(oid) > 0
"""
_COUNT_ANEW = """
SELECT setval(owned.objid::regclass, 1, false) FROM pg_depend AS owned JOIN pg_class ON pg_class.oid = owned.objid
 WHERE relkind = 'S' AND owned.deptype IN ('a', 'i') AND owned.refobjid = ANY($1::regclass[])
"""


async def _empty(connection: asyncpg.Connection) -> None:
    tables = await connection.fetch(_LEFT_OVER, list(KEPT))
    names = [row["name"] for row in tables]
    if any(row["size"] > FEW for row in tables):
        await connection.execute(f"TRUNCATE {', '.join(names)} RESTART IDENTITY CASCADE")
    elif names:
        await connection.execute("; ".join(f"DELETE FROM {name}" for name in names))  # noqa: S608 - our own tables
        await connection.execute(_COUNT_ANEW, names)


os.environ.setdefault("TZ", "Europe/London")
# A test of the API calls as fast as it can; that there is a limit is tested where it is set.
os.environ.setdefault("API_CALLS_A_MINUTE", "1000000")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that asks the database, so that those can be run on another PostgreSQL, the narrower ones alone."""
    for item in items:
        if "built_database" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.database)
        if "managed" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.sweeping)
