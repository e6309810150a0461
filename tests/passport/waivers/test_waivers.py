"""Does a dispensation hold only once two people have agreed, for as long as they said, and does the licence follow it?"""

import asyncio
from datetime import date, timedelta

import pytest

from access.permissions import Permission
from access.readings.looks import Look, Opened
from foundation.clock import today
from foundation.database import fetch
from foundation.problems import NotFoundError
from foundation.requests import Watched
from licence.standing.deciding import decide_person
from licence.standing.decisions import State as Finding
from passport.classes.actions import NewClass, ToTeach, add_people, make_class
from passport.classes.asking import sheet_for
from passport.classes.cancelling import Cancellation, cancel
from passport.classes.errors import ClassCancelledError
from passport.waivers.actions import agree, decline, end, propose, take_back
from passport.waivers.errors import (
    AlreadyProposedError,
    BackwardsError,
    DecidedMeanwhileError,
    DoesNotHoldError,
    HeldAlreadyError,
    NobodyMeantError,
    NoLastDayError,
    NoRequirementError,
    NotYoursError,
    ReasonNeededError,
    SecondPersonError,
    TooFarOffError,
)
from passport.waivers.facts import Proposal
from passport.waivers.reading import read_list, read_one
from passport.waivers.rules import Decision, Kind, State, Term
from passport.waivers.writing import NewProposal
from tests.builders import evidence, force_id, grant
from tests.clients import submit
from tests.passport.classes.test_screens import call, national_id
from tests.passport.classes.training import School, acting, at_work, known, school
from tests.passport.learning.learners import told

pytestmark = pytest.mark.anyio
ON = today()
DAY = timedelta(days=1)


@pytest.fixture
async def there(database: str) -> School:
    return await school()


async def new(there: School, kind: Kind = Kind.WAIVER, **changed: object) -> NewProposal:
    asked: dict[str, object] = {
        "person_id": there.ada, "force_id": await force_id(), "requirement": "PPST", "kind": kind,
        "reason": "Teaches it at the college", "since": ON, "until": ON + 30 * DAY, **changed,
    }  # fmt: skip
    return NewProposal(**asked)  # type: ignore[arg-type]


async def found(reader: int, number: int) -> Proposal:
    return await read_one(await known(reader), number, Look(Opened.WAIVERS))


async def finding(person_id: int, on: date = ON) -> Finding:
    decision = await decide_person(person_id, on)
    (number,) = await fetch("SELECT id FROM passport.requirement WHERE code = 'PPST'")
    return next(one.state for one in decision.findings if one.requirement_id == number["id"])


@pytest.mark.parametrize(
    ("term", "state"),
    [
        (Term(None, ON, ON), State.WAITING),
        (Term(Decision.AGREED, ON, ON), State.HOLDS),
        (Term(Decision.AGREED, ON - 9 * DAY, ON - DAY), State.OVER),
        (Term(Decision.AGREED, ON + DAY, None), State.TO_COME),
        (Term(Decision.AGREED, ON + DAY, None, is_void=True), State.OVER),
        (Term(Decision.DECLINED, ON, None), State.DECLINED),
        (Term(Decision.TAKEN_BACK, ON, None), State.TAKEN_BACK),
    ],
)
def test_a_proposal_stands_as_its_decision_and_its_days_say(term: Term, state: State) -> None:
    assert term.state(ON) is state


async def test_it_holds_once_a_second_person_has_agreed_and_the_licence_follows(there: School) -> None:
    await grant(there.ada, ON - 900 * DAY)
    await evidence(there.ada, "PPST", ON - 800 * DAY)
    assert await finding(there.ada) is Finding.OVERDUE
    number = await propose(await new(there), actor=acting(there.tess))
    assert await finding(there.ada) is Finding.OVERDUE, "one person alone dispenses nobody"
    with pytest.raises(SecondPersonError):
        await agree(await found(there.lea, number), actor=acting(there.tess))
    await agree(await found(there.lea, number), actor=acting(there.lea))
    assert await finding(there.ada) is Finding.WAIVED
    assert await finding(there.ada, ON + 31 * DAY) is Finding.OVERDUE
    await end(await found(there.tess, number), reason="Came back", actor=acting(there.tess), on=ON)
    assert (await found(there.tess, number)).until == ON
    assert await finding(there.ada, ON + DAY) is Finding.OVERDUE
    rows = await fetch("SELECT superseded_reason, valid_until FROM passport.dispensation ORDER BY id")
    assert [(row["superseded_reason"], row["valid_until"]) for row in rows] == [
        ("Came back", ON + 30 * DAY), (None, ON),
    ]  # fmt: skip
    title = (await found(there.tess, number)).title
    assert await told(there.ada) == [
        f"A waiver was agreed to: {title}", f"A waiver was ended early: {title}",
    ]  # fmt: skip
    notices = await fetch("SELECT headline || body AS text FROM people.notice")
    assert not any("Teaches it" in one["text"] or "Came back" in one["text"] for one in notices)


