"""Whom does a trainer mean by a name or a number, and whom of a class may they deal with?"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from access.facts import subjects
from access.identity import Identity
from access.permission_map import forces_of, may_see
from access.permissions import Permission
from access.readings.looks import Look
from access.readings.recording import note_listed
from foundation.database import fetch
from passport.classes.facts import Listed, Place, Sheet, class_of, places_on
from people.persons.directory import Found, find
from people.persons.rules import read_national_id

MOST_FOUND = 10
MOST_TYPED = 60
_BETWEEN = re.compile(r"[\s,;]+")
_NUMBERS = """
SELECT value AS said, person_id FROM people.identifier
 WHERE force_id = $1 AND value = ANY($2) AND superseded_at IS NULL
   AND valid_from <= $4 AND coalesce(valid_until >= $4, true)
 UNION SELECT national_id, id FROM people.person WHERE national_id = ANY($3)
"""


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom a list of numbers means, and which of them mean nobody, or several."""

    person_ids: tuple[int, ...]
    unknown: tuple[str, ...]


async def sheet_for(
    reader: Identity, permission: Permission, class_id: int, look: Look, *, on: date
) -> Sheet:
    """Return a class with those on it whom the reader may deal with, and themselves, written down before it is shown.

    :raises NotFoundError: there is none, or it is another force's. :raises NotRecordedError: it cannot be written down.
    """
    about = await class_of(forces_of(reader, permission), class_id)
    places = await places_on(class_id)
    reached = await within_reach(reader, permission, [one.person_id for one in places], on=on)
    await note_listed(reader, permission, reached, look)
    return Sheet(about, _seen(places, {*reached, reader.person_id}))


async def within_reach(
    reader: Identity, permission: Permission, person_ids: Collection[int], *, on: date
) -> frozenset[int]:
    """Return of some people those whom a permission reaches."""
    known = await subjects(list(person_ids), on)
    return frozenset(number for number, one in known.items() if may_see(reader, permission, one))


async def people_meant(asker: Identity, about: Listed, text: str, *, on: date) -> Meant:
    """Return whom pasted numbers mean: national identifiers, and collar or payroll numbers of the class's force.

    Somebody out of the asker's reach is as unknown as somebody who is not there.
    """
    said = tuple(dict.fromkeys(filter(None, _BETWEEN.split(text))))[:MOST_TYPED]
    found = await _with_numbers(about.force_id, said, on=on)
    everyone = frozenset().union(*found.values())
    reached = await within_reach(asker, Permission.CLASS_WRITE, everyone, on=on)
    meant = {one: found[one] & reached for one in said}
    sure = [next(iter(ids)) for ids in meant.values() if len(ids) == 1]
    return Meant(tuple(dict.fromkeys(sure)), tuple(one for one, ids in meant.items() if len(ids) != 1))


async def _with_numbers(force_id: int, said: Sequence[str], *, on: date) -> Mapping[str, frozenset[int]]:
    national = {read_national_id(one): one for one in said}
    rows = await fetch(_NUMBERS, force_id, list(said), [one for one in national if one], on)
    found: dict[str, frozenset[int]] = dict.fromkeys(said, frozenset())
    for row in rows:
        word = row["said"] if row["said"] in found else national[row["said"]]
        found[word] |= {row["person_id"]}
    return found


async def found_by(asker: Identity, about: Listed, text: str, look: Look) -> tuple[Found, ...]:
    """Find people of the class's force by name or number, written down before they are shown."""
    found = await find(
        text,
        force_id=about.force_id,
        from_unit=asker.unit_id,
        closed=asker.manager_ids | {asker.person_id},
        limit=MOST_FOUND,
    )
    await note_listed(asker, Permission.CLASS_WRITE, [one.person_id for one in found], look)
    return found


def _seen(places: Sequence[Place], reached: Collection[int]) -> tuple[Place, ...]:
    return tuple(one for one in places if one.person_id in reached)
