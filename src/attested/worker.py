"""Where the worker's parts are joined: whose jobs it carries out, what it watches for, and how it stops."""

import asyncio
import signal
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

from access.unsent import jobs as unsent
from attested.files import errands
from attested.retention import jobs as retention
from attested.subject_access import jobs as subject_access
from foundation.database import DATABASE, ProgramRole
from foundation.jobs import tidying
from foundation.jobs.handlers import Handler, Handlers, Work, joined
from foundation.jobs.listening import listen
from foundation.jobs.runner import LANES, Runner
from foundation.jobs.stopping import unless_asked_to_stop
from foundation.jobs.upkeep import Watch
from foundation.sealing.keeping import keep_sealing
from foundation.settings import settings
from licence.planning.jobs import JOBS as PLANNING
from licence.projection.jobs import JOBS
from licence.whatif import jobs as whatif
from passport.attachments import jobs as attachments
from passport.conversations import jobs as conversations
from people.glass import jobs as glass
from people.notices import jobs as notices
from people.notices.delivery import DUE
from people.persons import jobs as persons
from people.privacy import jobs as privacy
from wellbeing.assessments import jobs as assessments

# A sweep of the whole country takes minutes; its lease is renewed meanwhile.
LONGEST_SWEEP = timedelta(hours=2)
LONGEST_CLOSING = 2.0  # seconds
# A connection for each lane, two for the runner's own books, and one for sealing the audit.
POOL = LANES + 3


def handlers() -> Handlers:
    """Join the handlers of every wing."""
    return joined(
        tidying.HANDLERS,
        errands.HANDLERS,
        retention.HANDLERS,
        whatif.HANDLERS,
        subject_access.HANDLERS,
        notices.HANDLERS,
        persons.HANDLERS,
        glass.HANDLERS,
        privacy.HANDLERS,
        attachments.HANDLERS,
        unsent.HANDLERS,
        conversations.HANDLERS,
        assessments.HANDLERS,
        (Handler(name, _given(run), longest=LONGEST_SWEEP) for name, run in {**JOBS, **PLANNING}.items()),
    )


def watches() -> tuple[Watch, ...]:
    """Name what a worker looks for even if nobody asked: facts that changed, alerts, and e-mail that has come due again."""
    always = (Watch("licence.refresh", "SELECT FROM people.change"), glass.WATCH, privacy.WATCH)
    return always if settings().smtp_host is None else (*always, Watch("notices.deliver", DUE))


async def work() -> None:
    """Carry out jobs until SIGTERM or SIGINT; then finish what is running, or give it back."""
    chosen, stopping = settings(), asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    if not await unless_asked_to_stop(stopping, _opened()):
        return
    runner = Runner(handlers(), watches=watches())
    listening = asyncio.create_task(listen(chosen.redis_url or "", runner.ring))
    sealing = asyncio.create_task(keep_sealing(stopping))
    try:
        await runner.run(stopping)
    finally:
        listening.cancel()
        stopping.set()
        # A head that is being stored is published too, unless the database does not answer.
        await asyncio.wait([listening, sealing], timeout=LONGEST_CLOSING)
        sealing.cancel()
        await DATABASE.close(within=LONGEST_CLOSING)


async def _opened() -> bool:
    await DATABASE.open(settings().database_url or "", size=POOL, role=ProgramRole.WORKER)
    return True


def _given(run: Callable[[Mapping[str, object]], Awaitable[None]]) -> Callable[[Work], Awaitable[None]]:
    async def carry_out(job: Work) -> None:
        await run(job.payload)

    return carry_out
