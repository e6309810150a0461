"""How does a line of supervision start, change hands, and end?"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from asyncpg import Connection

from foundation.audit import Actor, Event, recorded
from foundation.problems import InvalidError, NotFoundError
from people.posts.rules import Period
from people.records import Fact, subject_of, withdraw
from people.records import end as end_record
from people.refusals import explained

PURPOSE = "keeping the line of supervision"


class CoverWithoutEndError(InvalidError):
    """Cover is temporary: give its last day."""


class NoLineError(NotFoundError):
    """Nobody ordinarily supervises this person on that day."""


@dataclass(frozen=True, slots=True)
class RecordedLine:
    """Who supervises a person for a period; `id` numbers the record that says so."""

    id: int
    person_id: int
    supervisor_id: int
    period: Period
    is_cover: bool = False


async def start(*, actor: Actor, person_id: int, supervisor_id: int, period: Period) -> RecordedLine:
    """Put a person under their ordinary supervisor.

    :raises ConflictError: they have another on some of these days, or the line would come back to them.
    """
    return await _begin(actor, person_id, supervisor_id, period=period, is_cover=False)


async def cover(*, actor: Actor, person_id: int, supervisor_id: int, period: Period) -> RecordedLine:
    """Let somebody stand in as a person's supervisor, before the ordinary one, through a last day.

    :raises CoverWithoutEndError: the period has no last day.
    :raises ConflictError: another covers some of these days, or the line would come back to the person.
    """
    if period.ends_on is None:
        raise CoverWithoutEndError
    return await _begin(actor, person_id, supervisor_id, period=period, is_cover=True)


async def change(*, actor: Actor, person_id: int, supervisor_id: int, on: date, reason: str) -> RecordedLine:
    """Give a person another ordinary supervisor from a day on, for as long as the line of that day was to last.

    :raises NoLineError: they had none on that day.
    :raises LoopInLineError: the line would come back to them.
    """
    with explained():
        async with recorded(actor, Event("line changed", PURPOSE, person_id)) as connection:
            old = await _ordinary_on(connection, person_id, on)
            at = await withdraw(connection, Fact.LINE, old.id, by=actor.person_id, reason=reason)
            before = old.period.before(on)
            if before is not None:
                await _insert(connection, actor, replace(old, period=before), at=at)
            new = replace(old, supervisor_id=supervisor_id, period=Period(on, old.period.ends_on))
            return await _insert(connection, actor, new, at=at)


async def end(*, actor: Actor, line_id: int, last_day: date, reason: str) -> int:
    """Record the last day of a line or of cover, and return the number of the record that now says so."""
    person_id = await subject_of(Fact.LINE, line_id)
    with explained():
        async with recorded(actor, Event("line ended", PURPOSE, person_id)) as connection:
            by = actor.person_id
            return await end_record(connection, Fact.LINE, line_id, last_day=last_day, by=by, reason=reason)


async def _begin(
    actor: Actor, person_id: int, supervisor_id: int, *, period: Period, is_cover: bool
) -> RecordedLine:
    line = RecordedLine(0, person_id, supervisor_id, period, is_cover)
    event = Event("cover started" if is_cover else "line started", PURPOSE, person_id)
    with explained():
        async with recorded(actor, event) as connection:
            return await _insert(connection, actor, line)


async def _insert(
    connection: Connection, actor: Actor, line: RecordedLine, *, at: datetime | None = None
) -> RecordedLine:
    new_id = await connection.fetchval(
        """INSERT INTO people.line (person_id, supervisor_id, is_cover, valid_from, valid_until, recorded_by,
                  recorded_at)
           VALUES ($1, $2, $3, $4, $5, $6, coalesce($7, clock_timestamp())) RETURNING id""",
        line.person_id, line.supervisor_id, line.is_cover, line.period.starts_on, line.period.ends_on,
        actor.person_id, at,
    )  # fmt: skip
    return replace(line, id=new_id)


async def _ordinary_on(connection: Connection, person_id: int, day: date) -> RecordedLine:
    row = await connection.fetchrow(
        """SELECT id, supervisor_id, valid_from, valid_until FROM people.line
            WHERE person_id = $1 AND NOT is_cover AND superseded_at IS NULL
              AND valid_from <= $2 AND coalesce(valid_until >= $2, true) FOR UPDATE""",
        person_id, day,
    )  # fmt: skip
    if row is None:
        raise NoLineError
    return RecordedLine(
        row["id"], person_id, row["supervisor_id"], Period(row["valid_from"], row["valid_until"])
    )
