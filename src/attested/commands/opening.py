"""How does a command reach the database: the managed one, the one that `attested run` keeps, or one it starts itself?"""

import os
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any, TypeVar

import asyncpg
import uvloop

from attested.local import Addresses, CannotStartError, Tuning, servers
from foundation.database import DATABASE, ProgramRole
from foundation.jobs.doorbell import rung
from foundation.logs import set_up
from foundation.migrate import Migrated, migrate_as_owner
from foundation.settings import settings

T = TypeVar("T")


@asynccontextmanager
async def opened(addresses: Addresses, *, up_to_date: bool = True) -> AsyncIterator[None]:
    """Keep the pool open on the database, brought up to date first, for as long as the block lasts."""
    if up_to_date:
        await brought_up_to_date(addresses)
    with _told():
        await DATABASE.open(addresses.database_url, size=settings().database_pool, role=ProgramRole.WORKER)
    try:
        yield
    finally:
        await rung()
        await DATABASE.close()


async def brought_up_to_date(addresses: Addresses) -> Migrated:
    """Bring the database to the latest page, as whoever owns it: MIGRATION_URL, or the login that there is."""
    with _told():
        return await migrate_as_owner(settings().migration_url or addresses.database_url)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as unreachable:
        raise CannotStartError(f"the database cannot be used: {unreachable}") from unreachable


def with_database(work: Callable[[Addresses], Coroutine[Any, Any, T]]) -> T:
    """Run a command's work against the database, starting or joining the embedded servers where there are no others."""
    set_up(settings().log_format)  # on standard error: standard output is for the answer
    with servers(settings().attested_data, tuning=Tuning()) as addresses:
        os.environ["REDIS_URL"] = addresses.redis_url  # so that the worker hears of what is done here
        settings.cache_clear()

        async def run() -> T:
            async with opened(addresses):
                return await work(addresses)

        return uvloop.run(run())
