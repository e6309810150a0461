"""Does an officer see, in a real browser, that their supervisor opened their passport a moment ago?"""

import pytest
from playwright.async_api import Browser

from tests.access.readings.conftest import People
from tests.access.readings.test_readings import looked
from tests.browser import PHONE_AND_DESK, WITHOUT_SCRIPTS, Look, signed_in, visiting

pytestmark = [pytest.mark.anyio, pytest.mark.browser]


@pytest.mark.parametrize("look", [PHONE_AND_DESK, WITHOUT_SCRIPTS], ids=lambda look: look.name)
async def test_an_officer_sees_that_their_supervisor_opened_their_passport_a_moment_ago(
    service: str, chromium: Browser, people: People, look: Look
) -> None:
    adas, sergeants = await signed_in(people.ada), await signed_in(people.sergeant)
    async with (
        visiting(chromium, look, cookies=adas, at=service) as ada,
        visiting(chromium, look, cookies=sergeants, at=service) as sergeant,
    ):
        await ada.go(f"{service}/passport")
        await ada.page.click("text=Who looked at my record")
        assert "Nobody has looked at your record" in await ada.page.inner_text("main")
        await ada.check("readings-none")
        await sergeant.go(f"{service}/people/{people.national_id}/passport")
        await ada.page.reload()
        table = await ada.page.inner_text("table")
        assert "Sunil Rao" in table
        assert "Supervisor, Avon and Somerset" in table
        assert "Opened your passport" in table
        await ada.check("readings-one")


async def test_many_readings_are_told_day_by_day(service: str, chromium: Browser, people: People) -> None:
    for day in range(1, 20):
        await looked(people.sergeant, people.ada, f"2026-11-{day:02}T08:05Z", times=1 + day % 3)
        await looked(
            people.desk, people.ada, f"2026-11-{day:02}T10:30Z", event="licence.list.read", times=day % 2
        )
    async with visiting(chromium, cookies=await signed_in(people.ada), at=service) as visit:
        await visit.go(f"{service}/passport/readings")
        await visit.check("readings-many")
        await visit.page.click("text=Next page")
        await visit.page.click("text=Show one day")
        await visit.page.fill("#on-day", "31")
        await visit.page.fill("#on-month", "2")
        await visit.page.fill("#on-year", "2026")
        await visit.page.click("text=Show that day")
        assert "must be a real date" in await visit.page.inner_text("main")
        await visit.check("readings-wrong-day")
        await visit.page.fill("#on-day", "8")
        await visit.page.fill("#on-month", "11")
        await visit.page.click("text=Show that day")
        assert "3 times" in await visit.page.inner_text("main")
        await visit.page.fill("#on-day", "1")
        await visit.page.fill("#on-month", "3")
        await visit.page.click("text=Show that day")
        await visit.check("readings-no-such-day")
