"""Does a demonstration's vetting unit have cases to work on, and its occupational health people to care for?"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from httpx2 import AsyncClient

from access import sessions
from access.sign_in import cookie_name
from attested.seeding.actions import seed
from attested.seeding.orders import Wish
from foundation.clock import today
from foundation.database import as_owner, fetch, fetch_one
from foundation.requests import Watched
from tests.clients import calling, proof

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]


@asynccontextmanager
async def holder(app: Watched, title: str) -> AsyncIterator[AsyncClient]:
    """Call the application as whoever has a post, acting in the role that it carries."""
    row = await fetch_one(
        """SELECT person_id, role_grant.id FROM access.role_grant JOIN people.post USING (person_id)
            WHERE job_title = $1 AND superseded_at IS NULL AND post.valid_until IS NULL""",
        title,
    )
    assert row is not None, f"nobody is {title}"
    secret = await sessions.renew(
        await sessions.begin(row["person_id"]), acting=row["id"], proof=proof(row["person_id"])
    )
    async with calling(app) as client:
        client.cookies.set(cookie_name(), secret or "")
        yield client


async def test_the_vetting_unit_has_cases_in_every_state(app: Watched) -> None:
    await seed(Wish(400, 7, today()))
    async with holder(app, "Vetting Manager") as client:
        desk = (await client.get("/api/v1/vetting/cases")).json()
        assert len(desk["cases"]) == 5
        assert {one["outcome"] for one in desk["cases"]} == {None, "granted", "discontinued"}
        assert [one["proposed_outcome"] for one in desk["cases"]].count("withdrawn") == 1
        assert len(desk["proposals"]) == 1
        for one in desk["cases"]:
            address = f"/vetting/cases/{one['number']}?purpose=renewing+a+clearance"
            assert (await client.get(address)).status_code == 200
        found = (await client.get("/api/v1/vetting/clearances?within=0")).json()
        assert found["clearances"], "some have run out"


async def test_everybody_in_post_is_cleared_and_few_have_run_out() -> None:
    await seed(Wish(400, 7, today()))
    row = await fetch_one(
        """SELECT count(*) AS held, count(*) FILTER (WHERE valid_until < current_date) AS run_out,
                  (SELECT count(DISTINCT person_id) FROM people.post
                    WHERE superseded_at IS NULL AND coalesce(valid_until >= current_date, true)) AS here
             FROM licence.clearance_held WHERE level = 'recruitment vetting'"""
    )
    assert row is not None
    assert row["held"] == row["here"]
    assert 0 < row["run_out"] < row["held"] / 20


async def test_occupational_health_has_people_to_care_for(app: Watched) -> None:
    await seed(Wish(400, 7, today()))
    async with holder(app, "Occupational Health Adviser") as client:
        desk = (await client.get("/api/v1/care")).json()
        assert desk["after_events"]
        assert desk["offered"]
        person = await _one("SELECT person_id FROM wellbeing.treatment ORDER BY id LIMIT 1")
        rows = await fetch("SELECT national_id FROM people.person WHERE id = $1", person)
        care = (await client.get(f"/api/v1/care/people/{rows[0][0]}?purpose=care+that+is+under+way")).json()
        assert care["notes"]
        assert care["events"]


async def test_a_nation_has_clearances_and_nothing_else_in_confidence() -> None:
    await seed(Wish(9_000, 7, today()))
    assert await _one("SELECT count(*) FROM vetting.clearance") > 8_000
    for table in ("vetting.vetting_case", "wellbeing.exposure", "wellbeing.care_note"):
        assert await _one(f"SELECT count(*) FROM {table}") == 0, table  # noqa: S608


async def _one(sql: str) -> int:
    async with as_owner() as owner:
        return int(await owner.fetchval(sql))
