"""Is evidence corrected without being edited, so that what was known at any instant can still be told?"""

from datetime import date
from decimal import Decimal

import asyncpg
import pytest

from foundation.audit import Actor
from foundation.clock import now
from foundation.database import execute, fetch
from passport.learning.actions import record, supersede, verify, withdraw
from passport.learning.errors import (
    AlreadyEvidencedError,
    AlreadyVerifiedError,
    CompletedLaterError,
    EvidenceNotFoundError,
    OwnEntryError,
    OwnEvidenceError,
    ReasonMissingError,
    SupersededError,
    UnknownRequirementError,
)
from passport.learning.facts import evidence_of
from passport.learning.writing import Correction, NewEvidence
from tests import builders, owner

pytestmark = pytest.mark.anyio

ON = date(2026, 11, 22)
DONE = date(2026, 3, 4)


@pytest.fixture
async def ada(database: str) -> int:
    await builders.requirement("PPST")
    return await builders.person()


@pytest.fixture
async def trainer(database: str) -> Actor:
    return Actor(await builders.person("Tom", "Trainer"), "Tom Trainer")


def ppst(person_id: int, done: date = DONE, hours: str | None = "12") -> NewEvidence:
    return NewEvidence(person_id, "PPST", done, "training department", Decimal(hours) if hours else None)


async def test_a_correction_keeps_what_it_corrects(ada: int, trainer: Actor) -> None:
    first = await record(ppst(ada), actor=trainer, on=ON)
    second = await supersede(first, Correction(hours=Decimal(6)), reason="half a day", actor=trainer, on=ON)
    third = await supersede(
        second, Correction(completed_on=date(2026, 4, 3)), reason="months", actor=trainer, on=ON
    )
    (found,) = await evidence_of(ada)
    assert (found.id, found.hours, found.completed_on, found.is_verified) == (
        third,
        Decimal(6),
        date(2026, 4, 3),
        True,
    )
    assert [(one.id, one.superseded_reason) for one in found.corrects] == [
        (second, "months"),
        (first, "half a day"),
    ]


async def test_what_was_known_before_the_correction_can_still_be_told(ada: int, trainer: Actor) -> None:
    before = now()
    first = await record(ppst(ada), actor=trainer, on=ON)
    known = now()
    await supersede(
        first, Correction(completed_on=date(2025, 3, 4)), reason="wrong year", actor=trainer, on=ON
    )
    assert await evidence_of(ada, known=before) == ()
    (then,) = await evidence_of(ada, known=known)
    assert (then.id, then.completed_on) == (first, DONE)
    assert [one.completed_on for one in await evidence_of(ada)] == [date(2025, 3, 4)]
    assert await evidence_of(ada, date(2026, 1, 1), known) == ()
    assert len(await evidence_of(ada, date(2026, 1, 1))) == 1


async def test_nothing_is_unknown_for_an_instant_while_it_is_corrected(ada: int, trainer: Actor) -> None:
    first = await record(ppst(ada), actor=trainer, on=ON)
    await supersede(first, Correction(hours=Decimal(6)), reason="half a day", actor=trainer, on=ON)
    rows = await fetch("SELECT recorded_at, superseded_at FROM passport.evidence ORDER BY id")
    assert rows[0]["superseded_at"] == rows[1]["recorded_at"]


async def test_withdrawn_evidence_is_gone_but_not_forgotten(ada: int, trainer: Actor) -> None:
    known_as = await record(ppst(ada), actor=trainer, on=ON)
    known = now()
    await withdraw(known_as, reason="another Okafor", actor=trainer, on=ON)
    assert await evidence_of(ada) == ()
    assert [one.superseded_reason for one in await evidence_of(ada, known=known)] == ["another Okafor"]
    with pytest.raises(SupersededError):
        await withdraw(known_as, reason="again", actor=trainer, on=ON)


async def test_what_people_say_of_themselves_awaits_somebody_else(ada: int, trainer: Actor) -> None:
    own = await record(ppst(ada), actor=Actor(ada, "Ada Okafor"), on=ON)
    assert [one.is_verified for one in await evidence_of(ada)] == [False]
    for nobody in (Actor(ada, "Ada Okafor"), Actor.system("sweep")):
        with pytest.raises(OwnEvidenceError):
            await verify(own, actor=nobody, on=ON)
    checked = await verify(own, actor=trainer, on=ON)
    (found,) = await evidence_of(ada)
    assert (found.id, found.is_verified, found.recorded_by) == (checked, True, trainer.person_id)
    with pytest.raises(AlreadyVerifiedError):
        await verify(checked, actor=trainer, on=ON)


