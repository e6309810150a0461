"""Which forces are in being on a day, and what are they called then?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from asyncpg import Record

from foundation.database import fetch
from foundation.problems import NotFoundError
from people.forces.tables import Unit


class ForceNotFoundError(NotFoundError):
    """There is no such force."""


@dataclass(frozen=True, slots=True)
class NamedForce:
    """A force under its name of a day; one that was not in being then, under its nearest name."""

    id: int
    code: str
    slug: str
    region: str
    name: str
    valid_from: date
    valid_until: date | None
    succeeded_by: int | None

    def is_in_being(self, day: date) -> bool:
        """Say whether the force exists on a day."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


@dataclass(frozen=True, slots=True)
class NamedUnit:
    """A part of a force."""

    id: int
    force_id: int
    name: str


_FORCES = """
SELECT force.id, code, slug, region, named.name, force.valid_from, force.valid_until, succeeded_by
  FROM people.force CROSS JOIN LATERAL (
       SELECT name FROM people.force_name WHERE force_id = force.id
        ORDER BY valid_from <= $1 DESC, abs(valid_from - $1) LIMIT 1) AS named
"""


async def forces_on(day: date) -> tuple[NamedForce, ...]:
    """Return the forces in being on a day, by name."""
    rows = await fetch(
        f"{_FORCES} WHERE force.valid_from <= $1 AND coalesce(force.valid_until >= $1, true) ORDER BY name",
        day,
    )
    return tuple(NamedForce(*row) for row in rows)


async def force_on(force_id: int, day: date) -> NamedForce:
    """Return a force under its name of a day.

    :raises ForceNotFoundError: there never was one with this number.
    """
    return _only(await fetch(f"{_FORCES} WHERE force.id = $2", day, force_id))


async def force_with_code(code: str, day: date) -> NamedForce:
    """Return a force by its ONS code or its slug, under its name of a day.

    :raises ForceNotFoundError: there never was one with this code.
    """
    return _only(await fetch(f"{_FORCES} WHERE code = upper($2) OR slug = lower($2)", day, code))


async def successor_on(force_id: int, day: date) -> NamedForce:
    """Return the force that a force has become by a day: itself, while it is in being."""
    force = await force_on(force_id, day)
    while force.succeeded_by is not None and force.valid_until is not None and force.valid_until < day:
        force = await force_on(force.succeeded_by, day)
    return force


async def units_of(force_id: int) -> tuple[NamedUnit, ...]:
    """Return the units of a force, by name."""
    rows = (
        await Unit.select(Unit.id, Unit.force_id, Unit.name)
        .where(Unit.force_id == force_id)
        .order_by(Unit.name)
    )
    return tuple(NamedUnit(**row) for row in rows)


def _only(rows: Sequence[Record]) -> NamedForce:
    if not rows:
        raise ForceNotFoundError
    return NamedForce(*rows[0])
