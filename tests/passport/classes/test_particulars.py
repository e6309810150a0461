"""Are the day and hours of a signed class put right by superseding what it recorded, with the reason, and told?"""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from access.permissions import Permission
from access.readings.looks import Look, Opened
from foundation.clock import today
from foundation.database import fetch
from foundation.requests import Watched
from passport.classes.actions import NewClass, ToTeach, add_people, make_class, sign
from passport.classes.asking import sheet_for
from passport.classes.errors import (
    DayToComeError,
    NoHoursError,
    NothingChangedError,
    NotSignedError,
    OwnClassError,
    ReasonNeededError,
)
from passport.classes.facts import Sheet
from passport.classes.particulars import Particulars, put_right, put_right_before
from passport.classes.rules import Outcome
from passport.learning.actions import supersede
from passport.learning.errors import BeforeServiceError
from passport.learning.writing import Correction
from tests.builders import evidence, force_id
from tests.clients import submit
from tests.passport.classes.training import School, acting, at_work, held_by, known, school
from tests.passport.learning.learners import told

pytestmark = pytest.mark.anyio
ON = today()
DAY = timedelta(days=1)


@pytest.fixture
async def there(database: str) -> School:
    return await school()


async def sheet(who: int, number: int) -> Sheet:
    return await sheet_for(await known(who), Permission.CLASS_WRITE, number, Look(Opened.CLASS), on=ON)


async def signed(there: School, *who: int, by: int = 0) -> int:
    """Make a class of yesterday that Tess, or somebody else, signs for everybody on it."""
    trainer = by or there.tess
    new = NewClass(
        await force_id(), (ToTeach("PPST", Decimal(12)), ToTeach("FIRST-AID", None)), ON - DAY, "Room 4"
    )
    number = await make_class(new, actor=acting(trainer))
    await add_people((await sheet(trainer, number)).about, who, actor=acting(trainer))
    await sign(await sheet(trainer, number), dict.fromkeys(who, Outcome.PASSED), actor=acting(trainer), on=ON)
    return number


async def right(there: School, number: int, said: Particulars, by: int = 0, reason: str = "A slip") -> int:
    trainer = by or there.tess
    about = (await sheet(trainer, number)).about
    return await put_right(about, said, reason=reason, actor=acting(trainer), on=ON)


async def stands(person_id: int) -> list[tuple[str, date, Decimal | None]]:
    rows = await fetch(
        """SELECT code, completed_on, hours FROM passport.evidence JOIN passport.requirement ON requirement.id = requirement_id
            WHERE person_id = $1 AND superseded_at IS NULL ORDER BY code""",
        person_id,
    )
    return [tuple(row) for row in rows]


async def test_what_it_recorded_is_superseded_with_the_reason_and_everybody_is_told(there: School) -> None:
    number = await signed(there, there.ada, there.bo)
    assert (
        await right(there, number, Particulars(ON - 3 * DAY, {"PPST": Decimal(8)}), reason="Wrong week") == 2
    )
    for one in (there.ada, there.bo):
        assert await stands(one) == [("FIRST-AID", ON - 3 * DAY, None), ("PPST", ON - 3 * DAY, Decimal(8))]
        assert len(await told(one)) == 2, "once for each record"
    gone = await fetch(
        "SELECT superseded_reason, completed_on, hours FROM passport.evidence WHERE superseded_at IS NOT NULL"
    )
    assert {(row["superseded_reason"], row["completed_on"]) for row in gone} == {("Wrong week", ON - DAY)}
    assert (await sheet(there.tess, number)).about.held_on == ON - 3 * DAY
    assert [(one.requirement, one.was_held_on, one.hours, one.reason) for one in await put_right_before(number)] == [
        ("PPST", None, Decimal(8), "Wrong week"), (None, ON - DAY, None, "Wrong week"),
    ]  # fmt: skip
    await right(there, number, Particulars(ON - DAY), reason="It was the right week")
    assert [row[1] for row in await stands(there.ada)] == [ON - DAY] * 2
    assert len(await put_right_before(number)) == 3, "what was said is never edited"


