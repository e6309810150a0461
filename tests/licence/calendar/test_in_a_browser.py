"""Can an officer put what is due into their own calendar, on a phone and on a desk?"""

import pytest
from playwright.async_api import Browser

from tests.browser import signed_in, visiting
from tests.builders import listed
from tests.licence.passport_page.conftest import licensed
from tests.licence.passport_page.conftest import national as national  # noqa: PLC0414 - a fixture

pytestmark = [pytest.mark.anyio, pytest.mark.browser]


async def test_an_officer_makes_an_address_renews_it_and_ends_it(
    service: str, chromium: Browser, national: str
) -> None:
    cookies = await signed_in(await licensed("Abe"))
    await listed()
    async with visiting(chromium, cookies=cookies, at=service) as visit:
        page = visit.page
        await visit.go(f"{service}/passport")
        await page.click("text=Add to my calendar")
        await visit.check("calendar-none")
        await page.click("text=Make my address")
        first = await page.inner_text(".app-address")
        assert first.endswith("/training.ics")
        assert str(await page.get_attribute("text=Open in my calendar", "href")).startswith("webcal://")
        await visit.check("calendar-made")
        await visit.go(f"{service}/passport/calendar")
        await visit.check("calendar-there")
        await page.click("text=Make a new address")
        assert await page.inner_text(".app-address") != first
        await page.click("text=End this address")
        assert "The address has ended" in await page.inner_text("main")
