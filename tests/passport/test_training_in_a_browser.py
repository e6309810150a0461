"""Are waivers, earlier learning and providers fit for everyone, on a phone as at a desk?"""

from datetime import timedelta

import pytest
from playwright.async_api import Browser

from access import sessions
from access.sign_in import cookie_name
from foundation.clock import today
from passport.providers.actions import end_licence, license_for
from tests.browser import Visit, visiting
from tests.passport.classes.training import acting, school
from tests.passport.providers.test_providers import delivered, provider

pytestmark = [pytest.mark.anyio, pytest.mark.browser]
ON = today()


async def day(visit: Visit, name: str, ago: int) -> None:
    for box in ("day", "month", "year"):
        await visit.page.fill(f"#{name}-{box}", str(getattr(ON - timedelta(days=ago), box)))


async def claimed(visit: Visit, service: str) -> None:
    """Claim earlier learning, forgetting what it was first."""
    page = visit.page
    await visit.go(f"{service}/passport/earlier-learning/new")
    await page.select_option("#met", "FIRST-AID")
    await page.fill("#where", "Ambulance service")
    await day(visit, "when", 40)
    await page.click("button:has-text('Claim it')")
    await visit.check("prior-new-wrong")
    await page.fill("#what", "Two weeks of first response, certificate 7")
    await page.click("button:has-text('Claim it')")
    await visit.check("prior-mine")


async def judged(visit: Visit, service: str) -> None:
    """Decline a claim, and say why only when asked."""
    page = visit.page
    await visit.go(f"{service}/earlier-learning")
    await visit.check("prior-claims")
    await page.click("text=Ada Okafor")
    await page.click("button:has-text('Decline')")
    await visit.check("prior-claim-wrong")
    await page.click("button:has-text('Accept')")
    assert "It is accepted" in await page.inner_text("main")


async def proposed(visit: Visit, service: str) -> None:
    """Propose a deferral, forgetting its last day first."""
    page = visit.page
    await visit.go(f"{service}/waivers")
    await visit.check("waivers-empty")
    await page.click("text=Propose a waiver")
    await page.fill("#who", "4002")
    await page.select_option("#asks", "PPST")
    await page.check("input[value='deferral']")
    await page.fill("#why", "The course in March is full")
    await page.click("button:has-text('Propose it')")
    await visit.check("waiver-new-wrong")
    await day(visit, "until", -60)
    await page.click("button:has-text('Propose it')")
    await visit.check("waiver-proposed")


async def agreed(visit: Visit, service: str) -> None:
    page = visit.page
    await visit.go(f"{service}/waivers")
    await visit.check("waivers")
    await page.click("text=Ada Okafor")
    await page.click("button:has-text('Decline')")
    await visit.check("waiver-decision-wrong")
    await page.click("button:has-text('Agree')")
    assert "It holds now" in await page.inner_text("main")


async def doubted(visit: Visit, service: str) -> None:
    page = visit.page
    await visit.go(f"{service}/providers")
    await visit.check("providers")
    await page.click("text=Safe Hands Ltd >> nth=-1")
    await page.click("button:has-text('End the licence')")
    await visit.check("provider-wrong")
    await visit.go(f"{service}/providers")
    await page.click("text=Bo Bright")
    await page.click("button:has-text('Answer')")
    await visit.check("provider-doubt-wrong")


async def test_what_stands_beside_a_class_is_fit_for_everyone(
    service: str, chromium: Browser, database: str
) -> None:
    there = await school()
    by = await provider(there)
    await delivered(there.bo, by, ON)
    await license_for(
        by, "PPST", since=ON, until=None, actor=acting(there.tess)
    )  # one that can still be ended
    last = ON - timedelta(days=9)
    await end_licence(by, by.licences[0].id, last_day=last, reason="Lost", actor=acting(there.tess))
    for who, journeys in (
        (there.ada, (claimed,)),
        (there.tess, (judged, proposed, doubted)),
        (there.lea, (agreed,)),
    ):
        cookies = {cookie_name(): await sessions.begin(who)}
        async with visiting(chromium, cookies=cookies, at=service) as visit:
            for journey in journeys:
                await journey(visit, service)
