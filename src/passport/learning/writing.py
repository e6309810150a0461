"""How is evidence entered, ended or put in another's place, within the transaction of whoever asks?"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import asyncpg
from asyncpg import Connection, Record

from foundation.audit import Actor
from passport.learning.errors import (
    AlreadyEvidencedError,
    EvidenceNotFoundError,
    ReasonMissingError,
    SupersededError,
    UnknownRequirementError,
)


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


async def entered(connection: Connection, found: NewEvidence, *, verified: bool, actor: Actor) -> int:
    """Enter evidence and return its number.

    :raises UnknownRequirementError: no version of policy names the requirement.
    """
    number = await connection.fetchval(
        """INSERT INTO passport.evidence (person_id, requirement_id, completed_on, is_verified, hours, source,
                                          reference, recorded_by)
           SELECT $1, id, $3, $4, $5, $6, $7, $8 FROM passport.requirement WHERE code = $2 RETURNING id""",
        found.person_id, found.code, found.completed_on, verified, found.hours, found.source, found.reference,
        actor.person_id,
    )  # fmt: skip
    if number is None:
        raise UnknownRequirementError
    return int(number)


async def ended(connection: Connection, evidence_id: int, *, reason: str, actor: Actor) -> Record:
    """End evidence and return it as it stood; it stays, superseded with the reason.

    :raises ReasonMissingError: nothing says why. :raises SupersededError: somebody corrected or withdrew it first.
    :raises EvidenceNotFoundError: there is none.
    """
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


async def in_place_of(
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
def explained() -> Iterator[None]:
    """Say in the words of the passport what the database refuses."""
    try:
        yield
    except asyncpg.UniqueViolationError as refusal:
        raise AlreadyEvidencedError from refusal
    except asyncpg.ForeignKeyViolationError as refusal:
        raise EvidenceNotFoundError("There is no such person.") from refusal
