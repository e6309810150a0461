"""Who is in a supervisor's team on a day, and how does each stand?"""

from collections.abc import Sequence
from datetime import date

from foundation.database import fetch
from licence.standing.deciding import decide_people
from licence.team.rules import Member, dues
from passport.policy.facts import policies_on, policy_for
from people.supervision.facts import reports_on

_PEOPLE = """
SELECT person.id, person.national_id, coalesce(person.known_as, person.given_names) || ' ' || person.family_name AS name,
       post.force_id, unit.name AS unit, coalesce(post.rank, post.job_title, post.kind) AS rank, post.rank IS NOT NULL AS needs
  FROM people.person
  LEFT JOIN people.post ON post.person_id = person.id AND post.superseded_at IS NULL
       AND post.valid_from <= $2 AND coalesce(post.valid_until >= $2, true)
  LEFT JOIN people.unit ON unit.id = post.unit_id
 WHERE person.id = ANY($1)
"""


async def team_of(supervisor_id: int, on: date) -> Sequence[Member]:
    """Return a supervisor's reports on a day, by cover too, each with the decision on their licence."""
    reports = {report.person_id: report for report in await reports_on(supervisor_id, on)}
    ids = sorted(reports)
    decisions = await decide_people(ids, on)
    policies, national = await policies_on(on), await policy_for(None, on)
    return [
        Member(
            national_id=row["national_id"],
            name=row["name"],
            unit=row["unit"],
            rank=row["rank"],
            is_cover=reports[row["id"]].is_cover,
            needs_licence=row["needs"],
            decision=decisions[row["id"]],
            due=dues(decisions[row["id"]], policies.get(row["force_id"], national)),
        )
        for row in await fetch(_PEOPLE, ids, on)
    ]
