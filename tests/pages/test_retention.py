"""Are the pages about retention fit for everyone, empty and full, on a phone and on a desk?"""

import pytest
from playwright.async_api import Browser

from access import sessions
from access.roles import Role
from access.sign_in import cookie_name
from foundation.database import execute
from tests.browser import visiting
from tests.builders import officer
from tests.clients import grant_role

pytestmark = [pytest.mark.anyio, pytest.mark.browser]


async def test_a_purge_is_proposed_and_agreed_to_by_hand(
    service: str, chromium: Browser, database: str
) -> None:
    lead, privacy, ada = [await officer(name) for name in ("Lea", "Priya", "Ada")]
    await grant_role(lead, Role.FORCE_LEAD, by=ada)
    await grant_role(privacy, Role.PRIVACY_OFFICER, by=ada, approved_by=lead)
    proposer, second = await sessions.begin(lead), await sessions.begin(privacy)
    await sessions.begin(ada)
    await execute(
        "UPDATE access.session SET began_at = '2015-03-04', seen_at = '2015-03-04' WHERE person_id = $1", ada
    )
    async with visiting(chromium, cookies={cookie_name(): proposer}, at=service) as visit:
        await visit.go(f"{service}/retention")
        await visit.check("retention-before")
        await visit.page.get_by_role("button", name="Propose to purge").click()
        await visit.page.get_by_label("What must not go?").fill("nobody")
        await visit.page.get_by_role("button", name="Hold it back").click()
        await visit.check("retention-wrong")
        assert await visit.page.get_by_label("What must not go?").input_value() == "nobody"
        await visit.page.get_by_label("What must not go?").fill("care")
        await visit.page.get_by_label("Why?").fill("Wanted by a court")
        await visit.page.get_by_role("button", name="Hold it back").click()
        await visit.check("retention")
    async with visiting(chromium, cookies={cookie_name(): second}, at=service) as visit:
        await visit.go(f"{service}/retention/1")
        await visit.check("retention-purge")
        await visit.page.get_by_label("Yes, it has been kept long enough").check()
        await visit.page.get_by_role("button", name="Answer").click()
        assert "You have agreed." in await visit.page.inner_text("main")
