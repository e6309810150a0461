"""How is evidence recorded, corrected, withdrawn and verified?"""

from collections.abc import Collection, Sequence
from datetime import date

from asyncpg import Connection

from foundation.audit import Actor, Event, recorded
from foundation.vault.receiving import KeptFile
from foundation.wording import as_date
from passport.learning.chains import person_of
from passport.learning.errors import (
    AlreadyVerifiedError,
    BeforeServiceError,
    CannotSayAgainError,
    CompletedLaterError,
    NotYourVerificationError,
    OwnEntryError,
    OwnEvidenceError,
)
from passport.learning.filing import filed, refuse_other_files
from passport.learning.rules import EARLIEST
from passport.learning.telling import tell_person, tell_supervisor
from passport.learning.writing import Correction, NewEvidence, ended, entered, explained, in_place_of

PURPOSE = "keeping the passport"
VERIFIED = "verified"
REOPENED = "verified by mistake"


async def record(
    found: NewEvidence,
    *,
    actor: Actor,
    on: date,
    files: Sequence[KeptFile] = (),
    instead_of: int | None = None,
) -> int:
    """Record evidence with its files and return its number; whoever has to know is told.

    What people say of themselves awaits verification by somebody else; what their supervisor, or learning and
    development, says of them is verified by its source. `instead_of` is the record of theirs, declined or withdrawn, that
    this one takes up again.

    :raises CompletedLaterError: it lies after `on`, which is today. :raises BeforeServiceError: they had not joined yet.
    :raises UnknownRequirementError: no version of policy names the requirement.
    :raises AlreadyEvidencedError: the same is recorded already. :raises CannotSayAgainError: nothing ended like that.
    """
    is_own = actor.person_id == found.person_id
    event = Event("evidence.recorded", PURPOSE, found.person_id, {"requirement": found.code})
    with explained():
        async with recorded(actor, event) as connection:
            await _check_day(connection, found.person_id, found.completed_on, on)
            if instead_of is None:
                number = await entered(connection, found, verified=not is_own, actor=actor)
            else:
                number = await _again(connection, found, instead_of)
            for file in files:
                await filed(connection, file, evidence_id=number, person_id=found.person_id, actor=actor)
            if is_own:
                await tell_supervisor(connection, found.person_id, on=on)
            elif actor.person_id is not None:
                await tell_person(connection, found.person_id, number, "recorded", on=on)
            return number


async def supersede(evidence_id: int, correction: Correction, *, reason: str, actor: Actor, on: date) -> int:
    """Correct evidence: the old record stays, superseded with the reason, and the new one says what it corrects.

    A correction to one's own evidence awaits verification again. Return the new record's number.

    :raises CompletedLaterError: the corrected day lies after `on`, which is today.
    :raises BeforeServiceError: the person had not joined yet.
    :raises SupersededError: somebody corrected or withdrew it first.
    :raises AlreadyEvidencedError: what it would say is recorded already.
    """
    event = await _event("evidence.corrected", evidence_id)
    with explained():
        async with recorded(actor, event) as connection:
            old = await ended(connection, evidence_id, reason=reason, actor=actor)
            if correction.completed_on is not None:
                await _check_day(connection, old["person_id"], correction.completed_on, on)
            is_own = actor.person_id == old["person_id"]
            number = await in_place_of(
                connection, old, correction, verified=old["is_verified"] and not is_own, actor=actor
            )
            if is_own:
                await tell_supervisor(connection, old["person_id"], on=on)
            else:
                await tell_person(connection, old["person_id"], number, "corrected", on=on)
            return number


async def withdraw(evidence_id: int, *, reason: str, actor: Actor, on: date) -> None:
    """Withdraw evidence that never was true; the record stays, superseded with the reason.

    What somebody else withdraws that waits to be verified, they decline: its person is told so.

    :raises SupersededError: somebody corrected or withdrew it first.
    """
    event = await _event("evidence.withdrawn", evidence_id)
    async with recorded(actor, event) as connection:
        old = await ended(connection, evidence_id, reason=reason, actor=actor)
        if actor.person_id != old["person_id"]:
            what = "withdrawn" if old["is_verified"] else "declined"
            await tell_person(connection, old["person_id"], evidence_id, what, on=on)


