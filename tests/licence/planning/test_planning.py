"""Does a planner see how many places are needed when, and for whom, and nobody else any name?"""

import csv
import io

import pytest

from foundation.clock import today
from foundation.database import fetch
from foundation.requests import Watched
from tests import owner
from tests.builders import absence, evidence
from tests.clients import calling
from tests.licence.planning.forces import Force, a_force, counted, in_days

pytestmark = pytest.mark.anyio
API = "/api/v1/planning/demand"


@pytest.fixture
async def force(database: str) -> Force:
    return await a_force()


async def months_of(app: Watched, who: int, **query: str | int) -> dict[str, object]:
    async with calling(app, who) as client:
        answer = await client.get(f"{API}/months", params={"requirement": "PPST", **query})
    assert answer.status_code == 200, answer.text
    found: dict[str, object] = answer.json()
    return found


async def people_of(app: Watched, who: int, **query: str | int) -> list[str]:
    async with calling(app, who) as client:
        answer = await client.get(f"{API}/people", params={"requirement": "PPST", **query})
    assert answer.status_code == 200, answer.text
    return [one["name"] for one in answer.json()["people"]]


async def test_everybody_who_falls_due_is_counted_and_nobody_of_another_force(
    app: Watched, force: Force
) -> None:
    async with calling(app, force.planner) as client:
        told = (await client.get(API)).json()
    safety = next(one for one in told["requirements"] if one["requirement"] == "PPST")
    # Nine were trained; the sergeant and the three of the desk never were, and are late since their ninety days.
    assert (safety["people"], safety["late_now"]) == (13, 5)
    assert safety["fullest_month_planned"] <= safety["fullest_month_due"]
    assert safety["hours"] == 13 * 12


async def test_the_list_behind_each_number_is_as_long_as_the_number(app: Watched, force: Force) -> None:
    told = await months_of(app, force.planner)
    for by in ("due", "planned"):
        for month in told["months"]:  # type: ignore[attr-defined]
            async with calling(app, force.planner) as client:
                query = {"requirement": "PPST", "by": by, "month": month["month"][:7]}
                found = (await client.get(f"{API}/people", params=query)).json()
            assert found["total"] == month[by], (by, month)
            assert len(found["people"]) + found["unnamed"] == month[by]


async def test_with_few_places_those_without_one_are_named(app: Watched, force: Force) -> None:
    told = await months_of(app, force.planner, most=2)
    # Two places in each of the three months by which all thirteen are due.
    assert told["without_place"] == 7
    assert all(month["planned"] <= 2 for month in told["months"])  # type: ignore[attr-defined]
    assert len(await people_of(app, force.planner, most=2, by="short")) == 6, (
        "Lena counts herself in, and is not named to herself"
    )


async def test_a_protected_colleague_is_counted_and_not_named(app: Watched, force: Force) -> None:
    async with calling(app, force.planner) as client:
        query = {"requirement": "PPST", "by": "due", "month": in_days(30)}
        found = (await client.get(f"{API}/people", params=query)).json()
    assert found["unnamed"] >= 1
    assert "Prot Okafor" not in [one["name"] for one in found["people"]]


async def test_who_is_about_to_be_seen_is_written_down_first(app: Watched, force: Force) -> None:
    assert "Sona Okafor" in await people_of(app, force.desk, by="due", month=in_days(30))
    (line,) = await fetch(
        "SELECT subject_ids, role FROM foundation.audit_event WHERE event = 'training demand of people read'"
    )
    assert force.soon in line["subject_ids"]
    assert line["role"] == "licensing desk"


async def test_a_force_lead_sees_the_numbers_and_no_name(app: Watched, force: Force) -> None:
    async with calling(app, force.lead) as client:
        page = (await client.get("/planning/requirement?requirement=PPST")).text
        assert "12 hours" not in page
        assert "/planning/people" not in page
        assert (await client.get(f"{API}/people?requirement=PPST&by=short")).status_code == 404
        assert (await client.get("/planning/people?requirement=PPST&by=short")).status_code == 404


