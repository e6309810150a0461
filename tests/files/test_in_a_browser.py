"""Can somebody hand in a file on a phone and on a desk, whatever it holds and whatever is wrong with it?"""

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.async_api import Browser

from foundation.clock import today
from foundation.database import execute
from tests.browser import (
    DARK_PHONE,
    FORCED_COLOURS,
    LARGE_TEXT,
    PHONE,
    PHONE_AND_DESK,
    WITHOUT_SCRIPTS,
    Look,
    signed_in,
    visiting,
)
from tests.builders import AVON
from tests.files.handing_in import extract, learner
from tests.intake.handing import HR

pytestmark = [pytest.mark.anyio, pytest.mark.browser]
AWKWARD = "a-very-long-name-of-an-extract-that-somebody-exported-on-a-friday-afternoon-final-v2<b>.csv"


def awkward(folder: Path) -> Path:
    """Write a file with lines of many kinds, and a name and cells that a browser must not believe."""
    content = extract(
        "O’Shaughnessy-Ní Dhomhnaill", "Łukasiewicz", "<script>alert(1)</script>", "=cmd|'/c calc'!A1"
    )
    bad = (
        extract("Late").replace(b"01/02/2019", b"31/02/2019").splitlines()[1].replace(b"4000000", b"4000009")
    )
    path = folder / AWKWARD
    path.write_bytes(content + bad + b"\r\n" + content.splitlines()[1] + b"\r\n")
    return path


@pytest.mark.parametrize("look", [PHONE_AND_DESK, WITHOUT_SCRIPTS], ids=lambda look: look.name)
async def test_a_file_is_handed_in_looked_at_and_kept(
    service: str, chromium: Browser, database: str, tmp_path: Path, look: Look
) -> None:
    async with visiting(chromium, look, cookies=await signed_in(await learner()), at=service) as visit:
        page = visit.page
        await visit.go(f"{service}/imports")
        await visit.check("files-empty")
        await page.click("text=Hand in a file")
        await visit.check("files-form")
        await page.check("#kind")
        await page.set_input_files("#file", awkward(tmp_path))
        await page.click("text=Check the file")
        assert "Nothing is kept yet" in await page.inner_text("main")
        await visit.check("files-report")
        report = page.url
        for verdict in ("new", "rejected", "suspicious", "duplicate"):
            await visit.go(f"{report}/lines?verdict={verdict}")
            await visit.check(f"files-{verdict}")
        await visit.go(report)
        await page.click("text=Discard the file")
        await visit.check("files-discard")
        await page.click("text=Cancel")
        await page.click(".govuk-button-group a >> nth=0")
        await visit.check("files-commit")
        await page.click(".govuk-button-group button")
        assert "kept. The licences they touch" in await page.inner_text("main")
        await visit.check("files-kept")
        await visit.go(f"{service}/imports")
        await visit.check("files-list")


@pytest.mark.parametrize("look", [PHONE, FORCED_COLOURS, LARGE_TEXT], ids=lambda look: look.name)
async def test_the_report_on_the_sample_is_fit_for_every_way_of_looking(
    service: str, chromium: Browser, database: str, look: Look
) -> None:
    async with visiting(chromium, look, cookies=await signed_in(await learner()), at=service) as visit:
        await visit.go(f"{service}/imports/new")
        await visit.page.check("#kind")
        await visit.page.set_input_files("#file", HR)
        await visit.page.click("text=Check the file")
        await visit.check("files-sample")


@pytest.mark.parametrize("look", [PHONE, DARK_PHONE], ids=lambda look: look.name)
async def test_what_is_wrong_is_said_beside_the_question_and_the_answers_stay(
    service: str, chromium: Browser, database: str, tmp_path: Path, look: Look
) -> None:
    number = await learner()
    spreadsheet = tmp_path / "extract.xlsx"
    spreadsheet.write_bytes(b"PK\x03\x04" + b"\0" * 90)
    async with visiting(chromium, look, cookies=await signed_in(number), at=service) as visit:
        page = visit.page
        await visit.go(f"{service}/imports/new")
        await page.fill("#on-day", "31")
        await page.fill("#on-month", "2")
        await page.click("text=Check the file")
        await visit.check("files-wrong")
        summary = page.locator(".govuk-error-summary")
        for says in ("what the file holds", "Select a file", "real date"):
            assert says in await summary.inner_text()
        await page.click("text=Select a file >> nth=0")
        assert await page.locator("#file").evaluate("it => it === document.activeElement")
        yesterday = today() - timedelta(days=1)
        for box, value in (("day", yesterday.day), ("month", yesterday.month), ("year", yesterday.year)):
            await page.fill(f"#on-{box}", str(value))
        await page.check("#kind-2")
        await page.set_input_files("#file", spreadsheet)
        await page.click("text=Check the file")
        assert "save it as CSV" in await page.inner_text(".govuk-error-summary")
        assert await page.is_checked("#kind-2")
        assert await page.input_value("#on-day") == str(yesterday.day)
        await visit.check("files-spreadsheet")


async def test_a_file_far_too_big_is_refused_in_words(
    service: str, chromium: Browser, database: str, tmp_path: Path
) -> None:
    too_big, far_too_big = tmp_path / "too-big.csv", tmp_path / "far-too-big.csv"
    too_big.write_bytes(b"a,b\r\n" * 2_100_000)
    far_too_big.write_bytes(b"a,b\r\n" * 8_000_000)
    async with visiting(chromium, PHONE, cookies=await signed_in(await learner()), at=service) as visit:
        for path, says in ((too_big, "larger than 10 MB"), (far_too_big, "The file is too big")):
            await visit.go(f"{service}/imports/new")
            await visit.page.check("#kind")
            await visit.page.set_input_files("#file", path)
            await visit.page.click("text=Check the file")
            assert says in await visit.page.inner_text("main")


@pytest.mark.parametrize("look", [PHONE_AND_DESK, WITHOUT_SCRIPTS], ids=lambda look: look.name)
async def test_a_large_file_on_its_way_is_fit_to_be_waited_for(
    service: str, chromium: Browser, database: str, look: Look
) -> None:
    async with visiting(chromium, look, cookies=await signed_in(await learner()), at=service) as visit:
        await execute(
            """INSERT INTO foundation.intake_errand
                      (id, step, kind, force_code, file_name, effective_on, content, asked_name, done, total)
               OVERRIDING SYSTEM VALUE
               VALUES (1, 'judge', 'hr', $1, $2, '2026-11-22', '', 'Lena Handley', 7200, 24000)""",
            AVON,
            AWKWARD,
        )
        await visit.go(f"{service}/imports/errands/1")
        assert "7,200 of 24,000 lines done." in await visit.page.inner_text("main")
        await visit.check("files-on-their-way")
        await visit.go(f"{service}/imports")
        await visit.check("files-with-one-on-its-way")
        await execute(
            """UPDATE foundation.intake_errand SET state = 'refused', content = NULL, ended_at = clock_timestamp(),
                      problem = 'There is no column “Payroll Number”.'"""
        )
        await visit.go(f"{service}/imports/errands/1")
        assert "There is no column" in await visit.page.inner_text("main")
        await visit.check("files-refused-on-its-way")
