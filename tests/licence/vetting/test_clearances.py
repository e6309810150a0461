"""Do levels and last days reach those who answer for them, and nothing else of vetting anybody?"""

from datetime import timedelta

import pytest

from foundation.clock import today
from foundation.database import execute, fetch
from foundation.requests import Watched
from tests.builders import listed, person, post
from tests.licence.vetting.vetters import KENT, at_work, clearance, unit

pytestmark = pytest.mark.anyio

API = "/api/v1/vetting/clearances"
SOON, LATER = (today() + timedelta(days=days) for days in (20, 400))
PAST = today() - timedelta(days=3)


async def test_hr_sees_levels_and_last_days_of_its_force_and_nothing_of_why(
    app: Watched, database: str
) -> None:
    there = await unit()
    ken = await person("Ken", "Kent")
    await post(ken, force=KENT)
    await listed()
    await clearance(there.ada, until=SOON.isoformat())
    await clearance(there.bea, until=PAST.isoformat())
    await clearance(there.vik, until=LATER.isoformat(), level="management vetting")
    await clearance(there.val, until=SOON.isoformat(), status="suspended")
    await clearance(ken, until=SOON.isoformat())
    await clearance(there.desi, until=SOON.isoformat())
    async with at_work(app, there, there.desi) as client:
        found = (await client.get(API)).json()
        assert [one["name"] for one in found["clearances"]] == ["Bea Boss", "Ada Okafor", "Vik Vetter"]
        assert set(found["clearances"][0]) == {"national_id", "name", "level", "valid_until"}
        soon = (await client.get(f"{API}?within=30")).json()["clearances"]
        assert [one["name"] for one in soon] == ["Bea Boss", "Ada Okafor"]
        managed = (await client.get(f"{API}?level=management+vetting")).json()["clearances"]
        assert [one["name"] for one in managed] == ["Vik Vetter"]
        page = await client.get("/vetting/clearances")
        assert "Ran out" in page.text
        assert "Val" not in page.text, "that a clearance is suspended is nobody’s business here"
    (line, *_) = await fetch(
        "SELECT subject_ids, role FROM foundation.audit_event WHERE event = 'clearances read'"
    )
    assert set(line["subject_ids"]) == {there.ada, there.bea, there.vik}
    assert line["role"] == "licensing desk"


async def test_the_list_comes_in_pages_without_gaps(app: Watched, database: str) -> None:
    there = await unit()
    await execute(
        """WITH one AS (INSERT INTO people.person (national_id, given_names, family_name)
               SELECT 'AAAA-' || lpad(number::text, 4, '0') || '-A', 'Given' || number, 'Many'
                 FROM generate_series(1, 120) AS number RETURNING id)
           INSERT INTO people.post (person_id, force_id, kind, rank, valid_from)
           SELECT one.id, force.id, 'officer', 'constable', '2020-01-01' FROM one, people.force WHERE code = 'E23000036'"""
    )
    await listed()
    rows = await fetch("SELECT id FROM people.person WHERE family_name = 'Many' ORDER BY id")
    for row in rows:
        await clearance(row["id"], until=(SOON + timedelta(days=row["id"] % 3)).isoformat())
    names: list[str] = []
    async with at_work(app, there, there.desi) as client:
        after: str | None = ""
        while after is not None:
            found = (await client.get(API + (f"?after={after}" if after else ""))).json()
            names += [one["national_id"] for one in found["clearances"]]
            after = found["after"]
        assert 'rel="next"' in (await client.get("/vetting/clearances")).text
    assert len(names) == len(set(names)) == 120


async def test_everybody_else_finds_no_list_but_their_own_clearance(app: Watched, database: str) -> None:
    there = await unit()
    await clearance(there.bea, until=SOON.isoformat())
    async with at_work(app, there, there.bea) as client:
        assert (await client.get(API)).status_code == 404
        assert (await client.get("/vetting/clearances")).status_code == 404
        mine = (await client.get("/api/v1/me/vetting")).json()
        assert [one["level"] for one in mine["clearances"]] == ["recruitment vetting"]
        assert "In date" in (await client.get("/passport/vetting")).text
