"""Does everything that records learning ask for the hours where hours add up?"""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from access.sign_in import form_cookie_name
from foundation.clock import today
from foundation.database import fetch
from foundation.requests import Watched
from passport.classes.actions import NewClass, ToTeach, make_class
from passport.classes.errors import HoursNeededError
from passport.policy.document import shipped_text
from passport.prior.actions import NewClaim, accept, claim
from passport.prior.facts import claim_with
from tests import builders
from tests.clients import calling
from tests.licence.projection.ruling import in_force
from tests.passport.classes.training import acting
from tests.passport.learning.learners import LAST_MONTH, PLACE, School, answers, number_of, school, send
from tests.passport.learning.test_learning_extracts import learned, reasons
from tests.passport.policy.files import with_change

pytestmark = pytest.mark.anyio
CODE = "STOP-SEARCH"
DONE = "4000001,SS-01,Stop and search,04/03/2026,Passed,,,,4:00"


@pytest.fixture
async def here(database: str) -> School:
    """Stop and search asks for twelve hours within its two years."""
    found = await school()
    named = 'title = "Stop and search"\n'
    text = with_change(named, f"{named}hours_in_all = 12\n", shipped_text())
    await in_force(with_change("number = 1\n", "number = 2\n", text), since=date(2026, 1, 2))
    return found


async def test_a_record_without_hours_is_refused_with_nothing_lost_and_one_with_them_counts(
    app: Watched, here: School
) -> None:
    async with calling(app, here.sue) as sue:
        address = f"/people/{here.ada_number}/evidence"
        refused = await send(sue, address, answers(requirement=CODE, hours=""))
        assert refused.status_code == 400
        assert "Enter the hours: they add up to what is asked" in refused.text
        assert PLACE in refused.text
        number_of(await send(sue, address, answers(requirement=CODE, hours="7")))
    async with calling(app, here.ada) as ada:
        words = {"requirement": CODE, "completed_on": LAST_MONTH.isoformat(), "source": "x"}
        await ada.get("/passport")
        token = {"x-csrftoken": ada.cookies[form_cookie_name()]}
        told = await ada.post("/api/v1/me/evidence", json=words, headers=token)
        assert (told.status_code, "hours" in told.json()["errors"]) == (400, True)
        assert "7 of 12 hours count: 5 more are needed." in (await ada.get("/passport")).text


async def test_a_class_says_how_many_hours_it_counts_for(here: School) -> None:
    without = NewClass(await builders.force_id(), (ToTeach(CODE, None),), today(), "Room 1")
    with pytest.raises(HoursNeededError):
        await make_class(without, actor=acting(here.lee))
    with_hours = NewClass(without.force_id, (ToTeach(CODE, Decimal(4)),), today(), "Room 1")
    assert await make_class(with_hours, actor=acting(here.lee))


async def test_earlier_learning_that_is_accepted_is_all_the_hours(here: School) -> None:
    new = NewClaim(await builders.force_id(), CODE, "Elsewhere", LAST_MONTH, "A certificate")
    one = await claim_with(await claim(new, actor=acting(here.ada), on=today()))
    assert one is not None
    await accept(one, counts_from=LAST_MONTH, actor=acting(here.lee), on=today())
    assert [row["hours"] for row in await fetch("SELECT hours FROM passport.evidence")] == [Decimal(12)]


async def test_a_line_of_an_extract_without_hours_is_asked_about(here: School, tmp_path: Path) -> None:
    await builders.identifier(here.ada, "4000001", scheme="payroll")
    found = await reasons(learned(tmp_path, DONE, DONE.replace("04/03", "05/03").replace("4:00", "")))
    assert found == [
        ("new", ""),
        ("suspicious", "Hours add up to what this course is for, and the line gives none: how many?"),
    ]
