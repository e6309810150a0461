"""Whom may one be in the demonstration: a few people, each of whom shows a different door."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from asyncpg import Record

from foundation.clock import today
from foundation.database import fetch

MOST = 16
SOON = timedelta(days=90)
CONSIDERED = 60
"""Of an officer force's amber constables, so many are looked at: those who lapse first."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """One person of the demonstration, and why one would choose to be them."""

    person_id: int
    name: str
    what: str


# A constable in grace, and their supervisor, of the force whose desk was granted first: of those who lapse first, the
# one in whose team most is to come.
_AMBER = """
WITH amber AS MATERIALIZED (
    SELECT standing.person_id, standing.lapses_on, line.supervisor_id
      FROM licence.licence_standing AS standing
      JOIN people.line ON line.person_id = standing.person_id AND superseded_at IS NULL AND NOT is_cover
           AND valid_from <= $1 AND coalesce(valid_until >= $1, true)
      JOIN people.person ON person.id = standing.person_id AND NOT is_protected
     WHERE standing.force_id = (SELECT force_id FROM access.role_grant WHERE role = 'licensing desk'
                                   AND valid_from <= $1 AND coalesce(valid_until >= $1, true) ORDER BY id LIMIT 1)
       AND standing.standing = 'in grace' AND standing.kind = 'officer' AND standing.rank = 'constable'
     ORDER BY standing.lapses_on, standing.person_id LIMIT $3
), led AS (
    SELECT supervisor_id, count(*) AS lapsing
      FROM (SELECT DISTINCT supervisor_id FROM amber) AS supervisor JOIN people.line USING (supervisor_id)
      JOIN licence.licence_standing AS report ON report.person_id = line.person_id
     WHERE line.superseded_at IS NULL AND line.valid_from <= $1 AND coalesce(line.valid_until >= $1, true)
       AND report.lapses_on BETWEEN $1 AND $2
     GROUP BY supervisor_id
)
SELECT person_id, supervisor_id FROM amber JOIN led USING (supervisor_id)
 ORDER BY lapsing DESC, lapses_on, person_id LIMIT 1
"""
_GRANTED = """
SELECT person_id, string_agg(role, ', ' ORDER BY id) AS role FROM access.role_grant
 WHERE valid_from <= $1 AND coalesce(valid_until >= $1, true) GROUP BY person_id ORDER BY min(id) LIMIT $2
"""
_DESCRIBED = """
SELECT person.id, coalesce(person.known_as, person.given_names) || ' ' || person.family_name AS name,
       post.rank, post.job_title, unit.name AS unit, force_name.name AS force
  FROM people.person
  LEFT JOIN people.post ON post.person_id = person.id AND post.superseded_at IS NULL
       AND post.valid_from <= $2 AND coalesce(post.valid_until >= $2, true)
  LEFT JOIN people.unit ON unit.id = post.unit_id
  LEFT JOIN people.force_name ON force_name.force_id = post.force_id
       AND force_name.valid_from <= $2 AND coalesce(force_name.valid_until >= $2, true)
 WHERE person.id = ANY($1)
"""


async def visitors() -> tuple[Visitor, ...]:
    """Return whom one may be: an officer in grace, their supervisor, and everyone granted a role, first granted first."""
    on = today()
    chosen = await _chosen(on)
    rows = {row["id"]: row for row in await fetch(_DESCRIBED, list(chosen), on)}
    return tuple(_visitor(rows[person_id], role) for person_id, role in chosen.items())


async def _chosen(on: date) -> dict[int, str]:
    """Map each person to the door they show, in the order in which they are offered."""
    chosen = {}
    for pair in await fetch(_AMBER, on, on + SOON, CONSIDERED):
        chosen = {pair["person_id"]: "officer in grace", pair["supervisor_id"]: "supervisor"}
    granted: Sequence[Record] = await fetch(_GRANTED, on, MOST - len(chosen))
    for row in granted:
        chosen.setdefault(row["person_id"], row["role"])
    return chosen


def _visitor(row: Record, role: str) -> Visitor:
    said: dict[str, str] = {}  # a role, a job and a unit often share one name, which need be said only once
    for part in (role, row["rank"] or row["job_title"], row["unit"], row["force"]):
        if part:
            said.setdefault(part.casefold(), part)
    return Visitor(row["id"], row["name"], ", ".join(said.values()))
