"""Does a pathway name everything a role asks, in an order that can be followed, and judge it as the licence is judged?"""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attested.seeding.policy import policy_in_force
from foundation.clock import today
from foundation.database import fetch
from foundation.requests import Watched
from licence.pathways.rules import Have, asking_for, leading_to, pathway
from licence.standing.deciding import decide_with_policy
from licence.standing.decisions import Finding, State
from passport.policy.document import shipped_policy
from passport.policy.rules import Effect, LicencePolicy, Profile
from people.persons.facts import person as named
from tests.builders import evidence, grant, line, listed, officer, person, post
from tests.clients import calling

POLICY = shipped_policy()
BY_CODE = {one.code: one for one in POLICY.requirements}
ROADS = Profile("roads policing", "Roads policing")
DRIVES = {"DRIVE-BASIC", "DRIVE-RESPONSE", "DRIVE-ADVANCED"}
ON = date(2026, 11, 22)


def chained(pairs: list[tuple[int, int]]) -> LicencePolicy:
    """The shipped policy, with prerequisites drawn among what roads policing asks, loops among them."""
    asked = [one for one in POLICY.requirements if ROADS.name in one.applies_to.profiles]
    needs: dict[int, tuple[int, ...]] = {}
    for one, other in pairs:
        number = asked[one % len(asked)].id
        needs[number] = (*needs.get(number, ()), POLICY.requirements[other % len(POLICY.requirements)].id)
    return replace(
        POLICY,
        requirements=tuple(
            replace(one, prerequisites=needs.get(one.id, one.prerequisites)) for one in POLICY.requirements
        ),
    )


def test_a_role_asks_what_policy_asks_of_its_profile_and_what_comes_first() -> None:
    codes = {one.code for one in leading_to(POLICY, ROADS.name)}
    asked = {one.code for one in POLICY.requirements if ROADS.name in one.applies_to.profiles}
    assert DRIVES | {"FIRST-AID-ENHANCED"} <= asked <= codes


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 40)), max_size=6))
def test_nothing_stands_before_what_it_needs_unless_policy_goes_in_a_circle(
    pairs: list[tuple[int, int]],
) -> None:
    policy = chained([(one, other) for one, other in pairs if other % len(POLICY.requirements) > 20])
    steps = [one.id for one in leading_to(policy, ROADS.name)]
    assert len(steps) == len(set(steps))
    circular = any(
        number in one.prerequisites and one.id in policy.by_id[number].prerequisites
        for one in policy.requirements
        for number in one.prerequisites
    )
    for one in leading_to(policy, ROADS.name):
        for number in one.prerequisites:
            assert number in steps
            assert circular or one.id == number or steps.index(number) < steps.index(one.id)


@given(st.sampled_from(State), st.sampled_from((None, ON)))
def test_time_allowed_for_the_first_time_is_never_having_it(state: State, met_on: date | None) -> None:
    asked = BY_CODE["DRIVE-ADVANCED"]
    finding = Finding(asked.id, Effect.OPERATIONAL_STOP, state, met_on=met_on, due_on=ON)
    found = pathway(POLICY, ROADS, [finding], None)
    (step,) = [one for one in found.steps if one.requirement is asked]
    if met_on is None:
        assert step.have is not Have.HELD
        assert step.valid_until is None
    assert (step.have is Have.HELD) == (met_on is not None and state in {State.MET, State.DUE_SOON})
    assert {POLICY.by_id[one].code for one in step.also_gives} == {"DRIVE-BASIC", "DRIVE-RESPONSE"}


def test_the_policy_that_asks_is_made_once_for_each_profile() -> None:
    assert asking_for(POLICY, ROADS.name) is asking_for(POLICY, ROADS.name)


