"""How is a database brought to the latest page of its history, once, whoever else is trying?"""

import importlib
import os
import sys
from collections.abc import Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from types import ModuleType

from piccolo.apps.migrations.tables import Migration

from foundation import grants
from foundation.database import DATABASE, as_owner, fetch

HISTORY = Path(__file__).parents[2] / "migrations"
ONE_AT_A_TIME = 7_246_385  # any number, so long as it is always this one
APP = "attested"
GRANTS = "attested grants"
OLDEST_SERVER = 150_000

os.environ.setdefault("PICCOLO_CONF", "foundation.piccolo_conf")


class ServerTooOldError(RuntimeError):
    """This PostgreSQL is older than 15, which Attested needs."""


@dataclass(frozen=True, slots=True)
class Migrated:
    """The pages of history that were already there, and those that were added now."""

    before: tuple[str, ...]
    added: tuple[str, ...]


async def migrate_as_owner(url: str) -> Migrated:
    """Bring a database to the latest page before the program opens it: the roles it runs in are made on the way.

    :raises ServerTooOldError: the server is older than PostgreSQL 15.
    """
    await DATABASE.open(url, size=1, role=None)
    try:
        return await migrate()
    finally:
        await DATABASE.close()


async def migrate() -> Migrated:
    """Bring the database to the latest page. Waits for another that is doing so (traps P12).

    :raises ServerTooOldError: the server is older than PostgreSQL 15.
    """
    async with as_owner() as connection:
        if int(await connection.fetchval("SHOW server_version_num")) < OLDEST_SERVER:
            raise ServerTooOldError
        await connection.execute("SELECT pg_advisory_xact_lock($1)", ONE_AT_A_TIME)
        if not await Migration.table_exists().run():
            await Migration.create_table().run()  # type: ignore[no-untyped-call]
        before = tuple(await pages_there())
    added = tuple([page.ID for page in history() if page.ID not in before and await _add(page)])
    await _grant(is_due=bool(added))
    return Migrated(before, added)


async def pages_there() -> Sequence[str]:
    """Return the pages of history that the database has, in order."""
    rows = await fetch("SELECT name FROM migration WHERE app_name = $1 ORDER BY name", APP)
    return [row["name"] for row in rows]


async def is_latest() -> bool:
    """Say whether the database stands at the latest page of the history."""
    there = await fetch("SELECT to_regclass('public.migration') IS NOT NULL AS is_there")
    return bool(there[0]["is_there"]) and set(await pages_there()) >= {page.ID for page in history()}


def history() -> Sequence[ModuleType]:
    """Return the numbered pages, oldest first; their file names are unique and sort as their numbers (traps P11)."""
    if str(HISTORY) not in sys.path:
        sys.path.append(str(HISTORY))
    return [importlib.import_module(path.stem) for path in sorted(HISTORY.glob("m[0-9]*.py"))]


async def _add(page: ModuleType) -> bool:
    """Run a page and note it in one transaction, so that a page is never half there."""
    async with as_owner() as connection:
        await connection.execute("SET LOCAL lock_timeout = '10s'; SET LOCAL statement_timeout = '10min'")
        await connection.execute("SELECT pg_advisory_xact_lock($1)", ONE_AT_A_TIME)
        if page.ID in await pages_there():
            return False
        manager = await page.forwards()
        manager.wrap_in_transaction = False
        with redirect_stdout(StringIO()):  # Piccolo prints as it goes
            await manager.run()
        await Migration.insert(Migration(name=page.ID, app_name=APP)).run()
        return True


async def _grant(*, is_due: bool) -> None:
    """Enter who may do what, where that has changed or there are tables that it has not been entered for."""
    async with as_owner() as connection:
        await connection.execute("SELECT pg_advisory_xact_lock($1)", ONE_AT_A_TIME)
        entered = await connection.fetchval(
            "SELECT name FROM migration WHERE app_name = $1 ORDER BY id DESC LIMIT 1", GRANTS
        )
        if is_due or entered != grants.digest():
            await grants.enter(connection)
            await Migration.insert(Migration(name=grants.digest(), app_name=GRANTS)).run()
