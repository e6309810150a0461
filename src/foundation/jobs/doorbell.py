"""How does the worker hear at once that there is work, without anybody waiting or depending on it?"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import msgspec
import structlog

from foundation.settings import settings

if TYPE_CHECKING:
    from arq.connections import ArqRedis

LOOK = "look"
PATIENCE = 0.05  # seconds that an act waits for its ring; it then goes on, and the ring with it
WORTHLESS_AFTER = timedelta(minutes=1)  # by then the worker has looked of its own accord
ENOUGH = 50  # rings that wait unheard; a further one would tell nothing new
log = structlog.get_logger("attested.jobs")
_ringing: set[asyncio.Task[None]] = set()


async def ring() -> None:
    """Tell the worker to look now. That it cannot be told is no error: it looks every half minute as it is."""
    url = settings().redis_url
    if url is None:
        return
    task = asyncio.create_task(_ring(url))
    _ringing.add(task)  # the loop itself would let go of it
    task.add_done_callback(_ringing.discard)
    await asyncio.wait([task], timeout=PATIENCE)


async def rung() -> None:
    """Wait for rings on their way, a second at most each: for a command that ends with its act."""
    if _ringing:
        await asyncio.wait(set(_ringing))


@asynccontextmanager
async def opened(url: str) -> AsyncIterator["ArqRedis"]:
    """Connect to Valkey with the first command, and close whatever happens.

    arq's own create_pool leaves a connection open when it is cancelled. Payloads are plain data, which cannot run as
    pickle can.
    """
    # A tenth of a second, which a command that rings for nobody need not spend.
    from arq.connections import ArqRedis  # noqa: PLC0415

    bell: ArqRedis = ArqRedis.from_url(url, socket_connect_timeout=1)
    bell.job_serializer, bell.job_deserializer = msgspec.msgpack.encode, msgspec.msgpack.decode
    try:
        yield bell
    finally:
        await bell.aclose(close_connection_pool=True)


async def _ring(url: str) -> None:
    try:
        async with asyncio.timeout(1), opened(url) as bell:
            if await bell.zcard(bell.default_queue_name) < ENOUGH:
                await bell.enqueue_job(LOOK, _expires=WORTHLESS_AFTER)
    except Exception as failure:  # noqa: BLE001 - whatever ails Valkey delays the work and nothing else
        log.info("nobody heard the doorbell", failure=repr(failure))
