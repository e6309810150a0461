"""Are the pages of statements fit for everyone, on a phone as at a desk?"""

import pytest
from playwright.async_api import Browser

from access import sessions
from access.sign_in import cookie_name
from tests.browser import visiting
from tests.passport.classes.training import school
from tests.passport.statements.sending import HOME, payroll, sent, statement

pytestmark = [pytest.mark.anyio, pytest.mark.browser]
COURSE = f"{HOME}/courses/public-and-personal-safety-training-2026"


async def test_what_waits_is_placed(service: str, chromium: Browser, database: str) -> None:
    there = await school()
    await payroll(there)
    await sent(statement(activity=COURSE), statement(number="stranger"))
    cookies = {cookie_name(): await sessions.begin(there.tess)}
    async with visiting(chromium, cookies=cookies, at=service) as visit:
        page = visit.page
        await visit.go(f"{service}/statements")
        await page.click(f"text={COURSE}")
        await page.fill("#score", "80")
        await page.click("button:has-text('Map it')")
        await visit.check("statement-map-wrong")
        await page.select_option("#meets", "PPST")
        await page.fill("#score", "")
        await page.click("button:has-text('Map it')")
        await visit.check("statements")
        await page.click("text=stranger")
        await page.click("button:has-text('It is theirs')")
        await visit.check("statement-account-wrong")
        await page.fill("#whose", "4003")
        await page.click("button:has-text('It is theirs')")
        assert "The account is known now" in await page.inner_text("main")
