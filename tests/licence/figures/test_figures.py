"""Does the national view tell numbers alone: exact for the force one answers for, and small ones to nobody?"""

import csv
import io

import pytest
from playwright.async_api import Browser

from access.roles import Role
from foundation.database import execute, fetch
from foundation.requests import Watched
from tests.browser import signed_in, visiting
from tests.builders import AVON, listed, officer
from tests.clients import calling, grant_role

pytestmark = pytest.mark.anyio

KENT = "E23000032"
COUNTS = {
    AVON: {"active": 2412, "in grace": 33, "lapsed": 4, "suspended": 1},
    KENT: {"active": 3127, "in grace": 12},
}


async def counted() -> None:
    """Enter how many hold which standing."""
    for force, held in COUNTS.items():
        for standing, people in held.items():
            await execute(
                """INSERT INTO licence.standing_count (force_id, unit_id, rank, standing, people)
                   SELECT id, 0, 'constable', $2, $3 FROM people.force WHERE code = $1""",
                force, standing, people,
            )  # fmt: skip


async def holder(role: Role) -> int:
    """Enter somebody with a role."""
    one, other = await officer(str(role).title(), "Reader"), await officer("Grant", "Giver")
    await grant_role(one, role, by=other)
    await listed()
    return one


async def test_the_standards_body_sees_rounded_numbers_of_every_force(app: Watched, database: str) -> None:
    await counted()
    async with calling(app, await holder(Role.STANDARDS_BODY)) as client:
        told = (await client.get("/api/v1/figures")).json()
        page = await client.get("/national")
    assert len(told["forces"]) == 43
    by_code = {one["code"]: one for one in told["forces"]}
    avon = {one["standing"]: one["people"] for one in by_code[AVON]["figures"]}
    assert (avon["active"], avon["in grace"], avon["lapsed"], avon["suspended"], avon["revoked"]) == (
        2410, 35, None, None, None,
    )  # fmt: skip
    assert not by_code[AVON]["is_exact"]
    assert "2,410" in page.text
    assert "2,412" not in page.text
    everyone = {one["standing"]: one["people"] for one in told["everyone"]}
    assert abs(everyone["active"] - 5539) < 150


async def test_whoever_answers_for_a_force_sees_it_exactly_and_the_others_rounded(
    app: Watched, database: str
) -> None:
    await counted()
    async with calling(app, await holder(Role.LICENSING_DESK)) as client:
        told = (await client.get("/api/v1/figures")).json()
        by_code = {one["code"]: one for one in told["forces"]}
        exact = {one["standing"]: one["people"] for one in by_code[AVON]["figures"]}
        assert (exact["active"], exact["suspended"], by_code[AVON]["total"]) == (2412, 1, 2450)
        kent = {one["standing"]: one["people"] for one in by_code[KENT]["figures"]}
        assert (kent["active"], kent["lapsed"]) == (3125, None)
        assert "(exact)" in (await client.get("/national")).text


async def test_the_file_holds_the_same_numbers_and_who_took_it_is_kept(app: Watched, database: str) -> None:
    await counted()
    async with calling(app, await holder(Role.STANDARDS_BODY)) as client:
        for address in ("/national/figures.csv", "/api/v1/figures.csv"):
            answer = await client.get(address)
            assert answer.headers["content-type"].startswith("text/csv")
            rows = list(csv.DictReader(io.StringIO(answer.text)))
            assert len(rows) == 44
            (avon,) = (row for row in rows if row["Code"] == AVON)
            assert (avon["Active"], avon["Suspended"], avon["Rounded"]) == ("2410", "<5", "yes")
    lines = await fetch("SELECT role FROM foundation.audit_event WHERE event = 'figures exported'")
    assert [row["role"] for row in lines] == ["standards body"] * 2


async def test_nobody_else_finds_any_figures(app: Watched, database: str) -> None:
    async with calling(app, await holder(Role.LEARNING)) as client:
        for address in ("/national", "/national/figures.csv", "/api/v1/figures", "/api/v1/figures.csv"):
            assert (await client.get(address)).status_code == 404


@pytest.mark.browser
async def test_the_national_view_is_fit_with_and_without_figures(
    service: str, chromium: Browser, database: str
) -> None:
    cookies = await signed_in(await holder(Role.LICENSING_DESK))
    async with visiting(chromium, cookies=cookies, at=service) as visit:
        await visit.go(f"{service}/national")
        await visit.check("national-empty")
        await counted()
        await visit.go(f"{service}/national")
        await visit.check("national")
        await visit.page.click("text=of which nothing can be shown")
        assert "Cheshire" in await visit.page.inner_text("main")
