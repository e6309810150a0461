"""Where the worker's parts are joined: whose jobs it carries out, what it watches for, and how it stops."""

import asyncio
import signal
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

from foundation.database import DATABASE
from foundation.jobs import tidying
from foundation.jobs.handlers import Handler, Handlers, Work, joined
from foundation.jobs.listening import listen
from foundation.jobs.runner import LANES, Runner
from foundation.jobs.upkeep import Watch
from foundation.settings import settings
from licence.projection.jobs import JOBS
from passport.conversations import jobs as conversations
from people.notices import jobs as notices
from people.notices.delivery import DUE
from people.persons import jobs as persons
from wellbeing.assessments import jobs as assessments

# A sweep of the whole country takes minutes; its lease is renewed meanwhile.
LONGEST_SWEEP = timedelta(hours=2)
# A connection for each lane, and two for the runner's own books.
POOL = LANES + 2


def handlers() -> Handlers:
    """Join the handlers of every wing."""
    return joined(
        tidying.HANDLERS,
        notices.HANDLERS,
        persons.HANDLERS,
        conversations.HANDLERS,
        assessments.HANDLERS,
        (Handler(name, _given(run), longest=LONGEST_SWEEP) for name, run in JOBS.items()),
    )


def watches() -> tuple[Watch, ...]:
    """Name what a worker looks for even if nobody asked: facts that changed, and e-mail that has come due again."""
    changes = Watch("licence.refresh", "SELECT FROM people.change")
    return (changes,) if settings().smtp_host is None else (changes, Watch("notices.deliver", DUE))


async def work() -> None:
    """Carry out jobs until SIGTERM or SIGINT; then finish what is running, or give it back."""
    chosen, stopping = settings(), asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    await DATABASE.open(chosen.database_url or "", size=POOL)
    runner = Runner(handlers(), watches=watches())
    listening = asyncio.create_task(listen(chosen.redis_url or "", runner.ring))
    try:
        await runner.run(stopping)
    finally:
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
        await DATABASE.close()


def _given(run: Callable[[Mapping[str, object]], Awaitable[None]]) -> Callable[[Work], Awaitable[None]]:
    async def carry_out(job: Work) -> None:
        await run(job.payload)

    return carry_out
