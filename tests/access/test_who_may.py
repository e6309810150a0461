"""Who may come through which door, through which role, and how far: the pure half of permission, without a database."""

from dataclasses import replace
from typing import Any, cast

import pytest
from litestar import get
from litestar.connection import ASGIConnection
from litestar.types import HTTPScope

from access.guard import SignInRequiredError, UndeclaredRouteError, at_the_door
from access.identity import Grant, Identity, Subject
from access.permission_map import forces_of, may_see, may_use, role_for, through
from access.permissions import Permission
from access.roles import Role
from access.scope import scope
from foundation.problems import NotFoundError

AnyConnection = ASGIConnection[Any, Any, Any, Any]
AVON, KENT = 1, 2
ADA = Subject(7, AVON, frozenset({1}), unit_id=3)
KIT = Subject(8, KENT, frozenset(), unit_id=5)


def somebody(*roles: Role, acting: Grant | None = None) -> Identity:
    held = {role: frozenset({AVON}) for role in (Role.OFFICER, *roles)}
    return Identity(1, "Sue", AVON, held, unit_id=4, manager_ids=frozenset({9}), acting=acting)


DESK = somebody(Role.SUPERVISOR, Role.LICENSING_DESK, acting=Grant(1, Role.LICENSING_DESK, AVON))


def test_a_door_opens_to_any_role_that_holds_its_key() -> None:
    assert may_use(DESK, Permission.DESK_READ)
    assert not may_use(somebody(), Permission.DESK_READ)
    assert not may_use(None, Permission.DESK_READ)
    assert may_use(None, Permission.PUBLIC)


def test_a_record_opens_through_the_nearest_role() -> None:
    assert through(DESK, Permission.PASSPORT_READ, ADA) is Role.SUPERVISOR
    assert (
        through(DESK, Permission.PASSPORT_READ, replace(ADA, supervisor_ids=frozenset()))
        is Role.LICENSING_DESK
    )
    assert through(DESK, Permission.PASSPORT_READ, Subject(1, AVON)) is Role.OFFICER
    assert through(DESK, Permission.PASSPORT_READ, KIT) is None
    assert may_see(DESK, Permission.PASSPORT_READ, ADA)
    assert not may_see(DESK, Permission.PASSPORT_READ, KIT)


def test_a_list_is_read_in_the_role_that_opens_others_records() -> None:
    assert role_for(DESK, Permission.DESK_READ) is Role.LICENSING_DESK
    assert role_for(DESK, Permission.PASSPORT_READ) is Role.SUPERVISOR
    assert role_for(somebody(), Permission.PASSPORT_READ) is Role.OFFICER
    assert role_for(DESK, Permission.NOTICE_READ) is Role.LICENSING_DESK


def test_a_force_is_reached_as_a_whole_only_by_a_role_held_for_all_of_it() -> None:
    assert forces_of(DESK, Permission.DESK_READ) == {AVON}
    assert forces_of(DESK, Permission.TEAM_READ) == frozenset()
    assert forces_of(somebody(), Permission.DESK_READ) == frozenset()
    bound = replace(DESK, acting=Grant(1, Role.LICENSING_DESK, AVON, unit_id=3))
    assert forces_of(bound, Permission.DESK_READ) == frozenset()


def test_a_scope_says_whom_a_list_may_hold() -> None:
    reach = scope(DESK, Permission.PASSPORT_READ)
    assert reach.values == ([1], [1], [AVON], False, [1, 9], None, 4)


def test_a_scope_holds_nothing_that_no_role_gives() -> None:
    bound = replace(DESK, acting=Grant(1, Role.LICENSING_DESK, AVON, unit_id=3))
    reach = scope(bound, Permission.DESK_READ)
    assert reach.values == ([], [], [AVON], False, [1, 9], 3, 4)
    assert scope(somebody(Role.CASE_OFFICER), Permission.PASSPORT_READ).every_force


def test_a_list_along_a_force_is_held_to_the_unit_and_leaves_out_whom_no_role_opens() -> None:
    values = list[object]()

    def given(value: object) -> str:
        values.append(value)
        return f"${len(values)}"

    whole = scope(DESK, Permission.DESK_READ).within_forces(given, row="kept")
    assert values == [[1, 9], 4]
    assert whole.split() == [
        "(true",
        "AND",
        "kept.person_id",
        "<>",
        "ALL($1::int[])",
        "AND",
        "(coalesce(kept.unit_id",
        "=",
        "$2::int,",
        "false)",
        "OR",
        "NOT",
        "EXISTS",
        "(SELECT",
        "FROM",
        "people.person",
        "WHERE",
        "id",
        "=",
        "kept.person_id",
        "AND",
        "is_protected)))",
    ]
    bound = replace(DESK, acting=Grant(1, Role.LICENSING_DESK, AVON, unit_id=3))
    held = scope(bound, Permission.DESK_READ).within_forces(given, row="kept")
    assert held.startswith("(kept.unit_id = $5::int AND ")
    assert values[4] == 3


@get("/", opt={"permission": Permission.DESK_READ})
async def declared() -> None:
    """Answer."""


@get("/undeclared", opt={"permission": "desk: read"})
async def undeclared() -> None:
    """Answer."""


def asking(user: Identity | None, method: str = "GET") -> AnyConnection:
    given: dict[str, object] = {"type": "http", "method": method, "path": "/", "headers": [], "user": user}
    return ASGIConnection(cast("HTTPScope", cast("object", given)))


@pytest.mark.anyio
async def test_a_door_lets_pass_whoever_holds_its_key() -> None:
    await at_the_door(asking(DESK), declared)


@pytest.mark.anyio
async def test_a_door_is_not_there_for_whoever_lacks_its_key() -> None:
    with pytest.raises(NotFoundError):
        await at_the_door(asking(somebody()), declared)


@pytest.mark.anyio
async def test_a_door_leads_to_sign_in_whoever_is_nobody_yet() -> None:
    with pytest.raises(SignInRequiredError):
        await at_the_door(asking(None), declared)


@pytest.mark.anyio
async def test_a_door_that_declares_nothing_opens_to_nobody() -> None:
    with pytest.raises(UndeclaredRouteError, match="undeclared"):
        await at_the_door(asking(DESK), undeclared)


@pytest.mark.anyio
async def test_what_methods_there_are_may_be_asked_by_anybody() -> None:
    await at_the_door(asking(None, "OPTIONS"), undeclared)
