"""How is a dead job given another try?"""

from foundation.audit import Actor, Event, recorded
from foundation.database import after_commit
from foundation.jobs.doorbell import ring
from foundation.problems import ConflictError


class NotDeadError(ConflictError):
    """This job is not dead, or no longer: somebody else may have given it another try."""


async def requeue(*, actor: Actor, job_id: int) -> None:
    """Put a dead job back among those that wait, with all its tries before it.

    :raises NotDeadError: it is not dead, or there is no such job.
    """
    event = Event("job requeued", "keeping the service running", detail={"job": job_id})
    async with recorded(actor, event) as connection:
        back = await connection.fetchval(
            """UPDATE foundation.job SET state = 'waiting', attempt = 0, due_at = clock_timestamp(),
                      finished_at = NULL, leased_by = NULL
                WHERE id = $1 AND state = 'dead' RETURNING id""",
            job_id,
        )
        if back is None:
            raise NotDeadError
        after_commit(ring)
