"""Which work on attached files runs by itself?"""

from datetime import timedelta

import structlog

from foundation.clock import now
from foundation.database import fetch
from foundation.jobs.handlers import Handler, Work
from foundation.vault.stores import vault

LEAST_AGE = timedelta(days=1)
"""Content is put into the vault before its row is written: so long may that take."""
log = structlog.get_logger("attested.attachments")


async def tidy() -> int:
    """Drop the content of which no file is left: those taken away, and those whose form was never finished.

    Whoever attaches the same content again puts it there again, and so makes it young: it stays.
    """
    before, dropped = now() - LEAST_AGE, 0
    async for lot in vault().everything():
        old = [one.sha256 for one in lot if one.put_at < before]
        rows = await fetch(
            "SELECT DISTINCT sha256 FROM passport.attachment WHERE gone_at IS NULL AND sha256 = ANY($1)", old
        )
        for sha256 in set(old) - {row["sha256"] for row in rows}:
            await vault().drop(sha256)
            dropped += 1
    return dropped


async def tidy_up(_work: Work) -> None:
    """Drop what nothing names any more."""
    log.info("content dropped", files=await tidy())


HANDLERS = (Handler("attachments.tidy", tidy_up, longest=timedelta(hours=1)),)
