"""Which roles are held in a force, since when, through when, and who gave them?"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from asyncpg import Record

from access.roles import Role
from foundation.clock import today
from foundation.database import fetch
from people.roles.rules import State, Term

PAGE = 50


@dataclass(frozen=True, slots=True)
class GrantedRole:
    """One grant of a role, with everybody's name who had a hand in it."""

    id: int
    role: Role
    state: State
    person_id: int
    giver_id: int | None
    national_id: str
    name: str
    force_id: int | None
    force: str | None
    unit: str | None
    since: date
    until: date | None
    reason: str
    granted_by: str | None
    granted_at: datetime
    approved_by: str | None
    ended_by: str | None
    ended_at: datetime | None


_GRANTS = """
SELECT role_grant.*, person.national_id,
       coalesce(person.known_as, person.given_names) || ' ' || person.family_name AS name,
       force_name.name AS force, unit.name AS unit,
       giver.given_names || ' ' || giver.family_name AS giver,
       second.given_names || ' ' || second.family_name AS second,
       ender.given_names || ' ' || ender.family_name AS ender
  FROM access.role_grant JOIN people.person ON person.id = role_grant.person_id
  LEFT JOIN people.force_name ON force_name.force_id = role_grant.force_id
       AND force_name.valid_from <= $1 AND coalesce(force_name.valid_until >= $1, true)
  LEFT JOIN people.unit ON unit.id = role_grant.unit_id
  LEFT JOIN people.person AS giver ON giver.id = role_grant.granted_by
  LEFT JOIN people.person AS second ON second.id = role_grant.approved_by
  LEFT JOIN people.person AS ender ON ender.id = role_grant.ended_by
"""


async def roles_within(
    force_ids: Collection[int] | None, *, everyone: bool, before: int | None = None
) -> tuple[GrantedRole, ...]:
    """Return the roles given for some forces, or for all with None, the newest first, a page at a time.

    Unless `everyone` is asked for, only what is held, to come or waits for agreement.
    """
    on = today()
    rows = await fetch(
        f"""{_GRANTS} WHERE ($2::smallint[] IS NULL OR role_grant.force_id = ANY($2))
               AND ($3::bigint IS NULL OR role_grant.id < $3)
               AND ($4 OR (role_grant.ended_at IS NULL AND coalesce(role_grant.valid_until >= $1, true)))
             ORDER BY role_grant.id DESC LIMIT {PAGE}""",
        on,
        None if force_ids is None else sorted(force_ids),
        before,
        everyone,
    )
    return tuple(_granted(row, on) for row in rows)


async def granted_role(grant_id: int) -> GrantedRole | None:
    """Return one grant of a role, or None."""
    on = today()
    rows = await fetch(f"{_GRANTS} WHERE role_grant.id = $2", on, grant_id)
    return _granted(rows[0], on) if rows else None


def _granted(row: Record, on: date) -> GrantedRole:
    awaits = row["needs_approval"] and row["approved_at"] is None
    term = Term(row["valid_from"], row["valid_until"], awaits, row["ended_at"] is not None)
    return GrantedRole(
        id=row["id"],
        role=Role(row["role"]),
        state=term.state(on),
        person_id=row["person_id"],
        giver_id=row["granted_by"],
        national_id=row["national_id"],
        name=row["name"],
        force_id=row["force_id"],
        force=row["force"],
        unit=row["unit"],
        since=row["valid_from"],
        until=row["valid_until"],
        reason=row["reason"],
        granted_by=row["giver"],
        granted_at=row["granted_at"],
        approved_by=row["second"],
        ended_by=row["ender"],
        ended_at=row["ended_at"],
    )
