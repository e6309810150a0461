"""Which earlier learning was claimed, by whom, and what became of it?"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from asyncpg import Record

from foundation.clock import today
from foundation.database import fetch
from passport.policy.facts import policy_for
from passport.prior.rules import State

MOST = 100


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim: what was learned, where and when, and what an assessor made of it."""

    id: int
    person_id: int
    national_id: str
    name: str
    force_id: int
    requirement: str
    title: str
    learned_at: str
    learned_on: date
    learned: str
    claimed_at: datetime
    state: State
    decided_by: str | None
    decided_at: datetime | None
    decided_reason: str | None
    counts_from: date | None


_CLAIMS = """
SELECT claim.id, claim.person_id, person.national_id,
       coalesce(person.known_as, person.given_names) || ' ' || person.family_name AS name, force_id,
       requirement.code AS requirement, learned_at, learned_on, learned, claimed_at, decision,
       coalesce(decider.known_as, decider.given_names) || ' ' || decider.family_name AS decided_by, decided_at,
       decided_reason, counts_from
  FROM passport.prior_claim AS claim JOIN people.person ON person.id = claim.person_id
  JOIN passport.requirement ON requirement.id = requirement_id
  LEFT JOIN people.person AS decider ON decider.id = decided_by
"""


async def claims_by(person_id: int) -> Sequence[Claim]:
    """Return what somebody has claimed, the latest first."""
    rows = await fetch(f"{_CLAIMS} WHERE claim.person_id = $1 ORDER BY claim.id DESC LIMIT {MOST}", person_id)
    return [await _claim(row) for row in rows]


async def claims_in(force_ids: Collection[int]) -> Sequence[Claim]:
    """Return the claims that wait in some forces, the oldest first, and then those decided last; 100 at most."""
    rows = await fetch(
        f"""{_CLAIMS} WHERE force_id = ANY($1::smallint[]) AND decision IS DISTINCT FROM 'taken back'
             ORDER BY decision IS NOT NULL, CASE WHEN decision IS NULL THEN claim.id ELSE -claim.id END LIMIT {MOST}""",
        sorted(force_ids),
    )
    return [await _claim(row) for row in rows]


async def claim_with(claim_id: int) -> Claim | None:
    """Return one claim."""
    rows = await fetch(f"{_CLAIMS} WHERE claim.id = $1", claim_id)
    return await _claim(rows[0]) if rows else None


async def _claim(row: Record) -> Claim:
    policy = await policy_for(row["force_id"], today())
    titles = {asked.code: asked.title for asked in policy.requirements}
    told = dict(row.items())
    state = State(told.pop("decision") or State.WAITING)
    return Claim(**told, state=state, title=titles.get(row["requirement"], row["requirement"]))
