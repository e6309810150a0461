"""Which work on forms that were never sent again runs by itself?"""

import structlog

from foundation.database import execute
from foundation.jobs.handlers import Handler, Work

log = structlog.get_logger("attested.unsent")


async def tidy_up(_work: Work) -> None:
    """Drop what was not sent again within a day: the database lets jobs see nothing younger."""
    done = await execute("DELETE FROM access.unsent_form WHERE kept_at < now() - interval '1 day'")
    log.info("unsent forms dropped", done=done)


HANDLERS = (Handler("unsent.tidy", tidy_up),)
