"""Is whoever asks known with exactly what they are and hold today, and how much leaves with one of them alone?"""

import pytest

from access.exports.rules import Allowance
from access.facts import identity_of
from access.identity import Grant, Identity
from access.roles import Role
from foundation.clock import today
from foundation.database import execute, fetch_one
from tests.builders import force_id, line, listed, officer, person, unit
from tests.clients import grant_role

pytestmark = pytest.mark.anyio


async def test_somebody_who_leads_and_holds_a_role_for_a_unit_is_known_with_all_of_it(database: str) -> None:
    sue, boss, ada = await officer("Sue", "Rao"), await officer("Bea", "Boss"), await officer()
    await line(sue, boss)
    await line(ada, sue)
    number = await grant_role(sue, Role.LICENSING_DESK, by=boss)
    north, avon = await unit(), await force_id()
    await execute("UPDATE access.role_grant SET unit_id = $1 WHERE id = $2", north, number)
    await listed()
    desk = Grant(number, Role.LICENSING_DESK, avon, north)
    own = frozenset({avon})
    assert await identity_of(sue, today()) == Identity(
        person_id=sue,
        name="Sue Rao",
        force_id=avon,
        roles={Role.OFFICER: own, Role.SUPERVISOR: own, Role.LICENSING_DESK: own},
        unit_id=north,
        manager_ids=frozenset({boss}),
        acting=desk,
        grants=(desk,),
    )


async def test_somebody_without_a_post_is_of_no_force_and_holds_a_national_role_for_none(
    database: str,
) -> None:
    nat, other = await person("Nat", "Ional"), await officer("Grant", "Giver")
    await grant_role(nat, Role.STANDARDS_BODY, by=other)
    await listed()
    found = await identity_of(nat, today())
    assert found is not None
    assert (found.force_id, found.unit_id) == (None, None)
    assert found.roles == {Role.OFFICER: frozenset(), Role.STANDARDS_BODY: frozenset({0})}
    assert await fetch_one("SELECT FROM people.force WHERE id = 0") is None
    assert found.forces(Role.VETTING_OFFICER) == frozenset()


@pytest.mark.parametrize(
    ("most", "taken", "rows", "together", "alone"),
    [
        (500, 0, 500, False, False),
        (500, 0, 501, True, True),
        (500, 300, 200, False, False),
        (500, 300, 201, True, False),
        (None, 9000, 9000, False, False),
    ],
)
def test_rows_are_counted_with_those_of_the_day_up_to_the_very_last(
    most: int | None, taken: int, rows: int, *, together: bool, alone: bool
) -> None:
    allowance = Allowance(most, taken)
    assert (allowance.is_exceeded_by(rows), allowance.is_too_small_for(rows)) == (together, alone)
