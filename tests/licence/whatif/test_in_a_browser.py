"""Can a policy officer make PPST two-yearly, read who changes, and have it approved, on a phone and at a desk?"""

import pytest
from playwright.async_api import Browser

from access import sessions
from access.sign_in import cookie_name
from foundation.clock import today
from foundation.database import fetch
from licence.projection.crew import Alone
from licence.whatif.actions import work_out
from passport.policy.facts import version
from tests.browser import Visit, visiting
from tests.builders import officer
from tests.clients import grant_role
from tests.licence.whatif.nation import PEOPLE, SOON, BreaksOff, a_force, as_the_worker

pytestmark = [pytest.mark.anyio, pytest.mark.browser]
ON = today() + SOON


async def writers(monkeypatch: pytest.MonkeyPatch) -> tuple[str, str, str]:
    await a_force()
    monkeypatch.setattr("licence.whatif.actions.SIZE", 2 * PEOPLE // 3)  # so that there is a way to go
    nora, neil, giver = await officer("Nora"), await officer("Neil"), await officer("Gil")
    for one in (nora, neil):
        await grant_role(one, "standards body", by=giver)
    desk = (
        await fetch(
            "SELECT person_id FROM access.role_grant WHERE role = 'licensing desk' ORDER BY id LIMIT 1"
        )
    )[0][0]
    return await sessions.begin(nora), await sessions.begin(neil), await sessions.begin(desk)


async def test_a_policy_officer_makes_ppst_two_yearly(
    service: str, chromium: Browser, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    nora, neil, desk = await writers(monkeypatch)
    async with visiting(chromium, cookies={cookie_name(): nora}, at=service) as visit:
        await drafted(visit, service)
        await worked_out(visit)
        where = visit.page.url
    async with visiting(chromium, cookies={cookie_name(): desk}, at=service) as visit:
        await visit.go(where)
        await visit.check("what-if-of-the-force")
        await visit.page.get_by_role("link", name="Everybody who would stand otherwise").click()
        await visit.check("what-if-people")
    async with visiting(chromium, cookies={cookie_name(): neil}, at=service) as visit:
        await visit.go(f"{service}/policy/drafts/2")
        await visit.page.get_by_role("link", name="Approve it").click()
        await visit.check("approval")
        await visit.page.get_by_role("button", name="Approve", exact=True).click()
        await visit.page.get_by_text("Approved, and in force from").wait_for()
    assert (await version(2)).state == "approved"


async def drafted(visit: Visit, service: str) -> None:
    page = visit.page
    await visit.go(f"{service}/policy/drafts")
    await page.get_by_role("button", name="Begin a draft").click()
    await page.get_by_role("button", name="Begin the draft").click()
    await visit.check("draft-new-wrong")
    await page.get_by_label("What is it called?").fill("Safety training every two years")
    for box, value in (("day", ON.day), ("month", ON.month), ("year", ON.year)):
        await page.locator(f"#begins_on-{box}").fill(str(value))
    await page.get_by_label("Why is it written?").fill("The review of its frequency")
    await page.get_by_role("button", name="Begin the draft").click()
    await page.locator("summary", has_text="Licence core").click()
    await page.get_by_role("link", name="Public and personal safety training", exact=True).click()
    await page.get_by_label("Months for which it holds").fill("often")
    await page.get_by_role("button", name="Save the requirement").click()
    await visit.check("draft-requirement-wrong")
    await page.get_by_label("Months for which it holds").fill("24")
    await page.get_by_label("Why do you change it?").fill("Two years are enough")
    await page.get_by_role("button", name="Save the requirement").click()
    await page.get_by_text("Every officer and special constable, once every 24 months.").first.wait_for()
    await visit.check("draft")
    await visit.go(f"{service}/policy/compare?before=1&after=2")
    await visit.check("policy-compare")


async def worked_out(visit: Visit) -> None:
    page = visit.page
    await visit.go(visit.page.url.replace("/policy/compare?before=1&after=2", "/policy/drafts/2/what-if"))
    await visit.check("what-if-ask")
    await page.get_by_role("button", name="Work it out").click()
    await page.get_by_text("It has been handed over").wait_for()
    (row,) = await fetch("SELECT id FROM licence.what_if")
    async with as_the_worker():
        with pytest.raises(ConnectionError):
            await work_out(row["id"], BreaksOff(1))
    await page.get_by_text("decided both ways").wait_for()
    await visit.check("what-if-under-way")
    async with as_the_worker():
        await work_out(row["id"], Alone())
    await page.get_by_text("What it is about").wait_for()
    await page.get_by_text("Finished", exact=True).wait_for()
    await visit.check("what-if")
