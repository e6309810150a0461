"""How is a class made, filled, signed, corrected and cancelled?"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from asyncpg import Connection

from foundation.audit import Actor, Detail, Event, recorded, write
from foundation.clock import today
from passport.classes.errors import (
    ClassCancelledError,
    ClassSignedError,
    ClassToComeError,
    FullError,
    HoursNeededError,
    NobodyOnItError,
    NoSuchProviderError,
    NothingChangedError,
    NothingTaughtError,
    NotSignedError,
    OwnMarkError,
    ReasonNeededError,
    UnmarkedError,
)
from passport.classes.facts import Listed, Sheet
from passport.classes.giving import PURPOSE, SIGNED, give, take_back
from passport.classes.rules import MOST_PLACES, Change, Marks, Outcome, State, changes, unmarked
from passport.learning.in_hours import in_hours
from passport.learning.writing import explained, locked
from passport.providers.telling import tell_given_in_doubt


@dataclass(frozen=True, slots=True)
class ToTeach:
    """One requirement that a class meets, by its code, and its hours of learning."""

    requirement: str
    hours: Decimal | None


@dataclass(frozen=True, slots=True)
class NewClass:
    """What a trainer plans: which requirements, on which day, where, delivered by whom (none is the force itself)."""

    force_id: int
    taught: tuple[ToTeach, ...]
    held_on: date
    place: str
    provider_id: int | None = None


async def make_class(new: NewClass, *, actor: Actor) -> int:
    """Make a class and return its number.

    :raises NothingTaughtError: no requirement, or one that policy does not know.
    :raises HoursNeededError: a requirement adds up hours, and none are given.
    :raises NoSuchProviderError: the provider is none of the force's.
    """
    codes = {one.requirement: one.hours for one in new.taught}
    unsaid = {code for code, hours in codes.items() if hours is None}
    if unsaid & (await in_hours(new.force_id, today())).keys():
        raise HoursNeededError
    detail: Detail = {
        "requirements": sorted(codes),
        "held_on": new.held_on.isoformat(),
        "force": new.force_id,
    }
    async with recorded(actor, Event("class made", PURPOSE, detail=detail)) as connection:
        number: int | None = await connection.fetchval(
            """INSERT INTO passport.training_class (force_id, held_on, place, provider_id, made_by)
               SELECT $1, $2, $3, $4, $5 WHERE $4::integer IS NULL
                   OR EXISTS (SELECT FROM passport.provider WHERE id = $4 AND force_id = $1) RETURNING id""",
            new.force_id, new.held_on, new.place, new.provider_id, actor.person_id,
        )  # fmt: skip
        if number is None:
            raise NoSuchProviderError
        entered = await connection.fetch(
            """INSERT INTO passport.class_requirement (class_id, requirement_id, hours)
               SELECT $1, id, hours FROM unnest($2::text[], $3::numeric[]) AS taught (code, hours)
                 JOIN passport.requirement USING (code) RETURNING requirement_id""",
            number, list(codes), list(codes.values()),
        )  # fmt: skip
        if not entered or len(entered) < len(codes):
            raise NothingTaughtError
        return number


async def add_people(about: Listed, person_ids: Collection[int], *, actor: Actor) -> int:
    """Give people a place on a class; return how many had none before. After signing they are marked by a correction.

    :raises ClassCancelledError: it was cancelled. :raises OwnMarkError: the actor is among them.
    :raises FullError: there are too many.
    """
    if about.state is State.CANCELLED:
        raise ClassCancelledError
    if actor.person_id in person_ids:
        raise OwnMarkError
    event = Event(
        "people put on a class", PURPOSE, detail={"class": about.id}, subject_ids=tuple(sorted(person_ids))
    )
    async with recorded(actor, event) as connection:
        await lock(connection, about.id)
        added = await connection.fetch(
            """INSERT INTO passport.class_place (class_id, person_id, added_by)
               SELECT $1, id, $3 FROM unnest($2::integer[]) AS id ON CONFLICT DO NOTHING RETURNING person_id""",
            about.id, sorted(person_ids), actor.person_id,
        )  # fmt: skip
        people = await connection.fetchval(
            "SELECT count(*) FROM passport.class_place WHERE class_id = $1", about.id
        )
        if people > MOST_PLACES:
            raise FullError
        return len(added)


async def take_off(about: Listed, person_id: int, *, actor: Actor) -> None:
    """Take somebody off a class who has not been marked yet; twice is once.

    :raises ClassSignedError: how they did has been signed for.
    """
    event = Event("person taken off a class", PURPOSE, person_id, {"class": about.id})
    async with recorded(actor, event) as connection:
        await lock(connection, about.id)
        await connection.execute(
            "DELETE FROM passport.class_place WHERE class_id = $1 AND person_id = $2 AND outcome IS NULL",
            about.id,
            person_id,
        )
        if await connection.fetchval(
            "SELECT EXISTS (SELECT FROM passport.class_place WHERE class_id = $1 AND person_id = $2)",
            about.id,
            person_id,
        ):
            raise ClassSignedError


async def sign(sheet: Sheet, marks: Marks, *, actor: Actor, on: date) -> int:
    """Sign a sheet: evidence of everybody who passed, whole or not at all; return how many it was recorded of.

    Signed twice with the same marks it is signed once; the second finds it done.

    :raises ClassToComeError: it lies after `on`, which is today. :raises NobodyOnItError: there is nobody to sign for.
    :raises UnmarkedError: of somebody nothing is said. :raises ClassSignedError: it was signed otherwise.
    :raises ClassCancelledError: it was cancelled.
    """
    if sheet.about.held_on > on:
        raise ClassToComeError
    theirs = {number: None for number in sheet.outcomes() if number != actor.person_id}
    if not theirs:
        raise NobodyOnItError
    if missing := unmarked(theirs, marks):
        raise UnmarkedError(errors={f"outcome-{one}": "Say how they did" for one in missing})
    event = Event("class signed", PURPOSE, detail={"class": sheet.about.id, "people": len(theirs)})
    with explained():
        async with recorded(actor, event) as connection:
            await lock(connection, sheet.about.id)
            if await is_signed(connection, sheet.about.id):
                return await _signed_before(connection, sheet, marks)
            now = await _outcomes(connection, sheet)
            todo = changes({number: now[number] for number in theirs if number in now}, marks)
            if not todo:
                raise NobodyOnItError
            await _mark(connection, sheet.about, todo, reason=SIGNED, actor=actor)
            await connection.execute(
                "UPDATE passport.training_class SET signed_by = $2, signed_at = clock_timestamp() WHERE id = $1",
                sheet.about.id,
                actor.person_id,
            )
            return sum(one.gains for one in todo)


async def correct(sheet: Sheet, marks: Marks, *, reason: str, actor: Actor) -> int:
    """Correct a sheet that was signed: what was recorded wrongly is superseded with the reason; return how many change.

    :raises NotSignedError: it was not signed yet. :raises ReasonNeededError: nothing says why.
    :raises OwnMarkError: the actor is among those whose mark changes. :raises NothingChangedError: nobody's does.
    """
    if not reason.strip():
        raise ReasonNeededError
    event = Event("class sheet corrected", PURPOSE, detail={"class": sheet.about.id}, text=reason.strip())
    with explained():
        async with recorded(actor, event) as connection:
            await lock(connection, sheet.about.id)
            if not await is_signed(connection, sheet.about.id):
                raise NotSignedError
            todo = changes(await _outcomes(connection, sheet), marks)
            if any(one.person_id == actor.person_id for one in todo):
                raise OwnMarkError
            if not todo:
                raise NothingChangedError
            await _mark(connection, sheet.about, todo, reason=reason.strip(), actor=actor)
            return len(todo)


async def lock(connection: Connection, class_id: int) -> None:
    """Let one change a class at a time.

    :raises ClassCancelledError: it was cancelled in the meantime.
    """
    if await connection.fetchval(
        "SELECT cancelled_at IS NOT NULL FROM passport.training_class WHERE id = $1 FOR UPDATE", class_id
    ):
        raise ClassCancelledError


async def is_signed(connection: Connection, class_id: int) -> bool:
    """Say whether the sheet of a class has been signed."""
    return bool(
        await connection.fetchval(
            "SELECT signed_at IS NOT NULL FROM passport.training_class WHERE id = $1", class_id
        )
    )


async def _signed_before(connection: Connection, sheet: Sheet, marks: Marks) -> int:
    outcomes = {
        number: one for number, one in (await _outcomes(connection, sheet)).items() if number in marks
    }
    if outcomes != {number: marks[number] for number in outcomes}:
        raise ClassSignedError
    return sum(one is Outcome.PASSED for one in outcomes.values())


async def _outcomes(connection: Connection, sheet: Sheet) -> dict[int, Outcome | None]:
    """Return how those on a sheet are marked at this moment."""
    rows = await connection.fetch(
        "SELECT person_id, outcome FROM passport.class_place WHERE class_id = $1", sheet.about.id
    )
    now = {row["person_id"]: Outcome(row["outcome"]) if row["outcome"] else None for row in rows}
    return {number: now[number] for number in sheet.outcomes() if number in now}


async def _mark(
    connection: Connection, about: Listed, todo: Sequence[Change], *, reason: str, actor: Actor
) -> None:
    await locked(connection, [one.person_id for one in todo])
    for one in todo:
        await connection.execute(
            """UPDATE passport.class_place SET outcome = $3, marked_by = $4, marked_at = clock_timestamp()
                WHERE class_id = $1 AND person_id = $2""",
            about.id, one.person_id, one.after, actor.person_id,
        )  # fmt: skip
        name = "class outcome"
        if one.gains:
            await give(connection, about.id, one.person_id, reason=reason, actor=actor)
            name = "evidence.recorded"
        elif one.loses:
            await take_back(connection, about.id, one.person_id, reason=reason, actor=actor)
            name = "evidence.withdrawn"
        detail: Detail = {"class": about.id, "requirements": [taught.requirement for taught in about.taught]}
        await write(connection, actor, Event(name, PURPOSE, one.person_id, detail))
    titles = {taught.requirement: taught.title for taught in about.taught}
    await tell_given_in_doubt(connection, about.id, titles, on=today())
