"""Are the pathways fit to be read on a phone and at a desk?"""

from datetime import timedelta

import pytest
from playwright.async_api import Browser

from attested.seeding.policy import policy_in_force
from foundation.clock import today
from tests.browser import signed_in, visiting
from tests.builders import evidence, line, listed, officer

pytestmark = [pytest.mark.anyio, pytest.mark.browser]


async def test_somebody_looks_where_they_could_go(service: str, chromium: Browser, database: str) -> None:
    await policy_in_force(today())
    ada = await officer("Ada", "Okafor")
    for code, days in (("DRIVE-RESPONSE", 100), ("FIRST-AID", 30), ("PPST", 500)):
        await evidence(ada, code, today() - timedelta(days=days))
    bea = await officer("Bea", "Boss")
    await line(ada, bea)
    await listed()
    async with visiting(chromium, cookies=await signed_in(ada), at=service) as visit:
        await visit.go(f"{service}/passport/profiles")
        await visit.check("pathways")
        await visit.page.click("text=Armed policing")
        assert "Comes first" in await visit.page.inner_text("main")
        await visit.check("pathway")
    async with visiting(chromium, cookies=await signed_in(bea), at=service) as visit:
        await visit.go(f"{service}/team")
        await visit.page.click("text=Roles that Ada Okafor could go for")
        await visit.page.click("text=Armed policing")
        assert "Ada Okafor has" in await visit.page.inner_text("main")
        await visit.check("pathway-of-a-report")