@pytest.mark.anyio
async def test_one_sees_what_one_has_what_is_missing_and_what_it_also_gives(
    app: Watched, database: str
) -> None:
    await policy_in_force(today())
    ada = await officer("Ada", "Okafor")
    await evidence(ada, "DRIVE-RESPONSE", today() - timedelta(days=100))
    await evidence(ada, "FIRST-AID-ENHANCED", today() - timedelta(days=5 * 365))
    await evidence(ada, "DRIVE-ADVANCED", today() - timedelta(days=3), verified=False)
    await listed()
    async with calling(app, ada) as client:
        found = (await client.get("/api/v1/me/profiles/roads-policing")).json()
        steps = {one["requirement"]: one for one in found["steps"]}
        assert steps["DRIVE-RESPONSE"]["have"] == "held"
        assert (steps["DRIVE-BASIC"]["have"], steps["DRIVE-BASIC"]["met_by"]) == ("held", "DRIVE-RESPONSE")
        assert steps["FIRST-AID-ENHANCED"]["have"] == "to renew"
        assert steps["DRIVE-ADVANCED"]["have"] == "awaiting verification"
        assert steps["DRIVE-RESPONSE"]["also_gives"] == ["DRIVE-BASIC"]
        page = (await client.get("/passport/profiles/roads-policing")).text
        assert "You have 2 of 4" in page
        assert "Basic driving" in page
        assert "Roads policing" in (await client.get("/passport/profiles")).text
        for absent in ("/passport/profiles/pilot", "/api/v1/me/profiles/pilot"):
            assert (await client.get(absent)).status_code == 404


@pytest.mark.anyio
async def test_whoever_supervises_somebody_plans_with_them_and_nobody_else_does(
    app: Watched, database: str
) -> None:
    await policy_in_force(today())
    ada, bea, otto = [await officer(given) for given in ("Ada", "Bea", "Otto")]
    await line(ada, bea)
    await line(await officer("Rita"), otto)
    await evidence(ada, "DRIVE-RESPONSE", today() - timedelta(days=100))
    await listed()
    hers = (await named(ada)).national_id
    where = [
        f"{start}/people/{hers}/profiles{name}"
        for start in ("", "/api/v1")
        for name in ("", "/roads-policing")
    ]
    async with calling(app, bea) as client:
        listed_page, page, in_list, found = [(await client.get(one)) for one in where]
        assert "What would Ada Okafor need for a role?" in (await client.get(f"/people/{hers}/passport")).text
        assert f"/people/{hers}/profiles" in (await client.get("/team")).text
    assert "They have" in listed_page.text
    assert "Ada Okafor has 2 of 4" in page.text
    assert "You" not in page.text[page.text.index("<main") : page.text.index("</main>")]
    assert {one["profile"]: one["had"] for one in in_list.json()}["roads-policing"] == 2
    assert (
        next(one for one in found.json()["steps"] if one["requirement"] == "DRIVE-RESPONSE")["have"] == "held"
    )
    read = await fetch("SELECT subject_id, actor_id FROM foundation.audit_event WHERE event = 'pathway read'")
    assert [tuple(row) for row in read] == [(ada, bea)] * 4
    for who in (otto, ada):
        async with calling(app, who) as client:
            assert {(await client.get(one)).status_code for one in where} == {404}


@pytest.mark.anyio
async def test_whoever_has_the_role_is_judged_here_exactly_as_by_the_licence(
    app: Watched, database: str
) -> None:
    await policy_in_force(today())
    rob = await person("Rob", "Roads")
    await post(rob, profiles=["roads policing"])
    await grant(rob, today() - timedelta(days=400))
    for code, days in (("DRIVE-BASIC", 2000), ("DRIVE-RESPONSE", 30), ("FIRST-AID-ENHANCED", 1090)):
        await evidence(rob, code, today() - timedelta(days=days))
    await listed()
    decided = (await decide_with_policy([rob], today()))[rob]
    async with calling(app, rob) as client:
        steps = (await client.get("/api/v1/me/profiles/roads-policing")).json()["steps"]
    mine = {one.requirement_id: one for one in decided.decision.findings}
    codes = {one.id: one.code for one in decided.policy.requirements}
    by_code = {codes[number]: one for number, one in mine.items()}
    assert steps
    for one in steps:
        finding = by_code[one["requirement"]]
        held = finding.met_on is not None and finding.state in {State.MET, State.DUE_SOON}
        assert (one["have"] == "held") == held, one
        if held:
            assert one["valid_until"] == (finding.due_on.isoformat() if finding.due_on else None)


@pytest.mark.anyio
async def test_a_step_asked_of_other_ranks_says_so(app: Watched, database: str) -> None:
    await policy_in_force(today())
    ada = await officer("Ada", "Okafor")
    await listed()
    async with calling(app, ada) as client:
        found = (await client.get("/api/v1/me/profiles/custody")).json()
        assert {one["is_open"] for one in found["steps"] if one["requirement"] == "CUSTODY-OFFICER"} == {
            False
        }
        assert "Not asked of you at your rank" in (await client.get("/passport/profiles/custody")).text
