"""If the application checked nothing at all, would the database alone keep care and vetting apart?"""

from collections.abc import Mapping

import pytest

import access.confidential
import access.guard
import licence.vetting.reach
from access.identity import Identity
from access.identity import Subject as Reached
from access.matrix import Stance, matrix
from access.permissions import Permission
from access.predicates import Relation
from access.roles import Role
from access.sign_in import form_cookie_name
from foundation.database import as_owner
from foundation.requests import Watched
from tests.access.matrix.asking import OF_A_PERSON, stances_of, stated
from tests.access.matrix.confidence import may_hear, overheard
from tests.access.matrix.routing import doors
from tests.access.matrix.rows import changed, rows
from tests.access.matrix.secrets import Secret
from tests.access.matrix.world import HEARD, World, asking

pytestmark = pytest.mark.anyio
ROOMS = ("/care", "/vetting", "/passport/care", "/passport/vetting", "/me/care", "/me/vetting", "/check-in")
WALLED = ("wellbeing.", "vetting.")
# The database knows the force and who one is. Who supervises whom, and who is protected, the application knows.
OF_THE_FORCE = matrix().reaches[Relation.MY_FORCE].reaches | {Stance.MANAGER, Stance.PROTECTED_AFAR}


@pytest.fixture
def unchecked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every predicate and every guard of ours say yes."""

    def anybody(_identity: Identity | None, _permission: Permission) -> bool:
        return True

    def anyone(_identity: Identity, _permission: Permission, _subject: Reached) -> bool:
        return True

    def as_they_act(identity: Identity, _permission: Permission, _subject: Reached) -> Role:
        return identity.acts_as

    monkeypatch.setattr(access.guard, "may_use", anybody)
    monkeypatch.setattr(access.guard, "through", as_they_act)
    monkeypatch.setattr(access.confidential, "may_see", anyone)
    monkeypatch.setattr(licence.vetting.reach, "may_see", anyone)


async def cases() -> dict[int, int]:
    """Return the number of everybody's case."""
    async with as_owner() as owner:
        found = await owner.fetch("SELECT person_id, number FROM vetting.vetting_case")
    return {row["person_id"]: row["number"] for row in found}


async def look_everywhere(app: Watched, made: World) -> None:
    """Open every door to care and vetting, as everybody: of programs about one of each stance, of pages about one."""
    numbers = await cases()
    for asker in made.askers:
        one_of_each = [people[0] for people in stances_of(asker).values()]
        async with asking(app, asker) as client:
            for door in doors():
                if door.method != "GET" or not any(room in door.path for room in ROOMS):
                    continue
                whom = {made.treated, *(one_of_each if door.path.startswith("/api/") else ())}
                for path in {about(door.path, made, numbers, one) for one in whom}:
                    await client.get(path, params=stated(path))


def about(path: str, made: World, numbers: Mapping[int, int], one: int) -> str:
    """Fill an address with the numbers of somebody, and of their case."""
    named = path.replace(OF_A_PERSON, made.about(one).national_id)
    return named.replace("{number}", str(numbers.get(one, 0))).replace("{proposal_id}", "1")


async def test_behind_every_check_only_those_are_told_who_may_be(app: Watched, made: World) -> None:
    HEARD.clear()
    await look_everywhere(app, made)
    assert overheard(made) == []
    assert missing(made) == []


async def test_without_any_check_the_database_alone_tells_nobody_else(
    app: Watched, made: World, unchecked: None
) -> None:
    HEARD.clear()
    await look_everywhere(app, made)
    assert overheard(made, OF_THE_FORCE) == []
    assert missing(made) == []
    HEARD.clear()


def missing(made: World) -> list[tuple[str, Secret]]:
    """Return what somebody may hear and did not: without it, that nothing leaks would prove nothing."""
    return [
        (asker.label, Secret(of, made.about(one).name))
        for asker in made.askers
        for stance, (one, *_) in stances_of(asker).items()
        for of in ("Event", "Note", "Case")
        if may_hear(made, asker, of, made.about(one))
        and stance is not Stance.ONESELF
        and Secret(of, made.about(one).name) not in HEARD.get(asker, set())
    ]


async def test_without_any_check_the_database_alone_lets_nobody_else_write(
    app: Watched, made: World, unchecked: None
) -> None:
    writes = [
        door
        for door in doors()
        if door.method == "POST" and any(room in door.path for room in ROOMS) and "/me/" not in door.path
    ]
    one = made.subjects[5]
    numbers = await cases()
    for asker in made.askers:
        if any(role.is_confidential for role in asker.roles):
            continue
        before = await rows()
        async with asking(app, asker) as client:
            await client.get("/passport")
            token = client.cookies[form_cookie_name()]
            for door in writes:
                path = about(door.path, made, numbers, one.id)
                fields = {"text": "Hush", "on": "2026-11-01", "offered_on": "2026-11-01", "kind": "reason"}
                path = (
                    path.replace("{note_id}", "1")
                    .replace("{proposal_id}", "1")
                    .replace("{offered_on}", "2026-11-02")
                )
                headers = {"x-csrftoken": token}
                if path.startswith("/api/"):
                    await client.post(path, json=fields, params=stated(path), headers=headers)
                else:
                    await client.post(path, data={**fields, "_csrf_token": token}, params=stated(path))
        written = {table for table in changed(before, await rows()) if table.startswith(WALLED)}
        assert written == set(), asker.label
