"""How many people of a force need what by when, and who are they?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from access.scope import Scope
from foundation.database import fetch, fetch_one
from licence.planning.months import after, window_of
from licence.planning.rules import Window


@dataclass(frozen=True, slots=True)
class Crowd:
    """So many people of one requirement with one window; `owed` of them are late already."""

    requirement_id: int
    window: Window
    people: int
    owed: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who needs a place by a day."""

    person_id: int
    opens_on: date
    due_on: date
    window: Window


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody who may be named to whoever asks."""

    person_id: int
    national_id: str
    name: str
    unit: str | None


# $1 to $3: the forces, the unit or none, and the first day beyond the forecast.
_DUE = """
FROM licence.licence_standing AS standing JOIN licence.coming_due USING (person_id)
     CROSS JOIN LATERAL unnest(requirement_ids, opens_on, due_on, is_first)
                AS need (requirement_id, opens, due, first_time)
WHERE standing.force_id = ANY($1::smallint[]) AND ($2::int IS NULL OR standing.unit_id = $2) AND need.due < $3
"""


async def crowds(
    reach: Scope, unit_id: int | None, on: date, requirement_id: int | None = None
) -> Sequence[Crowd]:
    """Return how many people within reach need what, or one thing, by requirement and window.

    Everybody is counted, protected colleagues too: a number names nobody, and a place too few would be missed.
    """
    rows = await fetch(
        f"""SELECT need.requirement_id, opens, due, first_time, count(*)::int AS people {_DUE}
               AND ($4::smallint IS NULL OR need.requirement_id = $4) GROUP BY 1, 2, 3, 4""",
        *_values(reach, unit_id, on),
        requirement_id,
    )
    return [
        Crowd(
            row["requirement_id"],
            window_of(row["opens"], row["due"], on, is_first=row["first_time"]),
            row["people"],
            row["people"] if row["due"] < on else 0,
        )
        for row in rows
    ]


async def waiting(reach: Scope, unit_id: int | None, on: date, requirement_id: int) -> Sequence[Waiting]:
    """Return everybody within reach who needs a place, whoever is due first first."""
    rows = await fetch(
        f"""SELECT standing.person_id, opens, due, first_time {_DUE} AND need.requirement_id = $4
             ORDER BY due, standing.person_id""",
        *_values(reach, unit_id, on),
        requirement_id,
    )
    return [
        Waiting(
            row["person_id"],
            row["opens"],
            row["due"],
            window_of(row["opens"], row["due"], on, is_first=row["first_time"]),
        )
        for row in rows
    ]


async def named(reach: Scope, person_ids: Sequence[int]) -> dict[int, Named]:
    """Return those of some people who may be named to whoever asks."""
    values: list[object] = [list(person_ids), sorted(reach.force_ids)]

    def given(value: object) -> str:
        values.append(value)
        return f"${len(values)}"

    within = reach.within_forces(given, row="standing")
    rows = await fetch(
        f"""SELECT person.id, person.national_id, unit.name AS unit,
                   coalesce(person.known_as, person.given_names) || ' ' || person.family_name AS name
              FROM licence.licence_standing AS standing JOIN people.person ON person.id = standing.person_id
              LEFT JOIN people.unit ON unit.id = standing.unit_id
             WHERE standing.person_id = ANY($1) AND standing.force_id = ANY($2::smallint[]) AND {within}""",  # noqa: S608
        *values,
    )
    return {row["id"]: Named(row["id"], row["national_id"], row["name"], row["unit"]) for row in rows}


async def counted_at(reach: Scope) -> datetime | None:
    """Return when what comes due in the forces was last worked out for all of them; nothing where it never was."""
    row = await fetch_one(
        """SELECT max(counted_at) AS at FROM licence.licence_standing JOIN licence.coming_due USING (person_id)
            WHERE force_id = ANY($1::smallint[])""",
        sorted(reach.force_ids),
    )
    return row["at"] if row else None


def _values(reach: Scope, unit_id: int | None, on: date) -> tuple[list[int], int | None, date]:
    return sorted(reach.force_ids), unit_id if reach.bound_to_unit is None else reach.bound_to_unit, after(on)
