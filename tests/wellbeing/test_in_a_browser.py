"""Are the pages of care fit for everyone: for those who give it, for the person, and for their supervisor?"""

from datetime import timedelta

import pytest
from playwright.async_api import Browser

from access.sign_in import cookie_name
from attested.seeding.policy import policy_in_force
from foundation.clock import today
from tests.browser import PHONE_AND_DESK, WITHOUT_SCRIPTS, Look, Visit, visiting
from tests.wellbeing.carers import Carers, attended, carers, national_id, session_of

pytestmark = [pytest.mark.anyio, pytest.mark.browser]


async def signed_in(there: Carers, person_id: int) -> dict[str, str]:
    return {cookie_name(): await session_of(there, person_id)}


async def cared_for(visit: Visit, service: str) -> None:
    """Open somebody's care from the desk, offer support, take them into care and write a note that they may read."""
    page = visit.page
    await visit.go(f"{service}/care")
    await visit.check("care-desk")
    await page.click("th >> text=Ada Okafor")
    await page.click("button:has-text('Continue')")
    await visit.check("care-purpose-missing")
    await page.check("input[value='following up an event']")
    await page.click("button:has-text('Continue')")
    await visit.check("care-person-empty")
    await page.fill("#offered-day", "41")
    await page.click("button:has-text('Record the offer')")
    assert "There is a problem" in await page.inner_text("main")
    await visit.check("care-offer-wrong")
    await page.fill("#offered-day", str(today().day))
    await page.click("button:has-text('Record the offer')")
    assert "The offer has been recorded" in await page.inner_text("main")
    await page.click("button:has-text('Take them into my care')")
    await page.click("button:has-text('Keep the note')")
    assert "Enter the note" in await page.inner_text("main")
    await page.fill("#text", "First conversation.\nMeet again in four weeks.")
    await page.click("button:has-text('Keep the note')")
    await page.click("button:has-text('Let them read it')")
    assert "They can read the note now" in await page.inner_text("main")
    await visit.check("care-person")


@pytest.mark.parametrize("look", [PHONE_AND_DESK, WITHOUT_SCRIPTS], ids=lambda look: look.name)
async def test_care_is_offered_given_and_answered(
    service: str, chromium: Browser, database: str, look: Look
) -> None:
    await policy_in_force(today())
    there = await carers()
    await attended(there.ada, today() - timedelta(days=4))
    async with visiting(chromium, look, cookies=await signed_in(there, there.olga), at=service) as visit:
        await cared_for(visit, service)
    async with visiting(chromium, look, cookies=await signed_in(there, there.ada), at=service) as visit:
        page = visit.page
        await visit.go(f"{service}/passport/care")
        await visit.check("care-mine")
        await page.click("button:has-text('I take this up')")
        assert "You said: taken up" in await page.inner_text("main")
        await page.click("button:has-text('Add the event')")
        assert "Select what kind of event it was" in await page.inner_text("main")
        await visit.check("care-mine-wrong")
        await page.select_option("#kind", label="Suicide")
        for box, value in (("day", "3"), ("month", "3"), ("year", "2026")):
            await page.fill(f"#attended-{box}", value)
        await page.click("button:has-text('Add the event')")
        assert "The event has been added" in await page.inner_text("main")


async def test_a_coordinator_and_a_supervisor_see_their_part(
    service: str, chromium: Browser, database: str
) -> None:
    await policy_in_force(today())
    there = await carers()
    ada = await national_id(there.ada)
    async with visiting(chromium, cookies=await signed_in(there, there.cora), at=service) as visit:
        await visit.go(f"{service}/care")
        await visit.check("care-desk-coordinator")
        await visit.go(f"{service}/care/people/{ada}?purpose=the+routine+check")
        assert "Clinical notes" not in await visit.page.inner_text("main")
        await visit.check("care-person-coordinator")
    async with visiting(chromium, cookies=await signed_in(there, there.bea), at=service) as visit:
        await visit.go(f"{service}/team/{ada}/check-in")
        await visit.check("care-check-in")
    async with visiting(chromium, cookies=await signed_in(there, there.desi), at=service) as visit:
        await visit.go(f"{service}/passport/care")
        await visit.check("care-mine-empty")
