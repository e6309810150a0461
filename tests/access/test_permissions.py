"""Is the permission map complete, and do its two forms, predicate and SQL, say the same?"""

import inspect
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from access import permissions, roles
from access.facts import identity_of, subjects
from access.guard import let_see
from access.identity import Grant, Identity, Subject
from access.permission_map import PERMISSION_MAP, WITHOUT_SIGNING_IN, forces_of, may_see, may_use
from access.permissions import Permission
from access.roles import Role
from access.scope import Scope, scope
from foundation.database import execute, fetch
from foundation.problems import NotFoundError
from tests.builders import line, person, post
from tests.clients import grant_role

pytestmark = pytest.mark.anyio
TODAY = date(2026, 11, 22)
SENTENCE = re.compile(r'^    [A-Z_]+ = "[^"]+"\n    """[A-Z][^"]+\."""$', re.MULTILINE)


def test_every_permission_stands_in_the_map() -> None:
    assert set(PERMISSION_MAP) == set(Permission)
    assert all(PERMISSION_MAP.values())


@pytest.mark.parametrize(("module", "members"), [(permissions, Permission), (roles, Role)])
def test_every_permission_and_role_has_its_sentence(module: object, members: type[Permission | Role]) -> None:
    source = Path(inspect.getfile(module)).read_text("utf-8")  # type: ignore[arg-type]
    assert len(SENTENCE.findall(source)) == len(members)


def test_nobody_signed_in_may_only_arrive() -> None:
    assert {permission for permission in Permission if may_use(None, permission)} == WITHOUT_SIGNING_IN


def test_a_role_opens_its_doors_and_no_others() -> None:
    officer = Identity(1, "Ada", 1, {Role.OFFICER: frozenset({1})})
    assert not may_use(officer, Permission.DESK_READ)
    assert not may_use(officer, Permission.JOB_REQUEUE)
    assert may_use(officer, Permission.NOTICE_READ)
    assert forces_of(officer, Permission.DESK_READ) == frozenset()


@pytest.fixture
async def small_force(database: str) -> dict[str, int]:
    """Two forces, a line of three, one who supervises by cover, one whose line has ended."""
    people = {
        name: await person(given=name, family="Noise")
        for name in ("chief", "sergeant", "ada", "bo", "cy", "far")
    }
    for name, number in people.items():
        await post(
            number,
            force="E23000001" if name == "far" else "E23000036",
            unit_name="Covert" if name == "cy" else "Response North",
        )
    await execute(
        "UPDATE people.person SET is_protected = true WHERE id = ANY($1)", [people["cy"], people["far"]]
    )
    await line(people["sergeant"], people["chief"], since=date(2020, 1, 1))
    await line(people["ada"], people["sergeant"], since=date(2020, 1, 1))
    await line(people["bo"], people["sergeant"], since=date(2020, 1, 1), until=date(2026, 11, 21))
    await line(people["cy"], people["sergeant"], since=TODAY, until=TODAY, cover=True)
    await execute(
        """INSERT INTO people.directory (person_id, force_id, unit_id, name, numbers, searchable, is_protected)
           SELECT person_id, force_id, unit_id, 'Noise', '', 'noise', is_protected
             FROM people.post JOIN people.person ON person.id = person_id"""
    )
    return people


async def _reached(asking: Identity, permission: Permission) -> set[int]:
    rows = await fetch(
        f"SELECT person_id FROM people.directory AS subject WHERE {Scope.CONDITION}",  # noqa: S608 - our own constant
        *scope(asking, permission).values,
        TODAY,
    )
    return {row["person_id"] for row in rows}


def _acting(
    number: int, role: Role, held_for: Subject, *, bound: bool, about: Mapping[int, Subject]
) -> Identity:
    """Return somebody who acts in a role for the force, or only the unit, in which another serves."""
    own = about[number]
    acted_in = Grant(1, role, held_for.force_id, held_for.unit_id if bound else None)
    return Identity(
        number,
        "Ada",
        own.force_id,
        {Role.OFFICER: frozenset({own.force_id or 0}), role: frozenset({held_for.force_id or 0})},
        unit_id=own.unit_id,
        manager_ids=own.supervisor_ids,
        acting=acted_in,
    )


async def test_predicate_and_scope_say_the_same(small_force: dict[str, int]) -> None:
    everyone = list(small_force.values())
    about = await subjects(everyone, TODAY)
    cells = [(permission, role) for permission, grants in PERMISSION_MAP.items() for role, _ in grants]
    forces = (about[small_force["ada"]], about[small_force["far"]])
    for (permission, role), number, held_for, bound in product(cells, everyone, forces, (False, True)):
        asking = _acting(number, role, held_for, bound=bound, about=about)
        permitted = {other for other in everyone if may_see(asking, permission, about[other])}
        assert await _reached(asking, permission) == permitted, (permission, asking)


