"""Can an officer record what they met with its certificate, and see it verified, on a phone as at a desk?"""

from datetime import timedelta

import pytest
from playwright.async_api import Browser, FilePayload

from foundation.clock import today
from tests.browser import Visit, signed_in, visiting
from tests.passport.learning.learners import LAST_MONTH, PLACE, School, school
from tests.vaults import PDF

pytestmark = [pytest.mark.anyio, pytest.mark.browser]
CERTIFICATE: FilePayload = {"name": "Safety certificate.pdf", "mimeType": "application/pdf", "buffer": PDF}
RUN: FilePayload = {"name": "holiday.pdf", "mimeType": "application/pdf", "buffer": b"MZ" + bytes(90)}


async def fill_day(visit: Visit, day: str, month: str, year: str) -> None:
    for box, text in (("day", day), ("month", month), ("year", year)):
        await visit.page.fill(f"#on-{box}", text)


async def recorded(visit: Visit, service: str) -> str:
    """Record something, wrong in every way first; return where the record is."""
    page = visit.page
    await visit.go(f"{service}/passport")
    await page.click("text=My evidence")
    await visit.check("evidence-mine-empty")
    await page.click("text=Record what you met")
    await page.click("button:has-text('Record it')")
    await visit.check("evidence-new-wrong")
    await page.select_option("#requirement", "PPST")
    await fill_day(visit, "31", "2", "2026")
    await page.fill("#hours", "7.5")
    await page.fill("#source", PLACE)
    await page.set_input_files("#file", files=[CERTIFICATE])
    await page.click("button:has-text('Record it')")
    assert "must be a real date" in await page.inner_text("main")
    assert await page.input_value("#source") == PLACE
    await fill_day(visit, str(LAST_MONTH.day), str(LAST_MONTH.month), str(LAST_MONTH.year))
    await page.set_input_files("#file", files=[RUN])
    await page.click("button:has-text('Record it')")
    await visit.check("evidence-new-bad-file")
    await page.set_input_files("#file", files=[CERTIFICATE])
    await page.click("button:has-text('Record it')")
    assert "waits to be verified" in await page.inner_text("main")
    await visit.check("evidence-record-awaiting")
    return page.url.partition("?")[0]


async def verified(visit: Visit, service: str) -> None:
    """Verify what waits, and decline what waits beside it."""
    page = visit.page
    await visit.go(f"{service}/inbox")
    await page.click("text=See what waits for you")
    await visit.check("evidence-to-verify")
    await page.click("main a:has-text('Public and personal safety training') >> nth=0")
    await visit.check("evidence-record-to-verify")
    async with page.expect_download() as saving:
        await page.click("text=Safety certificate.pdf")
    assert (await saving.value).suggested_filename == "Safety certificate.pdf"
    await page.click("button:has-text('Verify')")
    assert "It has been verified" in await page.inner_text("main")
    await visit.check("evidence-record-verified")
    await visit.go(f"{service}/verification")
    await page.click("main tbody a")
    await page.click("text=Decline")
    await page.click("button:has-text('Decline it')")
    await visit.check("evidence-decline-wrong")
    await page.fill("#reason", "The register of that day does not name you.")
    await page.click("button:has-text('Decline it')")
    assert "It has been declined" in await page.inner_text("main")


async def told(visit: Visit, service: str, record: str) -> None:
    """Read what became of it, on the way from the inbox and from the passport, and put it right."""
    page = visit.page
    await visit.go(f"{service}/inbox")
    await visit.check("evidence-inbox")
    await page.click("a:has-text('See the record') >> nth=0")
    await visit.check("evidence-record-declined")
    await page.click("text=Put it right and record it again")
    assert await page.input_value("#source") == "Elsewhere"
    await visit.go(f"{service}/passport/evidence")
    await visit.check("evidence-mine")
    await visit.go(f"{service}/passport")
    await page.click("summary:has-text('met') >> nth=0")
    await visit.check("evidence-passport")
    await visit.go(f"{record}/correction")
    await page.click("button:has-text('Correct it')")
    await visit.check("evidence-correct-wrong")
    await page.fill("#hours", "6")
    await page.fill("#reason", "It ended at noon.")
    await page.click("button:has-text('Correct it')")
    assert "It has been corrected" in await page.inner_text("main")
    await page.click("text=Take it away")
    await visit.check("evidence-file-removal")
    await visit.go(record)
    await visit.check("evidence-record-corrected")


async def second_record(visit: Visit, service: str, here: School) -> None:
    """Record something else, which will be declined."""
    on = LAST_MONTH - timedelta(days=400)
    await visit.go(f"{service}/passport/evidence/new?requirement=PPST")
    await fill_day(visit, str(on.day), str(on.month), str(on.year))
    await visit.page.fill("#source", "Elsewhere")
    await visit.page.click("button:has-text('Record it')")
    assert "waits to be verified" in await visit.page.inner_text("main")


async def test_an_officer_records_a_supervisor_verifies_and_the_passport_follows(
    service: str, chromium: Browser, database: str
) -> None:
    here = await school()
    ada, sue = await signed_in(here.ada), await signed_in(here.sue)
    async with visiting(chromium, cookies=ada, at=service) as visit:
        record = await recorded(visit, service)
        await second_record(visit, service, here)
    async with visiting(chromium, cookies=sue, at=service) as visit:
        await verified(visit, service)
    async with visiting(chromium, cookies=ada, at=service) as visit:
        await visit.go(f"{service}/passport")
        assert today().strftime("%Y") in await visit.page.inner_text("main")
        await told(visit, service, record)
    async with visiting(chromium, cookies=await signed_in(here.lee), at=service) as visit:
        await visit.go(f"{service}/verification/person?person=nobody")
        await visit.check("evidence-to-verify-wrong")
        await visit.page.fill("#person", here.ada_number)
        await visit.page.click("button:has-text('Go on')")
        await visit.check("evidence-new-for-another")
