"""Which clearances do people have, and until when? All that ever leaves the vetting unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from access.confidential import Asker
from access.identity import Identity
from access.permission_map import PERMISSION_MAP
from access.permissions import Permission
from access.predicates import Relation
from access.roles import Role
from access.scope import scope
from access.walls import Wall, behind
from foundation.audit import Event, recorded
from foundation.database import fetch
from foundation.problems import NotFoundError
from licence.vetting.rules import Level, Outcome

PAGE = 50


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the list: a row seen."""

    valid_until: date
    person_id: int
    level: Level


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody's clearance in a list: its level and its last day, and neither case nor condition."""

    person_id: int
    national_id: str
    name: str
    unit: str | None
    level: Level
    valid_until: date

    @property
    def place(self) -> Place:
        """Return its place in the list."""
        return Place(self.valid_until, self.person_id, self.level)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which clearances are asked for: those that have run out or do so within so many days, of a level or of all."""

    within: int | None = 90
    level: Level | None = None
    after: Place | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """One's own clearance."""

    level: Level
    valid_from: date
    valid_until: date
    is_held: bool

    def is_in_date(self, on: date) -> bool:
        """Say whether it holds on a day."""
        return self.is_held and self.valid_from <= on <= self.valid_until


@dataclass(frozen=True, slots=True)
class Told:
    """How a case about oneself ended, and since when one has been told."""

    level: Level
    outcome: Outcome
    told_on: date


# A clearance that was withdrawn or suspended looks like none: why it is missing is nobody's business here.
_LISTED = f"""
SELECT subject.person_id, person.national_id, subject.name, unit.name AS unit, held.level, held.valid_until
  FROM licence.clearance_held AS held
  JOIN people.directory AS subject ON subject.person_id = held.person_id
  JOIN people.person ON person.id = held.person_id
  LEFT JOIN people.unit ON unit.id = subject.unit_id
 WHERE subject.force_id = ANY($3::smallint[]) AND subject.person_id <> ALL($1::int[]) AND {{condition}} AND is_held
   AND held.valid_until <= $9::date AND ($10::text IS NULL OR held.level = $10)
   AND ($11::date IS NULL OR (held.valid_until, held.person_id, held.level) > ($11::date, $12::integer, $13::text))
 ORDER BY held.valid_until, held.person_id, held.level LIMIT {PAGE + 1}
"""  # noqa: S608 - our own number


async def read_list(asker: Asker, asked: Asked, *, on: date) -> tuple[Sequence[Listed], bool]:
    """Return a page of clearances to somebody who answers for them, after writing down whose they are.

    :raises NotFoundError: they answer for nobody's but see their own elsewhere.
    """
    granted = PERMISSION_MAP[Permission.CLEARANCE_READ]
    if not any(asker.identity.holds(role) for role, relation in granted if relation is not Relation.SELF):
        raise NotFoundError
    found, has_more = await listed(asker.identity, asked, on=on)
    event = Event(
        "clearances read",
        "vetting",
        detail={"rows": len(found)},
        subject_ids=tuple(sorted({one.person_id for one in found})),
        role=asker.identity.acts_as,
        is_reading=True,
    )
    async with recorded(asker.actor, event):
        pass  # that they are about to be seen is itself what is recorded
    return found, has_more


async def listed(identity: Identity, asked: Asked, *, on: date) -> tuple[Sequence[Listed], bool]:
    """Return a page of the clearances within reach, those that ran out longest ago first, and whether there are more.

    One's own is not among them, nor that of anybody whom the role does not reach.
    """
    reach = scope(identity, Permission.CLEARANCE_READ)
    last = date.max if asked.within is None else on + timedelta(days=asked.within)
    place = asked.after
    rows = await fetch(
        _LISTED.format(condition=reach.CONDITION),
        *reach.values,
        on,
        last,
        asked.level,
        place.valid_until if place else None,
        place.person_id if place else None,
        place.level if place else None,
    )
    found = [
        Listed(
            row["person_id"],
            row["national_id"],
            row["name"],
            row["unit"],
            Level(row["level"]),
            row["valid_until"],
        )
        for row in rows
    ]
    return found[:PAGE], len(rows) > PAGE


async def held_by(person_id: int) -> Sequence[Held]:
    """Return a person's clearances, the one that lasts longest first."""
    rows = await fetch(
        """SELECT level, valid_from, valid_until, is_held FROM licence.clearance_held
            WHERE person_id = $1 ORDER BY valid_until DESC, level""",
        person_id,
    )
    return [Held(Level(row["level"]), row["valid_from"], row["valid_until"], row["is_held"]) for row in rows]


async def told_to(identity: Identity, *, request_id: str | None) -> Sequence[Told]:
    """Return how the cases about whoever asks ended, as far as they have been told."""
    event = Event("own vetting outcome read", "own record", identity.person_id, role=Role.OFFICER)
    async with behind(Wall.VETTING, identity, event, role=Role.OFFICER, request_id=request_id) as connection:
        rows = await connection.fetch(
            """SELECT level, outcome, told_on FROM vetting.vetting_case
                WHERE person_id = $1 AND outcome IS NOT NULL ORDER BY told_on DESC, number DESC""",
            identity.person_id,
        )
    return [Told(Level(row["level"]), Outcome(row["outcome"]), row["told_on"]) for row in rows]
