"""Does whoever is recorded here read who may see what, on a phone, without scripts and by keyboard too?"""

import pytest
from playwright.async_api import Browser

from access.matrix import matrix
from tests.browser import PHONE_AND_DESK, WITHOUT_SCRIPTS, Look, signed_in, visiting
from tests.builders import listed, officer

pytestmark = [pytest.mark.anyio, pytest.mark.browser]


@pytest.mark.parametrize("look", [PHONE_AND_DESK, WITHOUT_SCRIPTS], ids=lambda look: look.name)
async def test_everybody_reads_who_may_see_what(
    service: str, chromium: Browser, database: str, look: Look
) -> None:
    ada = await officer("Ada", "Okafor")
    await listed()
    cookies = await signed_in(ada)
    async with visiting(chromium, look, cookies=cookies, at=service) as visit:
        page = visit.page
        await visit.go(f"{service}/passport")
        await page.click("footer >> text=Who may see what")
        assert await page.inner_text("h1") == "Who may see what"
        await visit.check("access")
        assert await page.locator("article").count() == len(matrix().kinds)
        await page.click("nav >> text=Care: clinical notes")
        assert await page.locator("article:target h3").inner_text() == "Care: clinical notes"
