"""One's inbox: one's own notices and nobody else's, read when one says so and not before."""

from datetime import date

import pytest

from foundation.database import fetch, transaction
from foundation.requests import Watched
from people.notices.actions import NewNotice, give
from people.notices.rules import Rung
from tests.builders import line, officer
from tests.clients import calling, submit

pytestmark = pytest.mark.anyio


async def told(person_id: int, number: int = 1) -> None:
    notices = [
        NewNotice(
            person_id,
            f"FA-{index}",
            date(2026, 7, 1),
            Rung.DAYS_7,
            f"Course {index} is due",
            "By then.\n\nHow.",
        )
        for index in range(number)
    ]
    async with transaction() as connection:
        await give(connection, notices, created_for=date(2026, 6, 24))


async def unread() -> int:
    return len(await fetch("SELECT FROM people.notice_delivery WHERE channel = 'inbox' AND read_at IS NULL"))


async def test_an_empty_inbox_says_what_would_come(app: Watched, database: str) -> None:
    async with calling(app, await officer()) as client:
        assert "You have no notices" in (await client.get("/inbox")).text


async def test_looking_marks_nothing_and_reading_marks_one(app: Watched, database: str) -> None:
    ada = await officer()
    await told(ada, 2)
    async with calling(app, ada) as client:
        page = (await client.get("/inbox")).text
        assert "Notices (2 not read)" in page
        assert page.index("Course 1 is due") < page.index("Course 0 is due"), "newest first"
        assert await unread() == 2
        newest = (await client.get("/api/v1/notices")).json()["items"][0]
        answer = await submit(client, "/inbox", f"/inbox/{newest['delivery_id']}/read", {})
        assert (answer.status_code, answer.headers["location"]) == (303, "/inbox")
        assert "Notices (1 not read)" in (await client.get("/inbox")).text
    assert await unread() == 1


async def test_what_the_page_showed_is_marked_and_what_came_since_is_not(app: Watched, database: str) -> None:
    ada = await officer()
    await told(ada, 2)
    async with calling(app, ada) as client:
        shown = [item["delivery_id"] for item in (await client.get("/api/v1/notices")).json()["items"]]
        await told(ada, 3)
        await submit(client, "/inbox", "/inbox/read", {"shown": f"{shown[0]},{shown[1]},rubbish,-1"})
    assert await unread() == 1


async def test_a_supervisor_is_told_too_and_reads_for_nobody_else(app: Watched, database: str) -> None:
    ada, sam = await officer("Ada"), await officer("Sam")
    await line(ada, sam)
    await told(ada)
    async with calling(app, sam) as client:
        page = (await client.get("/inbox")).text
        assert "Course 0 is due" in page
        assert '/passport">See the passport' in page
        theirs = await fetch(
            "SELECT id FROM people.notice_delivery WHERE recipient_id = $1 AND channel = 'inbox'", ada
        )
        await submit(client, "/inbox", f"/inbox/{theirs[0]['id']}/read", {})
    assert await unread() == 2


async def test_every_notice_is_on_exactly_one_page(app: Watched, database: str) -> None:
    ada = await officer()
    await told(ada, 45)
    seen: list[int] = []
    async with calling(app, ada) as client:
        found = (await client.get("/api/v1/notices")).json()
        while True:
            seen += [item["delivery_id"] for item in found["items"]]
            if found["next_before"] is None:
                break
            found = (await client.get(f"/api/v1/notices?before={found['next_before']}")).json()
        second = (await client.get(f"/inbox?before={seen[19]}")).text
    assert len(seen) == len(set(seen)) == 45
    assert seen == sorted(seen, reverse=True)
    assert "Previous page" in second


async def test_nobody_signed_in_reads_no_notices(app: Watched, database: str) -> None:
    async with calling(app) as client:
        assert (await client.get("/api/v1/notices")).status_code == 401