async def test_a_deferral_is_a_waiver_with_a_last_day(there: School) -> None:
    with pytest.raises(NoLastDayError):
        await propose(await new(there, Kind.DEFERRAL, until=None), actor=acting(there.tess))
    number = await propose(await new(there, Kind.DEFERRAL), actor=acting(there.tess))
    await agree(await found(there.lea, number), actor=acting(there.lea))
    (row,) = await fetch("SELECT kind FROM passport.dispensation")
    assert row["kind"] == "waiver"
    again = await propose(await new(there), actor=acting(there.tess))
    with pytest.raises(HeldAlreadyError):
        await agree(await found(there.lea, again), actor=acting(there.lea))


async def test_what_is_to_come_and_is_ended_never_holds(there: School) -> None:
    number = await propose(await new(there, since=ON + 5 * DAY), actor=acting(there.tess))
    await agree(await found(there.lea, number), actor=acting(there.lea))
    await end(await found(there.tess, number), reason="Not needed", actor=acting(there.tess), on=ON)
    assert (await found(there.tess, number)).state is State.OVER
    assert await fetch("SELECT FROM passport.dispensation WHERE superseded_at IS NULL") == []
    with pytest.raises(DoesNotHoldError):
        await end(await found(there.tess, number), reason="Twice", actor=acting(there.tess), on=ON)


async def test_of_ten_who_agree_at_once_one_does(there: School) -> None:
    read = await found(there.lea, await propose(await new(there), actor=acting(there.tess)))
    answers = await asyncio.gather(
        *(agree(read, actor=acting(there.lea)) for _ in range(10)), return_exceptions=True
    )
    assert answers.count(None) == 1
    assert sum(isinstance(one, DecidedMeanwhileError) for one in answers) == 9


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"reason": " "}, ReasonNeededError),
        ({"until": ON - DAY}, BackwardsError),
        ({"since": date(1900, 1, 1)}, TooFarOffError),
        ({"kind": Kind.DEFERRAL, "until": date(9999, 12, 31)}, TooFarOffError),
        ({"requirement": "CAKE"}, NoRequirementError),
    ],
)
async def test_what_makes_no_sense_is_refused(there: School, changed: dict[str, object], error: type) -> None:
    with pytest.raises(error):
        await propose(await new(there, **changed), actor=acting(there.tess))  # type: ignore[arg-type]


async def test_nobody_dispenses_themselves_and_the_same_waits_once(there: School) -> None:
    with pytest.raises(NobodyMeantError):
        await propose(await new(there, person_id=there.tess), actor=acting(there.tess))
    number = await propose(await new(there), actor=acting(there.tess))
    with pytest.raises(AlreadyProposedError):
        await propose(await new(there), actor=acting(there.tim))
    with pytest.raises(ReasonNeededError):
        await decline(await found(there.lea, number), reason="", actor=acting(there.lea))
    with pytest.raises(NotYoursError):
        await take_back(await found(there.lea, number), actor=acting(there.lea))
    await take_back(await found(there.tess, number), actor=acting(there.tess))
    with pytest.raises(DecidedMeanwhileError):
        await decline(await found(there.lea, number), reason="Late", actor=acting(there.lea))


async def test_it_is_seen_within_the_force_and_never_of_oneself_or_ones_supervisor(there: School) -> None:
    number = await propose(await new(there, person_id=there.bea), actor=acting(there.tim))
    for reader in (there.kit, there.tess):
        with pytest.raises(NotFoundError):
            await found(reader, number)
    assert await read_list(await known(there.tess), Look(Opened.WAIVERS), before=None) == []
    assert len(await read_list(await known(there.tim), Look(Opened.WAIVERS), before=None)) == 1


