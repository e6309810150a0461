"""Which work on what-ifs runs by itself?"""

from datetime import timedelta

from foundation.jobs.handlers import Handler, Work
from licence.projection.crew import hands
from licence.whatif.actions import JOB, work_out

PROCESSES = 2
LONGEST = timedelta(hours=2)


async def carry_out(work: Work) -> None:
    """Work out a what-if that somebody asked for."""
    number = work.payload.get("what_if")
    if isinstance(number, int):
        async with hands(PROCESSES) as ready:
            await work_out(number, ready)


HANDLERS = (Handler(JOB, carry_out, longest=LONGEST),)
"""A what-if over the nation takes as long as a sweep; whoever takes over goes on with the chunks that are missing."""
