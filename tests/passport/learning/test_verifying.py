"""Who verifies, declines, corrects and withdraws, who may not, and what stays of what was said?"""

import asyncio
import re
from datetime import timedelta

import pytest
from httpx2 import AsyncClient

from foundation.database import fetch
from foundation.requests import Watched
from passport.learning.chains import chain_of
from passport.learning.rules import State, Step
from tests import builders
from tests.clients import calling
from tests.passport.learning.learners import (
    CODE,
    LAST_MONTH,
    TITLE,
    School,
    answers,
    recorded,
    school,
    send,
    told,
)

pytestmark = pytest.mark.anyio
WHY = {"reason": "The certificate is of another course"}


@pytest.fixture
async def here(database: str) -> School:
    return await school()


@pytest.fixture
async def waiting(app: Watched, here: School) -> int:
    async with calling(app, here.ada) as ada:
        return await recorded(ada)


async def state(number: int) -> tuple[State, tuple[Step, ...]]:
    chain = await chain_of(number)
    assert chain is not None
    return chain.state, tuple(chain.steps)


async def as_shown(client: AsyncClient, number: int) -> str:
    """Return where the page of a record sends that it is verified."""
    shown = (await client.get(f"/evidence/{number}")).text
    found = re.search(r'action="(/evidence/\d+/verification)"', shown)
    assert found
    return found[1]


async def test_nobody_verifies_or_declines_what_they_recorded_of_themselves(
    app: Watched, here: School, waiting: int
) -> None:
    async with calling(app, here.ada) as ada:
        for path in ("verification", "refusal"):
            answer = await send(ada, f"/evidence/{waiting}/{path}", WHY)
            assert answer.status_code == 404, "an officer has no door to verify by"
    # Whoever leads somebody has the door; their own record is not behind it.
    async with calling(app, here.sue) as sue:
        own = await recorded(sue)
        answer = await send(sue, f"/evidence/{own}/verification")
    assert answer.status_code == 409
    assert "Nobody verifies their own evidence" in answer.text
    assert (await state(waiting))[0] is State.AWAITING


async def test_a_role_does_not_reach_ones_own_record_nor_ones_managers(app: Watched, here: School) -> None:
    await builders.line(here.lee, here.sue)
    async with calling(app, here.lee) as lee:
        own = await recorded(lee)
        refused = await send(lee, f"/evidence/{own}/verification")
        assert "Nobody verifies their own evidence" in refused.text
        assert "Lee Handley</div>" not in (await lee.get("/verification")).text
    async with calling(app, here.sue) as sue:
        managers = await recorded(sue)
    async with calling(app, here.lee) as lee:
        assert (await send(lee, f"/evidence/{managers}/verification")).status_code == 404


async def test_whoever_corrects_what_waits_does_not_verify_their_own_words(
    app: Watched, here: School, waiting: int
) -> None:
    async with calling(app, here.sue) as sue:
        changed = answers(LAST_MONTH - timedelta(days=1), reason="It was the day before")
        assert (await send(sue, f"/evidence/{waiting}/correction", changed)).status_code == 303
        page = (await sue.get(f"/evidence/{waiting}")).text
        assert "somebody else has to verify it" in page
        refused = await send(sue, f"/evidence/{waiting}/verification")
        assert "You entered this yourself" in refused.text
        assert "You wrote it: somebody else verifies it" in (await sue.get("/verification")).text
    async with calling(app, here.lee) as lee:
        assert (await send(lee, await as_shown(lee, waiting))).status_code == 303
    assert await state(waiting) == (State.VERIFIED, (Step.RECORDED, Step.CORRECTED, Step.VERIFIED))


async def test_of_two_who_verify_at_once_one_has_and_the_other_is_told(
    app: Watched, here: School, waiting: int
) -> None:
    async with calling(app, here.sue) as sue, calling(app, here.lee) as lee:
        sent = await asyncio.gather(*(send(one, f"/evidence/{waiting}/verification") for one in (sue, lee)))
    assert sorted(one.status_code for one in sent) == [303, 409]
    assert (await told(here.ada)).count(f"What you recorded has been verified: {TITLE}") == 1


