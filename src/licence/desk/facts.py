"""How many licences of a force stand how, and which are they?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from access.scope import Scope
from foundation.database import fetch, fetch_one
from licence.desk.because import policies_today, why
from licence.desk.rules import NEVER, NO_UNIT, Asked, Place
from people.persons.directory import find

PAGE = 50
# A list is never longer than the nation.
EVERYTHING = 1_000_000


@dataclass(frozen=True, slots=True)
class Counted:
    """How many people of a unit and rank hold a standing; a unit of 0 is none."""

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
    kind: str
    rank: str
    standing: str
    since: date
    lapses_on: date | None
    next_due_on: date | None
    stopped: Sequence[str]
    why: str


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """Somebody who was looked for; the standing is empty where none was ever decided."""

    person_id: int
    national_id: str
    name: str
    numbers: str
    unit: str | None
    rank: str | None
    standing: str | None


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of the list, and the places that the pages before and after it begin from, where there are such."""

    licences: Sequence[Licence]
    earlier: Place | None
    later: Place | None


# Only those who hold licences, or should: staff have passports and no standing to speak of. A page of each force is
# taken along its index, so that neither the size of a force nor the number of forces makes a page slow; names are
# looked up for the page alone.
_LIST = """
WITH paged AS MATERIALIZED (
    SELECT page.* FROM unnest($1::smallint[]) AS mine(force_id) CROSS JOIN LATERAL (
        SELECT *, coalesce(lapses_on, 'infinity') AS place FROM licence.licence_standing AS kept
         WHERE force_id = mine.force_id AND rank IS NOT NULL AND {conditions}
         ORDER BY coalesce(lapses_on, 'infinity') {order}, person_id {order} LIMIT $2) AS page
     ORDER BY place {order}, person_id {order} LIMIT $2
)
SELECT paged.person_id, national_id, directory.name, directory.numbers, unit.name AS unit, paged.kind, paged.rank,
       paged.standing, paged.since, paged.lapses_on, paged.next_due_on, paged.stopped,
       paged.because::text, paged.force_id
  FROM paged JOIN people.person ON person.id = paged.person_id
  JOIN people.directory ON directory.person_id = paged.person_id
  LEFT JOIN people.unit ON unit.id = paged.unit_id
 ORDER BY place, paged.person_id
"""
# Of what lapses soon: not what has lapsed already.
_SOON = "(coalesce(lapses_on, 'infinity') BETWEEN {first} AND {last} AND standing <> 'lapsed')"


async def listed(reach: Scope, asked: Asked, *, on: date, most: int | None = PAGE) -> Listed:
    """Return a page of the licences within reach, soonest to lapse first; `most` of None returns everything asked for."""
    conditions, values = _conditions(reach, asked, on)
    back = asked.after is None and asked.before is not None
    page = EVERYTHING if most is None else most
    sql = _LIST.format(conditions=" AND ".join(conditions), order="DESC" if back else "ASC")
    rows = await fetch(sql, sorted(reach.force_ids), page + 1, *values)
    beyond = len(rows) > page
    policies = await policies_today(on)
    licences = [
        Licence(*(*row[:-2], why(row[-2], policies.get(row[-1]), row["name"])))
        for row in (rows[1:] if back and beyond else rows[:page])
    ]
    if not licences:
        return Listed([], None, None)
    first, last = _place(licences[0]), _place(licences[-1])
    has_earlier, has_later = (beyond, True) if back else (asked.after is not None, beyond)
    return Listed(licences, first if has_earlier else None, last if has_later else None)


async def how_many(reach: Scope, asked: Asked, *, on: date) -> int:
    """Return how many licences within reach are asked for."""
    conditions, values = _conditions(reach, asked, on)
    row = await fetch_one(
        f"""SELECT count(*) AS people FROM licence.licence_standing AS kept
             WHERE force_id = ANY($1::smallint[]) AND $2::int IS NULL AND rank IS NOT NULL AND {" AND ".join(conditions)}""",  # noqa: S608 - our own conditions
        sorted(reach.force_ids),
        None,
        *values,
    )
    return row["people"] if row else 0


