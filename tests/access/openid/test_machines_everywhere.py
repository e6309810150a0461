"""Does a system reach exactly its own permissions in its own force, over every route and with a real token?"""

import re
from dataclasses import dataclass

import pytest
from httpx2 import AsyncClient

from access.openid import actions
from access.openid.actions import NewClient
from access.permission_map import PERMISSION_MAP, WITHOUT_SIGNING_IN
from access.permissions import Permission
from access.roles import Role
from foundation.audit import Actor
from foundation.clock import today
from foundation.database import fetch_one
from foundation.requests import Watched
from tests import owner
from tests.access.matrix.asking import likeness
from tests.access.matrix.routing import Door, doors
from tests.access.openid.hostile import Hostile
from tests.access.openid.test_machines import calling_with, claims_of
from tests.builders import AVON, force_id, officer
from tests.clients import calling
from tests.files.handing_in import extract, hand_in, learner

pytestmark = pytest.mark.anyio
KENT = "E23000032"
SYSTEMS = {
    "avon-hr": (Role.HR_FEED, AVON),
    "avon-learning": (Role.LEARNING_FEED, AVON),
    "avon-incidents": (Role.INCIDENT_FEED, AVON),
    "kent-hr": (Role.HR_FEED, KENT),
}
API = "/api/v1/"
PROGRAMS = (API, "/xapi/")
NO_FILE = 987_654
CHANGING = frozenset({"POST", "PUT", "PATCH", "DELETE"})


@dataclass(frozen=True, slots=True)
class Made:
    """What every address is filled with: somebody of Avon, and Avon's file."""

    national_id: str
    file_id: int


@pytest.fixture
async def made(misled: Watched, hostile: Hostile, database: str) -> Made:
    """Four systems, an officer, and a file of each force."""
    desk = Actor(await officer("Desi"), "Desi")
    for client_id, (role, force) in SYSTEMS.items():
        new = NewClient(hostile.issuer, client_id, client_id, role, await force_id(force), today())
        await actions.register(desk, new)
    row = await fetch_one("SELECT national_id FROM people.person WHERE id = $1", await officer("Ada"))
    assert row is not None
    async with calling(misled, await learner()) as client:
        for surname in ("Okafor", "Bluestone"):
            assert (await hand_in(client, extract(surname))).status_code == 303
    await owner.execute(f"UPDATE foundation.intake SET force_code = '{KENT}' WHERE id = 2")  # noqa: S608 - our own
    return Made(row["national_id"], 1)


def token_of(hostile: Hostile, client_id: str) -> str:
    return hostile.signed(claims_of(hostile, sub=client_id, client_id=client_id), typ="at+jwt")


def filled(door: Door, made: Made) -> str:
    named = {"national_id": made.national_id, "file_id": str(made.file_id)}
    return re.sub(r"\{(\w+)\}", lambda found: named.get(found[1], "1"), door.path)


def held_by(role: Role) -> frozenset[Permission]:
    return frozenset(permission for permission, grants in PERMISSION_MAP.items() if role in dict(grants))


@pytest.mark.parametrize("client_id", SYSTEMS)
async def test_a_system_finds_its_own_doors_and_no_others(
    misled: Watched, hostile: Hostile, made: Made, client_id: str
) -> None:
    held = held_by(SYSTEMS[client_id][0])
    wrong, opened, shut = [], 0, 0
    async with calling_with(misled, token_of(hostile, client_id)) as client:
        for door in (one for one in doors() if one.path.startswith(API) and one.method != "HEAD"):
            path = filled(door, made)
            if door.permission in held:
                opened += 1
                is_right = await opens(client, door, path, is_own=SYSTEMS[client_id][1] == AVON)
            elif door.permission in WITHOUT_SIGNING_IN:
                continue
            else:
                shut += 1
                is_right = await is_absent(client, door, path)
            if not is_right:
                wrong.append(door.address)
    assert wrong == []
    assert opened == sum(door.permission in held for door in doors() if door.path.startswith(API))
    assert shut > 60


async def opens(client: AsyncClient, door: Door, path: str, *, is_own: bool) -> bool:
    """Say whether a door opens to a system of the file's own force, and shows nothing of it to one of another."""
    lines = {"verdict": "new"} if "lines" in path else None
    if "{file_id}" in door.path and not is_own:
        answer = await client.request(door.method, path, params=lines)
        missing = await client.request(door.method, door.path.format(file_id=NO_FILE), params=lines)
        return answer.status_code == 404 and likeness(answer) == likeness(missing)
    if door.method in CHANGING:
        return door.path != "/api/v1/imports" or (await client.post(path)).status_code == 400
    return (await client.get(path, params=lines)).status_code == 200


async def is_absent(client: AsyncClient, door: Door, path: str) -> bool:
    answer = await client.request(door.method, path)
    missing = await client.request(door.method, f"{API}no-such-thing")
    return answer.status_code == 404 and likeness(answer) == likeness(missing)


async def test_no_page_knows_a_token(misled: Watched, hostile: Hostile, made: Made) -> None:
    pages = [one for one in doors() if one.method == "GET" and not one.path.startswith(PROGRAMS)]
    async with calling_with(misled, token_of(hostile, "avon-hr")) as client, calling(misled) as nobody:
        wrong = [
            page.address
            for page in pages
            if (await client.get(filled(page, made))).status_code
            != (await nobody.get(filled(page, made))).status_code
        ]
    assert wrong == []
    assert len(pages) > 60


async def test_a_system_sees_the_files_of_its_own_force_and_hands_in_for_no_other(
    misled: Watched, hostile: Hostile, made: Made
) -> None:
    for client_id, (role, force) in SYSTEMS.items():
        if role is Role.INCIDENT_FEED:
            continue
        async with calling_with(misled, token_of(hostile, client_id)) as client:
            seen = (await client.get("/api/v1/imports")).json()["files"]
            assert [one["id"] for one in seen] == [1 if force == AVON else 2]
            for other in (AVON, KENT):
                answer = await client.post(
                    "/api/v1/imports",
                    data={"kind": "hr", "force": other, "on": "1900-01-01"},
                    files={"file": ("hr.csv", extract("Okafor"), "text/csv")},
                )
                assert answer.status_code == 400
                assert ("force" in answer.json()["errors"]) == (other != force)
