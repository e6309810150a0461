"""Roles are given by somebody else, some count only once a second person agrees, and an ended one is gone at once."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest
from asyncpg import CheckViolationError
from httpx2 import AsyncClient

from access.facts import identity_of
from access.identity import Identity
from access.roles import Role
from access.sign_in import form_cookie_name
from foundation.audit import Actor
from foundation.clock import today
from foundation.database import fetch, fetch_one
from foundation.problems import NotFoundError
from foundation.requests import Watched
from people.forces.facts import force_with_code
from people.roles.actions import NewRole, agree_to_role, end_role, give_role
from people.roles.errors import (
    BackwardsRoleError,
    NoReasonError,
    NotAwaitingApprovalError,
    OwnRoleError,
    RoleEndedError,
    RoleHeldError,
    RoleOutOfReachError,
    SecondPersonError,
    UnitOfAnotherForceError,
)
from people.roles.rules import State, Term
from tests.builders import listed, officer, person, post, unit
from tests.clients import calling, grant_role, submit

pytestmark = pytest.mark.anyio
FAR = "E23000001"
DAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("term", "state"),
    [
        (Term(DAY, None, awaits_approval=False, is_ended=False), State.HELD),
        (Term(DAY, DAY, awaits_approval=False, is_ended=False), State.HELD),
        (Term(DAY - timedelta(9), DAY - timedelta(1), awaits_approval=False, is_ended=False), State.OVER),
        (Term(DAY + timedelta(1), None, awaits_approval=False, is_ended=False), State.TO_COME),
        (Term(DAY + timedelta(1), None, awaits_approval=True, is_ended=False), State.AWAITING),
        (Term(DAY - timedelta(9), DAY - timedelta(1), awaits_approval=True, is_ended=False), State.OVER),
        (Term(DAY, None, awaits_approval=True, is_ended=True), State.ENDED),
    ],
)
def test_a_grant_stands_as_its_days_and_people_say(term: Term, state: State) -> None:
    assert term.state(DAY) is state


@pytest.mark.parametrize("role", [role for role in Role if not role.follows_from_records])
async def test_the_table_knows_the_roles_as_the_program_does(database: str, role: Role) -> None:
    ada, bo = await officer("Ada"), await officer("Bo")
    if role.is_machine:
        with pytest.raises(CheckViolationError):
            await grant_role(ada, role, by=bo)
        return
    number = await grant_role(ada, role, by=bo)
    row = await fetch_one("SELECT needs_approval, force_id FROM access.role_grant WHERE id = $1", number)
    assert row is not None
    assert (row["needs_approval"], row["force_id"] is None) == (role.needs_approval, role.is_national)


class Force:
    """A force lead, an operator, a privacy officer, and somebody to give a role to."""

    lead: int
    operator: int
    privacy: int
    ada: int
    id: int


@pytest.fixture
async def force(database: str) -> Force:
    made = Force()
    made.lead, made.operator, made.privacy, made.ada = [
        await officer(name) for name in ("Lea", "Opal", "Priya", "Ada")
    ]
    made.id = (await force_with_code("E23000036", today())).id
    await grant_role(made.lead, Role.FORCE_LEAD, by=made.operator)
    await grant_role(made.operator, Role.OPERATOR, by=made.lead)
    await grant_role(made.privacy, Role.PRIVACY_OFFICER, by=made.lead, approved_by=made.operator)
    await listed()
    return made


async def known(person_id: int) -> Identity:
    found = await identity_of(person_id, today())
    assert found is not None
    return found


def asked(force: Force, role: Role, /, **changed: object) -> NewRole:
    new = NewRole(force.ada, role, force.id, None, today(), None, "Joins the desk")
    return replace(new, **changed)  # type: ignore[arg-type]


async def give(giver: int, new: NewRole) -> int:
    return await give_role(actor=Actor(giver, "Giver"), giver=await known(giver), new=new)


async def test_a_role_given_is_held_at_once_and_written_down(force: Force) -> None:
    await give(force.lead, asked(force, Role.LICENSING_DESK))
    assert (await known(force.ada)).holds(Role.LICENSING_DESK)
    (line,) = await fetch("SELECT * FROM foundation.audit_event WHERE event = 'role given'")
    assert (line["actor_id"], line["subject_id"]) == (force.lead, force.ada)


async def test_a_role_of_health_counts_once_a_second_person_agrees(force: Force) -> None:
    number = await give(force.lead, asked(force, Role.OCCUPATIONAL_HEALTH))
    assert (await known(force.ada)).grants == ()
    await agree_to_role(actor=Actor(force.privacy, "P"), second=await known(force.privacy), grant_id=number)
    assert [grant.role for grant in (await known(force.ada)).grants] == [Role.OCCUPATIONAL_HEALTH]


async def test_whoever_gave_it_or_has_it_cannot_be_the_second_person(force: Force) -> None:
    other_lead = await officer("Leo")
    await grant_role(other_lead, Role.FORCE_LEAD, by=force.operator)
    number = await give(force.lead, asked(force, Role.VETTING_OFFICER, person_id=other_lead))
    with pytest.raises(SecondPersonError):
        await agree_to_role(actor=Actor(force.lead, "L"), second=await known(force.lead), grant_id=number)
    with pytest.raises(OwnRoleError):
        await agree_to_role(actor=Actor(other_lead, "L"), second=await known(other_lead), grant_id=number)


async def test_of_ten_who_agree_at_once_one_does(force: Force) -> None:
    number = await give(force.lead, asked(force, Role.BOARD_MEMBER))
    second = await known(force.privacy)
    answers = await asyncio.gather(
        *(agree_to_role(actor=Actor(force.privacy, "P"), second=second, grant_id=number) for _ in range(10)),
        return_exceptions=True,
    )
    assert answers.count(None) == 1
    assert sum(isinstance(answer, NotAwaitingApprovalError) for answer in answers) == 9


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"since": DAY, "until": DAY - timedelta(1)}, BackwardsRoleError),
        ({"reason": ""}, NoReasonError),
        ({"role": Role.FORCE_LEAD}, RoleOutOfReachError),
        ({"role": Role.OPERATOR, "force_id": None}, RoleOutOfReachError),
        ({"role": Role.OFFICER}, RoleOutOfReachError),
        ({"role": Role.HR_FEED}, RoleOutOfReachError),
        ({"force_id": None}, RoleOutOfReachError),
    ],
)
async def test_what_cannot_be_given_is_refused(force: Force, changed: dict[str, object], error: type) -> None:
    with pytest.raises(error):
        await give(force.lead, asked(force, Role.LICENSING_DESK, **changed))
    assert (await known(force.ada)).grants == ()


async def test_nobody_gives_a_role_to_themselves_or_beyond_their_force(force: Force) -> None:
    with pytest.raises(OwnRoleError):
        await give(force.lead, asked(force, Role.LICENSING_DESK, person_id=force.lead))
    far = (await force_with_code(FAR, today())).id
    with pytest.raises(RoleOutOfReachError):
        await give(force.lead, asked(force, Role.LICENSING_DESK, force_id=far))
    with pytest.raises(UnitOfAnotherForceError):
        await give(force.lead, asked(force, Role.LICENSING_DESK, unit_id=await unit(force=FAR)))
    await give(force.operator, asked(force, Role.FORCE_LEAD, force_id=far))


async def test_the_same_role_is_not_given_twice_for_the_same_days(force: Force) -> None:
    await give(force.lead, asked(force, Role.LEARNING))
    with pytest.raises(RoleHeldError):
        await give(force.lead, asked(force, Role.LEARNING, since=today() + timedelta(3)))


async def test_an_ended_role_is_gone_with_the_next_request(app: Watched, force: Force) -> None:
    number = await give(force.lead, asked(force, Role.LICENSING_DESK))
    async with calling(app, force.ada) as client:
        assert (await client.get("/desk")).status_code == 200
        lead = await known(force.lead)
        await end_role(actor=Actor(force.lead, "L"), ender=lead, grant_id=number, reason="Moved on")
        assert (await client.get("/desk")).status_code == 404
        with pytest.raises(RoleEndedError):
            await end_role(actor=Actor(force.lead, "L"), ender=lead, grant_id=number, reason="Twice")


async def test_a_role_of_another_force_is_as_if_it_were_not(app: Watched, force: Force) -> None:
    elsewhere = await officer("Xanthe")
    number = await grant_role(elsewhere, Role.LICENSING_DESK, force=FAR, by=force.operator)
    async with calling(app, force.lead) as client:
        there = await client.get(f"/roles/{number}")
        absent = await client.get("/roles/999999")
        assert (there.status_code, absent.status_code) == (404, 404)
        assert "Xanthe" not in (await client.get("/roles")).text
    with pytest.raises(NotFoundError):
        await end_role(
            actor=Actor(force.lead, "L"), ender=await known(force.lead), grant_id=number, reason="No"
        )


async def filled(person: str, role: str, **further: str) -> dict[str, str]:
    on = today()
    return {
        "person": person, "role": role, "reason": "Joins the desk", "since-day": str(on.day),
        "since-month": str(on.month), "since-year": str(on.year), **further,
    }  # fmt: skip


async def number_of(person_id: int) -> str:
    row = await fetch_one("SELECT national_id FROM people.person WHERE id = $1", person_id)
    assert row is not None
    return str(row["national_id"])


async def test_a_role_is_given_agreed_to_and_ended_by_page(app: Watched, force: Force) -> None:
    ada = await number_of(force.ada)
    async with calling(app, force.lead) as lead, calling(app, force.privacy) as privacy:
        given = await submit(lead, "/roles/new", "/roles/new", await filled(ada, "vetting officer"))
        assert given.status_code == 303
        here = given.headers["location"].partition("?")[0]
        assert "Awaiting agreement" in (await lead.get(here)).text
        assert f'action="{here}/agree"' not in (await lead.get(here)).text
        agreed = await submit(privacy, here, f"{here}/agree", {})
        assert agreed.status_code == 303
        assert "Held" in (await lead.get(here)).text
        assert (await submit(lead, here, f"{here}/end", {"reason": ""})).status_code == 400
        assert (await submit(lead, here, f"{here}/end", {"reason": "Moved"})).status_code == 303
    assert (await known(force.ada)).grants == ()


async def test_a_form_with_faults_keeps_what_was_typed(app: Watched, force: Force) -> None:
    async with calling(app, force.lead) as lead:
        answer = await submit(
            lead, "/roles/new", "/roles/new",
            await filled("0000-0000-0", "licensing desk", **{"since-day": "31", "since-month": "2"}),
        )  # fmt: skip
        assert answer.status_code == 400
        assert 'value="0000-0000-0"' in answer.text
        assert "Joins the desk" in answer.text
        assert "must be a real date" in answer.text
        unknown = await submit(
            lead, "/roles/new", "/roles/new", await filled("0000-0000-0", "licensing desk")
        )
        assert "Nobody has this number" in unknown.text


async def in_form(client: AsyncClient, page: str) -> dict[str, str]:
    await client.get(page)
    return {"x-csrftoken": client.cookies["attested-form"]}


async def test_a_force_lead_learns_nothing_of_who_serves_elsewhere(app: Watched, force: Force) -> None:
    far, hidden = await person("Far"), await person("Hidden", protected=True)
    await post(far, force=FAR)
    await post(hidden, unit_name="Covert")
    await listed()
    async with calling(app, force.lead) as lead:
        for person_id in (far, hidden):
            there = await submit(
                lead, "/roles/new", "/roles/new", await filled(await number_of(person_id), "licensing desk")
            )
            assert there.status_code == 400
            assert "Nobody has this number" in there.text


async def test_a_program_gives_and_ends_a_role_and_sends_nothing_beside(app: Watched, force: Force) -> None:
    asked_for = {
        "person": await number_of(force.ada), "role": "learning and development", "force": "E23000036",
        "since": today().isoformat(), "reason": "Joins the desk",
    }  # fmt: skip
    async with calling(app, force.lead) as lead:
        headers = await in_form(lead, "/roles")
        for forged in ("granted_by", "approved_by", "state"):
            refused = await lead.post("/api/v1/roles", json={**asked_for, forged: 1}, headers=headers)
            assert refused.status_code == 400, forged
        made = (await lead.post("/api/v1/roles", json=asked_for, headers=headers)).json()
        assert (made["state"], made["role"]) == ("held", "learning and development")
        ended = await lead.post(f"/api/v1/roles/{made['id']}/end", json={"reason": "Moved"}, headers=headers)
        assert ended.json()["state"] == "ended"


async def test_one_chooses_which_role_to_act_in_under_a_new_secret(app: Watched, force: Force) -> None:
    await give(force.lead, asked(force, Role.LICENSING_DESK))
    learning = await give(force.lead, asked(force, Role.LEARNING))
    async with calling(app, force.ada) as client:
        assert (await client.get("/desk")).status_code == 200
        before = client.cookies["attested-session"]
        assert (await submit(client, "/acting", "/acting", {"grant": "999"})).status_code == 400
        chosen = await submit(client, "/acting", "/acting", {"grant": str(learning)})
        assert chosen.status_code == 303
        fresh = chosen.cookies["attested-session"]
        assert fresh != before
        client.cookies = {"attested-session": fresh}
        assert (await client.get("/desk")).status_code == 404
        assert (await client.get("/imports")).status_code == 200


@pytest.mark.parametrize(
    "changed",
    [{"since": "1990-01-01"}, {"reason": "  "}, {"reason": "a\0b"}, {"person": "a\0b"}, {"force": "a\0b"}],
)
async def test_a_program_is_told_what_a_role_cannot_be_given_with(
    app: Watched, force: Force, changed: dict[str, str]
) -> None:
    row = await fetch_one("SELECT national_id FROM people.person WHERE id = $1", force.ada)
    assert row
    wanted = {"person": row["national_id"], "role": "licensing desk", "force": "E23000036"}
    async with calling(app, force.lead) as lead:
        await lead.get("/api/v1/policies")
        answer = await lead.post(
            "/api/v1/roles",
            headers={"x-csrftoken": lead.cookies[form_cookie_name()]},
            json={**wanted, "since": today().isoformat(), "reason": "Joins the desk", **changed},
        )
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == list(changed)
