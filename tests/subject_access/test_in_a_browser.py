"""Are the pages of what is held on somebody fit for everyone, on a phone and at a desk?"""

import pytest
from playwright.async_api import Browser

from access.sign_in import cookie_name
from attested.subject_access.catalogue import Part
from tests.browser import visiting
from tests.subject_access.asking import asked, everybody, gathered, judged, written
from tests.wellbeing.carers import Carers, session_of

pytestmark = [pytest.mark.anyio, pytest.mark.browser]


async def signed_in(there: Carers, person_id: int) -> dict[str, str]:
    return {cookie_name(): await session_of(there, person_id)}


async def test_it_is_asked_for_judged_and_read(service: str, chromium: Browser, database: str) -> None:
    there, carla, priya = await everybody()
    await written(there, carla)
    async with visiting(chromium, cookies=await signed_in(there, there.ada), at=service) as visit:
        await visit.go(f"{service}/passport/my-data")
        await visit.check("held-ask")
    number = await asked(there.ada)
    async with visiting(chromium, cookies=await signed_in(there, priya), at=service) as visit:
        await visit.go(f"{service}/privacy/requests")
        await visit.check("held-requests")
        await visit.go(f"{service}/privacy/requests/{number}/extension")
        await visit.page.click("button:has-text('Take longer')")
        assert "There is a problem" in await visit.page.inner_text("main")
        await visit.check("held-extension-wrong")
    async with visiting(chromium, cookies=await signed_in(there, there.olga), at=service) as visit:
        page = visit.page
        await visit.go(f"{service}/exemptions/health")
        await visit.check("held-queue")
        await page.click("th >> text=Ada Okafor")
        await visit.check("held-purpose")
        await page.check("input[value='judging what may be given']")
        await page.click("button:has-text('Look through it')")
        await visit.check("held-judge")
        await page.select_option("#said-1", value="give")
        await page.fill("#reason-2", "Kept as typed")
        await page.click("button:has-text('Keep my judgement')")
        assert await page.input_value("#reason-2") == "Kept as typed"
        await visit.check("held-judge-wrong")
    await gathered(number)
    await judged(there, there.olga, Part.HEALTH, number)
    async with visiting(chromium, cookies=await signed_in(there, there.ada), at=service) as visit:
        await visit.go(f"{service}/passport/my-data")
        await visit.check("held-ready")
        await visit.go(f"{service}/passport/my-data/copy")
        await visit.check("held-copy")
