"""What is proposed for a force, what became of it, and what may it set for itself at all?"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from foundation.database import fetch, fetch_one
from passport.own_settings.errors import NoSuchProposalError
from passport.policy.facts import ForceSetting, book, force_settings
from passport.policy.rules import Overridable, Requirement
from people.forces.facts import NamedForce, forces_on

PAGE = 50


@dataclass(frozen=True, slots=True)
class Proposal:
    """What somebody proposes that their force sets for itself, or ends on a day (`valid_until`), and what became of it."""

    id: int
    kind: str
    force_id: int
    force_code: str
    force: str
    requirement: str
    override_id: int | None
    setting: Overridable
    value: str
    reason: str
    valid_from: date
    valid_until: date | None
    state: str
    proposer_id: int
    proposed_by: str
    proposed_at: datetime
    answered_by: str | None
    answered_at: datetime | None
    answer: str | None


@dataclass(frozen=True, slots=True)
class MaySet:
    """One thing that policy lets forces set for themselves, and what it is nationally."""

    requirement: str
    title: str
    setting: Overridable
    national: str


_PROPOSALS = """
SELECT proposal.id, kind, proposal.force_id, force.code AS force_code, named.name AS force, requirement.code AS requirement,
       override_id, setting, value, reason, proposal.valid_from, proposal.valid_until, state, proposed_by AS proposer_id,
       proposed_name AS proposed_by, proposed_at, answered_name AS answered_by, answered_at, answer
  FROM passport.setting_proposal AS proposal
  JOIN passport.requirement ON requirement.id = requirement_id JOIN people.force ON force.id = proposal.force_id
 CROSS JOIN LATERAL (SELECT name FROM people.force_name WHERE force_id = force.id ORDER BY valid_from DESC LIMIT 1) AS named
 WHERE proposal.force_id = ANY($1::smallint[])
"""


async def proposals_of(force_ids: Collection[int], *, before: int | None = None) -> Sequence[Proposal]:
    """Return what was proposed for some forces, newest first."""
    rows = await fetch(
        f"{_PROPOSALS} AND ($2::int IS NULL OR proposal.id < $2) ORDER BY proposal.id DESC LIMIT {PAGE}",
        sorted(force_ids),
        before,
    )
    return [Proposal(**{**row, "setting": Overridable(row["setting"])}) for row in rows]


async def proposal_of(force_ids: Collection[int], number: int) -> Proposal:
    """Return one proposal.

    :raises NoSuchProposalError: there is none of this number for these forces.
    """
    row = await fetch_one(f"{_PROPOSALS} AND proposal.id = $2", sorted(force_ids), number)
    if row is None:
        raise NoSuchProposalError
    return Proposal(**{**row, "setting": Overridable(row["setting"])})


async def settings_of(force_ids: Collection[int], *, on: date) -> Sequence[ForceSetting]:
    """Return what forces have set for themselves that holds on a day, or will."""
    codes = {force.code for force in await forces(force_ids, on=on)}
    return [
        one
        for one in await force_settings()
        if one.force_code in codes and (one.valid_until is None or one.valid_until >= on)
    ]


async def forces(force_ids: Collection[int], *, on: date) -> Sequence[NamedForce]:
    """Return the forces by name."""
    return [force for force in await forces_on(on) if force.id in force_ids]


async def may_set(on: date) -> Sequence[MaySet]:
    """Return everything that the version in force on a day lets forces set for themselves."""
    draft = (await book()).draft(on)
    return [
        MaySet(one.code, one.stated.title, setting, _national(one.stated, setting))
        for one in draft.requirements
        for setting in Overridable
        if setting in one.stated.overridable
    ]


def _national(asked: Requirement, setting: Overridable) -> str:
    match setting:
        case Overridable.VALIDITY_MONTHS:
            return f"{asked.validity.months} months"
        case Overridable.GRACE_DAYS:
            return f"{asked.grace_days} days"
        case Overridable.INITIAL_DAYS:
            return f"{asked.initial_days} days"
        case Overridable.LEVEL:
            return f"level {asked.level}"
