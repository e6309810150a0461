"""How does a worker hear the doorbell, and go on without it? Here alone is arq a runner (docs/decisions/0003)."""

import asyncio
from collections.abc import Callable
from datetime import UTC, timedelta
from typing import Any

import msgspec
import structlog
from arq import cron
from arq.connections import ArqRedis
from arq.typing import WorkerCoroutine
from arq.worker import Worker, func

from foundation.jobs.doorbell import LOOK, opened

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 15.0  # seconds before trying Valkey again
log = structlog.get_logger("attested.jobs")


async def listen(url: str, ring: Callable[[], None]) -> None:
    """Ring whenever arq says to look: when somebody asked for work, and every half minute. Outlives Valkey."""
    pause = FIRST_PAUSE
    while True:
        begun = asyncio.get_running_loop().time()
        try:
            await _listen_once(url, ring)
        except Exception as failure:  # noqa: BLE001 - the worker looks every half minute without Valkey too
            log.warning("Valkey does not answer; work may start half a minute late", failure=repr(failure))
        steady = asyncio.get_running_loop().time() - begun > LONGEST_PAUSE
        pause = FIRST_PAUSE if steady else min(pause * 2, LONGEST_PAUSE)
        await asyncio.sleep(pause)


async def _listen_once(url: str, ring: Callable[[], None]) -> None:
    async def look(ctx: dict[Any, Any], *_: object, **__: object) -> None:  # noqa: ARG001 - arq's signature
        ring()

    async with opened(url) as bell:
        await _attend(bell, look, ring)


async def _attend(bell: ArqRedis, look: WorkerCoroutine, ring: Callable[[], None]) -> None:
    listener = Worker(
        [func(look, name=LOOK)],
        cron_jobs=[cron(look, name="cron:look", second={0, 30}, unique=True)],
        redis_pool=bell,
        handle_signals=False,
        poll_delay=0.25,
        keep_result=0,
        max_tries=5,
        job_timeout=timedelta(seconds=10),
        job_completion_wait=5,
        health_check_interval=30,
        timezone=UTC,
        job_serializer=msgspec.msgpack.encode,
        job_deserializer=msgspec.msgpack.decode,
        log_results=False,
    )
    ring()  # whatever was rung for while nobody listened
    try:
        await listener.async_run()
    finally:
        # Not its own close(): that gives up half way when one of its tasks was cancelled, and leaves Valkey connected.
        left = list(listener.tasks.values())
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
