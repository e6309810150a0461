"""Is a large file judged and kept while nobody waits for it, and does everybody of its force see how far it has come?"""

import html
import re

import pytest
from httpx2 import AsyncClient, Response

from attested.files.errands import HANDLERS, MANY
from foundation.database import execute, fetch
from foundation.jobs.handlers import Work, joined
from foundation.jobs.runner import Runner
from foundation.requests import Watched
from tests.clients import calling
from tests.files.handing_in import extract, hand_in, learner, press

pytestmark = pytest.mark.anyio


def words(answer: Response) -> str:
    """Return what a page says."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", answer.text)))


def large() -> bytes:
    """Return an extract of so many officers that it is judged as a job, and kept as one."""
    return extract(*(f"Featherstonehaugh-{number:06}" for number in range(MANY)))


async def worked() -> None:
    """Let a worker carry out what waits."""
    await Runner(joined(HANDLERS)).drain()


async def led_to(client: AsyncClient, answer: Response) -> str:
    assert answer.status_code == 303, words(answer)
    return answer.headers["location"]


async def test_a_large_file_is_judged_and_kept_while_nobody_waits(app: Watched, database: str) -> None:
    async with calling(app, await learner()) as client:
        waiting = await led_to(client, await hand_in(client, large(), name="whole-force.csv"))
        page = await client.get(waiting)
        assert (page.status_code, page.headers["refresh"]) == (200, "3")
        assert "The file is being read" in words(page)
        assert "whole-force.csv : the file is being read" in words(await client.get("/imports"))
        await worked()  # whether or not the browser is still there
        report = await led_to(client, await client.get(waiting))
        assert f"{MANY:,} lines will be if you go on" in words(await client.get(report))
        assert "On their way" not in words(await client.get("/imports"))

        keeping = await led_to(client, await press(client, f"{report}/commit"))
        assert "The lines are being kept" in words(await client.get(keeping))
        await worked()
        kept = await led_to(client, await client.get(keeping))
        assert kept == f"{report}?done=committed"
        assert f"{MANY:,} lines kept" in words(await client.get(kept))
    (people,) = await fetch("SELECT count(*) FROM people.person WHERE family_name LIKE 'Featherstonehaugh-%'")
    assert people[0] == MANY
    rows = await fetch("SELECT content, ended_at IS NOT NULL AS ended FROM foundation.intake_errand")
    assert [(row["content"], row["ended"]) for row in rows] == [(None, True)] * 2


async def test_what_came_in_between_is_told_instead_of_a_report(app: Watched, database: str) -> None:
    async with calling(app, await learner()) as client:
        waiting = await led_to(client, await hand_in(client, large()))
        await worked()
        report = await led_to(client, await client.get(waiting))
        keeping = await led_to(client, await press(client, f"{report}/commit"))
        await press(client, f"{report}/discard")
        await worked()
        page = await client.get(keeping)
    assert "refresh" not in page.headers
    assert "Nothing was kept" in words(page)
    assert "already discarded" in words(page)
    assert f'href="{report}"' in page.text


async def test_a_worker_that_comes_twice_judges_once(app: Watched, database: str) -> None:
    async with calling(app, await learner()) as client:
        await hand_in(client, large())
    await worked()
    (errand,) = await fetch("SELECT id FROM foundation.intake_errand")
    again = Work(1, "intake.errand", {"errand": errand["id"]}, attempt=2)
    await HANDLERS[0].run(again)
    # The worker died after the file had been judged, and before it could say so.
    await execute("UPDATE foundation.intake_errand SET state = 'waiting', ended_at = NULL, intake_id = NULL")
    await HANDLERS[0].run(again)
    (files,) = await fetch("SELECT count(*) FROM foundation.intake")
    assert files[0] == 1


async def test_nobody_of_another_force_sees_a_file_on_its_way(app: Watched, database: str) -> None:
    async with calling(app, await learner()) as client:
        waiting = await led_to(client, await hand_in(client, large()))
    async with calling(app, await learner("Kay", force="E23000032")) as client:
        assert (await client.get(waiting)).status_code == 404
        assert (await client.get("/imports/errands/999999999999999999999")).status_code == 404