async def test_a_class_that_the_force_cancels_stops_the_clock_of_those_booked(there: School) -> None:
    await grant(there.ada, ON - 900 * DAY)
    await evidence(there.ada, "PPST", ON - 800 * DAY)
    asked = NewClass(await force_id(), (ToTeach("PPST", None),), ON - DAY, "Room 4")
    number = await make_class(asked, actor=acting(there.tess))
    look, tess = Look(Opened.CLASS), await known(there.tess)
    sheet = await sheet_for(tess, Permission.CLASS_WRITE, number, look, on=ON)
    await add_people(sheet.about, [there.ada, there.bo], actor=acting(there.tess))
    sheet = await sheet_for(tess, Permission.CLASS_WRITE, number, look, on=ON)
    why = Cancellation("No trainer", is_force_failure=True, until=ON + 20 * DAY)
    assert await cancel(sheet, why, actor=acting(there.tess)) == 2
    with pytest.raises(ClassCancelledError):
        await cancel(sheet, why, actor=acting(there.tess))
    for one in await read_list(await known(there.lea), Look(Opened.WAIVERS), before=None):
        assert (one.kind, one.class_id) == (Kind.FORCE_FAILURE, number)
        await agree(one, actor=acting(there.lea))
    assert await finding(there.ada) is Finding.FORCE_OVERDUE


async def test_the_pages_propose_agree_and_end(app: Watched, there: School) -> None:
    boxes = ("day", "month", "year")
    days = {f"since-{box}": str(getattr(ON, box)) for box in boxes}
    asked = {
        "who": "4002",
        "asks": "PPST",
        "sort": "deferral",
        "why": "Course is full",
        "needed": "The booking",
        **days,
    }
    async with at_work(app, there.tess) as client:
        wrong = await submit(client, "/waivers/new", "/waivers/new", {**asked, "who": "", "why": ""})
        for words in (
            "Enter the number of the person",
            "Enter why",
            "Enter the last day of the deferral",
            "The booking",
        ):
            assert words in wrong.text
        later = {f"until-{box}": str(getattr(ON + 9 * DAY, box)) for box in boxes}
        for who in ("4000", "4004", "9999"):
            assert (
                "one person of your force"
                in (await submit(client, "/waivers/new", "/waivers/new", {**asked, **later, "who": who})).text
            )
        where = (
            (await submit(client, "/waivers/new", "/waivers/new", {**asked, **later}))
            .headers["location"]
            .partition("?")[0]
        )
        assert "Take it back" in (await client.get(where)).text
    async with at_work(app, there.lea) as client:
        assert "Say why" in (await submit(client, where, f"{where}/decision", {"answer": "declined"})).text
        agreed = await submit(client, where, f"{where}/decision", {"answer": "agreed"})
        assert agreed.headers["location"] == f"{where}?done=agreed"
        ended = await submit(client, where, f"{where}/end", {"because": "Place found"})
        assert ended.headers["location"] == f"{where}?done=ended"
        assert "Ada Okafor" in (await client.get("/waivers")).text
    async with at_work(app, there.ada) as client:
        assert (await client.get(where)).status_code == (await client.get("/waivers")).status_code == 404


async def test_a_program_proposes_and_decides(app: Watched, there: School) -> None:
    ada = await national_id(there.ada)
    body = {
        "person": ada,
        "requirement": "PPST",
        "kind": "waiver",
        "reason": "Teaches it",
        "since": ON.isoformat(),
    }
    async with at_work(app, there.tess) as client:
        told = await call(client, "proposeWaiver", body=body, status=201)
        await call(client, "takeBackWaiver", proposal_id=told["number"])
        told = await call(client, "proposeWaiver", body=body, status=201)
        at = told["number"]
        await call(client, "decideWaiver", proposal_id=at, body={"decision": "agreed"}, status=404)
    async with at_work(app, there.lea) as client:
        await call(client, "decideWaiver", proposal_id=at, body={"decision": "declined"}, status=400)
        assert (await call(client, "decideWaiver", proposal_id=at, body={"decision": "agreed"}))[
            "state"
        ] == "holds"
        assert (await call(client, "endWaiver", proposal_id=at, body={"reason": "Over"}))[
            "until"
        ] == ON.isoformat()
        await call(client, "waiver", proposal_id=at)
        assert len((await call(client, "waivers"))["waivers"]) == 2  # type: ignore[arg-type]