async def test_a_role_reaches_neither_oneself_nor_ones_manager_nor_the_protected_elsewhere(
    small_force: dict[str, int],
) -> None:
    about = await subjects(list(small_force.values()), TODAY)
    ada = about[small_force["ada"]]
    asking = _acting(ada.person_id, Role.LICENSING_DESK, ada, bound=False, about=about)
    assert await _reached(asking, Permission.DESK_READ) == {small_force["chief"], small_force["bo"]}
    assert not may_see(asking, Permission.DESK_READ, ada)
    unbound = replace(asking, unit_id=about[small_force["cy"]].unit_id)
    assert may_see(unbound, Permission.DESK_READ, about[small_force["cy"]])


async def test_whoever_writes_about_somebody_must_reach_them_too(small_force: dict[str, int]) -> None:
    about = await subjects(list(small_force.values()), TODAY)
    ada = about[small_force["ada"]]
    desk = _acting(small_force["chief"], Role.LICENSING_DESK, ada, bound=False, about=about)
    await let_see(desk, Permission.DESK_READ, ada.person_id, on=TODAY, look=None)
    for unreached in (small_force["far"], 999_999):
        with pytest.raises(NotFoundError):
            await let_see(desk, Permission.DESK_READ, unreached, on=TODAY, look=None)


async def test_a_role_for_a_unit_reaches_no_further_and_no_whole_force(small_force: dict[str, int]) -> None:
    about = await subjects(list(small_force.values()), TODAY)
    asking = _acting(
        small_force["chief"], Role.LICENSING_DESK, about[small_force["cy"]], bound=True, about=about
    )
    assert forces_of(asking, Permission.DESK_READ) == frozenset()
    assert not may_see(asking, Permission.DESK_READ, about[small_force["ada"]])


async def test_one_acts_in_one_role_at_a_time_and_in_a_confidential_one_only_by_choice(
    small_force: dict[str, int],
) -> None:
    sergeant, chief, far = (small_force[name] for name in ("sergeant", "chief", "far"))
    await grant_role(sergeant, Role.OCCUPATIONAL_HEALTH, by=chief, approved_by=far)
    await grant_role(sergeant, Role.LICENSING_DESK, by=chief)
    unasked = await identity_of(sergeant, TODAY)
    assert unasked is not None
    assert set(unasked.roles) == {Role.OFFICER, Role.SUPERVISOR, Role.LICENSING_DESK}
    care = next(grant for grant in unasked.grants if grant.role is Role.OCCUPATIONAL_HEALTH)
    chosen = await identity_of(sergeant, TODAY, acting=care.id)
    assert chosen is not None
    assert set(chosen.roles) == {Role.OFFICER, Role.OCCUPATIONAL_HEALTH}


async def test_a_role_that_needs_a_second_person_counts_only_once_they_agree(
    small_force: dict[str, int],
) -> None:
    await grant_role(small_force["ada"], Role.VETTING_OFFICER, by=small_force["chief"])
    ada = await identity_of(small_force["ada"], TODAY)
    assert ada is not None
    assert ada.grants == ()


async def test_supervision_ends_the_day_after_the_line(small_force: dict[str, int]) -> None:
    about = await subjects([small_force["bo"]], date(2026, 11, 21))
    assert about[small_force["bo"]].supervisor_ids == {small_force["sergeant"]}
    about = await subjects([small_force["bo"]], TODAY)
    assert about[small_force["bo"]].supervisor_ids == frozenset()


async def test_roles_are_read_anew_and_end_with_their_last_day(small_force: dict[str, int]) -> None:
    ada = small_force["ada"]
    await execute(
        """INSERT INTO access.role_grant (person_id, role, force_id, valid_from, valid_until, granted_by)
           SELECT $1, 'licensing desk', force_id, '2026-01-01', $2, $3 FROM people.directory WHERE person_id = $1""",
        ada,
        TODAY,
        small_force["chief"],
    )
    on_the_day = await identity_of(ada, TODAY)
    the_day_after = await identity_of(ada, date(2026, 11, 23))
    assert on_the_day is not None
    assert the_day_after is not None
    assert on_the_day.holds(Role.LICENSING_DESK)
    assert not the_day_after.holds(Role.LICENSING_DESK)
