"""Does a force set for itself only what policy allows, by two of its people, and end it the same way?"""

from datetime import timedelta

import pytest

from foundation.clock import today
from foundation.requests import Watched
from passport.policy.facts import force_settings, policy_for
from tests.builders import force_id, officer
from tests.clients import calling, grant_role
from tests.passport.drafting.desk import sent, writers

pytestmark = pytest.mark.anyio
NEW = "/policy/settings/new"
WHY = {"reason": "Three instructors until spring"}


async def force_people() -> tuple[int, int, int]:
    await writers()
    lena, lou, giver = await officer("Lena"), await officer("Lou"), await officer("Gus")
    await grant_role(lena, "learning and development", by=giver)
    await grant_role(lou, "force lead", by=giver)
    stranger = await officer("Sid")
    await grant_role(stranger, "force lead", force="E23000032", by=giver)
    return lena, lou, stranger


async def test_one_proposes_another_approves_and_it_ends_the_same_way(app: Watched, database: str) -> None:
    lena, lou, stranger = await force_people()
    async with calling(app, lena) as one, calling(app, lou) as second, calling(app, stranger) as other:
        proposed = await sent(one, NEW, {"what": "JRFT:grace_days", "value": "60", **WHY})
        assert proposed.headers["location"] == "/policy/settings/1?done=proposed"
        again = await sent(one, NEW, {"what": "JRFT:grace_days", "value": "60", **WHY})
        assert (again.status_code, "proposed already" in again.text) == (400, True)
        assert await force_settings() == ()
        assert "/policy/settings/1/approve" not in (await one.get("/policy/settings/1")).text
        assert (await other.get("/policy/settings/1")).status_code == 404
        approved = await sent(second, "/policy/settings/1", {}, to="/policy/settings/1/approve")
        assert approved.headers["location"] == "/policy/settings/1?done=approved"
        avon = await policy_for(await force_id(), today())
        assert next(one.grace_days for one in avon.requirements if one.code == "JRFT") == 60
        day = today() + timedelta(days=30)
        last = {
            "last_day-day": str(day.day),
            "last_day-month": str(day.month),
            "last_day-year": str(day.year),
            **WHY,
        }
        ended = await sent(second, "/policy/settings/holding/1/end", last)
        assert ended.headers["location"] == "/policy/settings/2?done=proposed"
        own = await sent(second, "/policy/settings/2", {}, to="/policy/settings/2/refuse")
        assert (own.status_code, "Say why." in own.text) == (409, True)
        back = await sent(second, "/policy/settings/2", {"reason": "Not yet"}, to="/policy/settings/2/refuse")
        assert back.headers["location"] == "/policy/settings/2?done=taken-back"
        await sent(one, "/policy/settings/holding/1/end", last)
        await sent(second, "/policy/settings/3", {}, to="/policy/settings/3/approve")
    assert [one.valid_until for one in await force_settings()] == [day]


async def test_what_policy_does_not_allow_is_refused_with_every_answer_kept(
    app: Watched, database: str
) -> None:
    lena, lou, _ = await force_people()
    async with calling(app, lena) as one, calling(app, lou) as lead:
        for fields, said in (
            ({"what": "PPST:validity_months", "value": "24"}, "Select what is set"),
            ({"what": "JRFT:grace_days", "value": "many"}, "grace_days is a whole number"),
            ({"what": "JRFT:grace_days", "value": ""}, "Enter what it becomes"),
            ({"what": "JRFT:grace_days", "value": "60", "reason": ""}, "Enter why"),
            ({"what": "JRFT:grace_days", "value": "60", "valid_from-year": "2020"}, "must be on or after"),
        ):
            answer = await sent(one, NEW, {**WHY, **fields})
            assert answer.status_code == 400, fields
            assert said in answer.text, fields
        await sent(lead, NEW, {"what": "JRFT:level", "value": "3.7", **WHY})
        shown = (await lead.get("/policy/settings/1")).text
        assert "A second person has to approve" in shown
        alone = await sent(lead, "/policy/settings/1", {}, to="/policy/settings/1/approve")
        assert (alone.status_code, "whoever proposed it cannot" in alone.text) == (409, True)
