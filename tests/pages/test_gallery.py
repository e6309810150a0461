"""Does every shared component hold up for everyone, in a real browser under the real security policy?"""

from collections.abc import Iterator

import pytest
from playwright.async_api import Browser

from build_assets import build
from tests.browser import DESK, EVERY_LOOK, PHONE, WITHOUT_SCRIPTS, Look, served, visiting

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


@pytest.mark.parametrize(
    ("path", "look"),
    [
        ("problems", PHONE),
        ("problems", DESK),
        ("banner", PHONE),
        ("banner", DESK),
        ("broken/404", PHONE),
        ("broken/409", PHONE),
        ("broken/422", PHONE),
        ("broken/500", DESK),
        ("broken/503", PHONE),
    ],
)
async def test_pages_that_tell_of_a_problem_are_fit_too(
    gallery: str, chromium: Browser, path: str, look: Look
) -> None:
    async with visiting(chromium, look) as visit:
        await visit.go(f"{gallery}/{path}")
        await visit.check(path.replace("/", "-"))


async def test_the_error_summary_takes_the_focus_and_leads_to_the_field(
    gallery: str, chromium: Browser
) -> None:
    async with visiting(chromium, PHONE) as visit:
        await visit.go(f"{gallery}/problems")
        assert await visit.page.locator(".govuk-error-summary").evaluate(
            "it => it === document.activeElement"
        )
        await visit.page.click("text=The date must be a real date >> nth=0")
        assert await visit.page.locator("#on-day").evaluate("it => it === document.activeElement")
        assert await visit.page.input_value("#on-month") == "Feb"


async def test_the_menu_folds_only_where_scripts_can_unfold_it(gallery: str, chromium: Browser) -> None:
    async with visiting(chromium, PHONE) as visit:
        await visit.go(gallery)
        link = visit.page.locator(".govuk-service-navigation__link", has_text="Licensing desk")
        assert not await link.is_visible()
        await visit.page.click("text=Menu")
        assert await link.is_visible()
    async with visiting(chromium, WITHOUT_SCRIPTS) as visit:
        await visit.go(gallery)
        assert await visit.page.locator("text=Licensing desk >> nth=0").is_visible()


async def test_paper_gets_the_facts_without_what_only_a_screen_can_use(
    gallery: str, chromium: Browser
) -> None:
    async with visiting(chromium, DESK) as visit:
        await visit.go(gallery)
        await visit.page.emulate_media(media="print")
        assert await visit.page.locator(".app-standing").first.is_visible()
        assert not await visit.page.locator(".app-header").is_visible()
        assert not await visit.page.locator(".app-filters").first.is_visible()


async def test_a_page_that_is_unfit_is_caught(chromium: Browser) -> None:
    """The check itself: it must be able to fail, for each thing it looks at."""
    unfit = "<html><body><img src='data:,'><div style='width:900px'>wide</div><script>nowhere()</script></body></html>"
    async with visiting(chromium, PHONE) as visit:
        await visit.page.set_content(unfit)
        with pytest.raises(AssertionError) as caught:
            await visit.check("unfit")
    for complaint in ("image-alt", "html-has-lang", "px wide", "nowhere is not defined"):
        assert complaint in str(caught.value)
