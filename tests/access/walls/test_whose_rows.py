"""Does the database alone show each row behind a wall to those whom the matrix names, and to nobody else?"""

from collections.abc import Mapping
from datetime import date

import pytest

from access.identity import Identity
from access.roles import Role
from access.walls import Wall, behind
from foundation.audit import Event
from foundation.database import as_owner, transaction
from tests.access.walls.people_at_work import Cast, cast

pytestmark = pytest.mark.anyio

LOOKING = Event("looked", "testing the walls", is_reading=True)
DAY = date(2026, 3, 2)
OH, TRIM, VET = Role.OCCUPATIONAL_HEALTH, Role.WELLBEING_COORDINATOR, Role.VETTING_OFFICER

# Everybody who is not named here sees no row at all.
SEEN: Mapping[str, frozenset[str]] = {
    "wellbeing.check_offer": frozenset({"herself", OH, TRIM}),
    "wellbeing.check_response": frozenset({"herself", OH}),
    "wellbeing.exposure": frozenset({"herself", OH, TRIM}),
    "wellbeing.treatment": frozenset({"herself", OH}),
    "wellbeing.care_note": frozenset({OH}),
    "vetting.vetting_case": frozenset({VET}),
    "vetting.case_material": frozenset({VET}),
    "vetting.case_assignment": frozenset({VET}),
    "vetting.clearance": frozenset({"herself", VET}),
}


COUNT = "SELECT count(*) FROM {}"
FURNITURE = """
SELECT set_config('app.person', '{second}', true);
INSERT INTO wellbeing.check_offer (person_id, force_id, offered_on) VALUES ({ada}, {avon}, '{day}');
INSERT INTO wellbeing.check_response (person_id, force_id, offered_on, answer) VALUES ({ada}, {avon}, '{day}', 'refused');
INSERT INTO wellbeing.exposure (person_id, force_id, kind, attended_on) VALUES ({ada}, {avon}, 'fatal collision', '{day}');
INSERT INTO wellbeing.treatment (person_id, force_id, clinician_id, valid_from) VALUES ({ada}, {avon}, {clinician}, '{day}');
INSERT INTO wellbeing.care_note (person_id, force_id, author_id, text) VALUES ({ada}, {avon}, {clinician}, 'sleeps badly');
INSERT INTO vetting.vetting_case (number, person_id, force_id, level, opened_on, opened_by)
VALUES (1, {ada}, {avon}, 'MV', '{day}', {vetter});
INSERT INTO vetting.case_material (case_number, person_id, kind, text, recorded_by)
VALUES (1, {ada}, 'adverse material', 'an undeclared debt', {vetter});
INSERT INTO vetting.case_assignment
       (case_number, person_id, force_id, officer_id, valid_from, opened_by, agreed_by, agreed_at)
VALUES (1, {ada}, {avon}, {vetter}, '{day}', {vetter}, {second}, now());
INSERT INTO vetting.clearance (person_id, force_id, level, valid_from, valid_until, status)
VALUES ({ada}, {avon}, 'MV', '{day}', '2033-03-02', 'held');
"""


async def furnish(there: Cast) -> None:
    """Enter one row about Ada in every table behind a wall; occupational health and vetting are hers to care for."""
    ask = {
        "ada": there.ada,
        "avon": there.avon,
        "clinician": there.askers[OH].person_id,
        "vetter": there.askers[VET].person_id,
        "second": there.askers["colleague"].person_id,
    }
    async with as_owner() as owner:
        await owner.execute(FURNITURE.format(day=DAY, **ask))


def wall_of(table: str) -> Wall:
    return Wall.WELLBEING if table.startswith("wellbeing.") else Wall.VETTING


async def seen_by(identity: Identity, table: str) -> int:
    async with behind(wall_of(table), identity, LOOKING) as connection:
        return int(await connection.fetchval(COUNT.format(table)))


async def test_each_row_is_shown_to_those_of_the_matrix_and_to_nobody_else(database: str) -> None:
    there = await cast()
    await furnish(there)
    found = {
        table: frozenset([name for name, asker in there.askers.items() if await seen_by(asker, table)])
        for table in SEEN
    }
    assert found == SEEN


async def test_what_a_clinician_released_and_what_one_was_told_is_ones_own_to_read(database: str) -> None:
    there = await cast()
    await furnish(there)
    herself = there.askers["herself"]
    assert await seen_by(herself, "wellbeing.care_note") == 0
    assert await seen_by(herself, "vetting.vetting_case") == 0
    async with behind(Wall.WELLBEING, there.askers[OH], LOOKING) as connection:
        await connection.execute(
            "UPDATE wellbeing.care_note SET released_at = now(), released_by = $1", there.askers[OH].person_id
        )
    async with behind(Wall.VETTING, there.askers[VET], LOOKING) as connection:
        await connection.execute(
            "UPDATE vetting.vetting_case SET outcome = 'granted', concluded_on = $1, told_on = $1", DAY
        )
    assert await seen_by(herself, "wellbeing.care_note") == 1
    assert await seen_by(herself, "vetting.vetting_case") == 1
    assert await seen_by(herself, "vetting.case_material") == 0, "the harm test has not been passed"


async def test_outside_a_wall_there_is_no_way_to_ask(database: str) -> None:
    there = await cast()
    await furnish(there)
    async with behind(Wall.WELLBEING, there.askers[OH], LOOKING) as connection:
        assert await connection.fetchval("SELECT count(*) FROM wellbeing.exposure") == 1
    async with transaction() as connection:
        assert await connection.fetchval("SELECT current_setting('app.person', true)") in ("", None)
        await connection.execute("SET LOCAL ROLE attested_wellbeing")
        for table in SEEN:
            if wall_of(table) is Wall.WELLBEING:
                assert await connection.fetchval(COUNT.format(table)) == 0, table


async def test_what_is_published_is_the_day_of_an_offer_and_the_span_of_a_clearance(database: str) -> None:
    there = await cast()
    await furnish(there)
    async with transaction() as connection:
        offered = await connection.fetchrow("SELECT * FROM people.check_offered")
        held = await connection.fetchrow("SELECT * FROM licence.clearance_held")
    assert offered is not None
    assert held is not None
    assert list(offered.keys()) == ["person_id", "offered_on", "recorded_at"]
    assert list(held.keys()) == ["person_id", "level", "valid_from", "valid_until", "is_held", "recorded_at"]
    assert (held["level"], held["is_held"]) == ("MV", True)
