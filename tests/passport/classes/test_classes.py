"""Does one signature record what everybody on a class met, once, whole, and never for oneself?"""

import asyncio
from datetime import timedelta
from decimal import Decimal

import asyncpg
import pytest

from access.permissions import Permission
from access.readings.looks import Look, Opened
from foundation.clock import today
from foundation.database import fetch
from foundation.problems import NotFoundError, Problem
from passport.classes.actions import NewClass, ToTeach, add_people, correct, make_class, sign, take_off
from passport.classes.asking import sheet_for
from passport.classes.errors import (
    ClassSignedError,
    ClassToComeError,
    FullError,
    NobodyOnItError,
    NoSuchProviderError,
    NothingChangedError,
    NothingTaughtError,
    NotSignedError,
    OwnMarkError,
    ReasonNeededError,
    UnmarkedError,
)
from passport.classes.facts import Sheet
from passport.classes.rules import Outcome, State
from passport.learning.actions import record
from passport.learning.writing import NewEvidence
from people.persons.meant import people_meant
from tests import owner
from tests.builders import evidence, force_id, listed, officer
from tests.passport.classes.training import School, acting, held_by, known, people, school
from tests.passport.learning.learners import told

pytestmark = pytest.mark.anyio
ON = today()
PASSED, FAILED, ABSENT = Outcome
TAUGHT = (ToTeach("PPST", Decimal(12)), ToTeach("FIRST-AID", None))


@pytest.fixture
async def there(database: str) -> School:
    return await school()


async def a_class(there: School, *on_it: int, held_on: timedelta = timedelta()) -> int:
    new = NewClass(await force_id(), TAUGHT, ON + held_on, "Room 4")
    number = await make_class(new, actor=acting(there.tess))
    if on_it:
        await add_people((await sheet(there.tess, number)).about, on_it, actor=acting(there.tess))
    return number


async def sheet(reader: int, number: int) -> Sheet:
    return await sheet_for(await known(reader), Permission.CLASS_WRITE, number, Look(Opened.CLASS), on=ON)


async def signed(there: School, number: int, marks: dict[int, Outcome], *, by: int | None = None) -> int:
    by = by or there.tess
    return await sign(await sheet(by, number), marks, actor=acting(by), on=ON)


async def test_whoever_passed_has_it_in_their_passport_and_nobody_else_has(there: School) -> None:
    number = await a_class(there, there.ada, there.bo, there.tim)
    assert await signed(there, number, {there.ada: PASSED, there.bo: FAILED, there.tim: ABSENT}) == 1
    assert await held_by(there.ada) == [("FIRST-AID", ON, True), ("PPST", ON, True)]
    assert await held_by(there.bo) == await held_by(there.tim) == []
    (row, *_) = await fetch("SELECT * FROM passport.evidence WHERE hours IS NOT NULL")
    assert (row["hours"], row["source"], row["reference"], row["recorded_by"]) == (
        Decimal(12), "class sheet", f"class {number}", there.tess,
    )  # fmt: skip
    found = await sheet(there.tess, number)
    assert (found.about.state, found.about.passed, found.about.signed_by) == (State.SIGNED, 1, "Tess Trainer")


async def test_a_sheet_vouches_for_what_it_says_and_not_for_what_a_learner_wrote_before(
    there: School,
) -> None:
    await record(
        NewEvidence(there.ada, "FIRST-AID", ON, "A friend of mine", Decimal(999), "certificate 1"),
        actor=acting(there.ada),
        on=ON,
    )
    number = await a_class(there, there.ada)
    await signed(there, number, {there.ada: PASSED})
    (row,) = await fetch(
        """SELECT hours, source, evidence.reference, is_verified FROM passport.evidence JOIN passport.requirement
               ON requirement.id = requirement_id WHERE code = 'FIRST-AID' AND superseded_at IS NULL"""
    )
    assert tuple(row) == (None, "class sheet", f"class {number}", True)


async def test_a_sheet_of_thirty_is_one_transaction_with_a_line_of_audit_each(there: School) -> None:
    learners = await people(30)
    number = await a_class(there, *learners)
    assert await signed(there, number, dict.fromkeys(learners, PASSED)) == 30
    lines = await fetch("SELECT subject_id FROM foundation.audit_event WHERE event = 'evidence.recorded'")
    assert sorted(row["subject_id"] for row in lines) == learners
    (one,) = await fetch("SELECT count(DISTINCT xmin::text) AS many FROM passport.evidence")
    assert one["many"] == 1
    assert len(await fetch("SELECT FROM foundation.audit_event WHERE event = 'class signed'")) == 1


