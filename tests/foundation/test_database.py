"""Is every connection free again, whatever became of the transaction that had it? (traps P1 and P25)"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import asyncpg
import pytest
from piccolo.engine.postgres import PostgresTransaction
from structlog.testing import capture_logs

from foundation.database import DATABASE, Transaction, fetch, transaction
from tests.owner import execute as as_owner

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("pool_of_one")]

STEPS = 10_000  # turns of the loop, after which whatever nobody cancelled has ended
IN_VAIN = 3.0  # seconds in which whoever waits for a connection would have one
PATIENCE = 60.0  # seconds: a machine may be busy with other things
LATE = """
CREATE TABLE public.late (n int UNIQUE DEFERRABLE INITIALLY DEFERRED);
GRANT ALL ON public.late TO attested_web
"""


@pytest.fixture
async def pool_of_one(database: str) -> AsyncIterator[None]:
    """A pool so small that the first connection that is kept is missed."""
    (shared, DATABASE.pool), config = (DATABASE.pool, None), DATABASE.config
    await DATABASE.open(database, size=1)
    yield
    await DATABASE.close(within=0)  # or it would wait for whoever keeps a connection
    DATABASE.pool, DATABASE.config = shared, config


async def in_a_transaction() -> None:
    async with transaction() as connection:
        await connection.fetchval("SELECT 1")


async def without_one() -> None:
    await fetch("SELECT 1")


async def is_free(patience: float = PATIENCE) -> bool:
    try:
        async with asyncio.timeout(patience):
            await in_a_transaction()
    except TimeoutError:
        return False
    return True


async def kept_by(doing: Callable[[], Awaitable[None]], patience: float = PATIENCE) -> int | None:
    """Cancel something a turn of the loop later each time, until it ends before; return when it kept a connection."""
    for step in range(STEPS):
        asked = asyncio.ensure_future(doing())
        for _ in range(step):
            await asyncio.sleep(0)
        if not asked.cancel():
            assert step > 3, "it was over before it could be cancelled at different moments"
            return None
        (ended,) = await asyncio.gather(asked, return_exceptions=True)
        assert ended is None or isinstance(ended, asyncio.CancelledError)
        if not await is_free(patience):
            return step
    pytest.fail("the steps do not reach to its end")


@pytest.mark.parametrize("doing", [in_a_transaction, without_one])
async def test_whoever_is_cancelled_at_any_moment_keeps_no_connection(
    doing: Callable[[], Awaitable[None]],
) -> None:
    """The accident: whoever went away as their transaction began took a connection with them, for good."""
    for _ in range(20):
        assert await kept_by(doing) is None


async def test_the_trap_is_real_piccolos_own_begin_keeps_the_connection(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Traps P25: the day this fails, `Transaction.begin` may go."""
    monkeypatch.setattr(Transaction, "begin", PostgresTransaction.begin)
    assert await kept_by(in_a_transaction, IN_VAIN) is not None


async def test_a_commit_that_fails_keeps_no_connection() -> None:
    await as_owner(LATE)
    try:
        for _ in range(3):
            with pytest.raises(asyncpg.UniqueViolationError):
                async with transaction() as connection:
                    await connection.execute("INSERT INTO public.late VALUES (1), (1)")
            assert await is_free()
    finally:
        await as_owner("DROP TABLE public.late")


async def test_a_connection_that_breaks_within_is_replaced() -> None:
    for _ in range(3):
        with pytest.raises((asyncpg.PostgresError, asyncpg.InterfaceError)):
            async with transaction() as connection:
                await connection.fetchval("SELECT pg_terminate_backend(pg_backend_pid())")
        assert await is_free()


async def test_closing_waits_for_whoever_gives_their_connection_back() -> None:
    async with transaction() as connection:
        closing = asyncio.create_task(DATABASE.close(within=PATIENCE))
        await asyncio.sleep(0.01)
        assert await connection.fetchval("SELECT 1") == 1
    assert await closing


async def test_closing_ends_whoever_keeps_their_connection_to_the_end() -> None:
    """The accident: one connection that was kept held up a shutdown for good."""
    held = await DATABASE.pool.acquire()  # type: ignore[union-attr]
    with capture_logs() as said:
        assert not await DATABASE.close(within=0.01)
    assert [line["event"] for line in said] == ["connections were held to the end"]
    with pytest.raises(asyncpg.InterfaceError):
        await held.fetchval("SELECT 1")
