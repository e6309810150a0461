"""Who is the person with this number, which roles do they hold today, and who supervises whom?"""

from collections.abc import Mapping, Sequence
from datetime import date

from asyncpg import Record

from access.identity import Grant, Identity, OpenGlass, Subject
from access.roles import Role
from foundation.database import fetch, fetch_one

# A grant counts from its first day through its last, unless it was ended, once whoever must agree has agreed.
IN_EFFECT = """valid_from <= $2 AND coalesce(valid_until >= $2, true) AND ended_at IS NULL
               AND (approved_at IS NOT NULL OR NOT needs_approval)"""
_ON_THE_DAY = "superseded_at IS NULL AND valid_from <= $2 AND coalesce(valid_until >= $2, true)"

_IDENTITY = f"""
SELECT person.id, coalesce(person.known_as, person.given_names) || ' ' || person.family_name AS name,
       directory.force_id, directory.unit_id,
       EXISTS (SELECT FROM people.line WHERE supervisor_id = person.id AND {_ON_THE_DAY}) AS supervises,
       ARRAY(SELECT supervisor_id FROM people.line WHERE person_id = person.id AND {_ON_THE_DAY}) AS managers,
       ARRAY(SELECT (id, role, force_id, unit_id) FROM access.role_grant
              WHERE person_id = person.id AND {IN_EFFECT} ORDER BY id) AS grants,
       (SELECT (glass.id, subject_id, subject.national_id,
                coalesce(subject.known_as, subject.given_names) || ' ' || subject.family_name, reason, closes_at)
          FROM access.glass JOIN people.person AS subject ON subject.id = subject_id
         WHERE glass.person_id = person.id AND closes_at > clock_timestamp() ORDER BY glass.id DESC LIMIT 1) AS glass
  FROM people.person LEFT JOIN people.directory ON directory.person_id = person.id
 WHERE person.id = $1
"""  # noqa: S608 - our own constants


async def identity_of(person_id: int, on: date, *, acting: int | None = None) -> Identity | None:
    """Return who a person is and which roles they hold on a day: read anew for every request.

    `acting` is the number of the grant they chose to act under, if it counts today; without any choice it is their
    first grant that is not confidential, for a confidential one is always chosen.
    """
    row = await fetch_one(_IDENTITY, person_id, on)
    if row is None:
        return None
    grants = tuple(Grant(number, Role(role), force, unit) for number, role, force, unit in row["grants"])
    return identified(row, grants, _acted_in(grants, acting))


def identified(row: Record, grants: tuple[Grant, ...], acted_in: Grant | None) -> Identity:
    """Return somebody's identity while they act under one of their grants, or under none."""
    own = frozenset(() if row["force_id"] is None else (row["force_id"],))
    roles: dict[Role, frozenset[int]] = {Role.OFFICER: own}
    if row["supervises"] and not (acted_in and acted_in.role.is_confidential):
        roles[Role.SUPERVISOR] = own
    if acted_in is not None:
        roles[acted_in.role] = frozenset({acted_in.force_id or 0})
    return Identity(
        person_id=row["id"],
        name=row["name"],
        force_id=row["force_id"],
        roles=roles,
        unit_id=row["unit_id"],
        manager_ids=frozenset(row["managers"]),
        acting=acted_in,
        grants=grants,
        glass=OpenGlass(*row["glass"]) if row["glass"] else None,
    )


def _acted_in(grants: Sequence[Grant], chosen: int | None) -> Grant | None:
    if chosen is not None:
        # One that has ended leaves its holder without: nobody slips into another role unasked.
        return next((grant for grant in grants if grant.id == chosen), None)
    return next((grant for grant in grants if not grant.role.is_confidential), None)


async def subjects(person_ids: list[int], on: date) -> Mapping[int, Subject]:
    """Return how people stand on a day: their force and unit, and every supervisor, by ordinary line or by cover."""
    rows = await fetch(
        f"""SELECT person.id, directory.force_id, directory.unit_id, person.is_protected,
                   ARRAY(SELECT supervisor_id FROM people.line
                          WHERE line.person_id = person.id AND {_ON_THE_DAY}) AS supervisors
              FROM people.person LEFT JOIN people.directory ON directory.person_id = person.id
             WHERE person.id = ANY($1)""",  # noqa: S608 - our own constant
        person_ids,
        on,
    )
    return {
        row["id"]: Subject(
            row["id"], row["force_id"], frozenset(row["supervisors"]), row["unit_id"], row["is_protected"]
        )
        for row in rows
    }
