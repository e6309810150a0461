"""Which work on assessments runs by itself?"""

import structlog

from foundation.jobs.handlers import Handler, Work

log = structlog.get_logger("attested.assessments")


async def flag_overdue(work: Work) -> None:
    """Flag assessments the force owes on a day. None is recorded yet, so none can be late: it says so each night."""
    log.info("no assessments are recorded yet, so none is overdue", on=work.on.isoformat())


HANDLERS = (Handler("assessments.flag", flag_overdue),)
