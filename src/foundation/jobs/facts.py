"""What runs, what waits, what is dead, and who is there to work?"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from asyncpg import Record

from foundation.database import fetch, fetch_one


class JobState(StrEnum):
    """How a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DEAD = "dead"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Job:
    """One job, as an operator sees it: numbers and days, nobody's records."""

    id: int
    name: str
    state: JobState
    # The day it is for, where a schedule asked for it.
    on: str | None
    attempt: int
    created_at: datetime
    due_at: datetime
    lease_until: datetime | None
    leased_by: str | None
    finished_at: datetime | None
    last_error: str | None


@dataclass(frozen=True, slots=True)
class JobPage:
    """One page of jobs, newest first; `next_before` asks for the page after it, and is missing on the last."""

    jobs: tuple[Job, ...]
    next_before: int | None


@dataclass(frozen=True, slots=True)
class JobCounts:
    """How many jobs there are of each state (done: within a day), and how long the longest due has waited, in seconds."""

    waiting: int
    running: int
    dead: int
    done: int
    longest_wait: float


@dataclass(frozen=True, slots=True)
class WorkerSeen:
    """A worker, when it was last heard of, and how many jobs it holds."""

    name: str
    seen_at: datetime
    running: int
    # By the database's clock: not heard of for two minutes.
    is_silent: bool


_JOB = """SELECT id, name, state, payload ->> 'on' AS on, attempt, created_at, due_at, lease_until, leased_by,
                 finished_at, last_error FROM foundation.job"""
_COUNTS = """
SELECT (SELECT count(*) FROM foundation.job WHERE state = 'waiting') AS waiting,
       (SELECT count(*) FROM foundation.job WHERE state = 'running') AS running,
       (SELECT count(*) FROM foundation.job WHERE state = 'dead') AS dead,
       (SELECT count(*) FROM foundation.job
         WHERE state = 'done' AND finished_at > clock_timestamp() - interval '1 day') AS done,
       (SELECT coalesce(extract(epoch FROM greatest(clock_timestamp() - min(due_at), interval '0')), 0)::float
          FROM foundation.job WHERE state = 'waiting') AS longest_wait
"""
SILENCE = timedelta(minutes=2)


async def counts() -> JobCounts:
    """Return how many jobs there are of each state."""
    row = await fetch_one(_COUNTS)
    return JobCounts(**row) if row else JobCounts(0, 0, 0, 0, 0)


async def jobs_in(state: JobState, *, before: int | None = None, limit: int = 25) -> JobPage:
    """Return a page of the jobs in a state, newest first, older than the job numbered `before`."""
    rows = await fetch(
        f"{_JOB} WHERE state = $1 AND ($2::bigint IS NULL OR id < $2) ORDER BY id DESC LIMIT $3",
        state,
        before,
        limit + 1,
    )
    jobs = tuple(_job(row) for row in rows[:limit])
    return JobPage(jobs, jobs[-1].id if len(rows) > limit else None)


async def job(job_id: int) -> Job | None:
    """Return one job."""
    row = await fetch_one(f"{_JOB} WHERE id = $1", job_id)
    return None if row is None else _job(row)


async def workers() -> tuple[WorkerSeen, ...]:
    """Return the workers heard of within a day, the latest first."""
    rows = await fetch(
        """SELECT worker AS name, at AS seen_at, at < clock_timestamp() - $1::interval AS is_silent,
                  (SELECT count(*) FROM foundation.job WHERE state = 'running' AND leased_by = worker) AS running
             FROM foundation.heartbeat ORDER BY at DESC""",
        SILENCE,
    )
    return tuple(WorkerSeen(**row) for row in rows)


def _job(row: Record) -> Job:
    return Job(**{**row, "state": JobState(row["state"])})
