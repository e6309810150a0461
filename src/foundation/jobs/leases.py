"""Who holds which job, until when, and what becomes of it? All times are by the database's clock."""

from dataclasses import dataclass
from datetime import timedelta

import msgspec
from asyncpg import Record

from foundation.database import execute, fetch, fetch_one
from foundation.jobs.asking import Payload
from foundation.jobs.handlers import Handlers, Work

TRIES = 24
"""So many failures are tried again, over most of a day; then a person has to look."""
LONGEST_PAUSE = timedelta(hours=1)
LONGEST_ERROR = 500  # characters kept of what went wrong

_CLAIM = """
UPDATE foundation.job SET state = 'running', attempt = attempt + 1, leased_by = $3,
       lease_until = clock_timestamp() + known.lease
  FROM unnest($1::text[], $2::interval[]) AS known (name, lease)
 WHERE known.name = job.name
   AND id = (SELECT id FROM foundation.job
              WHERE state = 'waiting' AND due_at <= clock_timestamp() AND name = ANY($1)
              ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING id, job.name, payload, attempt
"""
_MINE = "id = $1 AND leased_by = $2 AND attempt = $3 AND state = 'running'"


@dataclass(frozen=True, slots=True)
class Lease:
    """A job that a worker holds: the attempt tells this holding of it from any other."""

    work: Work
    worker: str

    @property
    def key(self) -> tuple[int, str, int]:
        """Return what proves that the job is still ours."""
        return self.work.id, self.worker, self.work.attempt


async def claim(handlers: Handlers, worker: str) -> Lease | None:
    """Take the job that has been due longest among those that the handlers know; None if none is due."""
    row = await fetch_one(_CLAIM, list(handlers), [handler.lease for handler in handlers.values()], worker)
    return None if row is None else Lease(_work(row), worker)


async def renew(lease: Lease, span: timedelta) -> bool:
    """Hold on to a job for longer; False if it is no longer ours."""
    return await _changed(f"lease_until = clock_timestamp() + $4 WHERE {_MINE}", *lease.key, span)


async def finish(lease: Lease) -> bool:
    """Say that a job is done; False if it was taken from us meanwhile, and whoever has it will say so."""
    return await _changed(
        f"""state = 'done', finished_at = clock_timestamp(), lease_until = NULL, last_error = NULL
            WHERE {_MINE}""",
        *lease.key,
    )


async def release(lease: Lease) -> bool:
    """Give a job back untouched, because the worker stops: another takes it at once, and no try is lost."""
    return await _changed(
        f"""state = 'waiting', attempt = attempt - 1, lease_until = NULL, leased_by = NULL
            WHERE {_MINE}""",
        *lease.key,
    )


async def fail(lease: Lease, failure: BaseException) -> bool:
    """Put a failed job off, or bury it after its last try; return whether it is dead."""
    if lease.work.attempt >= TRIES:
        return await _changed(
            f"""state = 'dead', finished_at = clock_timestamp(), lease_until = NULL, last_error = $4
                WHERE {_MINE}""",
            *lease.key,
            in_a_line(failure),
        )
    await _changed(
        f"""state = 'waiting', due_at = clock_timestamp() + $4, lease_until = NULL, leased_by = NULL,
            last_error = $5 WHERE {_MINE}""",
        *lease.key,
        pause_after(lease.work.attempt),
        in_a_line(failure),
    )
    return False


async def take_back() -> int:
    """Free the jobs whose worker went silent past its lease, bury those that had their last try; return how many died."""
    rows = await fetch(
        """UPDATE foundation.job
              SET state = CASE WHEN attempt >= $1 THEN 'dead' ELSE 'waiting' END,
                  finished_at = CASE WHEN attempt >= $1 THEN clock_timestamp() END,
                  due_at = clock_timestamp(), lease_until = NULL, leased_by = NULL,
                  last_error = 'its worker went silent: ' || leased_by
            WHERE id IN (SELECT id FROM foundation.job
                          WHERE state = 'running' AND lease_until < clock_timestamp() FOR UPDATE SKIP LOCKED)
        RETURNING state""",
        TRIES,
    )
    return sum(row["state"] == "dead" for row in rows)


def pause_after(attempt: int) -> timedelta:
    """Return how long to wait after a failed attempt: 1, 2, 4… minutes, an hour at most."""
    return min(timedelta(minutes=2 ** (attempt - 1)), LONGEST_PAUSE)


def in_a_line(failure: BaseException) -> str:
    """Name a failure without what may follow in further lines: PostgreSQL quotes people's data there."""
    first = next(iter(str(failure).splitlines()), "")
    return f"{type(failure).__name__}: {first}"[:LONGEST_ERROR] if first else type(failure).__name__


async def _changed(change: str, *values: object) -> bool:
    said = await execute(f"UPDATE foundation.job SET {change}", *values)  # noqa: S608 - our own constants
    return said.endswith(" 1")


def _work(row: Record) -> Work:
    payload = msgspec.json.decode(row["payload"], type=Payload)
    return Work(id=row["id"], name=row["name"], payload=payload, attempt=row["attempt"])