async def verify(evidence_id: int, *, actor: Actor, on: date, files: Collection[int] = ()) -> int:
    """Say that evidence has been checked, as somebody other than its subject; return the verified record's number.

    `files` numbers those beside it that they have read.

    :raises OwnEvidenceError: the person asking is its subject, or nobody in particular.
    :raises OwnEntryError: what it says are their own words. :raises AlreadyVerifiedError: there is nothing to verify.
    :raises OtherFilesError: the files beside it are others.
    """
    event = await _event("evidence.verified", evidence_id)
    with explained():
        async with recorded(actor, event) as connection:
            old = await ended(connection, evidence_id, reason=VERIFIED, actor=actor)
            if actor.person_id is None or actor.person_id == old["person_id"]:
                raise OwnEvidenceError
            if old["is_verified"]:
                raise AlreadyVerifiedError
            if actor.person_id == await connection.fetchval("SELECT passport.author_of($1)", evidence_id):
                raise OwnEntryError
            await refuse_other_files(connection, evidence_id, files)
            number = await in_place_of(connection, old, Correction(), verified=True, actor=actor)
            await tell_person(connection, old["person_id"], number, "verified", on=on)
            return number


async def take_back(evidence_id: int, *, actor: Actor, on: date) -> int:
    """Take back one's own verification, while it is the last word; return the number of what waits again.

    :raises NotYourVerificationError: the last word is somebody else's, or no verification.
    :raises SupersededError: somebody corrected or withdrew it first.
    """
    event = await _event("evidence.reopened", evidence_id)
    async with recorded(actor, event) as connection:
        old = await ended(connection, evidence_id, reason=REOPENED, actor=actor)
        was_waiting = await connection.fetchval(
            "SELECT NOT is_verified FROM passport.evidence WHERE id = $1", old["supersedes"]
        )
        is_theirs = old["is_verified"] and old["recorded_by"] == actor.person_id and old["intake_id"] is None
        if not (is_theirs and was_waiting):
            raise NotYourVerificationError
        number = await in_place_of(connection, old, Correction(), verified=False, actor=actor)
        await tell_person(connection, old["person_id"], number, "reopened", on=on)
        return number


async def _event(name: str, evidence_id: int) -> Event:
    return Event(name, PURPOSE, await person_of(evidence_id), {"evidence": evidence_id})


async def _again(connection: Connection, found: NewEvidence, instead_of: int) -> int:
    """Enter what takes up, in its person's own words, what ended unverified and has not been taken up yet."""
    number = await connection.fetchval(
        """INSERT INTO passport.evidence (person_id, requirement_id, completed_on, is_verified, hours, source, reference,
                                          recorded_by, supersedes)
           SELECT $1, requirement.id, $3, false, $4, $5, $6, $1, old.id
             FROM passport.requirement CROSS JOIN passport.evidence AS old
            WHERE code = $2 AND old.id = $7 AND old.person_id = $1 AND old.recorded_by = $1
              AND old.superseded_at IS NOT NULL
              AND NOT EXISTS (SELECT FROM passport.evidence AS later WHERE later.supersedes = old.id) RETURNING id""",
        found.person_id, found.code, found.completed_on, found.hours, found.source, found.reference, instead_of,
    )  # fmt: skip
    if number is None:
        raise CannotSayAgainError
    return int(number)


async def _check_day(connection: Connection, person_id: int, completed_on: date, on: date) -> None:
    """Refuse a day that has not come, and one before the person joined."""
    if completed_on > on:
        raise CompletedLaterError
    joined_on = await connection.fetchval("SELECT joined_on FROM people.person WHERE id = $1", person_id)
    if completed_on < (joined_on or EARLIEST):
        since = as_date(joined_on or EARLIEST)
        raise BeforeServiceError(
            f"It must be on or after {since}: what lies before joining is not recorded here."
        )
