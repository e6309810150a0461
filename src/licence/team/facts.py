"""Who is in a supervisor's team today, and how does each stand on a day?"""

from collections.abc import Sequence
from datetime import date

from foundation.database import fetch
from licence.standing.deciding import decide_with_policy
from licence.team.rules import Member, skills_of
from people.supervision.facts import reports_on

_PEOPLE = """
SELECT person.id, person.national_id, coalesce(person.known_as, person.given_names) || ' ' || person.family_name AS name,
       unit.name AS unit, coalesce(post.rank, post.job_title, post.kind) AS rank, post.rank IS NOT NULL AS needs
  FROM people.person
  LEFT JOIN people.post ON post.person_id = person.id AND post.superseded_at IS NULL
       AND post.valid_from <= $2 AND coalesce(post.valid_until >= $2, true)
  LEFT JOIN people.unit ON unit.id = post.unit_id
 WHERE person.id = ANY($1)
"""


async def team_of(supervisor_id: int, on: date, *, today: date) -> Sequence[Member]:
    """Return a supervisor's reports of today, by cover too, each with the decision on their licence for a day.

    Whoever reported to them on that day, but does not today, is none of their business any more.
    """
    reports = {report.person_id: report for report in await reports_on(supervisor_id, today)}
    ids = sorted(reports)
    if not ids:
        return []
    decided = await decide_with_policy(ids, on)
    return [
        Member(
            person_id=row["id"],
            national_id=row["national_id"],
            name=row["name"],
            unit=row["unit"],
            rank=row["rank"],
            is_cover=reports[row["id"]].is_cover,
            needs_licence=row["needs"],
            decision=decided[row["id"]].decision,
            skills=skills_of(decided[row["id"]].decision, decided[row["id"]].policy),
        )
        for row in await fetch(_PEOPLE, ids, on)
    ]