async def test_signed_twice_or_by_ten_at_once_it_is_recorded_once(there: School) -> None:
    number = await a_class(there, there.ada, there.bo)
    marks = {there.ada: PASSED, there.bo: PASSED}
    read = await sheet(there.tess, number)
    answers = await asyncio.gather(
        *(sign(read, marks, actor=acting(there.tess), on=ON) for _ in range(10)), return_exceptions=True
    )
    assert answers == [2] * 10
    assert len(await fetch("SELECT FROM passport.evidence")) == 4
    with pytest.raises(ClassSignedError):
        await signed(there, number, {there.ada: PASSED, there.bo: FAILED})


async def test_nobody_signs_for_themselves_and_another_trainer_does(there: School) -> None:
    number = await a_class(there, there.ada)
    with pytest.raises(OwnMarkError):
        await add_people((await sheet(there.tess, number)).about, [there.tess], actor=acting(there.tess))
    await add_people((await sheet(there.tim, number)).about, [there.tess], actor=acting(there.tim))
    await signed(there, number, {there.ada: PASSED, there.tess: PASSED})
    assert await held_by(there.tess) == []
    with pytest.raises(OwnMarkError):
        await correct(
            await sheet(there.tess, number), {there.tess: PASSED}, reason="me too", actor=acting(there.tess)
        )
    await correct(
        await sheet(there.tim, number), {there.tess: PASSED}, reason="was there", actor=acting(there.tim)
    )
    assert len(await held_by(there.tess)) == 2
    with pytest.raises(asyncpg.CheckViolationError):
        await owner.execute(
            "UPDATE passport.class_place SET marked_by = person_id WHERE person_id = $1", there.tess
        )


async def test_a_late_edit_supersedes_with_a_reason_and_keeps_what_was_said(there: School) -> None:
    number = await a_class(there, there.ada, there.bo)
    await signed(there, number, {there.ada: PASSED, there.bo: ABSENT})
    read = await sheet(there.tim, number)
    changed = await correct(
        read, {there.ada: FAILED, there.bo: PASSED}, reason="names mixed up", actor=acting(there.tim)
    )
    assert changed == 2
    assert await held_by(there.ada) == []
    assert len(await held_by(there.bo)) == 2
    gone = await fetch("SELECT * FROM passport.evidence WHERE superseded_at IS NOT NULL")
    assert {(row["person_id"], row["superseded_reason"], row["superseded_by"]) for row in gone} == {
        (there.ada, "names mixed up", there.tim)
    }
    await correct(
        await sheet(there.tim, number), {there.ada: PASSED}, reason="no, Ada too", actor=acting(there.tim)
    )
    assert len(await held_by(there.ada)) == 2


async def test_somebody_who_came_late_is_added_after_signing(there: School) -> None:
    number = await a_class(there, there.ada)
    await signed(there, number, {there.ada: PASSED})
    await add_people((await sheet(there.tess, number)).about, [there.bo], actor=acting(there.tess))
    await correct(
        await sheet(there.tess, number), {there.bo: PASSED}, reason="forgotten", actor=acting(there.tess)
    )
    assert len(await held_by(there.bo)) == 2


async def test_what_came_by_another_way_is_one_record_and_what_awaited_is_verified(there: School) -> None:
    await evidence(there.ada, "PPST", ON, hours=12)
    awaiting = await evidence(there.bo, "PPST", ON, verified=False, hours=6)
    number = await a_class(there, there.ada, there.bo)
    await signed(there, number, {there.ada: PASSED, there.bo: PASSED})
    assert (
        await held_by(there.ada) == await held_by(there.bo) == [("FIRST-AID", ON, True), ("PPST", ON, True)]
    )
    (verified,) = await fetch("SELECT * FROM passport.evidence WHERE supersedes = $1", awaiting)
    assert verified["hours"] == Decimal(12)
    await correct(
        await sheet(there.tess, number), {there.ada: FAILED}, reason="left early", actor=acting(there.tess)
    )
    assert await held_by(there.ada) == [("PPST", ON, True)], "what the import recorded is the import's"


@pytest.mark.parametrize(
    ("marks", "held_on", "error"),
    [
        ({"ada": PASSED}, timedelta(), UnmarkedError),
        ({"ada": PASSED, "bo": PASSED}, timedelta(days=1), ClassToComeError),
    ],
)
async def test_what_cannot_be_signed_is_refused(
    there: School, marks: dict[str, Outcome], held_on: timedelta, error: type[Problem]
) -> None:
    number = await a_class(there, there.ada, there.bo, held_on=held_on)
    with pytest.raises(error):
        await signed(there, number, {getattr(there, name): one for name, one in marks.items()})
    assert await fetch("SELECT FROM passport.evidence") == []


