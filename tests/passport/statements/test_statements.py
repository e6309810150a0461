"""Do statements fill the passport once, whole or not at all, and is none of them ever lost?"""

import asyncio
from contextvars import Context
from datetime import timedelta
from decimal import Decimal

import pytest

from access.permissions import Permission
from access.readings.looks import Look, Opened
from foundation.audit import Actor
from foundation.clock import now, today
from foundation.database import execute, fetch, transaction
from foundation.problems import InvalidError
from passport.classes.actions import NewClass, ToTeach, add_people, correct, make_class, sign
from passport.classes.asking import sheet_for
from passport.classes.facts import Sheet
from passport.classes.rules import Outcome as Marked
from passport.learning.writing import locked
from passport.statements.actions import end_mapping, ignore_actor, map_activity, name_actor, receive, told
from passport.statements.errors import (
    AlreadyMappedError,
    AlreadyNamedError,
    NoSuchRequirementError,
    NothingToAnswerError,
    OwnAccountError,
    StatementConflictError,
)
from passport.statements.facts import mappings_of, waiting
from passport.statements.rules import Mapped, Outcome
from tests.builders import force_id
from tests.passport.classes.training import School, acting, held_by, known, school
from tests.passport.statements.sending import (
    COMPLETED,
    ETHICS,
    HOME,
    MIRS,
    PASSED,
    outcomes,
    payroll,
    sent,
    statement,
    voiding,
)

pytestmark = pytest.mark.anyio
ON = today()
COURSE = f"{HOME}/courses/personal-safety"


@pytest.fixture
async def there(database: str) -> School:
    made = await school()
    await payroll(made)
    return made


async def sheet_of(there: School, number: int) -> Sheet:
    reader = await known(there.tess)
    return await sheet_for(reader, Permission.CLASS_WRITE, number, Look(Opened.CLASS), on=ON)


async def test_a_statement_that_is_mapped_is_in_the_passport(there: School) -> None:
    one = statement(result={"success": True, "duration": "PT1H30M"})
    assert await sent(one) == [one["id"]]
    assert await held_by(there.ada) == [("CODE-OF-ETHICS", ON, True)]
    (row,) = await fetch("SELECT * FROM passport.evidence")
    assert (row["hours"], row["source"], row["reference"], row["recorded_by"]) == (
        Decimal("1.50"), "learning system", f"statement {one['id']}", None,
    )  # fmt: skip
    (line,) = await fetch("SELECT * FROM foundation.audit_event WHERE event = 'evidence.recorded'")
    assert (line["actor_id"], line["actor_name"], line["subject_id"]) == (
        None,
        "Avon learning feed",
        there.ada,
    )


async def test_the_same_again_changes_nothing_and_another_under_its_id_is_a_conflict(there: School) -> None:
    one = statement()
    await asyncio.gather(*(sent(one) for _ in range(5)))
    assert len(await fetch("SELECT FROM passport.evidence")) == 1
    with pytest.raises(StatementConflictError):
        await sent(statement(number="1000002"), {**one, "result": {"success": False}})
    assert await held_by(there.bo) == [], "a batch is kept whole or not at all"
    assert len(await outcomes()) == 1


async def test_the_same_completion_told_twice_is_one_record(there: School) -> None:
    await sent(statement(), statement())
    assert await outcomes() == [Outcome.RECORDED, Outcome.ALREADY]
    assert len(await held_by(there.ada)) == 1


async def test_a_result_that_is_not_good_enough_is_kept_and_gives_nothing(there: School) -> None:
    for result in (
        {},
        {"success": True},
        {"success": True, "score": {"scaled": 0.79}},
        {"score": {"scaled": 1}},
    ):
        await sent(statement(activity=MIRS, verb=COMPLETED, result=result))
    assert set(await outcomes()) == {Outcome.NOT_MET}
    await sent(statement(activity=MIRS, verb=COMPLETED, result={"success": True, "score": {"scaled": 0.8}}))
    assert await held_by(there.ada) == [("INFO-MGMT", ON, True)]


async def test_a_voided_statement_withdraws_what_it_gave_with_the_reason(there: School) -> None:
    one = statement()
    await sent(one)
    await sent(voiding(one))
    assert await held_by(there.ada) == []
    (row,) = await fetch("SELECT superseded_reason FROM passport.evidence")
    assert row["superseded_reason"].startswith("voided by Avon learning feed, statement ")
    await sent(voiding(one))
    void = voiding(one)
    await sent(void)
    with pytest.raises(InvalidError):
        await sent(voiding(void))


async def test_nobody_voids_what_another_system_sent(there: School) -> None:
    one = statement()
    await sent(one)
    await receive(await force_id(), told([voiding(one)]), actor=Actor(None, "Driving simulator"))
    assert len(await held_by(there.ada)) == 1