async def test_a_verification_is_taken_back_by_whoever_gave_it_and_by_nobody_else(
    app: Watched, here: School, waiting: int
) -> None:
    async with calling(app, here.sue) as sue, calling(app, here.lee) as lee:
        await send(sue, f"/evidence/{waiting}/verification")
        refused = await send(lee, f"/evidence/{waiting}/verification/withdrawal")
        assert refused.status_code == 409
        undone = await send(sue, f"/evidence/{waiting}/verification/withdrawal")
        assert undone.status_code == 303
        assert "Ada Okafor" in (await sue.get("/verification")).text
        again = await send(sue, f"/evidence/{waiting}/verification")
        assert again.status_code == 303, "they are Ada's words still, so Sue may verify them after all"
    assert (await state(waiting))[1] == (Step.RECORDED, Step.VERIFIED, Step.REOPENED, Step.VERIFIED)
    assert f"A verification has been taken back: {TITLE}" in await told(here.ada)


async def test_what_is_declined_says_why_and_is_put_right_and_recorded_again(
    app: Watched, here: School, waiting: int
) -> None:
    async with calling(app, here.sue) as sue:
        empty = await send(sue, f"/evidence/{waiting}/refusal", {"reason": " "})
        assert "Enter why" in empty.text
        assert (await send(sue, f"/evidence/{waiting}/refusal", WHY)).status_code == 303
    assert await told(here.ada) == [f"What you recorded has been declined: {TITLE}"]
    async with calling(app, here.ada) as ada:
        page = (await ada.get(f"/evidence/{waiting}")).text
        assert WHY["reason"] in page
        assert f"/passport/evidence/new?again={waiting}" in page
        form = (await ada.get(f"/passport/evidence/new?again={waiting}")).text
        assert f'name="again" value="{waiting}"' in form
        assert 'value="BTC-17"' in form
        twice = [
            await send(ada, "/passport/evidence", answers(reference="BTC-18", again=str(waiting)))
            for _ in range(2)
        ]
        assert [one.headers["location"].partition("=")[2] for one in twice] == ["again", "already"]
    assert await state(waiting) == (State.AWAITING, (Step.RECORDED, Step.AGAIN))


async def test_somebody_elses_declined_record_cannot_be_taken_up(
    app: Watched, here: School, waiting: int
) -> None:
    async with calling(app, here.sue) as sue:
        await send(sue, f"/evidence/{waiting}/refusal", WHY)
        stolen = await send(sue, "/passport/evidence", answers(again=str(waiting)))
        assert stolen.status_code == 400
        assert (await sue.get(f"/passport/evidence/new?again={waiting}")).status_code == 409


async def test_a_correction_edits_nothing_and_the_page_shows_the_whole_chain(
    app: Watched, here: School, waiting: int
) -> None:
    async with calling(app, here.ada) as ada:
        form = (await ada.get(f"/evidence/{waiting}/correction")).text
        assert 'value="7.5"' in form
        same = await send(ada, f"/evidence/{waiting}/correction", answers(reason="Nothing"))
        assert "nothing here differs from what is recorded" in same.text
        for wrong, says in (
            ({"hours": ""}, "Enter the hours"),
            ({"reason": ""}, "Enter why"),
            ({"on-day": "31", "on-month": "2"}, "must be a real date"),
        ):
            refused = await send(
                ada, f"/evidence/{waiting}/correction", answers(**{"reference": "Z", **wrong})
            )
            assert says in refused.text
            assert 'value="Z"' in refused.text
        changed = answers(hours="6", reference="", reason="It ended at noon")
        assert (await send(ada, f"/evidence/{waiting}/correction", changed)).status_code == 303
        page = (await ada.get(f"/evidence/{waiting}")).text
    done = page.partition("What was done")[2]
    assert done.index("Corrected</strong> by Ada Okafor") < done.index("Recorded</strong> by Ada Okafor")
    assert "It ended at noon" in done
    assert "7.5 hours" in done
    assert "6 hours" in done
    assert "reference BTC-17" in done
    assert len(await fetch("SELECT FROM passport.evidence")) == 2


