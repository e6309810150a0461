"""A worker process for the tests to stop and kill: as the real one, with the tests' jobs."""

import asyncio
import os
import signal
import sys
from contextlib import suppress
from datetime import timedelta

from foundation.database import DATABASE, execute
from foundation.jobs.handlers import Handler, Work, joined
from foundation.jobs.listening import listen
from foundation.jobs.runner import Runner
from tests.jobs.working import mark


async def never_ends(work: Work) -> None:
    await mark(work)
    await asyncio.Event().wait()


async def ends_when_told(work: Work) -> None:
    """Take until the table has a second row, which the test enters after it has asked us to stop."""
    await mark(work)
    while (await execute("SELECT FROM public.effect")) != "SELECT 2":  # noqa: ASYNC110 - another process tells
        await asyncio.sleep(0.02)


HANDLERS = joined(
    [
        Handler("never ends", never_ends, lease=timedelta(minutes=1)),
        Handler("ends when told", ends_when_told),
        Handler("mark", mark),
    ]
)


async def main(grace: float) -> None:
    stopping = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopping.set)
    await DATABASE.open(os.environ["DATABASE_URL"], size=5)
    runner = Runner(HANDLERS, grace=grace)
    listening = asyncio.create_task(listen(os.environ["REDIS_URL"], runner.ring))
    await runner.run(stopping)
    listening.cancel()
    with suppress(asyncio.CancelledError):
        await listening
    await DATABASE.close()


if __name__ == "__main__":
    asyncio.run(main(float(sys.argv[1])))