async def test_batches_of_the_same_people_in_another_order_wait_for_nobody(there: School) -> None:
    batches = [
        (statement(activity=activity), statement("1000002", activity=activity))
        for activity in (ETHICS, MIRS) * 3
    ]
    await asyncio.gather(
        *(sent(*(batch[::-1] if place % 2 else batch)) for place, batch in enumerate(batches))
    )
    assert len(await held_by(there.ada)) == len(await held_by(there.bo)) == 1
    assert len(await outcomes()) == 2 * len(batches)


async def test_what_is_voided_before_it_arrives_gives_nothing(there: School) -> None:
    late = statement()
    await sent(voiding(late))
    await sent(late)
    assert await held_by(there.ada) == []


async def test_what_another_statement_says_too_stands_when_one_is_voided(there: School) -> None:
    one, corrected = statement(), statement(result={"success": True, "duration": "PT2H"})
    await sent(one, corrected, statement(activity=MIRS))
    await sent(voiding(one))
    assert await held_by(there.ada) == [("CODE-OF-ETHICS", ON, True)]
    (row,) = await fetch("SELECT hours, reference FROM passport.evidence WHERE superseded_at IS NULL")
    assert tuple(row) == (Decimal(2), f"statement {corrected['id']}")
    await sent(voiding(corrected))
    assert await held_by(there.ada) == []


async def test_what_a_trainer_signed_for_too_stands_when_its_statement_is_voided(there: School) -> None:
    one, taught = statement(), (ToTeach("CODE-OF-ETHICS", Decimal(3)),)
    await sent(one)
    tess = acting(there.tess)
    number = await make_class(NewClass(await force_id(), taught, ON, "Room 4"), actor=tess)
    await add_people((await sheet_of(there, number)).about, [there.ada], actor=tess)
    await sign(await sheet_of(there, number), {there.ada: Marked.PASSED}, actor=tess, on=ON)
    await sent(voiding(one))
    rows = await fetch("SELECT hours, source, recorded_by FROM passport.evidence WHERE superseded_at IS NULL")
    assert [tuple(row) for row in rows] == [(Decimal(3), "class sheet", there.tess)]


async def test_what_a_statement_says_too_stands_when_the_sheet_is_corrected(there: School) -> None:
    number = await make_class(
        NewClass(await force_id(), (ToTeach("CODE-OF-ETHICS", Decimal(3)),), ON, "Room 4"),
        actor=acting(there.tess),
    )
    about = (await sheet_of(there, number)).about
    await add_people(about, [there.ada, there.bo], actor=acting(there.tess))
    both = {there.ada: Marked.PASSED, there.bo: Marked.PASSED}
    await sign(await sheet_of(there, number), both, actor=acting(there.tess), on=ON)
    one = statement(result={"success": True, "duration": "PT2H"})
    await sent(one)
    nobody = {there.ada: Marked.FAILED, there.bo: Marked.FAILED}
    await correct(await sheet_of(there, number), nobody, reason="The wrong sheet", actor=acting(there.tess))
    rows = await fetch(
        "SELECT person_id, hours, reference FROM passport.evidence WHERE superseded_at IS NULL"
    )
    assert [tuple(row) for row in rows] == [(there.ada, Decimal(2), f"statement {one['id']}")]
    await sent(voiding(one))
    assert await held_by(there.ada) == []


async def test_a_statement_is_voided_once_a_sheet_that_names_its_person_is_signed(there: School) -> None:
    one = statement()
    await sent(one)
    system = {"account": {"homePage": HOME, "name": "the system itself"}}
    async with transaction() as signing:
        await locked(signing, [there.ada])
        voids = asyncio.create_task(sent(voiding(one, actor=system)), context=Context())
        done, _ = await asyncio.wait({voids}, timeout=0.5)
        still = await signing.fetchval("SELECT count(*) FROM passport.evidence WHERE superseded_at IS NULL")
        assert (len(done), still) == (0, 1), "what the sheet found recorded is not withdrawn under its hand"
    await voids
    assert await held_by(there.ada) == []


async def test_what_another_sheet_says_too_stands_when_one_is_corrected(there: School) -> None:
    taught, numbers = (ToTeach("CODE-OF-ETHICS", Decimal(3)),), []
    for room in ("Room 4", "Room 5"):
        number = await make_class(NewClass(await force_id(), taught, ON, room), actor=acting(there.tess))
        await add_people((await sheet_of(there, number)).about, [there.ada], actor=acting(there.tess))
        passed = {there.ada: Marked.PASSED}
        await sign(await sheet_of(there, number), passed, actor=acting(there.tess), on=ON)
        numbers.append(number)
    failed = {there.ada: Marked.FAILED}
    for number, left in zip(numbers, ([f"class {numbers[1]}"], []), strict=True):
        await correct(await sheet_of(there, number), failed, reason="Not there", actor=acting(there.tess))
        rows = await fetch("SELECT reference FROM passport.evidence WHERE superseded_at IS NULL")
        assert [row["reference"] for row in rows] == left


