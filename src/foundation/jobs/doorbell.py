"""How does the worker hear at once that there is work, without anybody waiting or depending on it?"""

import asyncio
from dataclasses import replace
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


async def opened(url: str) -> "ArqRedis":
    """Connect to Valkey once, without trying again; payloads are plain data, which cannot run as pickle can."""
    # A tenth of a second, which a command that rings for nobody need not spend.
    from arq.connections import RedisSettings, create_pool  # noqa: PLC0415

    return await create_pool(
        replace(RedisSettings.from_dsn(url), conn_retries=0, conn_timeout=1),
        job_serializer=msgspec.msgpack.encode,
        job_deserializer=msgspec.msgpack.decode,
    )


async def _ring(url: str) -> None:
    try:
        async with asyncio.timeout(1):
            bell = await opened(url)
            try:
                if await bell.zcard(bell.default_queue_name) < ENOUGH:
                    await bell.enqueue_job(LOOK, _expires=WORTHLESS_AFTER)
            finally:
                await bell.aclose(close_connection_pool=True)
    except Exception as failure:  # noqa: BLE001 - whatever ails Valkey delays the work and nothing else
        log.info("nobody heard the doorbell", failure=repr(failure))
