"""What does every worker see to now and then: that it is known to live, that nothing is forgotten, that nothing is due?"""

from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from foundation.database import execute
from foundation.jobs.leases import take_back
from foundation.jobs.schedules import enter_due

log = structlog.get_logger("attested.jobs")


@dataclass(frozen=True, slots=True)
class Watch:
    """Asks for a job whenever a query finds something and no such job is under way, whoever forgot to ask for it."""

    job: str
    finds: str


_ASK = """
INSERT INTO foundation.job (name)
SELECT $1 WHERE EXISTS ({finds})
   AND NOT EXISTS (SELECT FROM foundation.job WHERE name = $1 AND state IN ('waiting', 'running'))
"""


async def keep_up(worker: str, watches: Sequence[Watch]) -> None:
    """Show that the worker lives, free what the dead held, and ask for what has come due."""
    await beat(worker)
    died = await take_back()
    if died:
        log.error("jobs died with their workers", jobs=died)
    await enter_due()
    for watch in watches:
        await execute(_ASK.format(finds=watch.finds), watch.job)


async def beat(worker: str) -> None:
    """Note that a worker lives, and forget those that have not for a day."""
    await execute(
        """WITH gone AS (DELETE FROM foundation.heartbeat WHERE at < clock_timestamp() - interval '1 day')
           INSERT INTO foundation.heartbeat (worker, at) VALUES ($1, clock_timestamp())
           ON CONFLICT (worker) DO UPDATE SET at = excluded.at""",
        worker,
    )


async def leave(worker: str) -> None:
    """Note that a worker has stopped of its own accord."""
    await execute("DELETE FROM foundation.heartbeat WHERE worker = $1", worker)
