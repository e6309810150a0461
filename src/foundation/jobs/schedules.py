"""Which nights' work is due, and which was missed?"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import msgspec
from asyncpg import Record

from foundation.clock import LONDON, now
from foundation.database import fetch, fetch_one
from foundation.jobs.asking import Payload

FINISHED = ("done", "dead")
_SCHEDULES = """
SELECT schedule.name, schedule.job, runs_at, weekday, starts_on, schedule.payload,
       last.local_date AS last_on, last.state AS last_state
  FROM foundation.schedule LEFT JOIN LATERAL (
       SELECT local_date, job.state FROM foundation.schedule_run JOIN foundation.job ON job.id = job_id
        WHERE schedule_run.name = schedule.name ORDER BY local_date DESC LIMIT 1) AS last ON true
 WHERE is_on ORDER BY runs_at, schedule.name
"""
# The effect key lets one of several workers through; the others find the run there and add nothing.
_ENTER = """
WITH asked AS (
    INSERT INTO foundation.job (name, payload, effect_key) VALUES ($3, $4, $5)
    ON CONFLICT (effect_key) DO NOTHING RETURNING id)
INSERT INTO foundation.schedule_run (name, local_date, job_id) SELECT $1, $2, id FROM asked RETURNING job_id
"""


@dataclass(frozen=True, slots=True)
class Schedule:
    """Work that is to be done for every day, or for one day of the week, at a time in London."""

    name: str
    job: str
    runs_at: time
    starts_on: date
    # 1 is Monday; None is every day.
    weekday: int | None = None
    payload: Payload | None = None
    last_on: date | None = None
    last_state: str | None = None

    @property
    def next_on(self) -> date:
        """Return the day that comes next: the one after the last it ran for, however long ago that was."""
        day = self.starts_on if self.last_on is None else self.last_on + timedelta(days=1)
        return day if self.weekday is None else day + timedelta(days=(self.weekday - day.isoweekday()) % 7)

    @property
    def next_at(self) -> datetime:
        """Return the instant from which the next day's work may be done."""
        return datetime.combine(self.next_on, self.runs_at, LONDON).astimezone(UTC)

    def is_due(self, instant: datetime) -> bool:
        """Say whether the next day's work is to be done now: days are worked off in order, one at a time."""
        return self.next_at <= instant and (self.last_state is None or self.last_state in FINISHED)


async def schedules() -> tuple[Schedule, ...]:
    """Return every schedule that is on, and the last day it ran for."""
    return tuple(_schedule(row) for row in await fetch(_SCHEDULES))


async def enter_due() -> int:
    """Ask for the work of every schedule whose next day has come; return how many were new."""
    instant = now()
    return sum([await _enter(one) for one in await schedules() if one.is_due(instant)])


async def _enter(schedule: Schedule) -> bool:
    day = schedule.next_on
    payload = {**(schedule.payload or {}), "on": day.isoformat()}
    entered = await fetch_one(
        _ENTER,
        schedule.name,
        day,
        schedule.job,
        msgspec.json.encode(payload).decode(),
        f"schedule:{schedule.name}:{day}",
    )
    return entered is not None


def _schedule(row: Record) -> Schedule:
    return Schedule(**{**row, "payload": msgspec.json.decode(row["payload"], type=Payload)})
