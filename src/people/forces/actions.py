"""How is a force established, renamed, divided into units, and merged into another?"""

from dataclasses import dataclass
from datetime import date, timedelta

from asyncpg import Connection

from foundation.audit import Actor, Event, recorded
from foundation.clock import today
from foundation.problems import ConflictError
from people.forces.facts import ForceNotFoundError, NamedForce, NamedUnit, force_on
from people.forces.tables import Force, ForceName, Unit
from people.persons.directory import refresh
from people.refusals import explained

PURPOSE = "keeping the list of forces"


class RenamedSinceError(ConflictError):
    """The force has a name that begins on or after that day already."""


class ForceEndsError(ConflictError):
    """A force can be renamed after its first day, and only while no end of it is recorded."""


class CannotMergeError(ConflictError):
    """Both forces must be in being on that day, the one that ends since an earlier day, and be two."""


@dataclass(frozen=True, slots=True)
class NewForce:
    """What is said of a force that begins."""

    code: str
    slug: str
    region: str
    name: str


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merger did: how many posts the successor has taken over, of how many people."""

    force_id: int
    successor_id: int
    posts: int
    people: int


async def establish(*, actor: Actor, force: NewForce, on: date) -> NamedForce:
    """Let a force begin on a day.

    :raises ConflictError: another has this code or slug.
    """
    with explained():
        async with recorded(
            actor, Event("force established", PURPOSE, detail={"code": force.code})
        ) as connection:
            # Piccolo cannot leave a small identity to the server.
            new_id = await connection.fetchval(
                "INSERT INTO people.force (code, slug, region, valid_from) VALUES ($1, $2, $3, $4) RETURNING id",
                force.code, force.slug, force.region, on,
            )  # fmt: skip
            await ForceName.insert(ForceName(force_id=new_id, name=force.name, valid_from=on))
            return await force_on(new_id, on)


async def rename(*, actor: Actor, force_id: int, name: str, on: date) -> NamedForce:
    """Call a force by another name from a day on; on earlier days it keeps the name it had.

    :raises RenamedSinceError: a name begins on or after that day already.
    :raises ForceEndsError: its end is recorded, or it had not begun before that day.
    """
    with explained():
        async with recorded(actor, Event("force renamed", PURPOSE, detail={"force": force_id})) as connection:
            force = (await _locked(connection, [force_id]))[force_id]
            if force.valid_until is not None or on <= force.valid_from:
                raise ForceEndsError
            names = ForceName.force_id == force_id
            if await ForceName.exists().where(names & (ForceName.valid_from >= on)):
                raise RenamedSinceError
            last = on - timedelta(days=1)
            await ForceName.update(valid_until=last).where(names & ForceName.valid_until.is_null())
            await ForceName.insert(ForceName(force_id=force_id, name=name, valid_from=on))
            return await force_on(force_id, on)


async def add_unit(*, actor: Actor, force_id: int, name: str) -> NamedUnit:
    """Add a unit to a force.

    :raises ConflictError: it has one of this name.
    """
    with explained():
        async with recorded(actor, Event("unit added", PURPOSE, detail={"force": force_id})):
            row = await Unit.insert(Unit(force_id=force_id, name=name)).returning(Unit.id)
    return NamedUnit(row[0]["id"], force_id, name)


async def merge(*, actor: Actor, force_id: int, successor_id: int, on: date) -> Merged:
    """End a force and let another take its place from a day on.

    Posts of the old force end the day before and go on in the successor, in units of the same name; posts that had
    not begun by then begin there. What was true before the day stays as it was. The old force's numbers stay the
    old force's: the successor gives its own.

    :raises CannotMergeError: the forces are one, or not both in being.
    """
    detail = {"force": force_id, "successor": successor_id}
    with explained():
        async with recorded(actor, Event("forces merged", PURPOSE, detail=detail)) as connection:
            await _check(connection, force_id, successor_id, on)
            await _close(force_id, successor_id, on)
            await connection.execute(_UNITS, force_id, successor_id, on)
            moved = await connection.fetch(_POSTS, force_id, successor_id, on, actor.person_id)
            people = sorted({row["person_id"] for row in moved})
            await refresh(connection, people, on=today())
    return Merged(force_id, successor_id, len(moved), len(people))


async def _check(connection: Connection, force_id: int, successor_id: int, on: date) -> None:
    forces = await _locked(connection, [force_id, successor_id])
    if len(forces) == 1:
        raise CannotMergeError
    old, new = forces[force_id], forces[successor_id]
    if not (old.is_in_being(on) and new.is_in_being(on) and old.valid_from < on and old.valid_until is None):
        raise CannotMergeError


async def _close(force_id: int, successor_id: int, on: date) -> None:
    last = on - timedelta(days=1)
    await Force.update(valid_until=last, succeeded_by=successor_id).where(Force.id == force_id)
    names = ForceName.force_id == force_id
    await ForceName.delete().where(names & (ForceName.valid_from >= on))
    await ForceName.update(valid_until=last).where(names & ForceName.valid_until.is_null())


async def _locked(connection: Connection, force_ids: list[int]) -> dict[int, NamedForce]:
    rows = await connection.fetch(
        "SELECT id, valid_from FROM people.force WHERE id = ANY($1) ORDER BY id FOR UPDATE", force_ids
    )
    if len(rows) != len(set(force_ids)):
        raise ForceNotFoundError
    return {row["id"]: await force_on(row["id"], row["valid_from"]) for row in rows}


_UNITS = """
INSERT INTO people.unit (force_id, name)
SELECT DISTINCT $2::smallint, unit.name FROM people.unit JOIN people.post ON post.unit_id = unit.id
 WHERE unit.force_id = $1 AND superseded_at IS NULL AND coalesce(valid_until >= $3, true)
    ON CONFLICT (force_id, name) DO NOTHING
"""
# One statement and one instant: what is superseded is known until the very moment from which the new is known.
_POSTS = """
WITH gone AS (
    UPDATE people.post SET superseded_at = clock_timestamp(), superseded_by = $4, superseded_reason = 'forces merged'
     WHERE force_id = $1 AND superseded_at IS NULL AND coalesce(valid_until >= $3, true) RETURNING *
), pieces AS (
    SELECT gone.*, $1::smallint AS into_force, unit_id AS into_unit, valid_from AS starts_on, $3 - 1 AS ends_on
      FROM gone WHERE valid_from < $3
    UNION ALL
    SELECT gone.*, $2::smallint, there.id, greatest(valid_from, $3), valid_until
      FROM gone LEFT JOIN people.unit AS here ON here.id = gone.unit_id
           LEFT JOIN people.unit AS there ON there.force_id = $2 AND there.name = here.name
), recorded AS (
    INSERT INTO people.post (person_id, force_id, unit_id, kind, rank, rank_basis, job_title, profiles, fte,
           valid_from, valid_until, recorded_at, recorded_by)
    SELECT person_id, into_force, into_unit, kind, rank, rank_basis, job_title, profiles, fte,
           starts_on, ends_on, superseded_at, $4
      FROM pieces RETURNING person_id, force_id
)
SELECT person_id FROM recorded WHERE force_id = $2
"""
