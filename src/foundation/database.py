"""How does the program talk to PostgreSQL so that nothing is half done, leaked or silently lost?"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from enum import StrEnum
from types import TracebackType
from typing import Any, cast

import asyncpg
import structlog
from asyncpg import Connection, Record
from piccolo.engine.exceptions import TransactionError
from piccolo.engine.postgres import PostgresEngine, PostgresTransaction

MAIN_POOL = 10
LONGEST_CLOSING = 20.0  # seconds
log = structlog.get_logger("attested.database")


class ProgramRole(StrEnum):
    """What the program may do in the database: the roles that migrations/grants.toml gives their rights."""

    WEB = "attested_web"
    """What people ask for, through the pages and the API."""

    WORKER = "attested_worker"
    """Jobs and the command line."""


class UnreachableError(ConnectionError):
    """PostgreSQL cannot be reached: it is not there, or not yet."""


class NoPoolError(RuntimeError):
    """The database pool has not been opened: every query would open a connection of its own (traps P5)."""


class Transaction(PostgresTransaction):
    """Piccolo's transaction, whose connection is free again whatever becomes of it (traps P1 and P25).

    One whose BEGIN, COMMIT or ROLLBACK did not come to its end is not lent again: nobody knows what it is doing.
    """

    def __init__(self, engine: PostgresEngine, *, allow_nested: bool) -> None:
        super().__init__(engine, allow_nested=allow_nested)
        # A dictionary, because each is done once and in order.
        self.afterwards: dict[Callable[[], Awaitable[object]], None] = {}

    async def begin(self) -> None:
        """Begin; whoever is cancelled meanwhile never comes to the end, which would give the connection back."""
        try:
            await self.transaction.start()
        except BaseException:
            self._end_connection()
            raise

    async def __aexit__(
        self,
        exception_type: type[BaseException] | None,
        exception: BaseException | None,
        traceback: TracebackType | None,
    ) -> bool:
        """Commit or roll back, and give the connection back, which asyncpg does even for whoever is cancelled."""
        try:
            await (self.transaction.commit() if exception is None else self.transaction.rollback())
        except BaseException:
            self._end_connection()
            raise
        finally:
            self.engine.current_transaction.reset(self.context)
        await _pool().release(self.connection)
        return False

    def _end_connection(self) -> None:
        with suppress(asyncpg.InterfaceError):  # it has ended by itself
            self.connection.terminate()


class Database(PostgresEngine):
    """The one engine: it touches no server at import and never works without its pool."""

    def __init__(self) -> None:
        super().__init__(config={})

    async def prep_database(self) -> None:
        """Do nothing at import: the migrations make what they need (traps P5)."""

    async def check_version(self) -> None:
        """Do nothing at import: readiness looks at the version (traps P5)."""

    def transaction(self, allow_nested: bool = False) -> Transaction:  # noqa: FBT001, FBT002 - Piccolo's signature
        """Return a transaction; one within another is an error, for its rollback would undo nothing (traps P3)."""
        return Transaction(engine=self, allow_nested=allow_nested)

    async def open(
        self,
        url: str,
        *,
        size: int = MAIN_POOL,
        statement_timeout: float | None = None,
        role: ProgramRole | None = ProgramRole.WEB,
    ) -> None:
        """Open the pool on a database. `statement_timeout` is in seconds; none leaves the server's own.

        Whatever the login may do, its connections do no more than `role`; None is for the history and for nothing else.
        """
        self.config = {"dsn": url}
        roles = {} if role is None else {"role": role.value}
        timeouts = {"statement_timeout": f"{int(statement_timeout * 1000)}"} if statement_timeout else {}
        await self.start_connection_pool(
            min_size=1,
            max_size=size,
            connect=_connected,
            reset=_nothing_to_undo,
            server_settings={
                "application_name": "attested",
                "timezone": "UTC",
                "jit": "off",
                **timeouts,
                **roles,
            },
        )

    async def close(self, *, within: float = LONGEST_CLOSING) -> bool:
        """Close the pool, if it is open; what is held after so many seconds is ended by force. False if there was any."""
        if self.pool is None:
            return True
        try:
            async with asyncio.timeout(within):
                await self.pool.close()  # which ends what is left when its time is up
        except TimeoutError:
            log.warning("connections were held to the end", seconds=within)
            return False
        finally:
            self.pool = None
        return True


DATABASE = Database()


@asynccontextmanager
async def transaction() -> AsyncIterator[Connection]:
    """Run everything within, raw or through Piccolo, as one transaction on one connection.

    Only what has no actor may use this directly (sessions, jobs, projections); every write that people ask for goes
    through `foundation.audit.recorded`. Tasks started within must not query: they would share the connection (traps P4).
    """
    _pool()
    running = DATABASE.transaction()
    async with running:
        yield running.connection
    for todo in running.afterwards:
        await todo()


def after_commit(todo: Callable[[], Awaitable[object]]) -> None:
    """Have something done when the current transaction has committed, once, however often it is asked for within it."""
    running = DATABASE.current_transaction.get()
    if isinstance(running, Transaction):
        running.afterwards[todo] = None


@asynccontextmanager
async def as_owner() -> AsyncIterator[Connection]:
    """Run a transaction as the login itself, which may own the tables: for the history, and to fill an empty database."""
    async with transaction() as connection:
        await connection.execute("SET LOCAL ROLE NONE")
        yield connection


@asynccontextmanager
async def snapshot() -> AsyncIterator[Connection]:
    """Read several things as they stood at one instant, and write nothing (traps P6)."""
    async with transaction() as connection:
        await connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield connection


@asynccontextmanager
async def connection() -> AsyncIterator[Connection]:
    """Lend the current transaction's connection, or one of the pool's where there is no transaction."""
    running = DATABASE.current_transaction.get()
    if running is not None:
        yield running.connection
        return
    async with _pool().acquire() as borrowed:
        yield cast("Connection", borrowed)


async def _connected(*where: Any, **how: Any) -> Connection:  # noqa: ANN401 - whatever asyncpg's pool passes on
    """Connect; a socket that is not there is no file that we miss, but a server that restarts."""
    try:
        return cast("Connection", await asyncpg.connect(*where, **how))
    except OSError as failure:
        raise UnreachableError(str(failure)) from failure


async def _nothing_to_undo(_: Connection) -> None:
    """Spare every release a round trip: an open transaction is rolled back all the same, and nothing outlives one.

    What is set is set LOCAL, locks are a transaction's, nobody listens; tests/house/test_connections_keep_nothing.py.
    """


async def fetch(sql: str, *values: object) -> Sequence[Record]:
    """Return the rows of a query."""
    async with connection() as lent:
        return await lent.fetch(sql, *values)


async def fetch_one(sql: str, *values: object) -> Record | None:
    """Return the first row of a query, or None."""
    async with connection() as lent:
        return await lent.fetchrow(sql, *values)


async def execute(sql: str, *values: object) -> str:
    """Run a statement and return what the server says of it, such as `UPDATE 3`."""
    async with connection() as lent:
        return await lent.execute(sql, *values)


def _pool() -> asyncpg.Pool:
    if DATABASE.pool is None:
        raise NoPoolError
    return DATABASE.pool


__all__ = [
    "DATABASE",
    "Database",
    "NoPoolError",
    "ProgramRole",
    "Transaction",
    "TransactionError",
    "after_commit",
    "as_owner",
    "connection",
    "execute",
    "fetch",
    "fetch_one",
    "snapshot",
    "transaction",
]
