"""Can a planner find how many places are needed and for whom, and a supervisor who will be away, on a phone and a desk?"""

import pytest
from playwright.async_api import Browser

from tests.browser import signed_in, visiting
from tests.licence.planning.forces import a_force

pytestmark = [pytest.mark.anyio, pytest.mark.browser]


async def test_a_planner_goes_from_a_number_to_the_people_and_a_supervisor_sees_the_months(
    service: str, chromium: Browser, database: str
) -> None:
    force = await a_force()
    async with visiting(chromium, cookies=await signed_in(force.planner), at=service) as visit:
        page = visit.page
        await visit.go(f"{service}/planning")
        await visit.check("planning")
        await page.click("text=Public and personal safety training")
        await page.click("text=Places and unit")
        await page.fill("#most", "2")
        await page.click("text=Apply")
        await visit.check("planning-requirement")
        await page.click("text=See who they are")
        await visit.check("planning-people")
        await visit.go(f"{service}/planning/requirement?requirement=PPST&most=many")
        await visit.check("planning-wrong")
    async with visiting(chromium, cookies=await signed_in(force.sergeant), at=service) as visit:
        await visit.go(f"{service}/team")
        await visit.page.click("text=Hours of training in the months ahead")
        await visit.check("team-forecast")
