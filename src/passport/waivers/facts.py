"""Which dispensations were proposed in a force, by whom, and what became of each?"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from asyncpg import Record

from foundation.clock import today
from foundation.database import fetch
from passport.policy.facts import policy_for
from passport.waivers.rules import Decision, Kind, State, Term

PAGE = 50


@dataclass(frozen=True, slots=True)
class Proposal:
    """One proposal, with everybody who had a hand in it; its days are those that hold, once it was agreed to."""

    id: int
    person_id: int
    national_id: str
    name: str
    force_id: int
    requirement: str
    title: str
    kind: Kind
    reason: str
    evidence_needed: str | None
    since: date
    until: date | None
    class_id: int | None
    proposer_id: int
    proposed_by: str
    proposed_at: datetime
    decision: Decision | None
    decided_by: str | None
    decided_at: datetime | None
    decided_reason: str | None
    dispensation_id: int | None
    is_void: bool

    @property
    def state(self) -> State:
        """Return how it stands today."""
        return Term(self.decision, self.since, self.until, self.is_void).state(today())


_PROPOSALS = """
SELECT proposal.id, proposal.person_id, person.national_id,
       coalesce(person.known_as, person.given_names) || ' ' || person.family_name AS name, force_id,
       requirement.code AS requirement, proposal.kind, proposal.reason, evidence_needed,
       coalesce(held.valid_from, proposal.valid_from) AS since,
       CASE WHEN held.id IS NULL THEN proposal.valid_until ELSE held.valid_until END AS until, class_id,
       proposed_by AS proposer_id, coalesce(proposer.known_as, proposer.given_names) || ' ' || proposer.family_name AS proposed_by,
       proposed_at, decision, coalesce(decider.known_as, decider.given_names) || ' ' || decider.family_name AS decided_by,
       decided_at, decided_reason, dispensation_id,
       held.superseded_at IS NOT NULL AS is_void
  FROM passport.dispensation_proposal AS proposal JOIN people.person ON person.id = proposal.person_id
  JOIN passport.requirement ON requirement.id = proposal.requirement_id
  JOIN people.person AS proposer ON proposer.id = proposed_by
  LEFT JOIN people.person AS decider ON decider.id = decided_by
  LEFT JOIN passport.dispensation AS held ON held.id = dispensation_id
"""


async def proposals_of(force_ids: Collection[int], *, before: int | None = None) -> Sequence[Proposal]:
    """Return the proposals of some forces, the latest first, fifty a page."""
    rows = await fetch(
        f"""{_PROPOSALS} WHERE force_id = ANY($1::smallint[]) AND ($2::integer IS NULL OR proposal.id < $2)
             ORDER BY proposal.id DESC LIMIT {PAGE}""",
        sorted(force_ids),
        before,
    )
    return [await _proposal(row) for row in rows]


async def proposal_of(force_ids: Collection[int], proposal_id: int) -> Proposal | None:
    """Return one proposal, if it is of one of some forces."""
    rows = await fetch(
        f"{_PROPOSALS} WHERE force_id = ANY($1::smallint[]) AND proposal.id = $2",
        sorted(force_ids),
        proposal_id,
    )
    return await _proposal(rows[0]) if rows else None


async def _proposal(row: Record) -> Proposal:
    policy = await policy_for(row["force_id"], today())
    titles = {asked.code: asked.title for asked in policy.requirements}
    decision = Decision(row["decision"]) if row["decision"] else None
    told = {**dict(row.items()), "kind": Kind(row["kind"]), "decision": decision}
    return Proposal(**told, title=titles.get(row["requirement"], row["requirement"]))
