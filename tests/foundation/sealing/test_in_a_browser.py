"""Can anybody read the heads of the audit, on a phone and at a desk, without signing in?"""

import pytest
from playwright.async_api import Browser

from tests.browser import visiting
from tests.foundation.sealing.ledger import Ledger

pytestmark = [pytest.mark.anyio, pytest.mark.browser]


async def test_the_heads_and_one_of_them(service: str, chromium: Browser, ledger: Ledger) -> None:
    await ledger.write(40)
    await ledger.seal(most=1)
    async with visiting(chromium) as visit:
        await visit.go(f"{service}/audit/heads")
        await visit.check("audit-heads")
        await visit.page.get_by_role("link", name="Next page").click()
        await visit.page.get_by_role("link", name="Head 3", exact=True).click()
        await visit.check("audit-head")
