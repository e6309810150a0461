"""Are the operators' pages and the inbox fit for everyone, full and empty, on a phone and on a desk?"""

from datetime import date

import pytest
from playwright.async_api import Browser

from foundation.database import execute, fetch_one, transaction
from foundation.jobs.asking import ask
from people.notices.actions import NewNotice, give
from people.notices.rules import Rung
from tests.browser import WITHOUT_SCRIPTS, signed_in, visiting
from tests.builders import officer
from tests.clients import grant_role

pytestmark = [pytest.mark.anyio, pytest.mark.browser]
DAY = date(2026, 11, 1)
REFUSED = "PostOfficeClosedError: SMTPConnectError: Error connecting to mail.force.test on port 25: refused"


@pytest.fixture
async def operator(database: str) -> int:
    one, other = await officer("Opal", "Mensah"), await officer("Other")
    await grant_role(one, "operator", by=other)
    return one


async def work_of_every_kind() -> None:
    async with transaction() as connection:
        for day in (9, 10, 11):
            await ask(connection, "licence.sweep", {"on": f"2026-11-{day:02}"})
        await ask(connection, "notices.deliver")
    await execute(
        """UPDATE foundation.job SET state = 'dead', attempt = 24, finished_at = clock_timestamp(), last_error = $1
            WHERE id IN (1, 4)""",
        REFUSED,
    )
    await execute(
        """UPDATE foundation.job SET state = 'running', attempt = 1, leased_by = 'desk-host-17.force.test:4242:a1b2c3',
                  lease_until = clock_timestamp() + interval '1 minute' WHERE id = 2"""
    )
    await execute(
        """INSERT INTO foundation.heartbeat VALUES
           ('desk-host-17.force.test:4242:a1b2c3', clock_timestamp()),
           ('desk-host-16.force.test:41:ffffff', clock_timestamp() - interval '5 minutes')"""
    )


async def notices_for(person_id: int) -> None:
    told = [
        (
            Rung.REINSTATED,
            "Opal Mensah: the licence to practise stands again from 2 November 2026",
            "What was missing is met.",
        ),
        (Rung.LAPSED, "Opal Mensah: the licence to practise lapsed on 1 November 2026", "A date has passed."),
        (
            Rung.DAYS_30,
            "Opal Mensah: First aid, module 2 is due by 1 December 2026",
            "It holds through 1 December.\n\nHow to meet it: book a place on the next course.",
        ),
    ]
    notices = [NewNotice(person_id, f"M{number}", DAY, *each) for number, each in enumerate(told)]
    async with transaction() as connection:
        await give(connection, notices, created_for=DAY)
    await execute("UPDATE people.notice_delivery SET read_at = clock_timestamp() WHERE id = 2")


async def test_the_operators_pages_are_fit(service: str, chromium: Browser, operator: int) -> None:
    await work_of_every_kind()
    async with visiting(chromium, cookies=await signed_in(operator), at=service) as visit:
        for path, name in (
            ("/jobs", "jobs"),
            ("/jobs/list?state=dead", "jobs-dead"),
            ("/jobs/list?state=done", "jobs-done"),
            ("/jobs/1", "job"),
            ("/jobs/1/requeue", "job-requeue"),
        ):
            await visit.go(f"{service}{path}")
            await visit.check(name)


async def test_an_idle_service_is_fit_too(service: str, chromium: Browser, operator: int) -> None:
    async with visiting(chromium, cookies=await signed_in(operator), at=service) as visit:
        await visit.go(f"{service}/jobs")
        await visit.check("jobs-idle")
        await visit.go(f"{service}/inbox")
        await visit.check("inbox-empty")


async def test_the_inbox_is_fit(service: str, chromium: Browser, operator: int) -> None:
    await notices_for(operator)
    async with visiting(chromium, cookies=await signed_in(operator), at=service) as visit:
        await visit.go(f"{service}/inbox")
        await visit.check("inbox")


async def test_a_notice_is_read_and_a_job_requeued_without_scripts(
    service: str, chromium: Browser, operator: int
) -> None:
    await work_of_every_kind()
    await notices_for(operator)
    async with visiting(chromium, WITHOUT_SCRIPTS, cookies=await signed_in(operator), at=service) as visit:
        await visit.go(f"{service}/inbox")
        await visit.page.get_by_role("button", name="Mark these 2 as read").click()
        assert await visit.page.get_by_role("heading", level=1).inner_text() == "Notices"
        await visit.go(f"{service}/jobs/1")
        await visit.page.get_by_role("button", name="Give it another try").click()
        await visit.page.get_by_role("button", name="Yes, give it another try").click()
        assert "Job 1 has been given another try." in await visit.page.inner_text("main")
    row = await fetch_one("SELECT state FROM foundation.job WHERE id = 1")
    assert row is not None
    assert row["state"] == "waiting"
