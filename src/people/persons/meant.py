"""Whom does somebody mean by a number, and whom of some people may they deal with?"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from access.facts import subjects
from access.identity import Identity
from access.permission_map import may_see
from access.permissions import Permission
from foundation.database import fetch
from people.persons.rules import read_national_id

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


async def within_reach(
    reader: Identity, permission: Permission, person_ids: Collection[int], *, on: date
) -> frozenset[int]:
    """Return of some people those whom a permission reaches."""
    known = await subjects(list(person_ids), on)
    return frozenset(number for number, one in known.items() if may_see(reader, permission, one))


async def people_meant(
    asker: Identity, permission: Permission, force_id: int, text: str, *, on: date
) -> Meant:
    """Return whom pasted numbers mean: national identifiers, and collar or payroll numbers of a force.

    Somebody out of the permission's reach is as unknown as somebody who is not there.
    """
    said = tuple(dict.fromkeys(filter(None, _BETWEEN.split(text))))[:MOST_TYPED]
    found = await _with_numbers(force_id, said, on=on)
    everyone = frozenset[int]().union(*found.values())
    reached = await within_reach(asker, permission, everyone, on=on)
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
