"""Is the policy page fit for a phone, a desk, and a reader without scripts?"""

import pytest
from playwright.async_api import Browser

from foundation.audit import Actor
from foundation.clock import today
from passport.policy.actions import load, set_up
from passport.policy.document import shipped_text
from passport.policy.overriding import NewSetting, override
from passport.policy.rules import Overridable
from tests.browser import DARK_PHONE, DESK, PHONE_AND_DESK, Look, signed_in, visiting
from tests.builders import listed, officer
from tests.passport.policy.files import SOUND

pytestmark = [pytest.mark.anyio, pytest.mark.browser]


@pytest.fixture
async def cookies(database: str) -> dict[str, str]:
    ada = await officer("Ada")
    await listed()
    await set_up(text=shipped_text())
    await load(actor=Actor.system("Dora Drafter"), text=SOUND)
    new = NewSetting("kent", "JRFT", Overridable.LEVEL, "3.7", "The force's own procedure", today())
    await override(actor=Actor.system("Dev Approver"), proposed_by="Dora Drafter", new=new)
    return await signed_in(ada)


@pytest.mark.parametrize("look", [PHONE_AND_DESK, DARK_PHONE], ids=lambda look: look.name)
async def test_the_policy_can_be_read_in_every_way_of_looking(
    service: str, chromium: Browser, cookies: dict[str, str], look: Look
) -> None:
    async with visiting(chromium, look, cookies=cookies, at=service) as visit:
        await visit.go(f"{service}/policy?force=kent")
        await visit.check("policy")


async def test_a_reason_on_another_page_leads_to_its_requirement(
    service: str, chromium: Browser, cookies: dict[str, str]
) -> None:
    async with visiting(chromium, DESK, cookies=cookies, at=service) as visit:
        await visit.go(f"{service}/policy#CED")
        assert await visit.page.locator("#CED").is_visible()
        await visit.page.get_by_role("link", name="7. As tested").click()
        await visit.page.get_by_text("It governs nobody.").wait_for()
        await visit.check("policy-draft")
