"""Is a program told the same as a person, under the same permissions?"""

import pytest

from foundation.clock import today
from foundation.database import fetch
from foundation.requests import Watched
from licence.standing.deciding import decide_person
from tests.clients import calling
from tests.licence.passport_page.conftest import People, days_ago

pytestmark = pytest.mark.anyio


def decision_of(people: People) -> str:
    return f"/api/v1{people.address.removesuffix('/passport')}/decision"


async def test_a_program_is_told_the_decision_with_every_reason_and_finding(
    app: Watched, people: People
) -> None:
    async with calling(app, people.ada) as client:
        told = (await client.get("/api/v1/me/decision")).json()
    live = await decide_person(people.ada, today())
    assert (told["standing"], told["may_practise"], told["policy_version"]) == ("in grace", True, 1)
    assert told["because"][0]["requirement"] == "PPST"
    assert {one["requirement"]: one["state"] for one in told["findings"]}["FIRST-AID"] == "met"
    assert len(told["findings"]) == len(live.findings)
    assert [(one["name"], one["held"]) for one in told["authorities"]] == [
        (one.name, one.held) for one in live.authorities
    ]


async def test_a_program_may_ask_about_any_day_as_known_at_any_instant(app: Watched, people: People) -> None:
    async with calling(app, people.sergeant) as client:
        past = (await client.get(decision_of(people), params={"on": days_ago(50).isoformat()})).json()
        unknown = (await client.get(decision_of(people), params={"known": days_ago(1).isoformat()})).json()
    assert (past["on"], past["standing"]) == (days_ago(50).isoformat(), "active")
    assert unknown["findings"] == []
    assert unknown["headline"] == "Nothing had been recorded of Ada Okafor’s service."
    assert [one["reason"] for one in unknown["because"]] == ["nothing recorded"]


@pytest.mark.parametrize("what", ["decision", "evidence"])
async def test_a_program_out_of_reach_is_told_what_it_is_told_of_nobody(
    app: Watched, people: People, what: str
) -> None:
    address = f"/api/v1{people.address.removesuffix('/passport')}/{what}"
    async with calling(app, people.colleague) as client:
        refused, absent = await client.get(address), await client.get(f"/api/v1/people/0000-0000-0/{what}")
    assert refused.status_code == absent.status_code == 404
    assert {**refused.json(), "instance": ""} == {**absent.json(), "instance": ""}


async def test_evidence_is_told_newest_first_and_reading_anothers_is_written_down(
    app: Watched, people: People
) -> None:
    address = decision_of(people).replace("/decision", "/evidence")
    async with calling(app, people.desk) as client:
        told = (await client.get(address)).json()
    days = [one["completed_on"] for one in told]
    assert days == sorted(days, reverse=True)
    assert {one["requirement"] for one in told} >= {"PPST", "FIRST-AID", "CED"}
    read = await fetch("SELECT actor_id FROM foundation.audit_event WHERE event = 'evidence read'")
    assert [row["actor_id"] for row in read] == [people.desk]


async def test_what_has_not_changed_is_not_sent_again(app: Watched, people: People) -> None:
    async with calling(app, people.ada) as client:
        first = await client.get("/api/v1/me/decision")
        again = await client.get("/api/v1/me/decision", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "no-store" in first.headers["cache-control"]


@pytest.mark.parametrize(
    "query", ["on=yesterday", "on=0001-01-01", "on=9999-12-31", "known=soon", "known=2026-03-04T09:30:00"]
)
async def test_a_day_that_cannot_be_used_is_refused(app: Watched, people: People, query: str) -> None:
    async with calling(app, people.ada) as client:
        answer = await client.get(f"/api/v1/me/decision?{query}")
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")


async def test_a_day_without_a_policy_is_said_to_have_none(app: Watched, people: People) -> None:
    async with calling(app, people.ada) as client:
        answer = await client.get("/api/v1/me/decision?on=2019-12-31")
    assert (answer.status_code, "No policy is in force" in answer.json()["detail"]) == (409, True)