async def test_correcting_ones_own_evidence_needs_verifying_again(ada: int, trainer: Actor) -> None:
    first = await record(ppst(ada), actor=trainer, on=ON)
    await supersede(
        first, Correction(hours=Decimal(20)), reason="more", actor=Actor(ada, "Ada Okafor"), on=ON
    )
    assert [one.is_verified for one in await evidence_of(ada)] == [False]


async def test_what_cannot_be_is_refused(ada: int, trainer: Actor) -> None:
    first = await record(ppst(ada), actor=trainer, on=ON)
    with pytest.raises(AlreadyEvidencedError):
        await record(ppst(ada, hours=None), actor=trainer, on=ON)
    with pytest.raises(CompletedLaterError):
        await record(ppst(ada, date(2026, 11, 23)), actor=trainer, on=ON)
    with pytest.raises(CompletedLaterError):
        await supersede(
            first, Correction(completed_on=date(2027, 1, 1)), reason="later", actor=trainer, on=ON
        )
    with pytest.raises(UnknownRequirementError):
        await record(NewEvidence(ada, "CAKE", DONE, "kitchen"), actor=trainer, on=ON)
    with pytest.raises(EvidenceNotFoundError):
        await record(ppst(999_999), actor=trainer, on=ON)
    with pytest.raises(EvidenceNotFoundError):
        await withdraw(999_999, reason="never was", actor=trainer, on=ON)
    with pytest.raises(ReasonMissingError):
        await withdraw(first, reason=" ", actor=trainer, on=ON)


async def test_evidence_is_never_edited_nor_deleted(ada: int, trainer: Actor) -> None:
    await record(ppst(ada), actor=trainer, on=ON)
    for statement in ("UPDATE passport.evidence SET hours = 99", "DELETE FROM passport.evidence"):
        with pytest.raises(asyncpg.IntegrityConstraintViolationError):
            await owner.execute(statement)


async def test_every_act_is_audited_and_noted_for_the_licence(ada: int, trainer: Actor) -> None:
    first = await record(ppst(ada), actor=trainer, on=ON)
    second = await supersede(first, Correction(hours=Decimal(6)), reason="half", actor=trainer, on=ON)
    await withdraw(second, reason="never", actor=trainer, on=ON)
    events = [row["event"] for row in await fetch("SELECT event FROM foundation.audit_event ORDER BY id")]
    assert events == ["evidence.recorded", "evidence.corrected", "evidence.withdrawn"]
    noted = await fetch("SELECT DISTINCT person_id FROM people.change")
    assert [row["person_id"] for row in noted] == [ada]


async def test_the_database_lets_nobody_verify_themselves(ada: int) -> None:
    """The accident: a new way in that forgets to ask who is asking."""
    with pytest.raises(asyncpg.CheckViolationError, match="themselves"):
        await execute(
            """INSERT INTO passport.evidence (person_id, requirement_id, completed_on, is_verified, source, recorded_by)
               SELECT $1, id, $2, true, 'test', $1 FROM passport.requirement""",
            ada,
            DONE,
        )


async def test_the_database_lets_nobody_verify_what_they_entered(ada: int, trainer: Actor) -> None:
    """The accident: somebody corrects what waits, and then confirms their own words."""
    first = await record(ppst(ada), actor=Actor(ada, "Ada Okafor"), on=ON)
    second = await supersede(first, Correction(hours=Decimal(6)), reason="half", actor=trainer, on=ON)
    with pytest.raises(OwnEntryError):
        await verify(second, actor=trainer, on=ON)
    with pytest.raises(asyncpg.CheckViolationError, match="what they entered"):
        await execute(
            """INSERT INTO passport.evidence (person_id, requirement_id, completed_on, is_verified, source, recorded_by,
                                              supersedes)
               SELECT person_id, requirement_id, completed_on, true, source, recorded_by, id
                 FROM passport.evidence WHERE id = $1""",
            second,
        )