async def test_what_was_voided_while_it_waited_gives_nothing_once_it_is_mapped(there: School) -> None:
    one = statement(activity=COURSE)
    await sent(one)
    await sent(voiding(one))
    assert (await waiting(await force_id())).unmapped == ()
    meant = Mapped(COURSE, PASSED, "FIRST-AID")
    assert await map_activity(await force_id(), meant, actor=acting(there.tess)) == 0
    assert await held_by(there.ada) == []


async def test_only_the_force_whose_system_sent_it_is_concerned(there: School) -> None:
    one = statement()
    await sent(one)
    kept = await fetch("SELECT force_id FROM passport.statement")
    assert [row["force_id"] for row in kept] == [await force_id()]
    await sent(
        statement(number="999"),
        statement(actor={"account": {"homePage": "https://elsewhere.test", "name": "1000001"}}),
    )
    assert await outcomes() == [Outcome.RECORDED, Outcome.NOBODY, Outcome.NOBODY]


async def test_a_mailbox_is_whose_address_it_is(there: School) -> None:
    await execute("UPDATE people.person SET email = 'Ada@avon.test' WHERE id = $1", there.ada)
    await sent(statement(actor={"mbox": "mailto:ada@avon.test"}))
    assert len(await held_by(there.ada)) == 1


async def test_a_day_that_has_not_come_waits(there: School) -> None:
    await sent(statement(timestamp=(now() + timedelta(days=2)).isoformat()))
    assert await outcomes() == [Outcome.IMPOSSIBLE]
    assert await held_by(there.ada) == []


async def test_what_means_nothing_yet_waits_and_is_placed_by_an_answer(there: School) -> None:
    await sent(
        statement(activity=COURSE),
        statement(number="1000002", activity=COURSE),
        statement(activity=f"{COURSE}/2"),
    )
    force = await force_id()
    (most, _) = (await waiting(force)).unmapped
    assert (most.activity, most.verb, most.statements) == (COURSE, PASSED, 2)
    mapped = Mapped(COURSE, PASSED, "PPST", needs_success=False, hours=Decimal(12))
    assert await map_activity(force, mapped, actor=acting(there.tess)) == 2
    assert await held_by(there.ada) == await held_by(there.bo) == [("PPST", ON, True)]
    (row, _) = await fetch("SELECT hours, recorded_by FROM passport.evidence")
    assert (row["hours"], row["recorded_by"]) == (Decimal(12), None), (
        "the system said it, not whoever mapped it"
    )
    with pytest.raises(AlreadyMappedError):
        await map_activity(force, mapped, actor=acting(there.tess))
    (held,) = await mappings_of(force)
    await end_mapping(force, held.id, actor=acting(there.tess))
    with pytest.raises(NothingToAnswerError):
        await end_mapping(force, held.id, actor=acting(there.tess))
    await sent(statement(activity=COURSE))
    assert (await outcomes())[-1] == Outcome.NOTHING


async def test_what_is_of_no_interest_waits_for_nobody(there: School) -> None:
    await sent(statement(activity=COURSE))
    force = await force_id()
    await map_activity(force, Mapped(COURSE, PASSED, None, needs_success=False), actor=acting(there.tess))
    await sent(statement(activity=COURSE))
    assert await outcomes() == [Outcome.IGNORED] * 2
    assert (await waiting(force)).unmapped == ()
    with pytest.raises(NoSuchRequirementError):
        await map_activity(force, Mapped(ETHICS, COMPLETED, "CAKE"), actor=acting(there.tess))


async def test_an_account_of_nobody_is_named_or_put_aside(there: School) -> None:
    await sent(statement(number="stranger"), statement(number="other"))
    force, strange = await force_id(), f"{HOME} stranger"
    with pytest.raises(OwnAccountError):
        await name_actor(force, strange, there.tess, actor=acting(there.tess))
    assert await name_actor(force, strange, there.ada, actor=acting(there.tess)) == 1
    assert await held_by(there.ada) == [("CODE-OF-ETHICS", ON, True)]
    with pytest.raises(AlreadyNamedError):
        await name_actor(force, strange, there.bo, actor=acting(there.tess))
    assert await ignore_actor(force, f"{HOME} other", actor=acting(there.tess)) == 1
    with pytest.raises(NothingToAnswerError):
        await ignore_actor(force, f"{HOME} other", actor=acting(there.tess))
    assert (await waiting(force)).nameless == ()
