"""Can an officer show their leadership, and two others judge it, on a phone and at a desk?"""

from datetime import date

import pytest
from playwright.async_api import Browser

from attested.seeding.policy import policy_in_force
from foundation.clock import today
from tests.browser import Visit, signed_in, visiting
from tests.builders import evidence
from tests.passport.leadership.leaders import force
from tests.vaults import PDF

pytestmark = [pytest.mark.anyio, pytest.mark.browser]


async def shown(visit: Visit, service: str) -> None:
    """Write an example, with a fault at first, and offer it."""
    page = visit.page
    await visit.go(f"{service}/passport/leadership")
    await page.click("text=Show an example")
    await page.click("button:has-text('Keep it')")
    assert "Give it a title" in await page.inner_text("main")
    await visit.check("leadership-words-wrong")
    await page.fill("#title", "A briefing that nobody wanted")
    for box, value in (("day", "5"), ("month", "10"), ("year", "2026")):
        await page.fill(f"#on-{box}", value)
    await page.fill("#text", "I told the team what we had got wrong.\nI asked them what to change.")
    await page.check("#standard-L2-CULTURE")
    await page.click("button:has-text('Keep it')")
    await page.click("summary:has-text('Attach a file')")
    await page.set_input_files("#file", {"name": "minutes.pdf", "mimeType": "application/pdf", "buffer": PDF})
    await page.click("button:has-text('Attach it')")
    await visit.check("leadership-example")
    await page.click("button:has-text('Offer it')")
    assert "Your example is offered" in await page.inner_text("main")


async def judged(visit: Visit, service: str, *, with_fault: bool) -> None:
    """Judge the standard that was shown."""
    page = visit.page
    await visit.go(f"{service}/leadership")
    await visit.check("leadership-waiting")
    await page.click("text=Sasha Ahmed")
    item = page.locator("#L2-CULTURE")
    await item.locator("summary", has_text="Judge").click()
    if with_fault:
        await item.locator("button").click()
        assert "Select what you say of this standard" in await page.inner_text("main")
        await visit.check("leadership-judging-wrong")
    await item.locator("input[value='met']").check()
    await item.locator("textarea").fill("I was there. They spoke last, and listened.")
    await item.locator("button").click()
    assert "Your judgement has been recorded" in await page.inner_text("main")


async def test_an_officer_shows_their_leadership_and_two_others_judge_it(
    service: str, chromium: Browser, database: str
) -> None:
    await policy_in_force(today())
    there = await force()
    await evidence(there.sasha, "PLP-STAGE-2", date(2026, 3, 2))
    async with visiting(chromium, cookies=await signed_in(there.sasha), at=service) as visit:
        await shown(visit, service)
    for judge in (there.ines, there.lou):
        async with visiting(chromium, cookies=await signed_in(judge), at=service) as visit:
            await judged(visit, service, with_fault=judge == there.ines)
    async with visiting(chromium, cookies=await signed_in(there.sasha), at=service) as visit:
        await visit.go(f"{service}/passport/leadership")
        assert "1 of 6 standards count as met" in await visit.page.inner_text("main")
        await visit.check("leadership-mine")
