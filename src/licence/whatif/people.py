"""Whom does a what-if find to stand otherwise, within the reach of whoever asks?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from asyncpg import Record

from access.scope import Scope
from foundation.database import fetch, fetch_one
from licence.standing.decisions import Standing
from licence.whatif.rules import Change

PAGE = 50
EVERYTHING = 1_000_000
BEHIND = ("change", "rank", "unit", "comes_to", "leaves", "requirement")
"""What a number may be of."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which people of a what-if are asked for: on a day, behind one number of it or all, beyond somebody in the list.

    A number is of a change, of a rank or unit (0 and "" are none), of those who come to a standing or leave it, or of those
    who owe a requirement, by its code, or owe it no longer.
    """

    what_if: int
    day: date
    change: Change | None = None
    after: int | None = None
    rank: str | None = None
    unit: int | None = None
    comes_to: Standing | None = None
    leaves: Standing | None = None
    requirement: str | None = None


@dataclass(frozen=True, slots=True)
class AffectedPerson:
    """Somebody who would stand otherwise: both standings, what they would owe or not, and powers."""

    person_id: int
    national_id: str
    name: str
    numbers: str
    unit: str | None
    rank: str
    change: Change
    before: str
    after: str
    owes: tuple[str, ...]
    owed: tuple[str, ...]
    stopped: tuple[str, ...]
    regained: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AffectedPage:
    """A page of them, and the number that asks for the next one."""

    people: Sequence[AffectedPerson]
    next_after: int | None


_FROM = """
  FROM licence.what_if_person AS row
 WHERE row.what_if_id = $1 AND row.day = $2 AND row.force_id = ANY($3::smallint[])
   AND ($4::text IS NULL OR row.change = $4) AND ($5::text IS NULL OR row.rank = $5)
   AND ($6::int IS NULL OR coalesce(row.unit_id, 0) = $6) AND ($7::text IS NULL OR row.after = $7 AND row.before <> $7)
   AND ($8::text IS NULL OR row.before = $8 AND row.after <> $8)
   AND ($9::text IS NULL OR $9 = ANY(row.owes || row.owed)) AND {within}
   AND EXISTS (SELECT FROM licence.what_if WHERE id = $1 AND state = 'finished')
"""


async def people_of(reach: Scope, asked: Asked, *, most: int | None = PAGE) -> AffectedPage:
    """Return a page of the people within reach, or everybody asked for where `most` is None; half a list is none."""
    within, values = _within(reach, 11)
    page = EVERYTHING if most is None else most
    rows = await fetch(
        f"""SELECT row.person_id, person.national_id, directory.name, directory.numbers, unit.name AS unit, row.rank,
                   row.change, row.before, row.after, row.owes, row.owed, row.stopped, row.regained
              FROM (SELECT * {_FROM.format(within=within)} AND row.person_id > $10 ORDER BY row.person_id LIMIT $11) AS row
              JOIN people.person ON person.id = row.person_id
              JOIN people.directory ON directory.person_id = row.person_id
              LEFT JOIN people.unit ON unit.id = row.unit_id ORDER BY row.person_id""",  # noqa: S608 - our own conditions
        *_values(reach, asked), asked.after or 0, page + 1, *values,
    )  # fmt: skip
    found = [_person(row) for row in rows[:page]]
    return AffectedPage(found, found[-1].person_id if len(rows) > page else None)


async def how_many(reach: Scope, asked: Asked) -> int:
    """Return how many people are asked for."""
    within, values = _within(reach, 9)
    row = await fetch_one(
        f"SELECT count(*) {_FROM.format(within=within)}",
        *_values(reach, asked),
        *values,
    )
    return int(row[0]) if row else 0


def filter_of(asked: Asked) -> str:
    """Return by what an export is filtered, as it stands in an address."""
    words = {
        "what_if": asked.what_if,
        "day": asked.day.isoformat(),
        **{name: getattr(asked, name) for name in BEHIND},
    }
    return f"?{urlencode({name: str(value) for name, value in words.items() if value is not None})}"


def _person(row: Record) -> AffectedPerson:
    lists = {name: tuple(row[name]) for name in ("owes", "owed", "stopped", "regained")}
    return AffectedPerson(**{**row, **lists, "change": Change(row["change"])})


def _values(reach: Scope, asked: Asked) -> tuple[object, ...]:
    behind = (getattr(asked, name) for name in BEHIND)
    return asked.what_if, asked.day, sorted(reach.force_ids), *behind


def _within(reach: Scope, before: int) -> tuple[str, list[object]]:
    values: list[object] = []

    def given(value: object) -> str:
        values.append(value)
        return f"${len(values) + before}"

    return reach.within_forces(given, row="row"), values
