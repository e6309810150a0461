"""Is the licensing desk fit for everyone, with nobody, a few people and very many, on a phone too?"""

import pytest
from playwright.async_api import Browser

from tests.browser import PHONE_AND_DESK, WITHOUT_SCRIPTS, Look, signed_in, visiting
from tests.licence.desk.standings import a_force, clerk, many

pytestmark = [pytest.mark.anyio, pytest.mark.browser]


@pytest.mark.parametrize("look", [PHONE_AND_DESK, WITHOUT_SCRIPTS], ids=lambda look: look.name)
async def test_counts_lead_to_a_list_that_is_filtered_and_left_again(
    service: str, chromium: Browser, database: str, look: Look
) -> None:
    await a_force()
    async with visiting(chromium, look, cookies=await signed_in(await clerk()), at=service) as visit:
        page = visit.page
        await visit.go(f"{service}/desk")
        await visit.check("desk")
        await page.click("text=Lapse within 30 days")
        assert await page.inner_text("h1") == "Licences that lapse within 30 days"
        await visit.check("desk-lapsing")
        await page.click("text=Filter (1 applied)")
        await page.select_option("#rank", "commissioner")
        await page.click("text=Apply")
        assert "No licences match" in await page.inner_text("main")
        await visit.check("desk-none-match")
        await page.click("text=Clear all")
        assert await page.locator("tbody tr").count() == 10
        await visit.check("desk-list")


async def test_a_person_is_found_from_the_desk(service: str, chromium: Browser, database: str) -> None:
    await a_force()
    async with visiting(chromium, cookies=await signed_in(await clerk()), at=service) as visit:
        await visit.go(f"{service}/desk")
        await visit.page.fill("#q", "okafor")
        await visit.page.press("#q", "Enter")
        assert "7 people found" in await visit.page.inner_text("main")
        await visit.check("desk-found")
        await visit.page.fill("#q", "<script>alert(1)</script>")
        await visit.page.press("#q", "Enter")
        assert "Nobody found" in await visit.page.inner_text("main")
        await visit.check("desk-not-found")


async def test_the_desk_is_fit_with_nobody_and_with_very_many(
    service: str, chromium: Browser, database: str
) -> None:
    async with visiting(chromium, cookies=await signed_in(await clerk()), at=service) as visit:
        await visit.go(f"{service}/desk")
        await visit.check("desk-empty")
        await visit.go(f"{service}/desk/licences")
        await visit.check("desk-list-empty")
        await many(200)
        await visit.go(f"{service}/desk")
        await visit.check("desk-many")
        await visit.go(f"{service}/desk/licences")
        await visit.page.click("text=Next page")
        await visit.check("desk-list-many")
        async with visit.page.expect_download() as given:
            await visit.page.click("text=Download this list")
        file = await (await given.value).path()
        assert len(file.read_text(encoding="utf-8").splitlines()) == 201
