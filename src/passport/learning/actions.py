"""How is evidence recorded, corrected, withdrawn and verified?"""

from datetime import date

from foundation.audit import Actor, Event, recorded
from passport.learning.errors import (
    AlreadyVerifiedError,
    CompletedLaterError,
    OwnEntryError,
    OwnEvidenceError,
)
from passport.learning.writing import Correction, NewEvidence, ended, entered, explained, in_place_of

PURPOSE = "keeping the passport"
VERIFIED = "verified"


async def record(found: NewEvidence, *, actor: Actor, on: date) -> int:
    """Record evidence and return its number. What people say of themselves awaits verification by somebody else.

    :raises CompletedLaterError: it lies after `on`, which is today.
    :raises UnknownRequirementError: no version of policy names the requirement.
    :raises AlreadyEvidencedError: the same is recorded already.
    """
    if found.completed_on > on:
        raise CompletedLaterError
    event = Event("evidence.recorded", PURPOSE, found.person_id, {"requirement": found.code})
    with explained():
        async with recorded(actor, event) as connection:
            return await entered(connection, found, verified=actor.person_id != found.person_id, actor=actor)


async def supersede(evidence_id: int, correction: Correction, *, reason: str, actor: Actor, on: date) -> int:
    """Correct evidence: the old record stays, superseded with the reason, and the new one says what it corrects.

    A correction to one's own evidence awaits verification again. Return the new record's number.

    :raises CompletedLaterError: the corrected day lies after `on`, which is today.
    :raises SupersededError: somebody corrected or withdrew it first.
    :raises AlreadyEvidencedError: what it would say is recorded already.
    """
    if correction.completed_on is not None and correction.completed_on > on:
        raise CompletedLaterError
    event = Event("evidence.corrected", PURPOSE, detail={"evidence": evidence_id})
    with explained():
        async with recorded(actor, event) as connection:
            old = await ended(connection, evidence_id, reason=reason, actor=actor)
            verified = old["is_verified"] and actor.person_id != old["person_id"]
            return await in_place_of(connection, old, correction, verified=verified, actor=actor)


async def withdraw(evidence_id: int, *, reason: str, actor: Actor) -> None:
    """Withdraw evidence that never was true; the record stays, superseded with the reason.

    :raises SupersededError: somebody corrected or withdrew it first.
    """
    event = Event("evidence.withdrawn", PURPOSE, detail={"evidence": evidence_id})
    async with recorded(actor, event) as connection:
        await ended(connection, evidence_id, reason=reason, actor=actor)


async def verify(evidence_id: int, *, actor: Actor) -> int:
    """Say that evidence has been checked, as somebody other than its subject; return the verified record's number.

    :raises OwnEvidenceError: the person asking is its subject, or nobody in particular.
    :raises OwnEntryError: what it says are their own words. :raises AlreadyVerifiedError: there is nothing to verify.
    """
    event = Event("evidence.verified", PURPOSE, detail={"evidence": evidence_id})
    with explained():
        async with recorded(actor, event) as connection:
            old = await ended(connection, evidence_id, reason=VERIFIED, actor=actor)
            if actor.person_id is None or actor.person_id == old["person_id"]:
                raise OwnEvidenceError
            if old["is_verified"]:
                raise AlreadyVerifiedError
            if actor.person_id == await connection.fetchval("SELECT passport.author_of($1)", evidence_id):
                raise OwnEntryError
            return await in_place_of(connection, old, Correction(), verified=True, actor=actor)
