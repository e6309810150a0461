"""Whom may one be in the demonstration: a few people, each of whom shows a different door."""

from dataclasses import dataclass

from foundation.clock import today
from foundation.database import fetch

MOST = 12


@dataclass(frozen=True, slots=True)
class Visitor:
    """One person of the demonstration, and why one would choose to be them."""

    person_id: int
    name: str
    what: str


_CHOSEN = """
WITH shown AS (
    SELECT person_id, max(role) AS role, min(id) AS place FROM access.role_grant
     WHERE valid_from <= $1 AND coalesce(valid_until >= $1, true) GROUP BY person_id
)
SELECT person.id, coalesce(person.known_as, person.given_names) || ' ' || person.family_name AS name, shown.role,
       post.rank, post.job_title, unit.name AS unit, force_name.name AS force
  FROM shown JOIN people.person ON person.id = shown.person_id
  LEFT JOIN people.post ON post.person_id = person.id AND post.superseded_at IS NULL
       AND post.valid_from <= $1 AND coalesce(post.valid_until >= $1, true)
  LEFT JOIN people.unit ON unit.id = post.unit_id
  LEFT JOIN people.force_name ON force_name.force_id = post.force_id
       AND force_name.valid_from <= $1 AND coalesce(force_name.valid_until >= $1, true)
 ORDER BY shown.place LIMIT $2
"""


async def visitors() -> tuple[Visitor, ...]:
    """Return whom one may be: everyone to whom the demonstration granted a role, first granted first."""
    rows = await fetch(_CHOSEN, today(), MOST)
    return tuple(
        Visitor(
            row["id"],
            row["name"],
            ", ".join(
                part
                for part in (row["role"], row["rank"] or row["job_title"], row["unit"], row["force"])
                if part
            ),
        )
        for row in rows
    )
