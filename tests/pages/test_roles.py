"""Are the pages about roles fit for everyone, and is a role given, agreed to and chosen by hand?"""

import pytest
from playwright.async_api import Browser

from access.roles import Role
from foundation.database import fetch_one
from tests.browser import WITHOUT_SCRIPTS, signed_in, visiting
from tests.builders import listed, officer
from tests.clients import grant_role

pytestmark = [pytest.mark.anyio, pytest.mark.browser]


@pytest.fixture
async def lead(database: str) -> int:
    lead, operator, ada = await officer("Lea", "Mensah"), await officer("Opal"), await officer("Ada")
    await grant_role(lead, Role.FORCE_LEAD, by=operator)
    await grant_role(lead, Role.LICENSING_DESK, by=operator)
    await grant_role(operator, Role.OPERATOR, by=lead)
    await grant_role(ada, Role.OCCUPATIONAL_HEALTH, by=operator)
    return lead


async def test_the_pages_about_roles_are_fit(service: str, chromium: Browser, lead: int) -> None:
    cookies = await signed_in(lead)
    async with visiting(chromium, cookies=cookies, at=service) as visit:
        for path, name in (
            ("/roles", "roles"),
            ("/roles/new", "roles-new"),
            ("/roles/4", "roles-awaiting"),
            ("/roles/1", "roles-held"),
            ("/acting", "acting"),
        ):
            await visit.go(f"{service}{path}")
            await visit.check(name)
        await visit.go(f"{service}/roles/new")
        await visit.page.get_by_label("Why?").fill("Joins the desk")
        await visit.page.get_by_role("button", name="Give the role").click()
        await visit.check("roles-new-faults")
        assert await visit.page.get_by_label("Why?").input_value() == "Joins the desk"


async def test_a_role_is_given_and_another_chosen_without_scripts(
    service: str, chromium: Browser, lead: int
) -> None:
    bo = await officer("Bo", "Ahmed")
    await listed()
    row = await fetch_one("SELECT national_id FROM people.person WHERE id = $1", bo)
    assert row is not None
    cookies = await signed_in(lead)
    async with visiting(chromium, WITHOUT_SCRIPTS, cookies=cookies, at=service) as visit:
        await visit.go(f"{service}/roles/new")
        await visit.page.get_by_label("Who is it for?").fill(row["national_id"])
        await visit.page.get_by_label("Which role?").select_option("licensing desk")
        await visit.page.get_by_label("Why?").fill("Joins the desk")
        await visit.page.get_by_role("button", name="Give the role").click()
        assert "The role is given." in await visit.page.inner_text("main")
        await visit.page.get_by_role("link", name="Acting as: Force lead").click()
        await visit.page.get_by_label("Licensing desk for").check()
        await visit.page.get_by_role("button", name="Act in this role").click()
        assert await visit.page.get_by_role("heading", level=1).inner_text() == "Licensing desk"