def _conditions(reach: Scope, asked: Asked, on: date) -> tuple[Sequence[str], Sequence[object]]:
    """Return what is within reach and asked for, with the values, the first of which is the third parameter."""
    values = list[object]()

    def given(value: object) -> str:
        values.append(value)
        return f"${len(values) + 2}"

    conditions = [reach.within_forces(given, row="kept")]
    if asked.standing is not None:
        conditions.append(f"standing = {given(asked.standing)}")
    if asked.within is not None:
        first, last = given(on), given(on + timedelta(days=asked.within))
        conditions.append(_SOON.format(first=first, last=last))
    if asked.unit_id is not None:
        conditions.append(
            "unit_id IS NULL" if asked.unit_id == NO_UNIT else f"unit_id = {given(asked.unit_id)}"
        )
    if asked.rank is not None:
        conditions.append(f"rank = {given(asked.rank)}")
    place = asked.after or asked.before
    if place is not None:
        beyond = f"({given(place.lapses_on)}::date, {given(place.person_id)}::integer)"
        sign = ">" if asked.after else "<"
        conditions.append(f"(coalesce(lapses_on, 'infinity'), person_id) {sign} {beyond}")
    return conditions, values


def _place(licence: Licence) -> Place:
    return Place(licence.lapses_on or NEVER, licence.person_id)


async def counted(reach: Scope) -> Sequence[Counted]:
    """Return how many hold each standing, by unit and rank: kept by the database, not counted here."""
    rows = await fetch(
        """SELECT unit_id, rank, standing, sum(people)::integer AS people FROM licence.standing_count
            WHERE force_id = ANY($1::smallint[]) AND coalesce(unit_id = $2::int, true) AND rank <> '' AND people > 0
            GROUP BY unit_id, rank, standing ORDER BY unit_id, rank, standing""",
        sorted(reach.force_ids),
        reach.bound_to_unit,
    )
    return [Counted(*row) for row in rows]


async def lapsing(reach: Scope, *, on: date, within: Sequence[int]) -> dict[int, int]:
    """Return how many licences lapse within each number of days from a day, if nothing is done."""
    soon = _SOON.format(first="$2::date", last="$2::date + $3::integer")
    row = await fetch_one(
        f"""SELECT ARRAY(SELECT count(*) FILTER (WHERE lapses_on <= $2::date + days)
                           FROM unnest($4::integer[]) WITH ORDINALITY AS ahead(days, place)
                           LEFT JOIN (SELECT lapses_on FROM licence.licence_standing
                                       WHERE force_id = ANY($1::smallint[]) AND coalesce(unit_id = $5::int, $5::int IS NULL)
                                         AND rank IS NOT NULL AND {soon}) AS soon
                                  ON true
                          GROUP BY days, place ORDER BY place) AS people""",  # noqa: S608 - our own condition
        sorted(reach.force_ids),
        on,
        max(within),
        list(within),
        reach.bound_to_unit,
    )
    return dict(zip(within, row["people"] if row else (), strict=True))


async def units_of(reach: Scope) -> Sequence[Unit]:
    """Return the units within reach by name."""
    rows = await fetch(
        """SELECT id, name FROM people.unit
            WHERE force_id = ANY($1::smallint[]) AND coalesce(id = $2::int, true) ORDER BY name, id""",
        sorted(reach.force_ids),
        reach.bound_to_unit,
    )
    return [Unit(*row) for row in rows]


async def found_in(reach: Scope, text: str, *, most: int) -> Sequence[FoundPerson]:
    """Return the people within reach whose name or number a text begins, best first."""
    plain = text.replace("\0", " ").encode(errors="replace").decode()
    people = [
        one.person_id
        for force in sorted(reach.force_ids)
        for one in await find(
            plain,
            force_id=force,
            from_unit=reach.own_unit,
            only_unit=reach.bound_to_unit,
            closed=reach.closed_ids,
            limit=most,
        )
    ]
    rows = await fetch(
        """SELECT person_id, person.national_id, directory.name, directory.numbers, unit.name AS unit, standing.rank,
                  standing.standing
             FROM unnest($1::integer[]) WITH ORDINALITY AS wanted(person_id, place)
             JOIN people.person ON person.id = wanted.person_id JOIN people.directory USING (person_id)
             LEFT JOIN people.unit ON unit.id = directory.unit_id
             LEFT JOIN licence.licence_standing AS standing USING (person_id) ORDER BY place LIMIT $2""",
        people,
        most,
    )
    return [FoundPerson(*row) for row in rows]
