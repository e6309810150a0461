"""How is evidence entered, ended or put in another's place, within the transaction of whoever asks?"""

from collections.abc import Collection, Iterator
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
    provider_id: int | None = None


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
                                          reference, recorded_by, provider_id)
           SELECT $1, id, $3, $4, $5, $6, $7, $8, $9 FROM passport.requirement WHERE code = $2 RETURNING id""",
        found.person_id, found.code, found.completed_on, verified, found.hours, found.source, found.reference,
        actor.person_id, found.provider_id,
    )  # fmt: skip
    if number is None:
        raise UnknownRequirementError
    return int(number)


async def locked(connection: Connection, person_ids: Collection[int]) -> None:
    """Let nobody else enter evidence of these people in the same way until the transaction ends."""
    await connection.execute(
        "SELECT FROM people.person WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE", sorted(person_ids)
    )


async def vouched_for(
    connection: Connection, found: NewEvidence, *, reason: str, actor: Actor
) -> tuple[int, bool]:
    """Have verified evidence of what somebody other than its subject vouches for; return its number, and whether it is new.

    What is recorded and verified already stays as it is. In the place of what awaits verification comes, with the reason,
    what is vouched for and no more: the hours that somebody wrote down themselves are vouched for by nobody.
    A source of any kind says so: one completion that arrives by two ways is one record.
    """
    there = await connection.fetchrow(
        """SELECT evidence.id, is_verified FROM passport.evidence JOIN passport.requirement ON requirement.id = requirement_id
            WHERE person_id = $1 AND code = $2 AND completed_on = $3 AND superseded_at IS NULL
            ORDER BY is_verified DESC LIMIT 1""",
        found.person_id, found.code, found.completed_on,
    )  # fmt: skip
    if there is None:
        return await entered(connection, found, verified=True, actor=actor), True
    if there["is_verified"]:
        return int(there["id"]), False
    old = await ended(connection, there["id"], reason=reason, actor=actor)
    return await _vouched_in_place_of(connection, old, found, actor=actor), True


async def _vouched_in_place_of(
    connection: Connection, old: Record, found: NewEvidence, *, actor: Actor
) -> int:
    number = await connection.fetchval(
        """INSERT INTO passport.evidence (person_id, requirement_id, completed_on, is_verified, hours, source, reference,
                                          recorded_by, recorded_at, supersedes, provider_id)
           VALUES ($1, $2, $3, true, $4, $5, $6, $7, $8, $9, $10) RETURNING id""",
        found.person_id, old["requirement_id"], found.completed_on, found.hours, found.source, found.reference,
        actor.person_id, old["superseded_at"], old["id"], found.provider_id,
    )  # fmt: skip
    return int(number)


async def withdrawn(connection: Connection, evidence_id: int, *, reason: str, actor: Actor) -> bool:
    """Withdraw evidence, or whatever has taken its place since; False where it was withdrawn before."""
    current = await connection.fetchval(
        """WITH RECURSIVE chain AS (
               SELECT id, superseded_at FROM passport.evidence WHERE id = $1
               UNION ALL
               SELECT later.id, later.superseded_at FROM passport.evidence AS later JOIN chain ON later.supersedes = chain.id
           ) SELECT id FROM chain WHERE superseded_at IS NULL""",
        evidence_id,
    )
    if current is None:
        return False
    await ended(connection, current, reason=reason, actor=actor)
    return True


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
                                          recorded_by, recorded_at, supersedes, provider_id)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id""",
        old["person_id"], old["requirement_id"], correction.completed_on or old["completed_on"], verified,
        old["hours"] if correction.hours is None else correction.hours, old["source"],
        old["reference"] if correction.reference is None else correction.reference,
        actor.person_id, old["superseded_at"], old["id"], old["provider_id"],
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
