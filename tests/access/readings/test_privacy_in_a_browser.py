"""Are breaking the glass, its review and the privacy officer's pages fit for everyone, on a phone and on a desk?"""

import pytest
from playwright.async_api import Browser

from tests.access.readings.conftest import People
from tests.access.readings.test_readings import looked
from tests.access.readings.test_unusual_reading import raised
from tests.browser import signed_in, visiting
from tests.builders import line, listed, officer

pytestmark = [pytest.mark.anyio, pytest.mark.browser]


async def test_the_glass_is_broken_closed_and_reviewed(
    service: str, chromium: Browser, people: People
) -> None:
    await line(await officer("Rae", "Port"), people.stranger)
    await listed()
    async with (
        visiting(chromium, cookies=await signed_in(people.stranger), at=service) as breaker,
        visiting(chromium, cookies=await signed_in(people.privacy), at=service) as privacy,
    ):
        await privacy.go(f"{service}/privacy/glass")
        await privacy.check("glass-none")
        await breaker.go(f"{service}/glass")
        await breaker.check("glass-ask")
        await breaker.page.click("button:text('Break the glass')")
        await breaker.check("glass-ask-wrong")
        await breaker.page.fill("#person", people.national_id)
        await breaker.page.check("text=Urgent deployment")
        await breaker.page.fill("#words", "Needed at the bridge; the sergeant does not answer.")
        await breaker.page.click("button:text('Break the glass')")
        assert "Passport of Ada Okafor" in await breaker.page.inner_text("h1")
        await breaker.check("glass-open")
        await breaker.go(f"{service}/glass")
        await breaker.check("glass-one-open")
        await privacy.go(f"{service}/inbox")
        await privacy.check("glass-alert")
        await privacy.page.click("text=Review it")
        await privacy.check("glass-waiting")
        await privacy.page.click("text=Ada Okafor")
        await privacy.check("glass-review")
        await privacy.page.click("text=Record the review")
        await privacy.check("glass-review-wrong")
        await privacy.page.check("text=No, it was not right")
        await privacy.page.fill("#words", "The sergeant had answered.")
        await privacy.page.click("text=Record the review")
        await privacy.check("glass-reviewed")
        await breaker.page.click("text=Close it now")
        await breaker.check("glass-closed")


async def test_the_privacy_officer_looks_into_who_looked(
    service: str, chromium: Browser, people: People
) -> None:
    await looked(people.sergeant, people.ada, "2026-11-01T08:05Z", times=3)
    await looked(people.sergeant, people.stranger, "2026-11-02T08:05Z")
    await raised(people.sergeant)
    async with visiting(chromium, cookies=await signed_in(people.privacy), at=service) as visit:
        page = visit.page
        await visit.go(f"{service}/privacy")
        await visit.check("privacy")
        await page.fill("#q", "okafor")
        await page.click("button:text('Find')")
        await visit.check("privacy-find")
        await page.click("text=Who looked at them")
        await visit.check("privacy-of")
        await page.click("text=Hold a name back")
        await visit.check("privacy-hold-back")
        await page.click("button:text('Hold the name back')")
        await visit.check("privacy-hold-back-wrong")
        await visit.go(f"{service}/privacy")
        await page.click("text=Sunil Rao")
        await visit.check("privacy-alert")
        await page.click("text=See whose records they were")
        await page.click("text=Show every day")
        await visit.check("privacy-by")
        await visit.go(f"{service}/privacy/find?q=zzzz")
        await visit.check("privacy-not-found")
