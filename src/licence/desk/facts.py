"""How many licences of a force stand how, and which are they?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from foundation.database import fetch, fetch_one
from licence.desk.rules import Asked, Place
from licence.standing.decisions import Standing
from people.persons.directory import find

PAGE = 50


@dataclass(frozen=True, slots=True)
class Counted:
    """How many people of a unit and rank hold a standing; a unit of 0 and an empty rank are none."""

    unit_id: int
    rank: str
    standing: str
    people: int


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the force."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Licence:
    """One line of the desk's list."""

    person_id: int
    national_id: str
    name: str
    numbers: str
    unit: str | None
    kind: str | None
    rank: str | None
    standing: str
    since: date
    lapses_on: date | None
    next_due_on: date | None
    stopped: Sequence[str]


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """Somebody who was looked for; the standing is empty where none was ever decided."""

    national_id: str
    name: str
    numbers: str
    unit: str | None
    rank: str | None
    standing: str | None


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of the list, and where the next one begins, if there is one."""

    licences: Sequence[Licence]
    following: Place | None


# Only those who hold licences, or should: staff have passports and no standing to speak of.
_LIST = """
SELECT standing.person_id, person.national_id, directory.name, directory.numbers, unit.name AS unit, standing.kind,
       standing.rank, standing.standing, standing.since, standing.lapses_on, standing.next_due_on, standing.stopped
  FROM licence.licence_standing AS standing
  JOIN people.person AS person ON person.id = standing.person_id
  JOIN people.directory AS directory ON directory.person_id = standing.person_id
  LEFT JOIN people.unit AS unit ON unit.id = standing.unit_id
 WHERE standing.force_id = ANY($1::smallint[]) AND standing.rank IS NOT NULL
   AND ($2::text IS NULL OR standing.standing = $2)
   AND ($3::date IS NULL OR (standing.lapses_on BETWEEN $4 AND $3 AND standing.standing <> 'lapsed'))
   AND ($5::integer IS NULL OR standing.unit_id = $5)
   AND ($6::text IS NULL OR standing.rank = $6)
   AND {beyond}
 ORDER BY standing.lapses_on, standing.person_id LIMIT $9
"""
_BEGINNING = "($7::date IS NULL AND $8::integer IS NULL)"
_BEYOND_A_DAY = (
    "((standing.lapses_on, standing.person_id) > ($7::date, $8::integer) OR standing.lapses_on IS NULL)"
)
_BEYOND_NO_DAY = "($7::date IS NULL AND standing.lapses_on IS NULL AND standing.person_id > $8::integer)"


async def listed(force_ids: frozenset[int], asked: Asked, *, on: date, most: int | None = PAGE) -> Listed:
    """Return a page of a force's licences, soonest to lapse first; `most` of None returns everything asked for."""
    place = asked.after
    beyond = _BEGINNING if place is None else _BEYOND_NO_DAY if place.lapses_on is None else _BEYOND_A_DAY
    rows = await fetch(
        _LIST.format(beyond=beyond),
        sorted(force_ids),
        asked.standing,
        None if asked.within is None else on + timedelta(days=asked.within),
        on,
        asked.unit_id,
        asked.rank,
        place.lapses_on if place else None,
        place.person_id if place else None,
        None if most is None else most + 1,
    )
    licences = [Licence(*row) for row in rows]
    if most is None or len(licences) <= most:
        return Listed(licences, None)
    last = licences[most - 1]
    return Listed(licences[:most], Place(last.lapses_on, last.person_id))


async def counted(force_ids: frozenset[int]) -> Sequence[Counted]:
    """Return how many of a force hold each standing, by unit and rank: kept by the database, not counted here."""
    rows = await fetch(
        """SELECT unit_id, rank, standing, sum(people)::integer AS people FROM licence.standing_count
            WHERE force_id = ANY($1::smallint[]) AND rank <> '' AND people > 0
            GROUP BY unit_id, rank, standing""",
        sorted(force_ids),
    )
    return [Counted(*row) for row in rows]


async def lapsing(force_ids: frozenset[int], *, on: date, within: Sequence[int]) -> dict[int, int]:
    """Return how many licences lapse within each number of days from a day, if nothing is done."""
    row = await fetch_one(
        """SELECT array_agg(people ORDER BY place) AS people FROM (
               SELECT place, (SELECT count(*) FROM licence.licence_standing
                               WHERE force_id = ANY($1::smallint[]) AND rank IS NOT NULL
                                 AND standing = ANY($4) AND lapses_on BETWEEN $2 AND $2 + days) AS people
                 FROM unnest($3::integer[]) WITH ORDINALITY AS ahead(days, place)) AS each""",
        sorted(force_ids),
        on,
        list(within),
        [str(standing) for standing in Standing if standing is not Standing.LAPSED],
    )
    return dict(zip(within, row["people"] if row else (), strict=False))


async def units_of(force_ids: frozenset[int]) -> Sequence[Unit]:
    """Return the units of a force by name."""
    rows = await fetch(
        "SELECT id, name FROM people.unit WHERE force_id = ANY($1::smallint[]) ORDER BY name",
        sorted(force_ids),
    )
    return [Unit(*row) for row in rows]


async def found_in(force_ids: frozenset[int], text: str, *, most: int) -> Sequence[FoundPerson]:
    """Return the people of a force whose name or number a text begins, best first."""
    people = [
        one.person_id for force in sorted(force_ids) for one in await find(text, force_id=force, limit=most)
    ]
    rows = await fetch(
        """SELECT person.national_id, directory.name, directory.numbers, unit.name AS unit, standing.rank,
                  standing.standing
             FROM unnest($1::integer[]) WITH ORDINALITY AS wanted(person_id, place)
             JOIN people.person ON person.id = wanted.person_id JOIN people.directory USING (person_id)
             LEFT JOIN people.unit ON unit.id = directory.unit_id
             LEFT JOIN licence.licence_standing AS standing USING (person_id) ORDER BY place""",
        people,
    )
    return [FoundPerson(*row) for row in rows]
