"""Does what somebody records wait until somebody else has verified it, and is everybody told who has to know?"""

from datetime import timedelta

import pytest

from foundation.clock import today
from foundation.database import fetch
from foundation.requests import Watched
from tests import builders
from tests.clients import calling
from tests.passport.learning.learners import (
    CODE,
    LAST_MONTH,
    PLACE,
    TITLE,
    School,
    answers,
    number_of,
    recorded,
    school,
    send,
    told,
)

pytestmark = pytest.mark.anyio


@pytest.fixture
async def here(database: str) -> School:
    return await school()


async def test_what_one_records_waits_is_verified_by_the_supervisor_and_counts(
    app: Watched, here: School
) -> None:
    async with calling(app, here.ada) as ada:
        number = await recorded(ada)
        page = (await ada.get(f"/evidence/{number}?done=recorded")).text
        assert "Awaiting verification" in page
        assert "waits to be verified. You are told when it is" in page
        assert "Verify</button>" not in page
    assert await told(here.sue) == ["Somebody you supervise has recorded something"]
    async with calling(app, here.sue) as sue:
        queue = (await sue.get("/verification")).text
        assert "Ada Okafor" in queue
        assert f'href="/evidence/{number}"' in queue
        verified = await send(sue, f"/evidence/{number}/verification")
        assert verified.headers["location"] == f"/evidence/{number}?done=verified"
        assert "Nothing waits for you" in (await sue.get("/verification")).text
    assert await told(here.ada) == [f"What you recorded has been verified: {TITLE}"]
    async with calling(app, here.ada) as ada:
        page = (await ada.get(f"/evidence/{number}")).text
        assert "Verified</strong>" in page
        assert "by Sue Manager" in page
        inbox = (await ada.get("/inbox")).text
        assert "/evidence/" in inbox
    (noted,) = await fetch("SELECT DISTINCT person_id FROM people.change WHERE person_id = $1", here.ada)
    assert noted["person_id"] == here.ada


async def test_a_supervisor_is_told_once_a_day_however_much_waits(app: Watched, here: School) -> None:
    async with calling(app, here.ada) as ada:
        await recorded(ada)
        await send(ada, "/passport/evidence", answers(LAST_MONTH - timedelta(days=400)))
    assert len(await told(here.sue)) == 1


async def test_what_a_supervisor_or_a_trainer_says_of_somebody_is_verified_by_who_says_it(
    app: Watched, here: School
) -> None:
    for who, on in ((here.sue, LAST_MONTH), (here.lee, LAST_MONTH - timedelta(days=1))):
        async with calling(app, who) as client:
            answer = await send(client, f"/people/{here.ada_number}/evidence", answers(on))
            assert "Verified" in (await client.get(answer.headers["location"])).text
    rows = await fetch("SELECT is_verified, recorded_by FROM passport.evidence ORDER BY id")
    assert [(row["is_verified"], row["recorded_by"]) for row in rows] == [(True, here.sue), (True, here.lee)]
    assert await told(here.ada) == [f"Something has been recorded for you: {TITLE}"] * 2


async def test_the_same_form_sent_twice_is_one_record_and_says_so(app: Watched, here: School) -> None:
    async with calling(app, here.ada) as ada:
        first = await recorded(ada)
        second = await send(ada, "/passport/evidence", answers())
        assert number_of(second) == first
        assert "There is" not in second.text
        assert "is there once, and nothing was added" in (await ada.get(second.headers["location"])).text
    assert len(await fetch("SELECT FROM passport.evidence")) == 1
    assert len(await told(here.sue)) == 1


