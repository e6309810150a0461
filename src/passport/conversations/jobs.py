"""Which work on conversations runs by itself?"""

import structlog

from foundation.jobs.handlers import Handler, Work

log = structlog.get_logger("attested.conversations")


async def flag_overdue(work: Work) -> None:
    """Flag conversations that are overdue on a day. None is recorded yet, so none can be: it says so each night."""
    log.info("no conversations are recorded yet, so none is overdue", on=work.on.isoformat())


HANDLERS = (Handler("conversations.flag", flag_overdue),)
