"""Are vetting's pages fit for everyone, from the desk to the outcome, on a phone too?"""

import pytest
from playwright.async_api import Browser

from access.sign_in import cookie_name
from attested.seeding.policy import policy_in_force
from foundation.clock import today
from tests.browser import Visit, visiting
from tests.licence.vetting.vetters import Unit, case, clearance, national_id, session_of, unit

pytestmark = [pytest.mark.anyio, pytest.mark.browser]


async def signed_in(there: Unit, person_id: int) -> dict[str, str]:
    return {cookie_name(): await session_of(there, person_id)}


async def worked_on(visit: Visit, service: str, number: int) -> None:
    """Open a case for a purpose, add to it, propose a colleague and that it is refused."""
    page = visit.page
    await visit.go(f"{service}/vetting")
    await visit.check("vetting-desk")
    await page.click(f"text=Case {number}")
    await visit.check("vetting-purpose")
    await page.click("button:has-text('Open the case')")
    assert "There is a problem" in await page.inner_text("main")
    await visit.check("vetting-purpose-missing")
    await page.check("input[value='new information to assess']")
    await page.click("button:has-text('Open the case')")
    assert await page.inner_text("h1") == f"Case {number}"
    await visit.check("vetting-case-empty")
    await page.fill("#text", "A debt plan that was not reported.\nIt was agreed on last spring.")
    await page.click("button:has-text('Add the entry')")
    assert "Select what it is" in await page.inner_text("main")
    await visit.check("vetting-case-wrong")
    await page.check("input[value='adverse material']")
    await page.click("button:has-text('Add the entry')")
    assert "The entry has been added" in await page.inner_text("main")
    await page.select_option("#officer", label="Val Vetter")
    await page.click("button:has-text('Propose')")
    await visit.check("vetting-case")
    await page.click("text=Conclude the case")
    await visit.check("vetting-conclusion")
    await page.check("input[value='refused']")
    await page.click("button:has-text('Conclude the case')")
    assert "The outcome is proposed" in await page.inner_text("main")
    await page.click("text=Look at the proposed outcome")
    await visit.check("vetting-conclusion-mine")


async def agreed_to(visit: Visit, service: str, number: int) -> None:
    """Agree to the colleague, and to the outcome."""
    page = visit.page
    await visit.go(f"{service}/vetting")
    assert "Waiting for your agreement" in await page.inner_text("main")
    await visit.check("vetting-desk-waiting")
    await page.click(f"text=Val Vetter for case {number}")
    await visit.check("vetting-proposal")
    await page.click("button:has-text('Agree')")
    assert "You agreed" in await page.inner_text("main")
    await visit.go(f"{service}/vetting/cases/{number}/conclusion?purpose=renewing+a+clearance")
    await visit.check("vetting-conclusion-agree")
    await page.click("button:has-text('Agree and conclude')")
    assert "The case is concluded" in await page.inner_text("main")
    await visit.check("vetting-case-concluded")


async def test_a_case_is_opened_for_a_purpose_added_to_and_concluded_by_two(
    service: str, chromium: Browser, database: str
) -> None:
    await policy_in_force(today())
    there = await unit()
    number = await case(there, officers=(there.vera, there.vik))
    async with visiting(chromium, cookies=await signed_in(there, there.vera), at=service) as visit:
        await worked_on(visit, service, number)
    async with visiting(chromium, cookies=await signed_in(there, there.vik), at=service) as visit:
        await agreed_to(visit, service, number)
    async with visiting(chromium, cookies=await signed_in(there, there.ada), at=service) as visit:
        await visit.go(f"{service}/passport/vetting")
        assert "Refused" in await visit.page.inner_text("main")
        await visit.check("vetting-mine")


async def test_clearances_are_looked_through_and_a_case_is_opened(
    service: str, chromium: Browser, database: str
) -> None:
    there = await unit()
    async with visiting(chromium, cookies=await signed_in(there, there.vera), at=service) as visit:
        page = visit.page
        await visit.go(f"{service}/vetting")
        await visit.check("vetting-desk-empty")
        await visit.go(f"{service}/vetting/clearances")
        await visit.check("vetting-clearances-empty")
        await clearance(there.bea, until="2026-03-01")
        await clearance(there.bea, until="2126-03-01", level="developed vetting")
        await clearance(there.vik, until="2126-03-01")
        await visit.go(f"{service}/vetting/clearances?within=")
        await visit.check("vetting-clearances")
        await visit.go(f"{service}/vetting/cases/new")
        await page.click("button:has-text('Open the case')")
        await visit.check("vetting-new-wrong")
        await page.fill("#person", await national_id(there.bea))
        await page.check("input[value='recruitment vetting']")
        await page.select_option("#officer", label="Vera Vetter")
        await page.click("button:has-text('Open the case')")
        assert "The case is open" in await page.inner_text("main")
    async with visiting(chromium, cookies=await signed_in(there, there.bea), at=service) as visit:
        await visit.go(f"{service}/passport/vetting")
        await visit.check("vetting-mine-held")
