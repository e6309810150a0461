"""When was whom last offered a check, and whose is due? All that ever leaves the wing of care."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from access.identity import Identity
from access.permissions import Permission
from access.scope import scope
from foundation.database import fetch, fetch_one
from wellbeing.support.rules import CheckIn, Terms

AHEAD = 14
MOST = 50


@dataclass(frozen=True, slots=True)
class Due:
    """Somebody whose routine check is due, or was never offered."""

    person_id: int
    national_id: str
    name: str
    unit: str | None
    offered_on: date | None
    due_on: date | None


_DUE = """
SELECT * FROM (
    SELECT subject.person_id, person.national_id, subject.name, unit.name AS unit, last.offered_on,
           (last.offered_on + make_interval(months => $10::integer))::date AS due_on
      FROM people.directory AS subject JOIN people.person ON person.id = subject.person_id
      LEFT JOIN people.unit ON unit.id = subject.unit_id
      LEFT JOIN LATERAL (SELECT max(offered_on) AS offered_on FROM people.check_offered AS offer
                          WHERE offer.person_id = subject.person_id AND offered_on <= $8) AS last ON true
     WHERE subject.force_id = ANY($3::smallint[]) AND {condition}) AS checked
 WHERE $10::integer IS NOT NULL AND coalesce(due_on <= $8 + $9::integer, true)
 ORDER BY due_on NULLS FIRST, person_id LIMIT $11
"""


async def due_checks(identity: Identity, terms: Terms, *, on: date) -> Sequence[Due]:
    """Return whose routine check is due soonest, within reach of whoever asks: those never offered one come first."""
    reach = scope(identity, Permission.CARE_READ)
    rows = await fetch(
        _DUE.format(condition=reach.CONDITION), *reach.values, on, AHEAD, terms.check_months, MOST
    )
    return [Due(*row) for row in rows]


async def check_in(person_id: int, terms: Terms, *, on: date) -> CheckIn:
    """Return when somebody was last offered a check, and when the next is due: the same for everybody alike."""
    row = await fetch_one(
        """SELECT max(offered_on) AS offered_on, (max(offered_on) + make_interval(months => $3::integer))::date AS due_on
             FROM people.check_offered WHERE person_id = $1 AND offered_on <= $2""",
        person_id,
        on,
        terms.check_months,
    )
    return CheckIn(None, None) if row is None else CheckIn(row["offered_on"], row["due_on"])
