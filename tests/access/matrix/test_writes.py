"""What can be set from outside? Nothing that a form or a body does not ask for, and nothing at all by looking."""

from collections.abc import AsyncIterator, Mapping

import pytest
from httpx2 import AsyncClient, Response

from access.matrix import matrix
from access.sign_in import form_cookie_name
from foundation.clock import today
from foundation.database import transaction
from foundation.requests import Watched
from people.notices.actions import NewNotice, give
from people.notices.rules import Rung
from tests import owner
from tests.access.matrix.asking import may_enter
from tests.access.matrix.routing import Door, component, doors, operations
from tests.access.matrix.rows import changed, columns, rows
from tests.access.matrix.world import Asker, World, asking
from tests.builders import AVON

pytestmark = [pytest.mark.anyio, pytest.mark.sweeping]
# What is refused by name wherever a body is read, one by one.
NEVER = (
    "agreed_by", "approved_at", "approved_by", "ended_at", "force_id", "granted_by", "id", "is_protected", "is_verified",
    "opened_by", "person_id", "recorded_at", "recorded_by", "released_by", "staged_by", "standing", "state",
)  # fmt: skip
ENDS_THE_SESSION = frozenset({"/sign-in", "/sign-out"})
# To ask for what is held on oneself takes no field: that there is a request from now on is all that it does.
TAKES_NO_FIELD = frozenset({
    "/api/v1/me/data", "/passport/my-data", "/api/v1/me/calendar", "/api/v1/me/calendar/end", "/passport/calendar",
    "/passport/calendar/end",
})  # fmt: skip
# Forms whose boxes have the names of their columns: that they set nothing else is tested beside their room.
NAMES_ITS_BOXES_SO = frozenset({"/passport/cpd/new", "/passport/leadership/examples/new"})
ABSENT = "1000000007"


async def writing(app: Watched, made: World) -> AsyncIterator[tuple[Asker, AsyncClient, Door]]:
    """Walk every write with two who may come through its door: the first, and the first in a granted role."""
    kinds = {f"{route.method} {route.path}": kind for kind, route in matrix().routes()}
    asked = set[tuple[str, bool]]()
    for asker in made.askers:
        async with asking(app, asker) as client:
            for door in doors():
                kind = kinds.get(door.address)
                once = (door.address, asker.grant is not None)
                if kind is None or once in asked or door.method in {"GET", "HEAD"}:
                    continue
                if may_enter(asker, kind, door.permission):
                    asked.add(once)
                    yield asker, client, door


async def send(client: AsyncClient, door: Door, fields: Mapping[str, str]) -> Response:
    """Send fields in the way that the route takes them, with the token that lets a write through."""
    await client.get("/passport")
    token = client.cookies[form_cookie_name()]
    path = filled(door.path)
    if not path.startswith("/api/"):
        return await client.post(path, data={**fields, "_csrf_token": token})
    headers = {"x-csrftoken": token}
    if "multipart/form-data" in body_of(door):
        return await client.post(path, data=fields, files={"file": ("a.csv", b"")}, headers=headers)
    return await client.post(path, json=fields, headers=headers)


def filled(path: str, number: str = ABSENT) -> str:
    """Fill an address with a number, of what does not exist if none is given."""
    path = path.replace("{offered_on}", "2026-11-02")
    return "/".join(number if part.startswith("{") else part for part in path.split("/"))


def body_of(door: Door) -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    found: Mapping[str, Mapping[str, Mapping[str, str]]] = (
        operations()[door.address].get("requestBody", {}).get("content", {})
    )
    return found


def fields_of(door: Door) -> set[str]:
    """Return what a body of the API may hold."""
    ((_, content),) = body_of(door).items()
    return set(component(content["schema"]["$ref"].rpartition("/")[2])["properties"])


async def test_no_column_of_any_table_is_set_by_sending_it(app: Watched, made: World) -> None:
    """Every write that somebody may use, sent the name of every column there is."""
    every, sent = dict.fromkeys(await columns(), "1"), 0
    before = await rows()
    wrong = {}
    async for asker, client, door in writing(app, made):
        if door.path in ENDS_THE_SESSION | TAKES_NO_FIELD | NAMES_ITS_BOXES_SO:
            continue
        answer = await send(client, door, every)
        assert answer.status_code < 500, (door.address, answer.text)
        after, sent = await rows(), sent + 1
        if found := changed(before, after):
            wrong[asker.label, door.address, answer.status_code] = found
        before = after
    assert wrong == {}
    assert sent > 50


