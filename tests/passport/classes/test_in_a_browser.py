"""Does a trainer sign a roster of thirty in under a minute, on a phone as at a desk? Every click and key is counted."""

import pytest
from playwright.async_api import Browser, Page

from access import sessions
from access.sign_in import cookie_name
from foundation.database import fetch
from tests.browser import Visit, visiting
from tests.passport.classes.training import School, people, school

pytestmark = [pytest.mark.anyio, pytest.mark.browser]
LEARNERS = 30
TALLEST = 5000  # px of a sheet of thirty on a phone
# What a practised hand takes for one click, with a look at what it does; a paste is two, a word typed another.
SECONDS_A_CLICK = 2.5


class Hand:
    """Somebody at a page, whose clicks are counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks = page, 0

    async def click(self, what: str) -> None:
        await self.page.click(what)
        self.clicks += 1

    async def paste(self, where: str, text: str) -> None:
        await self.page.fill(where, text)
        self.clicks += 2


async def height_on_a_phone(page: Page) -> int:
    """Return how many pixels a page is tall on a phone."""
    before = page.viewport_size
    await page.set_viewport_size({"width": 390, "height": 844})
    height = int(await page.evaluate("document.documentElement.scrollHeight"))
    if before:
        await page.set_viewport_size(before)
    return height


async def planned(visit: Visit, service: str) -> None:
    """Make a class, missing something first."""
    page = visit.page
    await visit.go(f"{service}/classes")
    await visit.check("classes-empty")
    await page.click("text=Make a class")
    await page.fill("#hours-1", "a day")
    await page.click("button:has-text('Make the class')")
    assert "There is a problem" in await page.inner_text("main")
    await visit.check("class-new-wrong")
    await page.select_option("#requirement-1", "PPST")
    await page.fill("#hours-1", "12")
    await page.fill("#where", "Training centre, room 4")
    await page.click("button:has-text('Make the class')")
    assert "The class has been made" in await page.inner_text("main")


async def signed(visit: Visit, learners: list[int]) -> int:
    """Paste thirty numbers, mark everybody as passed but two, and sign; return how many clicks it took."""
    hand = Hand(visit.page)
    await hand.paste("#numbers", "\n".join(str(5000 + number) for number in range(LEARNERS)))
    await hand.click("button:has-text('Add these people')")
    await hand.click("button:has-text('Everybody passed')")
    await hand.click(f"label[for='outcome-{learners[4]}-3']")
    await hand.click(f"label[for='outcome-{learners[9]}-2']")
    await visit.check("class-sheet-marked")
    assert await height_on_a_phone(visit.page) < TALLEST
    await hand.click("button:has-text('Sign the sheet')")
    assert "You have signed the sheet" in await visit.page.inner_text("main")
    return hand.clicks


async def corrected(visit: Visit, learners: list[int]) -> None:
    """Correct one mark, forgetting the reason first."""
    page = visit.page
    await page.click("text=Correct this sheet")
    await page.click(f"label[for='outcome-{learners[4]}']")
    await page.click("button:has-text('Correct the sheet')")
    assert "Say why" in await page.inner_text("main")
    await visit.check("class-correct-wrong")
    await page.fill("#why", "Came late, and passed with the second group")
    await page.click("button:has-text('Correct the sheet')")
    assert "The sheet is corrected" in await page.inner_text("main")
    await page.click("text=Correct the day or the hours")
    await page.fill("#hours-1", "8")
    await page.click("button:has-text('Correct it')")
    assert "Say why" in await page.inner_text("main")
    await visit.check("class-particulars-wrong")
    await page.fill("#why", "It ended at four")
    await page.click("button:has-text('Correct it')")
    assert "The day and hours are corrected" in await page.inner_text("main")
    assert "were 12 hours, and are 8 hours" in await page.inner_text("main")
    await visit.check("class-signed")
    assert await height_on_a_phone(page) < TALLEST


async def test_a_roster_of_thirty_is_signed_in_under_a_minute_of_clicks(
    service: str, chromium: Browser, database: str
) -> None:
    there: School = await school()
    learners = await people(LEARNERS)
    cookies = {cookie_name(): await sessions.begin(there.tess)}
    async with visiting(chromium, cookies=cookies, at=service) as visit:
        await planned(visit, service)
        clicks = await signed(visit, learners)
        assert clicks * SECONDS_A_CLICK < 60, f"{clicks} clicks"
        passed = await fetch("SELECT person_id FROM passport.evidence WHERE superseded_at IS NULL")
        assert {row["person_id"] for row in passed} == set(learners) - {learners[4], learners[9]}
        await corrected(visit, learners)
        await visit.go(f"{service}/classes")
        await visit.check("classes")
