"""Is a passport fit for everyone, in every standing, on a phone first?"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import pytest
from playwright.async_api import Browser

from foundation.clock import today
from licence.projection.sweep import sweep
from tests.browser import DESK, EVERY_LOOK, PHONE, Look, signed_in, visiting
from tests.builders import absence, determination, evidence, grant, listed, person, post
from tests.licence.passport_page.conftest import CORE, People, days_ago, licensed
from tests.licence.projection.ruling import ADDS_UP, in_force, ruling

pytestmark = [pytest.mark.anyio, pytest.mark.browser]
UNFOLD = "document.querySelectorAll('details').forEach(it => it.open = true)"


@dataclass(frozen=True, slots=True)
class Scene:
    """One state of a passport: whose it is, and what its first lines say."""

    enter: Callable[[], Awaitable[int]]
    says: str
    address: str = "/passport"


async def active() -> int:
    return await licensed("Abe", profiles=("response",))


async def lapsed() -> int:
    number = await licensed("Lou", missing=("PPST", "JRFT"), profiles=("taser", "response"))
    await evidence(number, "PPST", days_ago(600))
    await evidence(number, "JRFT", days_ago(400))
    await evidence(number, "JRFT", days_ago(1), verified=False)
    return number


async def paused() -> int:
    number = await licensed("Pat", missing=("PPST",))
    await evidence(number, "PPST", days_ago(500))
    await absence(number, days_ago(200))
    return number


async def suspended() -> int:
    number = await licensed("Sue")
    await determination(number, "suspend", days_ago(20))
    await determination(number, "restrict", days_ago(20), condition="Does not drive on response")
    return number


async def provisional() -> int:
    number = await person("Pro", joined_on=days_ago(200))
    await post(number, since=days_ago(200))
    await grant(number, days_ago(200))
    for code in CORE:
        await evidence(number, code, days_ago(100))
    return number


async def staff() -> int:
    number = await person("Sam", "Clerk")
    await post(number, kind="staff", rank=None)
    await evidence(number, "INFO-MGMT-STAFF", days_ago(30))
    return number


async def newcomer() -> int:
    number = await person("New", "Comer", joined_on=days_ago(2))
    await post(number, since=days_ago(2))
    return number


async def seasoned() -> int:
    """Return somebody with a long life of evidence and much asked of them."""
    profiles = (
        "response",
        "taser",
        "roads policing",
        "public order",
        "firearms",
        "neighbourhood",
        "investigation",
    )
    number = await licensed("Christopher", profiles=profiles)
    for code in ("CED", "AFO", "DRIVE-RESPONSE", "DRIVE-ADVANCED", "POPS-L2", "PIP-2", "NPP-1", "DA-MATTERS"):
        for years in range(7):
            await evidence(number, code, days_ago(300 + 330 * years))
    return number


SCENES = {
    "active": Scene(active, "You may practise"),
    "lapsed": Scene(lapsed, "You may not practise"),
    "paused": Scene(paused, "You may not practise while away"),
    "suspended": Scene(suspended, "Does not drive on response"),
    "provisional": Scene(provisional, "You may practise, on probation"),
    "staff": Scene(staff, "My passport"),
    "newcomer": Scene(newcomer, "Nothing is recorded yet"),
    "long": Scene(seasoned, "Operational authorities"),
    "past": Scene(lapsed, "You are looking at 1 June 2026", "/passport?on=2026-06-01"),
    "wrong-day": Scene(active, "The day must be a real date", "/passport?on-day=31&on-month=2&on-year=2026"),
}


async def known(person_id: int) -> dict[str, str]:
    await listed()
    return await signed_in(person_id)


@pytest.mark.parametrize("look", EVERY_LOOK, ids=lambda look: look.name)
async def test_a_passport_with_something_to_do_is_fit_for_every_way_of_looking(
    service: str, chromium: Browser, people: People, look: Look
) -> None:
    await sweep(today())
    async with visiting(chromium, look, cookies=await known(people.ada), at=service) as visit:
        await visit.go(f"{service}/passport")
        await visit.check("passport-in-grace")
        if look.beside:
            await visit.page.evaluate(UNFOLD)
            await visit.check("passport-in-grace-unfolded")


@pytest.mark.parametrize("name", SCENES)
async def test_a_passport_is_fit_in_every_standing(
    service: str, chromium: Browser, national: str, name: str
) -> None:
    scene = SCENES[name]
    cookies = await known(await scene.enter())
    await sweep(today())
    async with visiting(chromium, PHONE, cookies=cookies, at=service) as visit:
        await visit.go(f"{service}{scene.address}")
        assert scene.says in await visit.page.inner_text("main")
        await visit.check(f"passport-{name}")


HOURS: dict[str, tuple[dict[int, float | None], str]] = {
    "none": ({}, "0 of 12 hours count: 12 more are needed."),
    "some": ({360: 4.0, 200: 2.5, 10: None}, "6.5 of 12 hours count: 5.5 more are needed."),
    "all": ({360: 4.0, 200: 3.0, 10: 5.0}, "12 of 12 hours count; after the due day 4 more are needed."),
}


@pytest.mark.parametrize("name", HOURS)
async def test_hours_that_add_up_are_fit_for_everyone(
    service: str, chromium: Browser, database: str, name: str
) -> None:
    done, says = HOURS[name]
    await in_force(ruling() + ADDS_UP)
    ada = await licensed("Ada", missing=CORE)
    await evidence(ada, "SAFETY", days_ago(100))
    for ago, hours in done.items():
        await evidence(ada, "PIP-HOURS", days_ago(ago), hours=hours)
    await sweep(today())
    async with visiting(chromium, cookies=await known(ada), at=service) as visit:
        await visit.go(f"{service}/passport")
        await visit.page.evaluate(UNFOLD)
        assert says in await visit.page.inner_text("main")
        await visit.check(f"passport-hours-{name}")


async def test_a_supervisor_reads_a_passport_on_a_desk(
    service: str, chromium: Browser, people: People
) -> None:
    async with visiting(chromium, DESK, cookies=await known(people.sergeant), at=service) as visit:
        await visit.go(f"{service}{people.address}")
        await visit.check("passport-of-a-report")
        await visit.go(f"{service}/people/0000-0000-0/passport")
        assert "Page not found" in await visit.page.inner_text("main")


async def test_the_day_is_chosen_by_hand_and_the_way_back_is_one_step(
    service: str, chromium: Browser, people: People
) -> None:
    day = days_ago(50)
    async with visiting(chromium, PHONE, cookies=await known(people.ada), at=service) as visit:
        await visit.go(f"{service}/passport")
        for box, number in (("day", day.day), ("month", day.month), ("year", day.year)):
            await visit.page.fill(f"#on-{box}", str(number))
        await visit.page.click("text=Show that day")
        assert "You could practise on" in await visit.page.inner_text("h2 >> nth=0")
        await visit.page.click("text=Back to today >> nth=0")
        assert "You may practise until" in await visit.page.inner_text("h2 >> nth=0")


async def test_every_why_opens_to_a_reason_and_the_rule(
    service: str, chromium: Browser, people: People
) -> None:
    async with visiting(chromium, PHONE, cookies=await known(people.ada), at=service) as visit:
        await visit.go(f"{service}/passport")
        whys = visit.page.locator(".app-why")
        assert await whys.count() > 6
        height = await whys.first.locator("summary").evaluate("it => it.getBoundingClientRect().height")
        assert height >= 40
        await whys.first.locator("summary").click()
        assert "Policy: National starting version" in await whys.first.inner_text()
