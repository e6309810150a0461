"""Is a supervisor's team fit for everyone, from nobody to two hundred people, on a phone first?"""

from datetime import timedelta

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
    Look,
    signed_in,
    visiting,
)
from tests.builders import line, listed, officer
from tests.licence.team.teams import a_team, days_ago, report, under_national_policy

pytestmark = [pytest.mark.anyio, pytest.mark.browser]


@pytest.mark.parametrize(
    "look", [PHONE_AND_DESK, DARK_PHONE, FORCED_COLOURS, LARGE_TEXT], ids=lambda look: look.name
)
async def test_a_team_and_its_skills_are_fit_for_every_way_of_looking(
    service: str, chromium: Browser, database: str, look: Look
) -> None:
    await under_national_policy()
    cookies = await signed_in(await a_team())
    async with visiting(chromium, look, cookies=cookies, at=service) as visit:
        await visit.go(f"{service}/team")
        await visit.check("team")
        await visit.go(f"{service}/team/skills")
        await visit.check("team-skills")


async def test_a_supervisor_looks_ahead_filters_and_comes_back(
    service: str, chromium: Browser, database: str
) -> None:
    await under_national_policy()
    later = today() + timedelta(days=60)
    async with visiting(chromium, PHONE, cookies=await signed_in(await a_team()), at=service) as visit:
        page = visit.page
        await visit.go(f"{service}/team?sort=name")
        for box, number in (("day", later.day), ("month", later.month), ("year", later.year)):
            await page.fill(f"#on-{box}", str(number))
        await page.click("text=Show that day")
        await visit.check("team-ahead")
        await page.click("text=May not practise >> nth=0")
        assert await page.locator("tbody tr").count() == 4
        await page.click("text=Filter and sort")
        await page.select_option("#standing", "revoked")
        await page.click("text=Apply")
        assert "Nobody matches" in await page.inner_text("main")
        await visit.check("team-none-match")
        await page.click("text=Back to today")
        assert "on=" not in page.url
        await page.fill("#on-day", "45")
        await page.click("text=Show that day")
        assert "must be a real date" in await page.inner_text(".govuk-error-summary")
        await visit.check("team-wrong-day")


async def test_a_team_is_fit_with_nobody_and_with_two_hundred(
    service: str, chromium: Browser, database: str
) -> None:
    await under_national_policy()
    covered, cover = await officer("Cy", "Covered"), await officer("Cora", "Cover")
    one = await report(covered, "One")
    await line(one, cover, since=days_ago(1), until=today() + timedelta(days=1), cover=True)
    await listed()
    async with visiting(chromium, cookies=await signed_in(covered), at=service) as visit:
        await visit.go(f"{service}/team")
        await visit.check("team-empty")
        await visit.go(f"{service}/team/skills")
        await visit.check("team-skills-empty")
        await execute(
            """WITH one AS (
                   INSERT INTO people.person (national_id, given_names, family_name)
                   SELECT 'AAAA-' || lpad(number::text, 4, '0') || '-A', 'Given' || number, 'Many'
                     FROM generate_series(1, 200) AS number RETURNING id
               ), placed AS (
                   INSERT INTO people.post (person_id, force_id, kind, rank, profiles, valid_from)
                   SELECT one.id, force.id, 'officer', 'constable', '{taser,response}', '2020-01-01'
                     FROM one, people.force WHERE code = 'E23000036' RETURNING person_id
               )
               INSERT INTO people.line (person_id, supervisor_id, valid_from)
               SELECT person_id, $1, '2020-01-01' FROM placed""",
            covered,
        )
        await visit.go(f"{service}/team")
        assert await visit.page.locator("tbody tr").count() == 200
        await visit.go(f"{service}/team/skills")
        assert await visit.page.locator("tbody tr").count() == 200
