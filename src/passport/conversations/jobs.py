"""Which work on conversations runs by itself?"""

from datetime import timedelta

import structlog

from foundation.jobs.handlers import Handler, Work
from passport.conversations.flagging import flag_everyone

log = structlog.get_logger("attested.conversations")


async def flag_overdue(work: Work) -> None:
    """Flag conversations that are overdue on a day, and people whom nobody can hold one with."""
    told = await flag_everyone(work.on)
    log.info(
        "conversations flagged", on=work.on.isoformat(), **{flag.name.lower(): n for flag, n in told.items()}
    )


HANDLERS = (Handler("conversations.flag", flag_overdue, longest=timedelta(minutes=30)),)