async def test_what_somebody_put_right_by_hand_since_stays_as_they_said(there: School) -> None:
    number = await signed(there, there.ada)
    (row,) = await fetch(
        """SELECT evidence.id FROM passport.evidence JOIN passport.requirement ON requirement.id = requirement_id
            WHERE code = 'PPST'"""
    )
    by_hand = Correction(completed_on=ON - 9 * DAY)
    await supersede(row["id"], by_hand, reason="Came another day", actor=acting(there.tim), on=ON)
    await right(there, number, Particulars(ON - 3 * DAY))
    assert await stands(there.ada) == [("FIRST-AID", ON - 3 * DAY, None), ("PPST", ON - 9 * DAY, Decimal(12))]


async def test_what_was_recorded_from_elsewhere_on_the_right_day_stays_one_record(there: School) -> None:
    number = await signed(there, there.ada)
    await evidence(there.ada, "PPST", ON - 3 * DAY, hours=12)
    await right(there, number, Particulars(ON - 3 * DAY))
    assert [one[0] for one in await held_by(there.ada)] == ["FIRST-AID", "PPST"]


async def test_what_makes_no_sense_is_refused_and_changes_nothing(there: School) -> None:
    number = await signed(there, there.ada)
    for said, reason, refusal in (
        (Particulars(ON - 3 * DAY), " ", ReasonNeededError),
        (Particulars(ON + DAY), "Later", DayToComeError),
        (Particulars(date(1, 1, 1)), "Long ago", BeforeServiceError),
        (Particulars(None, {"PPST": Decimal("0.01")}), "Hardly", NoHoursError),
        (Particulars(None, {"PPST": Decimal(1000)}), "Far too long", NoHoursError),
        (Particulars(ON - DAY, {"PPST": Decimal(12)}), "The same", NothingChangedError),
    ):
        with pytest.raises(refusal):
            await right(there, number, said, reason=reason)
    new = NewClass(await force_id(), (ToTeach("PPST", None),), ON, "Room 4")
    unsigned = await make_class(new, actor=acting(there.tess))
    with pytest.raises(NotSignedError):
        await right(there, unsigned, Particulars(ON - DAY))
    assert await fetch("SELECT FROM passport.class_correction") == []
    assert await told(there.ada) == []


async def test_nobody_puts_right_the_day_of_a_class_that_they_passed(there: School) -> None:
    number = await signed(there, there.tim)
    with pytest.raises(OwnClassError):
        await right(there, number, Particulars(ON - 3 * DAY), by=there.tim)
    assert await right(there, number, Particulars(ON - 3 * DAY)) == 1


async def test_the_page_keeps_what_was_typed_and_shows_what_was_said_before(
    app: Watched, there: School
) -> None:
    number = await signed(there, there.ada)
    where = f"/classes/{number}"
    async with at_work(app, there.tess) as client:
        day = {f"held-{box}": str(getattr(ON - 3 * DAY, box)) for box in ("day", "month", "year")}
        wrong = await submit(
            client, f"{where}/particulars", f"{where}/particulars", {**day, "hours-1": "a day"}
        )
        assert wrong.status_code == 400
        for kept in ("Enter the hours as a number", "Say why", 'value="a day"'):
            assert kept in wrong.text
        fields = {**day, "hours-1": "8", "why": "Wrong week"}
        done = await submit(client, f"{where}/particulars", f"{where}/particulars", fields)
        assert done.headers["location"] == f"{where}?done=put-right"
        page = (await client.get(where)).text
        assert "What it said before" in page
        assert "Wrong week" in page
    for who in (there.ada, there.kit):
        async with at_work(app, who) as client:
            assert (await client.get(f"{where}/particulars")).status_code == 404
