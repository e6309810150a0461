"""Does a made-up force hold every constraint, once, and only where nobody was before?"""

from datetime import date

import pytest

from attested.seeding.actions import MadeOtherwiseError, NotEmptyError, seed
from attested.seeding.orders import Wish
from foundation.database import as_owner, fetch, fetch_one
from licence.projection.sweep import sweep
from tests.builders import person
from tests.conftest import Sweeper

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]

ON = date(2026, 11, 22)
SMALL = Wish(people=300, seed=7, on=ON)
FILLED = (
    "people.person", "people.identifier", "people.post", "people.line", "people.absence", "people.unit", "people.directory",
    "passport.evidence", "passport.dispensation", "wellbeing.check_offer", "licence.determination", "access.role_grant",
    "people.check_offered", "licence.clearance_held", "vetting.clearance", "vetting.vetting_case", "vetting.case_material",
    "vetting.case_assignment", "wellbeing.exposure", "wellbeing.check_response", "wellbeing.treatment",
    "wellbeing.care_note",
    "passport.cpd_entry", "passport.cpd_share", "passport.cpd_verification", "passport.leadership_example",
    "passport.leadership_judgement",
)  # fmt: skip


async def everything() -> dict[str, str]:
    return {table: await _digest(table) for table in FILLED}


async def _digest(table: str) -> str:
    async with as_owner() as owner:
        row = await owner.fetchrow(
            f"SELECT md5(string_agg((to_jsonb(t) - 'granted_at')::text, '' ORDER BY to_jsonb(t)::text)) FROM {table} AS t"  # noqa: S608
        )
    assert row is not None
    assert row[0] is not None, f"{table} is empty"
    return str(row[0])


async def test_every_trigger_and_reference_accepts_a_made_up_force() -> None:
    made = await seed(SMALL, is_careful=True)
    assert made.people == 300
    noted = await fetch_one("SELECT count(DISTINCT person_id) FROM people.change")
    assert noted is not None
    assert noted[0] == 300


async def test_the_way_past_the_triggers_leads_to_the_same_rows() -> None:
    await seed(SMALL)
    direct = await everything()
    assert direct["people.line"]


async def test_the_same_seed_fills_the_database_alike(database: str, sweeper: Sweeper) -> None:
    await seed(SMALL)
    first = await everything()
    await sweeper.sweep()
    await seed(SMALL, is_careful=True)
    assert await everything() == first


async def test_asked_again_it_says_so_and_changes_nothing() -> None:
    made = await seed(SMALL)
    before = await everything()
    again = await seed(SMALL)
    assert again.is_repeat
    assert (again.people, again.evidence, again.lines) == (made.people, made.evidence, made.lines)
    assert await everything() == before


async def test_another_wish_is_refused() -> None:
    await seed(SMALL)
    with pytest.raises(MadeOtherwiseError):
        await seed(Wish(people=310, seed=7, on=ON))


async def test_made_up_people_never_join_real_ones() -> None:
    await person()
    with pytest.raises(NotEmptyError):
        await seed(SMALL)


async def test_every_index_and_constraint_is_back_as_it_was() -> None:
    before = await _indices(), await _constraints()
    await seed(SMALL)
    assert (await _indices(), await _constraints()) == before


async def test_numbers_run_on_after_the_made_up_ones() -> None:
    await seed(SMALL)
    last = await fetch_one("SELECT max(id) FROM people.person")
    assert last is not None
    assert await person() == last[0] + 1


async def test_most_are_up_to_date_some_in_grace_and_a_few_lapsed() -> None:
    await seed(Wish(people=1200, seed=1, on=ON))
    swept = await sweep(ON)
    assert not swept.failed
    rows = await fetch(
        "SELECT standing, count(*) AS people FROM licence.licence_standing WHERE rank IS NOT NULL GROUP BY standing"
    )
    counted = {row["standing"]: row["people"] for row in rows}
    licensed = sum(counted.values())
    assert 0.03 < counted["in grace"] / licensed < 0.10
    assert 0.01 < counted["lapsed"] / licensed < 0.06
    assert counted["active"] / licensed > 0.65
    assert {"provisional", "paused", "suspended"} <= counted.keys()


async def test_two_people_stand_under_every_decision() -> None:
    await seed(SMALL)
    rows = await fetch("SELECT DISTINCT recorded_by, approved_by FROM licence.determination")
    assert len(rows) == 1
    titles = await fetch("SELECT job_title FROM people.post WHERE person_id = ANY($1)", list(rows[0]))
    assert {row["job_title"] for row in titles} == {"Licensing Manager", "Licensing Officer"}


async def _indices() -> set[str]:
    return {row["indexdef"] for row in await fetch("SELECT indexdef FROM pg_indexes")}


async def _constraints() -> set[str]:
    rows = await fetch("SELECT conrelid::regclass || conname || pg_get_constraintdef(oid) FROM pg_constraint")
    return {row[0] for row in rows}
