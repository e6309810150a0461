"""Can somebody write what they learn from, share it, and see it verified, on a phone and at a desk?"""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.async_api import Browser

from attested.seeding.policy import policy_in_force
from foundation.clock import today
from foundation.database import execute
from tests.browser import Visit, signed_in, visiting
from tests.passport.cpd.learners import station
from tests.vaults import PDF

pytestmark = [pytest.mark.anyio, pytest.mark.browser]


async def signed_in_anew(visit: Visit, service: str, who: int) -> None:
    """Send what was typed when the session has just ended, and find it again after signing in."""
    page = visit.page
    await execute("UPDATE access.session SET ended_at = clock_timestamp() WHERE person_id = $1", who)
    await page.click("button:has-text('Keep it')")
    where = parse_qs(urlsplit(page.url).query)["to"][0]
    cookies = await signed_in(who)
    await page.context.add_cookies(
        [{"name": name, "value": word, "url": service} for name, word in cookies.items()]
    )
    await visit.go(f"{service}{where}")
    await page.click("summary:has-text('What you typed')")
    assert "I stopped a man without saying why." in await page.inner_text("main")
    await visit.check("unsent")
    await page.click("button:has-text('Send it now')")
    assert "Give it a title" in await page.inner_text("main"), "what was missing then is missing now"
    assert await page.input_value("#what") == "I stopped a man without saying why."


async def written(visit: Visit, service: str, who: int) -> None:
    """Write an entry, with a fault at first and a session that ends meanwhile, and share it."""
    page = visit.page
    await visit.go(f"{service}/passport/cpd")
    await visit.check("cpd-empty")
    await page.click("text=Write an entry")
    await page.fill("#what", "I stopped a man without saying why.")
    await page.click("button:has-text('Keep it')")
    assert "Give it a title" in await page.inner_text("main")
    await visit.check("cpd-words-wrong")
    await signed_in_anew(visit, service, who)
    await page.fill("#title", "A stop that went wrong")
    for box, value in (("day", "2"), ("month", "11"), ("year", "2026")):
        await page.fill(f"#on-{box}", value)
    await page.fill("#so_what", "He was right to complain.\nI had not listened.")
    await page.fill("#now_what", "I say the grounds first, every time.")
    await page.check("#standard-CVF-COURAGE")
    await page.click("button:has-text('Keep it')")
    await page.click("summary:has-text('Attach a file')")
    await page.set_input_files("#file", {"name": "notes.txt", "mimeType": "text/plain", "buffer": b"Notes"})
    await page.click("button:has-text('Attach it')")
    assert "not a PDF, JPEG" in await page.inner_text("main")
    await page.set_input_files("#file", {"name": "letter.pdf", "mimeType": "application/pdf", "buffer": PDF})
    await page.click("button:has-text('Attach it')")
    assert "The file has been attached" in await page.inner_text("main")
    await page.click("button:has-text('Share it')")
    assert "Select with whom" in await page.inner_text("main")
    await visit.check("cpd-entry-wrong")
    await page.check("input[value='supervisor']")
    await page.click("button:has-text('Share it')")
    assert "Your entry is shared" in await page.inner_text("main")


async def test_somebody_writes_what_they_learn_from_and_sees_it_verified(
    service: str, chromium: Browser, database: str
) -> None:
    await policy_in_force(today())
    there = await station()
    async with visiting(chromium, cookies=await signed_in(there.ada), at=service) as visit:
        await written(visit, service, there.ada)
    async with visiting(chromium, cookies=await signed_in(there.bea), at=service) as visit:
        page = visit.page
        await visit.go(f"{service}/cpd")
        await visit.check("cpd-shared")
        await page.click("text=A stop that went wrong")
        assert "letter.pdf" in await page.inner_text("main")
        await page.fill("#words", "We talked it through on the way back.")
        await visit.check("cpd-received")
        await page.click("button:has-text('Verify')")
        assert "You have verified the entry" in await page.inner_text("main")
    async with visiting(chromium, cookies=await signed_in(there.ada), at=service) as visit:
        await visit.go(f"{service}/passport/cpd")
        assert "Verified" in await visit.page.inner_text("main")
        await visit.page.click("text=A stop that went wrong")
        await visit.page.fill("#text", "He wrote back.")
        await visit.page.click("button:has-text('Add it')")
        await visit.check("cpd-entry-verified")
        await visit.go(f"{service}/policy/standards")
        await visit.check("standards")