async def test_a_role_is_given_by_whoever_asks_and_agreed_to_by_nobody(app: Watched, made: World) -> None:
    lead = made.asker("force lead, who leads people")
    somebody = made.subjects[3]
    asked = {
        "person": somebody.national_id, "role": "occupational health", "force": AVON, "unit": "", "reason": "Wanted",
        **{f"since-{box}": str(getattr(today(), box)) for box in ("day", "month", "year")},
    }  # fmt: skip
    before = await rows()
    async with asking(app, lead) as client:
        answer = await submitted(client, "/roles/new", asked)
    assert answer.status_code == 303, answer.text
    after = await rows()
    assert changed(before, after).keys() <= {"access.role_grant", "foundation.job"}
    (number,) = after["access.role_grant"].keys() - before["access.role_grant"].keys()
    given = after["access.role_grant"][number]
    assert (given["person_id"], given["granted_by"]) == (somebody.id, lead.id)
    assert {
        given[name] for name in ("approved_by", "approved_at", "ended_by", "ended_at", "valid_until")
    } == {None}
    assert given["valid_from"] == today().isoformat()


async def test_reading_a_notice_changes_when_it_was_read_and_nothing_else(app: Watched, made: World) -> None:
    sue = made.asker("a supervisor")
    async with transaction() as connection:
        told = [
            NewNotice(one, "PPST", today(), Rung.DAYS_7, "It is due", "Words") for one in (sue.id, made.giver)
        ]
        await give(connection, told, created_for=today())
    before = await rows()
    inboxes = [one for one in before["people.notice_delivery"].values() if one["channel"] == "inbox"]
    anothers = next(one["id"] for one in inboxes if one["recipient_id"] != sue.id)
    everyones = ",".join(str(one["id"]) for one in inboxes)
    async with asking(app, sue) as client:
        await submitted(client, f"/inbox/{anothers}/read", {})
        assert changed(before, await rows()) == {}
        await submitted(client, "/inbox/read", {"shown": everyones})
    after = await rows()
    assert changed(before, after) == {"people.notice_delivery": {"read_at"}}
    assert {
        one["recipient_id"]
        for key, one in after["people.notice_delivery"].items()
        if one != before["people.notice_delivery"][key]
    } == {sue.id}


async def test_a_job_goes_back_to_waiting_and_becomes_no_other(app: Watched, made: World) -> None:
    await owner.execute(
        """INSERT INTO foundation.job (name, effect_key, state, finished_at, last_error)
           VALUES ('licence.sweep', 'as-tested', 'dead', now(), 'no luck')"""
    )
    (row,) = await owner.fetch("SELECT id FROM foundation.job WHERE effect_key = 'as-tested'")
    before = await rows()
    async with asking(app, made.asker("operator, who leads people")) as client:
        await submitted(client, f"/jobs/{row['id']}/requeue", {})
    after = await rows()
    columns_changed = changed(before, after)["foundation.job"]
    assert "state" in columns_changed
    assert not columns_changed & {"name", "payload", "effect_key", "created_at"}


async def submitted(client: AsyncClient, path: str, asked: Mapping[str, str]) -> Response:
    """Fill in a form, and send with it every column of every table that the form does not ask for."""
    await client.get("/passport")
    others = {name: "1" for name in await columns() if name not in asked}
    token = {"_csrf_token": client.cookies[form_cookie_name()]}
    return await client.post(path, data={**others, **asked, **token})


async def test_a_body_refuses_by_name_whatever_it_does_not_ask_for(app: Watched, made: World) -> None:
    wrong, asked = [], 0
    async for asker, client, door in writing(app, made):
        if not door.path.startswith("/api/") or not body_of(door):
            continue
        for name in sorted(set(NEVER) - fields_of(door)):
            answer = await send(client, door, {name: "1"})
            asked += 1
            if answer.status_code != 400 or f"`{name}`" not in answer.text:
                wrong.append((asker.label, door.address, name, answer.status_code, answer.text))
    assert wrong == []
    assert asked > 30


async def test_looking_changes_nothing(app: Watched, made: World) -> None:
    """The accident: a page that a browser fetches ahead, or a crawler follows, and that does something."""
    kinds = {f"{route.method} {route.path}": kind for kind, route in matrix().routes()}
    looked = set[str]()
    before = await rows()
    for asker in made.askers:
        async with asking(app, asker) as client:
            for door in doors():
                kind = kinds.get(door.address)
                if door.method != "GET" or door.address in looked or kind is None:
                    continue
                if may_enter(asker, kind, door.permission):
                    looked.add(door.address)
                    path = door.path.replace("{national_id}", made.subjects[0].national_id)
                    await client.get(filled(path, "1"))
        after = await rows()
        assert changed(before, after) == {}, asker.label
    assert len(looked) > 50
