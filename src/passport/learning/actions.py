"""How is evidence recorded, corrected, withdrawn and verified?"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import asyncpg
from asyncpg import Connection, Record

from foundation.audit import Actor, Event, recorded
from passport.learning.errors import (
    AlreadyEvidencedError,
    AlreadyVerifiedError,
    CompletedLaterError,
    EvidenceNotFoundError,
    OwnEvidenceError,
    ReasonMissingError,
    SupersededError,
    UnknownRequirementError,
)

PURPOSE = "keeping the passport"
VERIFIED = "verified"


@dataclass(frozen=True, slots=True)
class NewEvidence:
    """What was completed, when, and who says so. Hours are those of learning."""

    person_id: int
    code: str
    completed_on: date
    source: str
    hours: Decimal | None = None
    reference: str | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """What evidence should have said. What is None stays as it was."""

    completed_on: date | None = None
    hours: Decimal | None = None
    reference: str | None = None


async def record(found: NewEvidence, *, actor: Actor, on: date) -> int:
    """Record evidence and return its number. What people say of themselves awaits verification by somebody else.

    :raises CompletedLaterError: it lies after `on`, which is today.
    :raises UnknownRequirementError: no version of policy names the requirement.
    :raises AlreadyEvidencedError: the same is recorded already.
    """
    if found.completed_on > on:
        raise CompletedLaterError
    event = Event("evidence.recorded", PURPOSE, found.person_id, {"requirement": found.code})
    with _explained():
        async with recorded(actor, event) as connection:
            number = await connection.fetchval(
                """INSERT INTO passport.evidence (person_id, requirement_id, completed_on, is_verified, hours, source,
                                                  reference, recorded_by)
                   SELECT $1, id, $3, $4, $5, $6, $7, $8 FROM passport.requirement WHERE code = $2 RETURNING id""",
                found.person_id, found.code, found.completed_on, actor.person_id != found.person_id, found.hours,
                found.source, found.reference, actor.person_id,
            )  # fmt: skip
            if number is None:
                raise UnknownRequirementError
            return int(number)


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
    with _explained():
        async with recorded(actor, event) as connection:
            old = await _ended(connection, evidence_id, reason=reason, actor=actor)
            verified = old["is_verified"] and actor.person_id != old["person_id"]
            return await _in_place_of(connection, old, correction, verified=verified, actor=actor)


async def withdraw(evidence_id: int, *, reason: str, actor: Actor) -> None:
    """Withdraw evidence that never was true; the record stays, superseded with the reason.

    :raises SupersededError: somebody corrected or withdrew it first.
    """
    event = Event("evidence.withdrawn", PURPOSE, detail={"evidence": evidence_id})
    async with recorded(actor, event) as connection:
        await _ended(connection, evidence_id, reason=reason, actor=actor)


async def verify(evidence_id: int, *, actor: Actor) -> int:
    """Say that evidence has been checked, as somebody other than its subject; return the verified record's number.

    :raises OwnEvidenceError: the person asking is its subject, or nobody in particular.
    :raises AlreadyVerifiedError: there is nothing to verify.
    """
    event = Event("evidence.verified", PURPOSE, detail={"evidence": evidence_id})
    with _explained():
        async with recorded(actor, event) as connection:
            old = await _ended(connection, evidence_id, reason=VERIFIED, actor=actor)
            if actor.person_id is None or actor.person_id == old["person_id"]:
                raise OwnEvidenceError
            if old["is_verified"]:
                raise AlreadyVerifiedError
            return await _in_place_of(connection, old, Correction(), verified=True, actor=actor)


async def _ended(connection: Connection, evidence_id: int, *, reason: str, actor: Actor) -> Record:
    if not reason.strip():
        raise ReasonMissingError
    row = await connection.fetchrow(
        """UPDATE passport.evidence SET superseded_at = clock_timestamp(), superseded_by = $2, superseded_reason = $3
            WHERE id = $1 AND superseded_at IS NULL RETURNING *""",
        evidence_id, actor.person_id, reason.strip(),
    )  # fmt: skip
    if row is not None:
        return row
    exists = await connection.fetchval(
        "SELECT EXISTS (SELECT FROM passport.evidence WHERE id = $1)", evidence_id
    )
    raise SupersededError if exists else EvidenceNotFoundError


async def _in_place_of(
    connection: Connection, old: Record, correction: Correction, *, verified: bool, actor: Actor
) -> int:
    """Record what takes a record's place, at the very instant at which it was superseded."""
    number = await connection.fetchval(
        """INSERT INTO passport.evidence (person_id, requirement_id, completed_on, is_verified, hours, source, reference,
                                          recorded_by, recorded_at, supersedes)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id""",
        old["person_id"], old["requirement_id"], correction.completed_on or old["completed_on"], verified,
        old["hours"] if correction.hours is None else correction.hours, old["source"],
        old["reference"] if correction.reference is None else correction.reference,
        actor.person_id, old["superseded_at"], old["id"],
    )  # fmt: skip
    return int(number)


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except asyncpg.UniqueViolationError as refusal:
        raise AlreadyEvidencedError from refusal
    except asyncpg.ForeignKeyViolationError as refusal:
        raise EvidenceNotFoundError("There is no such person.") from refusal
