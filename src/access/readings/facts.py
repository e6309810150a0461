"""Who looked at somebody's record, and at whom did somebody look?"""

from dataclasses import dataclass
from datetime import date, datetime

from asyncpg import Record

from access.readings.looks import NOT_TOLD, told_of_reader, told_to_subject
from access.scope import Scope
from foundation.audit import CONCERNS
from foundation.clock import today
from foundation.database import fetch, fetch_one

PAGE = 25


@dataclass(frozen=True, slots=True)
class Reading:
    """Somebody looked at a record on a day, once or several times in the same way; no `reader`: not yet to be told."""

    number: int
    day: date
    reader: str | None
    role: str | None
    force: str | None
    what: str
    purpose: str
    times: int
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class ReadingPage:
    """A page of readings, newest first; `next_before` asks for the page after it, None on the last."""

    readings: tuple[Reading, ...]
    next_before: int | None


@dataclass(frozen=True, slots=True)
class ReadingBy:
    """Somebody looked on a day at one record, or at a list; a subject out of reach is not named."""

    number: int
    day: date
    subject: str | None
    national_id: str | None
    in_list: int
    role: str | None
    what: str
    purpose: str
    times: int
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class ReadingByPage:
    """A page of what somebody looked at, newest first."""

    readings: tuple[ReadingBy, ...]
    next_before: int | None


_LONDON = "(at AT TIME ZONE 'Europe/London')::date"
_FORCE = """(SELECT name FROM people.force_name WHERE force_name.force_id = {number}
              ORDER BY valid_from DESC LIMIT 1)"""
# $1 whose record, $2 on which day, $3 beyond which line, $4 how many, $5 the day it is, $6 what is not told.
_OF = f"""
WITH grouped AS (
    SELECT max(id) AS number, {_LONDON} AS day, actor_id, max(actor_name) AS reader, role, event,
           detail->>'way' AS way, (detail->>'force')::smallint AS force_id, purpose,
           count(*)::integer AS times, min(at) AS first_at, max(at) AS last_at
      FROM foundation.audit_event
     WHERE is_reading AND {CONCERNS.format(person="$1")} AND actor_id IS DISTINCT FROM $1
       AND ($2::date IS NULL OR {_LONDON} = $2) AND event <> ALL($6::text[])
     GROUP BY {_LONDON}, actor_id, role, event, detail->>'way', detail->>'force', purpose
    HAVING $3::bigint IS NULL OR max(id) < $3
     ORDER BY max(id) DESC LIMIT $4
)
SELECT grouped.*, {_FORCE.format(number="grouped.force_id")} AS force,
       EXISTS (SELECT FROM access.reading_delay WHERE subject_id = $1 AND reader_id = actor_id
                  AND ended_at IS NULL AND delayed_until >= $5) AS is_delayed
  FROM grouped ORDER BY number DESC
"""  # noqa: S608 - our own words
# $1 to $8 say whose names may be told; $9 who looked, $10 on which day, $11 beyond which line, $12 how many.
_BY = f"""
WITH grouped AS (
    SELECT max(id) AS number, {_LONDON} AS day, subject_id, coalesce(cardinality(subject_ids), 0) AS in_list, role, event,
           detail->>'way' AS way, purpose, count(*)::integer AS times, min(at) AS first_at, max(at) AS last_at
      FROM foundation.audit_event
     WHERE is_reading AND actor_id = $9 AND subject_id IS DISTINCT FROM $9
       AND ($10::date IS NULL OR {_LONDON} = $10)
     GROUP BY {_LONDON}, subject_id, cardinality(subject_ids), role, event, detail->>'way', purpose
    HAVING $11::bigint IS NULL OR max(id) < $11
     ORDER BY max(id) DESC LIMIT $12
)
SELECT grouped.*, named.name AS subject, named.national_id
  FROM grouped LEFT JOIN LATERAL (
       SELECT subject.name, person.national_id
         FROM people.directory AS subject JOIN people.person ON person.id = subject.person_id
        WHERE subject.person_id = grouped.subject_id AND {Scope.CONDITION}) AS named ON true
 ORDER BY number DESC
"""  # noqa: S608 - our own words


async def readings_of(
    person_id: int, *, on: date | None = None, before: int | None = None, is_told: bool = True
) -> ReadingPage:
    """Return who looked at a person's record, newest first, one line for the same look on the same day.

    `is_told` leaves out what is held back from the person; a privacy officer sees it.
    """
    hidden = NOT_TOLD if is_told else ()
    rows = await fetch(_OF, person_id, on, before, PAGE + 1, today(), hidden)
    readings = tuple(_reading(row, is_told=is_told) for row in rows[:PAGE])
    return ReadingPage(readings, readings[-1].number if len(rows) > PAGE else None)


async def has_looked(reader_id: int, person_id: int) -> bool:
    """Say whether somebody ever looked at a person's record."""
    row = await fetch_one(
        f"""SELECT FROM foundation.audit_event
             WHERE is_reading AND actor_id = $1 AND {CONCERNS.format(person="$2")} LIMIT 1""",
        reader_id,
        person_id,
    )
    return row is not None


async def readings_by(
    person_id: int, within: Scope, *, on: date | None = None, before: int | None = None
) -> ReadingByPage:
    """Return what a person looked at, newest first; whoever lies outside a scope is not named."""
    rows = await fetch(_BY, *within.values, today(), person_id, on, before, PAGE + 1)
    readings = tuple(_reading_by(row) for row in rows[:PAGE])
    return ReadingByPage(readings, readings[-1].number if len(rows) > PAGE else None)


def _reading(row: Record, *, is_told: bool) -> Reading:
    return Reading(
        number=row["number"],
        day=row["day"],
        reader=None if is_told and row["is_delayed"] else row["reader"],
        role=row["role"],
        force=row["force"],
        what=(told_to_subject if is_told else told_of_reader)(row["event"], row["way"]),
        purpose=row["purpose"],
        times=row["times"],
        first_at=row["first_at"],
        last_at=row["last_at"],
    )


def _reading_by(row: Record) -> ReadingBy:
    return ReadingBy(
        number=row["number"],
        day=row["day"],
        subject=row["subject"],
        national_id=row["national_id"],
        in_list=row["in_list"],
        role=row["role"],
        what=told_of_reader(row["event"], row["way"]),
        purpose=row["purpose"],
        times=row["times"],
        first_at=row["first_at"],
        last_at=row["last_at"],
    )
