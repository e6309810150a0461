"""How is a dispensation proposed, within the transaction of whoever asks?"""

from dataclasses import dataclass
from datetime import date

from asyncpg import Connection

from foundation.audit import Actor
from passport.waivers.errors import AlreadyProposedError, NoRequirementError
from passport.waivers.rules import Kind


@dataclass(frozen=True, slots=True)
class NewProposal:
    """What somebody is to be dispensed from, why, what has to be shown for it, and from when through when."""

    person_id: int
    force_id: int
    requirement: str
    kind: Kind
    reason: str
    since: date
    until: date | None = None
    evidence_needed: str | None = None
    class_id: int | None = None


async def proposed(writing: Connection, new: NewProposal, *, actor: Actor) -> int:
    """Enter a proposal, which waits for a second person, and return its number.

    :raises NoRequirementError: no version of policy names it. :raises AlreadyProposedError: the same waits already.
    """
    number: int | None = await writing.fetchval(
        """INSERT INTO passport.dispensation_proposal
                  (person_id, requirement_id, force_id, kind, reason, evidence_needed, valid_from, valid_until, class_id,
                   proposed_by)
           SELECT $1, id, $3, $4, $5, $6, $7, $8, $9, $10 FROM passport.requirement WHERE code = $2
               ON CONFLICT (person_id, requirement_id, kind) WHERE decision IS NULL DO NOTHING RETURNING id""",
        new.person_id, new.requirement, new.force_id, new.kind, new.reason, new.evidence_needed, new.since, new.until,
        new.class_id, actor.person_id,
    )  # fmt: skip
    if number is not None:
        return number
    known = await writing.fetchval(
        "SELECT EXISTS (SELECT FROM passport.requirement WHERE code = $1)", new.requirement
    )
    raise AlreadyProposedError if known else NoRequirementError