async def test_what_others_recorded_of_somebody_is_not_theirs_to_change(app: Watched, here: School) -> None:
    number = await builders.evidence(here.ada, CODE, LAST_MONTH)
    async with calling(app, here.ada) as ada:
        page = (await ada.get(f"/evidence/{number}")).text
        assert "You did not write this yourself" in page
        for path in ("correction", "withdrawal"):
            answer = await send(ada, f"/evidence/{number}/{path}", answers(**WHY))
            assert answer.status_code == 409
            assert "Ask your supervisor" in answer.text
    async with calling(app, here.lee) as lee:
        assert (await send(lee, f"/evidence/{number}/withdrawal", WHY)).status_code == 303
    assert await told(here.ada) == [f"A record of yours has been withdrawn: {TITLE}"]


async def test_nobody_verifies_by_a_page_they_had_open_what_was_put_in_its_place(
    app: Watched, here: School, waiting: int
) -> None:
    async with calling(app, here.ada) as ada, calling(app, here.sue) as sue:
        await send(ada, f"/evidence/{waiting}/correction", answers(hours="900", **WHY))
        late = await send(sue, f"/evidence/{waiting}/verification")
        assert (late.status_code, "corrected since you read it" in late.text) == (409, True)
        assert (await state(waiting))[0] is State.AWAITING
        assert (await send(sue, await as_shown(sue, waiting))).status_code == 303
    assert (await state(waiting))[0] is State.VERIFIED


async def test_what_was_changed_in_the_meantime_is_told_and_nothing_is_done(
    app: Watched, here: School, waiting: int
) -> None:
    async with calling(app, here.ada) as ada, calling(app, here.sue) as sue:
        await send(ada, f"/evidence/{waiting}/withdrawal", WHY)
        late = await send(sue, f"/evidence/{waiting}/verification")
        assert late.status_code == 409
        assert "no longer waits to be verified" in late.text
        again = await send(ada, f"/evidence/{waiting}/withdrawal", WHY)
        assert "has been corrected or withdrawn in the meantime" in again.text
    assert (await state(waiting))[0] is State.WITHDRAWN


async def test_a_record_out_of_reach_looks_like_none(app: Watched, here: School, waiting: int) -> None:
    async with calling(app, here.bea) as bea:
        for rest in ("", "/correction", "/withdrawal"):
            there, absent = [await bea.get(f"/evidence/{number}{rest}") for number in (waiting, 999_999)]
            assert (there.status_code, absent.status_code) == (404, 404)
        assert (await bea.get("/verification")).status_code == 404


async def test_reading_somebody_elses_record_is_written_down(
    app: Watched, here: School, waiting: int
) -> None:
    async with calling(app, here.ada) as ada:
        await ada.get(f"/evidence/{waiting}")
    async with calling(app, here.sue) as sue:
        await sue.get(f"/evidence/{waiting}")
        await sue.get("/verification")
    looks = await fetch(
        "SELECT event, actor_id, subject_id, subject_ids FROM foundation.audit_event WHERE is_reading ORDER BY id"
    )
    assert [(one["event"], one["actor_id"]) for one in looks] == [
        ("evidence record read", here.sue),
        ("evidence to verify listed", here.sue),
    ]
    assert looks[0]["subject_id"] == here.ada
    assert looks[1]["subject_ids"] == [here.ada]


async def test_the_queue_goes_on_page_by_page_the_longest_wait_first(app: Watched, here: School) -> None:
    for days in range(55):
        await builders.evidence(here.ada, CODE, LAST_MONTH - timedelta(days=days), verified=False)
    for who in (here.sue, here.lee):
        async with calling(app, who) as client:
            first = (await client.get("/api/v1/verification")).json()
            second = (await client.get("/api/v1/verification", params={"after": first["after"]})).json()
            page = (await client.get("/verification", params={"after": first["after"]})).text
        assert (len(first["waiting"]), len(second["waiting"]), second["after"]) == (50, 5, None)
        assert page.count("/evidence/") == 5
        assert first["waiting"][0]["number"] < second["waiting"][0]["number"]
