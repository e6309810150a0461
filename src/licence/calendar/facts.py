"""Whose calendar is under an address, what stands in it, and has a person an address at all?"""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from foundation.database import fetch, fetch_one
from licence.calendar.days import Day, due_days
from licence.calendar.secret import hashed
from licence.standing.deciding import decide_with_policy
from passport.conversations.facts import standing_of

DaysOf = Callable[[int, date], Awaitable[Iterable[Day]]]
"""Returns what one room has to put into a person's calendar on a day."""


@dataclass(frozen=True, slots=True)
class Found:
    """A calendar under its address: whose it is, and the series that its events are named after."""

    person_id: int
    series: UUID


async def calendar_under(secret: str) -> Found | None:
    """Return the calendar under an address that stands; nothing for one that ended, or never was."""
    row = await fetch_one(
        "SELECT person_id, series FROM licence.calendar_address WHERE secret_hash = $1 AND ended_at IS NULL",
        hashed(secret),
    )
    return Found(row["person_id"], row["series"]) if row else None


async def made_at(person_id: int) -> datetime | None:
    """Return when the address of a person's calendar was made; nothing where there is none."""
    row = await fetch_one(
        "SELECT made_at FROM licence.calendar_address WHERE person_id = $1 AND ended_at IS NULL", person_id
    )
    return row["made_at"] if row else None


async def days_of(person_id: int, on: date) -> list[Day]:
    """Return every day that a person's calendar shows."""
    return [day for room in SOURCES for day in await room(person_id, on)]


async def _due(person_id: int, on: date) -> Iterable[Day]:
    decided = (await decide_with_policy([person_id], on)).get(person_id)
    return due_days(decided.decision, decided.policy) if decided else ()


async def _booked(person_id: int, on: date) -> Iterable[Day]:
    rows = await fetch(
        """SELECT class_id, held_on FROM passport.class_place JOIN passport.training_class ON id = class_id
            WHERE person_id = $1 AND cancelled_at IS NULL AND held_on >= $2""",
        person_id,
        on,
    )
    words = "You have a place on a class this day."
    return [Day(f"class {row['class_id']}", row["held_on"], "Training booked", words) for row in rows]


async def _conversation(person_id: int, on: date) -> Iterable[Day]:
    stands = (await standing_of([person_id], on)).get(person_id)
    if stands is None or stands.next.due_on is None:
        return ()
    words = "Your next development conversation is due by this day."
    return (Day("conversation", stands.next.due_on, "Conversation due", words),)


SOURCES: tuple[DaysOf, ...] = (_due, _booked, _conversation)
"""Every room that puts days into a calendar."""
