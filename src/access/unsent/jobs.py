"""Which work on forms that were never sent again runs by itself?"""

import structlog

from access.unsent.keeping import drop_old
from foundation.jobs.handlers import Handler, Work

log = structlog.get_logger("attested.unsent")


async def tidy_up(_work: Work) -> None:
    """Drop what was not sent again within a day."""
    log.info("unsent forms dropped", done=await drop_old())


HANDLERS = (Handler("unsent.tidy", tidy_up),)
