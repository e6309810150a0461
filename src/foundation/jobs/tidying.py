"""When is a finished job forgotten?"""

from datetime import timedelta

from foundation.database import execute
from foundation.jobs.handlers import Handler, Work

KEPT_FOR = timedelta(days=30)


async def tidy(_work: Work) -> None:
    """Forget jobs done a month ago; those that named an effect stay, for the effect must not come again."""
    await execute(
        """DELETE FROM foundation.job WHERE state = 'done' AND effect_key IS NULL
              AND finished_at < clock_timestamp() - $1::interval""",
        KEPT_FOR,
    )


HANDLERS = (Handler("jobs.tidy", tidy),)