async def test_what_makes_no_sense_is_refused(there: School) -> None:
    number = await a_class(there)
    empty = await sheet(there.tess, number)
    with pytest.raises(NobodyOnItError):
        await sign(empty, {}, actor=acting(there.tess), on=ON)
    await add_people(empty.about, [there.ada], actor=acting(there.tess))
    read = await sheet(there.tess, number)
    with pytest.raises(NotSignedError):
        await correct(read, {there.ada: PASSED}, reason="early", actor=acting(there.tess))
    await signed(there, number, {there.ada: PASSED})
    with pytest.raises(ReasonNeededError):
        await correct(read, {there.ada: FAILED}, reason=" ", actor=acting(there.tess))
    with pytest.raises(NothingChangedError):
        await correct(read, {there.ada: PASSED}, reason="same", actor=acting(there.tess))
    with pytest.raises(ClassSignedError):
        await take_off(read.about, there.ada, actor=acting(there.tess))
    with pytest.raises(NothingTaughtError):
        await make_class(
            NewClass(await force_id(), (ToTeach("CAKE", None),), ON, "x"), actor=acting(there.tess)
        )
    with pytest.raises(NoSuchProviderError):
        await make_class(NewClass(await force_id(), TAUGHT, ON, "x", 99), actor=acting(there.tess))


async def test_a_class_has_at_most_sixty_places(there: School) -> None:
    learners = [await officer(f"Given{number}", "Many") for number in range(61)]
    await listed()
    number = await a_class(there)
    about = (await sheet(there.tess, number)).about
    with pytest.raises(FullError):
        await add_people(about, learners, actor=acting(there.tess))
    assert await add_people(about, learners[:60], actor=acting(there.tess)) == 60
    assert await add_people(about, learners[:60], actor=acting(there.tess)) == 0


async def test_numbers_mean_whom_a_trainer_may_deal_with_and_nobody_else(there: School) -> None:
    number = await a_class(there)
    about = (await sheet(there.tess, number)).about
    (row,) = await fetch("SELECT national_id FROM people.person WHERE id = $1", there.bo)
    kits, own, boss, unheard_of = "K1", "4000", "4004", "777"
    said = f"4002, {row['national_id'].lower()}\n{kits};{own} {boss}\t{unheard_of} 4002"
    meant = await people_meant(await known(there.tess), Permission.CLASS_WRITE, about.force_id, said, on=ON)
    assert set(meant.person_ids) == {there.ada, there.bo}
    assert meant.unknown == (kits, own, boss, unheard_of)


async def test_a_class_of_another_force_is_as_if_it_were_not(there: School) -> None:
    number = await a_class(there, there.ada)
    for reader, which in ((there.kit, number), (there.tess, 999_999)):
        with pytest.raises(NotFoundError):
            await sheet(reader, which)


async def test_a_sheet_hides_whom_its_reader_may_not_deal_with_and_names_the_others_in_the_audit(
    there: School,
) -> None:
    number = await a_class(there, there.ada)
    await add_people((await sheet(there.tim, number)).about, [there.bea], actor=acting(there.tim))
    assert [one.person_id for one in (await sheet(there.tess, number)).places] == [there.ada]
    assert {one.person_id for one in (await sheet(there.tim, number)).places} == {there.ada, there.bea}
    lines = await fetch(
        "SELECT subject_ids FROM foundation.audit_event WHERE event = 'class read' ORDER BY id DESC"
    )
    assert set(lines[0]["subject_ids"]) == {there.ada, there.bea}


async def test_whoever_is_taken_off_while_a_sheet_is_signed_gets_nothing_of_it(there: School) -> None:
    number = await a_class(there, there.ada, there.bo)
    read = await sheet(there.tess, number)
    await take_off(read.about, there.bo, actor=acting(there.tim))
    both = {there.ada: PASSED, there.bo: PASSED}
    assert await sign(read, both, actor=acting(there.tess), on=ON) == 1
    assert await held_by(there.bo) == []
    other = await a_class(there, there.bo)
    alone = await sheet(there.tess, other)
    await take_off(alone.about, there.bo, actor=acting(there.tim))
    with pytest.raises(NobodyOnItError):
        await sign(alone, both, actor=acting(there.tess), on=ON)


async def test_whoever_loses_a_record_by_a_correction_is_told_so_once_and_not_why(there: School) -> None:
    number = await a_class(there, there.ada, there.bo)
    await signed(there, number, {there.ada: PASSED, there.bo: PASSED})
    assert await told(there.ada) == []
    for after in (FAILED, ABSENT):
        await correct(
            await sheet(there.tess, number), {there.ada: after}, reason="Wrong row", actor=acting(there.tess)
        )
    rows = await fetch("SELECT person_id, headline || body AS text FROM people.notice")
    assert [row["person_id"] for row in rows] == [there.ada, there.ada], "one for each of two requirements"
    assert all("has been withdrawn" in row["text"] for row in rows)
    assert not any("Wrong row" in row["text"] for row in rows)
