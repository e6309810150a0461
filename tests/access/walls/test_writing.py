"""Does the database alone refuse what nobody may write behind a wall, and say nothing of what it hides in doing so?"""

import asyncpg
import pytest

from access.identity import Identity
from access.roles import Role
from access.walls import Wall, behind
from foundation.audit import Event
from foundation.clock import today
from foundation.database import fetch
from tests.access.walls.people_at_work import Cast, acting, cast
from tests.builders import officer

pytestmark = pytest.mark.anyio

WRITING = Event("written", "testing the walls")
OH, TRIM, VET, SUPERVISOR = (
    Role.OCCUPATIONAL_HEALTH, Role.WELLBEING_COORDINATOR, Role.VETTING_OFFICER, Role.SUPERVISOR,
)  # fmt: skip
EXPOSURE = """INSERT INTO wellbeing.exposure (person_id, force_id, kind, attended_on, recorded_by)
              VALUES ($1, $2, $3, $4, $5)"""
OFFER = (
    "INSERT INTO wellbeing.check_offer (person_id, force_id, offered_on, recorded_by) VALUES ($1, $2, $3, $4)"
)


async def write(
    identity: Identity, sql: str, *values: object, wall: Wall = Wall.WELLBEING, role: Role | None = None
) -> str:
    async with behind(wall, identity, WRITING, role=role) as connection:
        return await connection.execute(sql, *values)


@pytest.fixture
async def there(database: str) -> Cast:
    """Ada, and whoever stands around her."""
    return await cast()


async def test_an_offer_is_recorded_by_those_who_care_for_the_force(there: Cast) -> None:
    able = []
    for name, asker in there.askers.items():
        try:
            await write(asker, OFFER, there.ada, there.avon, today(), asker.person_id)
        except asyncpg.InsufficientPrivilegeError:
            continue
        except asyncpg.UniqueViolationError:
            pass
        able.append(name)
    assert able == [OH, TRIM]


async def test_an_event_is_added_by_oneself_ones_carers_and_ones_supervisor(there: Cast) -> None:
    able = []
    for number, (name, asker) in enumerate(there.askers.items()):
        role = SUPERVISOR if asker.holds(SUPERVISOR) else None
        values = (there.ada, there.avon, f"event {number}", today(), asker.person_id)
        try:
            await write(asker, EXPOSURE, *values, role=role)
        except asyncpg.InsufficientPrivilegeError:
            continue
        able.append(name)
    assert able == ["herself", "supervisor", OH, TRIM]


@pytest.mark.parametrize("days_ago", [-1, 8])
async def test_a_supervisor_adds_only_what_happened_within_the_week(there: Cast, days_ago: int) -> None:
    boss = there.askers["supervisor"]
    happened = today().fromordinal(today().toordinal() - days_ago)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await write(boss, EXPOSURE, there.ada, there.avon, "fire", happened, boss.person_id, role=SUPERVISOR)


async def test_a_supervisor_adds_and_never_reads_back(there: Cast) -> None:
    boss = there.askers["supervisor"]
    await write(boss, EXPOSURE, there.ada, there.avon, "fire", today(), boss.person_id, role=SUPERVISOR)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await write(boss, EXPOSURE + " RETURNING id", there.ada, there.avon, "flood", today(), boss.person_id,
                    role=SUPERVISOR)  # fmt: skip
    async with behind(Wall.WELLBEING, boss, WRITING, role=SUPERVISOR) as connection:
        assert await connection.fetch("SELECT FROM wellbeing.exposure") == []


async def test_a_clash_with_a_row_one_may_not_see_says_what_any_clash_says(there: Cast) -> None:
    boss = there.askers["supervisor"]
    said = []
    for kind, first in (("fire", boss), ("flood", there.askers[TRIM])):
        role = SUPERVISOR if first is boss else None
        await write(first, EXPOSURE, there.ada, there.avon, kind, today(), first.person_id, role=role)
        with pytest.raises(asyncpg.UniqueViolationError) as clash:
            await write(boss, EXPOSURE, there.ada, there.avon, kind, today(), boss.person_id, role=SUPERVISOR)
        said.append((str(clash.value), clash.value.detail))
    assert said[0] == said[1]
    assert said[0][1] is None, "PostgreSQL names no values that the asker may not read"


async def test_nobody_writes_for_another_force_or_in_anothers_name(there: Cast) -> None:
    trim, otto = there.askers[TRIM], there.askers["colleague"]
    for values in (
        (there.ada, there.kent, "fire", today(), trim.person_id),
        (there.askers[f"{TRIM} of another force"].person_id, there.avon, "fire", today(), trim.person_id),
    ):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await write(trim, EXPOSURE, *values)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await write(otto, EXPOSURE, otto.person_id, there.avon, "fire", today(), trim.person_id)


CASE = """INSERT INTO vetting.vetting_case (number, person_id, force_id, level, opened_on, opened_by)
          VALUES (7, $1, $2, 'MV', $3, $4)"""
ASSIGN = """INSERT INTO vetting.case_assignment (case_number, person_id, force_id, officer_id, valid_from, opened_by)
            VALUES (7, $1, $2, $3, $4, $3)"""
AGREE = "UPDATE vetting.case_assignment SET agreed_by = $1, agreed_at = now()"


async def cases_seen(identity: Identity) -> int:
    async with behind(Wall.VETTING, identity, WRITING) as connection:
        return int(await connection.fetchval("SELECT count(*) FROM vetting.vetting_case"))


async def test_a_case_opens_to_its_officer_once_a_second_person_has_agreed(there: Cast) -> None:
    vera, second = there.askers[VET], acting(await officer("Sam", "Second"), VET, there.avon)
    await write(vera, CASE, there.ada, there.avon, today(), vera.person_id, wall=Wall.VETTING)
    await write(vera, ASSIGN, there.ada, there.avon, vera.person_id, today(), wall=Wall.VETTING)
    assert await cases_seen(vera) == 0
    with pytest.raises(asyncpg.CheckViolationError):
        await write(vera, AGREE, vera.person_id, wall=Wall.VETTING)
    with pytest.raises(asyncpg.CheckViolationError):
        await write(vera, AGREE, second.person_id, wall=Wall.VETTING)
    assert await cases_seen(vera) == 0
    await write(second, AGREE, second.person_id, wall=Wall.VETTING)
    assert await cases_seen(vera) == 1
    assert await cases_seen(second) == 0
    with pytest.raises(asyncpg.CheckViolationError):
        await write(there.askers[VET], AGREE, None, wall=Wall.VETTING)


async def test_what_is_published_cannot_be_written_outside(there: Cast) -> None:
    for statement in (
        "INSERT INTO people.check_offered VALUES ($1, '2026-01-01', now())",
        "INSERT INTO licence.clearance_held VALUES ($1, 'MV', '2026-01-01', '2027-01-01', true, now())",
    ):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await fetch(statement, there.ada)
