"""Can a person read what the API offers, signed in or not, on a phone as at a desk?"""

import pytest
from playwright.async_api import Browser

from foundation.requests import Watched
from tests.api.test_shapes import OPERATIONS
from tests.browser import DESK, PHONE, Look, visiting
from tests.clients import calling

pytestmark = pytest.mark.anyio


async def test_the_page_tells_every_operation_to_anybody(app: Watched, database: str) -> None:
    async with calling(app) as client:
        told = await client.get("/api")
    assert told.status_code == 200
    assert [one for one in OPERATIONS if f'id="{one}"' not in told.text] == []
    assert "x-csrftoken" in told.text


@pytest.mark.browser
@pytest.mark.parametrize("look", [PHONE, DESK], ids=lambda look: look.name)
async def test_the_page_is_fit_for_everyone(service: str, chromium: Browser, look: Look) -> None:
    async with visiting(chromium, look) as visit:
        await visit.go(f"{service}/api")
        if look is PHONE:
            await visit.check("api")
        await visit.page.evaluate("document.querySelectorAll('details').forEach(it => it.open = true)")
        if look is DESK:
            await visit.check("api-unfolded")
        assert await visit.too_wide() == []