async def test_other_words_for_the_same_day_are_refused_and_kept_in_the_form(
    app: Watched, here: School
) -> None:
    async with calling(app, here.ada) as ada:
        await recorded(ada)
        refused = await send(ada, "/passport/evidence", answers(source="Elsewhere & Co", reference="X<1>"))
    assert refused.status_code == 400
    assert "This is already recorded" in refused.text
    assert "Elsewhere &amp; Co" in refused.text
    assert "X&lt;1&gt;" in refused.text


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"on-day": "31", "on-month": "2"}, "must be a real date"),
        ({"on-year": ""}, "must include a year"),
        ({"on-day": "", "on-month": "", "on-year": ""}, "Enter the day it was completed"),
        ({"on-day": "1", "on-month": "1", "on-year": "2126"}, "must be today or in the past"),
        ({"on-day": "6", "on-month": "1", "on-year": "2019"}, "must be on or after 7 January 2019"),
        ({"hours": "a day"}, "Hours must be a number, such as 7.5"),
        ({"hours": "0.1"}, "Hours must be between 0.25 and 999.75"),
        ({"source": ""}, "Enter where it was done, or with whom"),
        ({"source": "x" * 201}, "It must be 200 characters or fewer"),
        ({"requirement": ""}, "Select what was met"),
        ({"requirement": "WELLBEING-CHECK"}, "Select what was met"),
    ],
)
async def test_what_cannot_be_is_said_in_clear_words_and_nothing_typed_is_lost(
    app: Watched, here: School, wrong: dict[str, str], says: str
) -> None:
    typed = answers(**{"reference": "KEEP-ME", **wrong})
    async with calling(app, here.ada) as ada:
        refused = await send(ada, "/passport/evidence", typed)
    assert refused.status_code == 400
    assert says in refused.text
    assert "KEEP-ME" in refused.text
    for name in ("on-day", "on-month", "on-year", "hours", "source"):
        assert f'value="{typed[name]}"' in refused.text or not typed[name]
    assert await fetch("SELECT FROM passport.evidence") == []


async def test_what_is_asked_of_somebody_may_be_chosen_first_and_all_else_after_it(
    app: Watched, here: School
) -> None:
    async with calling(app, here.ada) as ada:
        page = (await ada.get(f"/passport/evidence/new?requirement={CODE}")).text
    asked, others = page.split('<optgroup label="Asked of you">')[1].split("<optgroup")
    assert f'<option value="{CODE}" selected>' in asked
    assert others.count("<option") > 3


async def test_only_who_answers_for_somebody_records_for_them(app: Watched, here: School) -> None:
    for who in (here.bea, here.ada):
        async with calling(app, who) as client:
            page = await client.get(f"/people/{here.ada_number}/evidence/new")
            sent = await send(client, f"/people/{here.ada_number}/evidence", answers())
            if who == here.bea:
                assert (page.status_code, sent.status_code) == (404, 404)
            else:
                assert sent.status_code == 303
    (row,) = await fetch("SELECT is_verified, recorded_by FROM passport.evidence")
    assert (row["is_verified"], row["recorded_by"]) == (False, here.ada)


async def test_a_person_is_found_by_their_number_to_record_something_for_them(
    app: Watched, here: School
) -> None:
    async with calling(app, here.lee) as lee:
        found = await lee.get("/verification/person", params={"person": here.ada_number})
        assert found.headers["location"] == f"/people/{here.ada_number}/evidence/new"
        unknown = await lee.get("/verification/person", params={"person": "8ECA-9MVN-M"})
        assert unknown.status_code == 400
        assert "Nobody within your reach has this number" in unknown.text


async def test_ones_own_page_tells_what_waits_what_was_declined_and_what_counts(
    app: Watched, here: School
) -> None:
    await builders.evidence(here.ada, CODE, LAST_MONTH - timedelta(days=365))
    async with calling(app, here.ada) as ada:
        empty = (await ada.get("/passport/evidence")).text
        assert "Waiting to be verified" not in empty
        number = await recorded(ada)
        assert "Waiting to be verified" in (await ada.get("/passport/evidence")).text
    async with calling(app, here.sue) as sue:
        await send(sue, f"/evidence/{number}/refusal", {"reason": "No certificate"})
    async with calling(app, here.ada) as ada:
        page = (await ada.get("/passport/evidence")).text
    assert "Declined or withdrawn" in page
    assert "Waiting to be verified" not in page
    assert PLACE in page


async def test_evidence_of_today_is_taken(app: Watched, here: School) -> None:
    async with calling(app, here.ada) as ada:
        assert await recorded(
            ada, **{f"on-{box}": str(getattr(today(), box)) for box in ("day", "month", "year")}
        )
