"""Can a person read what the API offers, signed in or not, on a phone as at a desk?"""

import pytest
from playwright.async_api import Browser

from foundation.requests import Watched
from tests.api.test_shapes import OPERATIONS
from tests.browser import DESK, PHONE, visiting
from tests.clients import calling

pytestmark = pytest.mark.anyio


async def test_the_page_tells_every_operation_to_anybody(app: Watched, database: str) -> None:
    async with calling(app) as client:
        told = await client.get("/api")
    assert told.status_code == 200
    assert [one for one in OPERATIONS if f'id="{one}"' not in told.text] == []
    assert "x-csrftoken" in told.text


UNFOLD = "every => document.querySelectorAll('details').forEach((it, at) => it.open = at % every === 0)"
SOME = 12  # one in so many folds: each kind is among them, and all of them at once take a minute to judge


@pytest.mark.browser
async def test_the_page_is_fit_for_everyone(service: str, chromium: Browser) -> None:
    async with visiting(chromium, PHONE) as visit:
        await visit.go(f"{service}/api")
        await visit.page.evaluate(UNFOLD, SOME)
        await visit.check("api")
        await visit.page.evaluate(UNFOLD, 1)
        assert await visit.too_wide() == []
    async with visiting(chromium, DESK) as visit:
        await visit.go(f"{service}/api")
        await visit.page.evaluate(UNFOLD, 1)
        assert await visit.too_wide() == []