async def test_a_unit_alone_may_be_asked_about(app: Watched, force: Force) -> None:
    (unit,) = await fetch("SELECT id FROM people.unit WHERE name = 'Custody'")
    assert (await months_of(app, force.planner, unit=unit["id"]))["demand"]["people"] == 6  # type: ignore[index]


async def test_what_is_recorded_today_is_counted_tonight_and_nobody_else_is_looked_at(
    app: Watched, force: Force
) -> None:
    before = await months_of(app, force.planner)
    await evidence(force.late, "PPST", today())
    await absence(force.soon, today())
    assert await counted() == 2
    after = await months_of(app, force.planner)
    assert after["demand"]["late_now"] == before["demand"]["late_now"] - 1  # type: ignore[index]
    assert await counted() == 0


async def test_classes_follow_from_policy_or_from_what_is_asked(app: Watched, force: Force) -> None:
    by_policy = await months_of(app, force.planner)
    by_asking = await months_of(app, force.planner, places=1)
    for one, other in zip(by_policy["months"], by_asking["months"], strict=True):  # type: ignore[call-overload]
        assert one["classes"] == -(-one["planned"] // 16)
        assert other["classes"] == other["planned"]


async def test_the_numbers_leave_as_a_file_that_is_listed(app: Watched, force: Force) -> None:
    async with calling(app, force.lead) as client:
        answer = await client.get("/planning/demand.csv")
    assert answer.status_code == 200
    lines = list(csv.DictReader(io.StringIO(answer.text)))
    safety = [one for one in lines if one["Requirement"] == "PPST"]
    assert len(safety) == 12
    assert sum(int(one["Due"]) for one in safety) == sum(int(one["Planned"]) for one in safety) == 13
    assert "Okafor" not in answer.text
    (taken,) = await fetch("SELECT kind, rows, state FROM access.export")
    assert tuple(taken) == ("training demand", len(lines), "taken")


async def test_what_makes_no_sense_says_so_and_keeps_what_was_typed(app: Watched, force: Force) -> None:
    async with calling(app, force.planner) as client:
        answer = await client.get("/planning/requirement?requirement=PPST&most=many")
        assert answer.status_code == 400
        assert "Places in a month must be a whole number" in answer.text
        assert 'value="many"' in answer.text
        assert (await client.get("/planning/requirement?requirement=NOTHING")).status_code == 404
        assert (await client.get("/planning/people?requirement=PPST&by=due&month=1999-01")).status_code == 404
        refused = await client.get(f"{API}/people?requirement=PPST&by=due&month=1999-01")
        assert (refused.status_code, refused.json()["errors"]["month"][:20]) == (400, "must be one of the n")


async def test_nothing_counted_yet_says_when_it_will_be(app: Watched, force: Force) -> None:
    await owner.execute("DELETE FROM licence.coming_due")
    async with calling(app, force.planner) as client:
        assert "Nothing has been worked out yet" in (await client.get("/planning")).text
        assert (await client.get(API)).json() == {"counted_at": None, "requirements": []}


async def test_a_supervisor_sees_the_hours_of_their_team_and_whom_they_take_away(
    app: Watched, force: Force
) -> None:
    async with calling(app, force.sergeant) as client:
        told = (await client.get("/api/v1/team/forecast?requirement=PPST")).json()
        every = (await client.get("/api/v1/team/forecast")).json()
        page = (await client.get("/team/forecast?requirement=PPST")).text
        assert (await client.get("/team/forecast?requirement=NOTHING")).status_code == 400
    courses = [one for month in told["months"] for one in month["courses"]]
    assert len(courses) == 8
    assert told["hours"] == sum(one["hours"] for one in courses) == 8 * 12
    assert every["hours"] == sum(month["hours"] for month in every["months"]) > told["hours"]
    assert every["courses_without_hours"] > 0
    assert "Lara Okafor" in page
    assert "Public and personal safety training (12 hours)" in page
    async with calling(app, force.planner) as client:
        assert (await client.get("/team/forecast")).status_code == 404
