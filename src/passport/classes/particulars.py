"""How are the day and the hours of a class put right after its sheet was signed?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from asyncpg import Connection, Record

from foundation.audit import Actor, Detail, Event, recorded, write
from foundation.database import fetch
from passport.classes.actions import is_signed, lock
from passport.classes.errors import (
    DayToComeError,
    NoHoursError,
    NothingChangedError,
    NotSignedError,
    OwnClassError,
    ReasonNeededError,
)
from passport.classes.facts import Listed
from passport.classes.giving import PURPOSE
from passport.learning.errors import BeforeServiceError
from passport.learning.rules import EARLIEST, LEAST_HOURS, MOST_HOURS
from passport.learning.telling import tell_person
from passport.learning.writing import Correction, ended, explained, in_place_of, locked
from passport.providers.telling import tell_given_in_doubt


@dataclass(frozen=True, slots=True)
class Particulars:
    """What a signed sheet should have said: its day, and hours by the code of what it met; what is left out stays."""

    held_on: date | None = None
    hours: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PutRight:
    """One thing that a sheet said before, and what it has said since; `requirement` is none where it is the day."""

    requirement: str | None
    was_held_on: date | None
    held_on: date | None
    was_hours: Decimal | None
    hours: Decimal | None
    reason: str
    by: str
    at: datetime


async def put_right(about: Listed, said: Particulars, *, reason: str, actor: Actor, on: date) -> int:
    """Put right the day and hours of a signed class, and the evidence that it gave; return how many people's changes.

    What was recorded is superseded with the reason, never edited; what somebody corrected by hand since stays as they said.

    :raises ReasonNeededError: nothing says why. :raises DayToComeError: the day lies after `on`, which is today.
    :raises NoHoursError: far too few hours, or too many. :raises BeforeServiceError: somebody had not joined by the day.
    :raises NotSignedError: it was not signed yet. :raises ClassCancelledError: it was cancelled.
    :raises OwnClassError: the actor passed it themselves. :raises NothingChangedError: it says so already.
    """
    if not reason.strip():
        raise ReasonNeededError
    if said.held_on is not None and said.held_on > on:
        raise DayToComeError
    if any(not LEAST_HOURS <= one <= MOST_HOURS for one in said.hours.values()):
        raise NoHoursError
    event = Event("class put right", PURPOSE, detail={"class": about.id}, text=reason.strip())
    with explained():
        async with recorded(actor, event) as connection:
            await lock(connection, about.id)
            if not await is_signed(connection, about.id):
                raise NotSignedError
            before = await _as_signed(connection, about.id)
            if not await _noted(connection, about.id, before, said, reason=reason.strip(), actor=actor):
                raise NothingChangedError
            rows = await _given(connection, about.id)
            if any(row["person_id"] == actor.person_id for row in rows):
                raise OwnClassError
            await _refuse_before_joining(connection, rows, said.held_on)
            people = await _superseded(
                connection, rows, before, said, reason=reason.strip(), actor=actor, on=on
            )
            titles = {taught.requirement: taught.title for taught in about.taught}
            await tell_given_in_doubt(connection, about.id, titles, on=on)
            return people


async def put_right_before(class_id: int) -> Sequence[PutRight]:
    """Return what the sheet of a class said before, the latest put right first."""
    rows = await fetch(
        """SELECT code, was_held_on, held_on, was_hours, hours, reason,
                  coalesce(person.known_as, person.given_names) || ' ' || person.family_name AS by, corrected_at
             FROM passport.class_correction JOIN people.person ON person.id = corrected_by
             LEFT JOIN passport.requirement ON requirement.id = requirement_id
            WHERE class_id = $1 ORDER BY class_correction.id DESC""",
        class_id,
    )
    return [PutRight(*row) for row in rows]


async def _as_signed(connection: Connection, class_id: int) -> Particulars:
    """Return what the sheet says now."""
    held_on = await connection.fetchval("SELECT held_on FROM passport.training_class WHERE id = $1", class_id)
    rows = await connection.fetch(
        """SELECT code, hours FROM passport.class_requirement JOIN passport.requirement ON requirement.id = requirement_id
            WHERE class_id = $1""",
        class_id,
    )
    return Particulars(held_on, {row["code"]: row["hours"] for row in rows})


async def _noted(
    connection: Connection,
    class_id: int,
    before: Particulars,
    said: Particulars,
    *,
    reason: str,
    actor: Actor,
) -> bool:
    """Note what the sheet said before, and have it say what it should; False where nothing is different."""
    is_other = False
    if said.held_on is not None and said.held_on != before.held_on:
        await connection.execute(_NOTE_DAY, class_id, before.held_on, said.held_on, reason, actor.person_id)
        await connection.execute(
            "UPDATE passport.training_class SET held_on = $2 WHERE id = $1", class_id, said.held_on
        )
        is_other = True
    for code, hours in said.hours.items():
        if code in before.hours and hours != before.hours[code]:
            await connection.execute(
                _NOTE_HOURS, class_id, code, before.hours[code], hours, reason, actor.person_id
            )
            await connection.execute(_SET_HOURS, class_id, code, hours)
            is_other = True
    return is_other


async def _given(connection: Connection, class_id: int) -> Sequence[Record]:
    """Return the evidence that the class gave and that still stands, by what stands of it now."""
    return await connection.fetch(_GIVEN, class_id)


async def _refuse_before_joining(
    connection: Connection, rows: Sequence[Record], held_on: date | None
) -> None:
    """Refuse a day on which somebody who passed had not joined yet."""
    if await connection.fetchval(
        """SELECT EXISTS (SELECT FROM people.person WHERE id = ANY($1) AND coalesce(joined_on, $3) > $2)""",
        sorted({row["person_id"] for row in rows}),
        held_on,
        EARLIEST,
    ):
        raise BeforeServiceError


async def _superseded(
    connection: Connection,
    rows: Sequence[Record],
    before: Particulars,
    said: Particulars,
    *,
    reason: str,
    actor: Actor,
    on: date,
) -> int:
    await locked(connection, {row["person_id"] for row in rows})
    people = set[int]()
    for row in rows:
        other = _correction(row, before, said)
        if other is None:
            continue
        number = await _replaced(connection, row, other, reason=reason, actor=actor)
        detail: Detail = {"class": row["class_id"], "requirement": row["code"]}
        await write(connection, actor, Event("evidence.corrected", PURPOSE, row["person_id"], detail))
        what, about = ("withdrawn", row["id"]) if number is None else ("corrected", number)
        await tell_person(connection, row["person_id"], about, what, on=on)
        people.add(row["person_id"])
    return len(people)


def _correction(row: Record, before: Particulars, said: Particulars) -> Correction | None:
    """Return what a record should have said: what it says as the sheet said it, and nothing that was put right by hand."""
    is_day = said.held_on not in {None, before.held_on} and row["completed_on"] == before.held_on
    hours = said.hours.get(row["code"])
    is_hours = hours not in {None, row["hours"]} and row["hours"] == before.hours.get(row["code"])
    if not (is_day or is_hours):
        return None
    return Correction(said.held_on if is_day else None, hours if is_hours else None)


async def _replaced(
    connection: Connection, row: Record, other: Correction, *, reason: str, actor: Actor
) -> int | None:
    """Put a record in the place of another; None where the same was recorded from elsewhere, which stays."""
    old = await ended(connection, row["id"], reason=reason, actor=actor)
    await connection.execute("DELETE FROM passport.class_evidence WHERE evidence_id = $1", row["evidence_id"])
    if other.completed_on is not None and await connection.fetchval(
        _THERE, old["person_id"], old["requirement_id"], other.completed_on, old["is_verified"]
    ):
        return None
    number = await in_place_of(connection, old, other, verified=old["is_verified"], actor=actor)
    await connection.execute(
        "INSERT INTO passport.class_evidence (evidence_id, class_id, person_id) VALUES ($1, $2, $3)",
        number,
        row["class_id"],
        row["person_id"],
    )
    return number


_NOTE_DAY = """
INSERT INTO passport.class_correction (class_id, was_held_on, held_on, reason, corrected_by, corrected_at)
VALUES ($1, $2, $3, $4, $5, now())
"""
_NOTE_HOURS = """
INSERT INTO passport.class_correction (class_id, requirement_id, was_hours, hours, reason, corrected_by, corrected_at)
SELECT $1, id, $3, $4, $5, $6, now() FROM passport.requirement WHERE code = $2
"""
_SET_HOURS = """
UPDATE passport.class_requirement SET hours = $3 FROM passport.requirement
 WHERE class_id = $1 AND requirement.id = requirement_id AND code = $2
"""
_GIVEN = """
WITH RECURSIVE chain AS (
    SELECT evidence_id, class_id, class_evidence.person_id, evidence.id, superseded_at
      FROM passport.class_evidence JOIN passport.evidence ON evidence.id = evidence_id WHERE class_id = $1
    UNION ALL
    SELECT chain.evidence_id, chain.class_id, chain.person_id, later.id, later.superseded_at
      FROM chain JOIN passport.evidence AS later ON later.supersedes = chain.id
) SELECT chain.evidence_id, chain.class_id, chain.person_id, evidence.id, completed_on, hours, code
    FROM chain JOIN passport.evidence USING (id) JOIN passport.requirement ON requirement.id = requirement_id
   WHERE chain.superseded_at IS NULL ORDER BY chain.person_id, code
"""
_THERE = """
SELECT EXISTS (SELECT FROM passport.evidence WHERE person_id = $1 AND requirement_id = $2 AND completed_on = $3
                  AND is_verified = $4 AND superseded_at IS NULL)
"""
