"""Who is the person with this number, which roles do they hold today, and who supervises whom?"""

from collections.abc import Mapping
from datetime import date

from access.identity import Identity, Subject
from access.roles import Role
from foundation.database import fetch, fetch_one

_IDENTITY = """
SELECT person.id, coalesce(person.known_as, person.given_names) || ' ' || person.family_name AS name,
       directory.force_id,
       EXISTS (SELECT FROM people.line WHERE supervisor_id = person.id AND superseded_at IS NULL
                  AND valid_from <= $2 AND coalesce(valid_until >= $2, true)) AS supervises,
       ARRAY(SELECT role FROM access.role_grant WHERE person_id = person.id
                AND valid_from <= $2 AND coalesce(valid_until >= $2, true) ORDER BY id) AS roles,
       ARRAY(SELECT coalesce(force_id, 0) FROM access.role_grant WHERE person_id = person.id
                AND valid_from <= $2 AND coalesce(valid_until >= $2, true) ORDER BY id) AS forces
  FROM people.person LEFT JOIN people.directory ON directory.person_id = person.id
 WHERE person.id = $1
"""


async def identity_of(person_id: int, on: date) -> Identity | None:
    """Return who a person is and which roles they hold on a day: read anew for every request."""
    row = await fetch_one(_IDENTITY, person_id, on)
    if row is None:
        return None
    own = frozenset(() if row["force_id"] is None else (row["force_id"],))
    roles: dict[Role, frozenset[int]] = {Role.OFFICER: own}
    if row["supervises"]:
        roles[Role.SUPERVISOR] = own
    for name, force_id in zip(row["roles"], row["forces"], strict=True):
        role = Role(name)
        roles[role] = roles.get(role, frozenset()) | {force_id}
    return Identity(person_id=row["id"], name=row["name"], force_id=row["force_id"], roles=roles)


async def subjects(person_ids: list[int], on: date) -> Mapping[int, Subject]:
    """Return how people stand on a day: their force, and every supervisor, by ordinary line or by cover."""
    rows = await fetch(
        """SELECT person.id, directory.force_id,
                  ARRAY(SELECT supervisor_id FROM people.line
                         WHERE line.person_id = person.id AND superseded_at IS NULL
                           AND valid_from <= $2 AND coalesce(valid_until >= $2, true)) AS supervisors
             FROM people.person LEFT JOIN people.directory ON directory.person_id = person.id
            WHERE person.id = ANY($1)""",
        person_ids,
        on,
    )
    return {row["id"]: Subject(row["id"], row["force_id"], frozenset(row["supervisors"])) for row in rows}
