"""Can many rows be taken away by two people in a browser, and is every page of it fit for everyone?"""

import pytest
from playwright.async_api import Browser

from tests.access.exports.test_exports import colleague
from tests.browser import signed_in, visiting
from tests.builders import listed
from tests.licence.desk.standings import clerk, holder, many

pytestmark = [pytest.mark.anyio, pytest.mark.browser]


async def test_two_people_let_many_rows_leave(service: str, chromium: Browser, database: str) -> None:
    one, other = await clerk(), await colleague()
    await listed()
    async with (
        visiting(chromium, cookies=await signed_in(one), at=service) as asker,
        visiting(chromium, cookies=await signed_in(other), at=service) as second,
    ):
        await second.go(f"{service}/exports")
        await second.check("exports-none")
        await many(620)
        await holder("Ada", "Okafor", "lapsed")
        await asker.go(f"{service}/desk/licences?standing=active")
        await asker.page.click("text=Download this list")
        await asker.check("exports-ask")
        await asker.page.click("text=Ask a colleague >> nth=-1")
        assert "Enter what it is for" in await asker.page.inner_text("main")
        await asker.check("exports-ask-wrong")
        await asker.page.fill("#reason", "The yearly audit of the force")
        await asker.page.click("button:text('Ask a colleague')")
        await asker.check("exports-asked")
        await second.page.reload()
        await second.check("exports-waiting")
        await second.page.click("text=Licences")
        await second.check("exports-agree")
        await second.page.click("button:text('Agree')")
        await second.check("exports-agreed")
        await asker.page.reload()
        await asker.check("exports-take")
        async with asker.page.expect_download() as given:
            await asker.page.click("text=Download (CSV)")
        file = await (await given.value).path()
        assert len(file.read_text(encoding="utf-8").splitlines()) == 621
        await asker.page.reload()
        assert "Taken" in await asker.page.inner_text("main")
        await asker.check("exports-taken")
