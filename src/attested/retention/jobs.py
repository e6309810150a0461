"""Which work on retention runs by itself?"""

from contextlib import suppress
from datetime import timedelta

from attested.retention.actions import JOB, propose
from attested.retention.book import rules
from attested.retention.errors import AlreadyProposedError, NothingTooOldError
from attested.retention.purging import carry_out
from foundation.audit import Actor
from foundation.jobs.handlers import Handler, PayloadError, Work


async def propose_all(work: Work) -> None:
    """Propose whatever has been kept too long, on the day it is for."""
    for rule in rules():
        if rule.keep is not None:
            with suppress(NothingTooOldError, AlreadyProposedError):
                await propose(actor=Actor.system(work.name), kind=rule.kind, on=work.on)


async def purge(work: Work) -> None:
    """Carry out a purge that was agreed to.

    :raises PayloadError: its payload names none.
    """
    number = work.payload.get("purge")
    if not isinstance(number, int):
        raise PayloadError(f"{work.name} does not say which purge it is for")
    await carry_out(number)


HANDLERS = (
    Handler("retention.propose", propose_all, longest=timedelta(minutes=30)),
    Handler(JOB, purge, longest=timedelta(hours=2)),
)
