"""Does every shared component hold up for everyone, in a real browser under the real security policy?"""

from collections.abc import Iterator

import pytest
from playwright.async_api import Browser

from build_assets import build
from tests.browser import DESK, EVERY_LOOK, PHONE, Look, served, visiting

pytestmark = [pytest.mark.anyio, pytest.mark.browser]


@pytest.fixture(scope="module")
def gallery() -> Iterator[str]:
    build()
    with served("tests.pages.gallery:app") as address:
        yield address


@pytest.mark.parametrize("look", EVERY_LOOK, ids=lambda look: look.name)
async def test_every_component_is_fit_for_every_way_of_looking(
    gallery: str, chromium: Browser, look: Look
) -> None:
    async with visiting(chromium, look) as visit:
        await visit.go(gallery)
        await visit.check("gallery")


@pytest.mark.parametrize("look", [PHONE, DESK], ids=lambda look: look.name)
@pytest.mark.parametrize(
    "path", ["problems", "banner", "broken/404", "broken/409", "broken/422", "broken/500", "broken/503"]
)
async def test_pages_that_tell_of_a_problem_are_fit_too(
    gallery: str, chromium: Browser, look: Look, path: str
) -> None:
    async with visiting(chromium, look) as visit:
        await visit.go(f"{gallery}/{path}")
        await visit.check(path.replace("/", "-"))
