"""Is a conversation prepared, held, shared and answered in a few clicks, on a phone too, and is nothing ever lost?"""

import pytest
from playwright.async_api import Browser, Page

from access.sign_in import cookie_name
from foundation.clock import today
from tests.browser import PHONE, PHONE_AND_DESK, WITHOUT_SCRIPTS, Look, Visit, visiting
from tests.builders import evidence
from tests.passport.conversations.talking import DAY, Line, a_line, held_before, session_of

pytestmark = [pytest.mark.anyio, pytest.mark.browser]
MOST_CLICKS = 8
"""From one's team to a conversation that is shared: at ten seconds each, well within three minutes."""


class Clicks:
    """Counts how often somebody has to press something."""

    def __init__(self, page: Page) -> None:
        self.page, self.number = page, 0

    async def on(self, what: str) -> None:
        self.number += 1
        await self.page.click(what)


async def cookies(there: Line, person_id: int) -> dict[str, str]:
    return {cookie_name(): await session_of(there, person_id)}


async def prepared_and_shared(visit: Visit, service: str) -> None:
    """From the team to what is shared, saved on the way."""
    page, clicks = visit.page, Clicks(visit.page)
    await visit.go(f"{service}/team")
    await clicks.on("text=Whose conversation is due")
    await visit.check("conversations-team")
    await clicks.on("text=Prepare")
    await visit.check("conversation-sheet")
    await page.click("button:has-text('Share with Ada Okafor')")
    assert "Say in short what you talked about" in await page.inner_text("main")
    await visit.check("conversation-sheet-wrong")
    await clicks.on("label:has-text('Sit the sergeants’ exam')")
    await page.fill("#words-in-short", "A steady quarter.\nReady for more.")
    await clicks.on("label:has-text('Professional development')")
    await page.fill("#what-0", "Shadow the duty sergeant")
    if visit.look.scripts:
        await page.wait_for_selector("[data-saved]:not([data-pending]):has-text('Saved at')")
        await visit.go(page.url)
        assert await page.input_value("#words-in-short") == "A steady quarter.\nReady for more."
        assert await page.is_checked("#covered-development")
    await clicks.on("button:has-text('Share with Ada Okafor')")
    assert "Shared" in await page.inner_text("main")
    await visit.check("conversation-shared")
    assert clicks.number <= MOST_CLICKS


async def answered(visit: Visit, service: str) -> None:
    """From the notice to what is signed, let the new supervisor read, and tick."""
    page = visit.page
    await visit.go(f"{service}/inbox")
    await page.click("text=See your conversations")
    await visit.check("conversations-mine")
    await page.click("th a >> nth=0")
    await page.click("button:text-is('Sign')")
    assert "Select how you see it" in await page.inner_text("main")
    await visit.check("conversation-answer-wrong")
    await page.check("input[value='sees it differently']")
    await page.fill("#text", "The two weeks alone were harder than this reads.")
    await page.click("button:text-is('Sign')")
    await page.click("text=Add to it, or to what was agreed")
    await page.fill("#addition", "I forgot the course in May.")
    await page.click("button:has-text('Add it')")
    await visit.check("conversation-signed")
    await page.click("button:has-text('Done') >> nth=0")
    assert "ticked off" in await page.inner_text("main")
    await page.click("button:has-text('Let them read it')")
    await visit.check("conversations-mine-opened")
    await page.click("button:has-text('Take it back')")
    assert "no longer" in await page.inner_text("main")


@pytest.mark.parametrize("look", [PHONE_AND_DESK, WITHOUT_SCRIPTS], ids=lambda look: look.name)
async def test_a_conversation_is_prepared_held_shared_and_answered(
    service: str, chromium: Browser, database: str, look: Look
) -> None:
    there = await a_line()
    await held_before(there, "Olly’s words", "Sit the sergeants’ exam")
    await evidence(there.ada, "PPST", today() - 330 * DAY)
    async with visiting(chromium, look, cookies=await cookies(there, there.bea), at=service) as visit:
        await prepared_and_shared(visit, service)
    async with visiting(chromium, look, cookies=await cookies(there, there.ada), at=service) as visit:
        await answered(visit, service)
    async with visiting(chromium, look, cookies=await cookies(there, there.bea), at=service) as visit:
        await visit.go(f"{service}/team/conversations")
        await visit.page.click("text=Ada Okafor")
        await visit.check("conversations-report")
    async with visiting(chromium, look, cookies=await cookies(there, there.lena), at=service) as visit:
        await visit.go(f"{service}/conversations")
        await visit.check("conversations-due")


async def test_two_windows_and_a_session_that_ended_lose_nothing(
    service: str, chromium: Browser, database: str
) -> None:
    there = await a_line()
    async with visiting(chromium, PHONE, cookies=await cookies(there, there.bea), at=service) as visit:
        page = visit.page
        await visit.go(f"{service}/team/conversations")
        await page.click("text=Prepare")
        other = await page.context.new_page()
        await other.goto(page.url)
        await other.fill("#words-in-short", "From the other window")
        await other.click("button:has-text('Save for later')")
        await page.fill("#words-in-short", "From this window")
        await page.wait_for_selector("[data-saved]:has-text('changed in another window')")
        await page.click("button:has-text('Save for later')")
        told = await page.inner_text("main")
        assert "From the other window" in told
        assert await page.input_value("#words-in-short") == "From this window"
        visit.complaints.clear()
        await visit.check("conversation-conflict")
        await page.click("button:has-text('Save for later')")
        assert await page.input_value("#words-in-short") == "From this window"
        address = page.url.partition("?")[0]
        await page.context.clear_cookies(name=cookie_name())
        await page.fill("#words-in-short", "Typed while signed out")
        await page.wait_for_selector("[data-saved]:has-text('signed out')")
        await page.context.add_cookies(
            [{"name": cookie_name(), "value": await session_of(there, there.bea), "url": service}]
        )
        await page.fill("#words-in-short", "Typed while signed out, and in again")
        await page.wait_for_selector("[data-saved]:has-text('Saved at')")
        await page.goto(address)
        assert await page.input_value("#words-in-short") == "Typed while signed out, and in again"
