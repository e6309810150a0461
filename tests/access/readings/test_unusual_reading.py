"""Does opening the records of thirty people within ten minutes raise one alert, and nothing less any?"""

import asyncio

import pytest

from foundation.database import as_owner, execute, fetch, fetch_one
from foundation.jobs.handlers import Work
from foundation.requests import Watched
from people.privacy.jobs import JOB, WATCH, alert
from tests.access.readings.conftest import People
from tests.builders import listed, officer
from tests.clients import calling, submit

pytestmark = pytest.mark.anyio


async def addresses(count: int) -> list[str]:
    """Enter officers of the desk's force and return the addresses of their evidence."""
    ids = [await officer("Many", f"Number{number}") for number in range(count)]
    await listed()
    rows = await fetch("SELECT national_id FROM people.person WHERE id = ANY($1) ORDER BY id", ids)
    return [f"/api/v1/people/{row['national_id']}/evidence" for row in rows]


async def alerts() -> list[tuple[int, int]]:
    rows = await fetch("SELECT reader_id, people FROM access.reading_alert ORDER BY id")
    return [(row["reader_id"], row["people"]) for row in rows]


async def test_twenty_nine_people_raise_none_and_the_thirtieth_raises_one(
    app: Watched, people: People
) -> None:
    doors = await addresses(30)
    async with calling(app, people.desk) as desk:
        for door in doors[:29]:
            assert (await desk.get(door)).status_code == 200
        assert await alerts() == []
        await desk.get(doors[29])
        assert await alerts() == [(people.desk, 30)]


async def test_looking_again_and_lists_count_nobody_new(app: Watched, people: People) -> None:
    doors = await addresses(29)
    async with calling(app, people.desk) as desk:
        for door in doors:
            await desk.get(door)
            await desk.get(door)
        for _ in range(3):
            await desk.get("/desk/licences")
            await desk.get("/desk/find?q=many")
    assert await alerts() == []


async def test_thirty_opened_at_once_raise_one_alert(app: Watched, people: People) -> None:
    doors = await addresses(36)
    async with calling(app, people.desk) as desk:
        answers = await asyncio.gather(*(desk.get(door) for door in doors))
    assert {answer.status_code for answer in answers} == {200}
    assert [reader for reader, _ in await alerts()] == [people.desk]


async def test_an_alert_is_raised_once_an_hour_and_again_after_it(app: Watched, people: People) -> None:
    doors = await addresses(31)
    async with calling(app, people.desk) as desk:
        for door in doors:
            await desk.get(door)
        assert len(await alerts()) == 1
        async with as_owner() as owner:
            await owner.execute(
                "UPDATE access.reading_alert SET raised_at = raised_at - interval '61 minutes'"
            )
        await desk.get(doors[0])
    assert len(await alerts()) == 2


async def test_what_was_opened_longer_than_ten_minutes_ago_does_not_count(
    app: Watched, people: People
) -> None:
    doors = await addresses(30)
    async with calling(app, people.desk) as desk:
        for door in doors[:20]:
            await desk.get(door)
        async with as_owner() as owner:
            await owner.execute(
                """ALTER TABLE foundation.audit_event DISABLE TRIGGER audit_event_is_kept;
                   UPDATE foundation.audit_event SET at = at - interval '11 minutes';
                   ALTER TABLE foundation.audit_event ENABLE TRIGGER audit_event_is_kept"""
            )
        for door in doors[20:]:
            await desk.get(door)
    assert await alerts() == []


async def raised(reader: int) -> int:
    async with as_owner() as owner:
        number: int = await owner.fetchval(
            "INSERT INTO access.reading_alert (reader_id, people) VALUES ($1, 31) RETURNING id", reader
        )
    return number


async def test_the_privacy_officer_is_told_once_and_without_a_name(app: Watched, people: People) -> None:
    await raised(people.desk)
    assert await fetch(WATCH.finds)
    await alert(Work(1, JOB))
    await alert(Work(1, JOB))
    assert not await fetch(WATCH.finds)
    notices = await fetch("SELECT person_id, headline, body FROM people.notice WHERE rung = 'told'")
    assert [row["person_id"] for row in notices] == [people.privacy]
    assert "Desi" not in notices[0]["body"] + notices[0]["headline"]
    async with calling(app, people.privacy) as privacy:
        inbox = (await privacy.get("/inbox")).text
    assert "Somebody opened unusually many records" in inbox
    assert 'href="/privacy"' in inbox


async def test_whoever_read_unusually_is_never_told_of_it(app: Watched, people: People) -> None:
    await raised(people.privacy)
    await alert(Work(1, JOB))
    assert await fetch("SELECT FROM people.notice WHERE person_id = $1", people.privacy) == []
    async with calling(app, people.privacy) as privacy:
        assert "Nobody has opened the records of 30 people" in (await privacy.get("/privacy")).text
        assert (await privacy.get("/privacy/alerts/1")).status_code == 404


async def test_an_alert_is_looked_into_once(app: Watched, people: People) -> None:
    number = await raised(people.desk)
    page = f"/privacy/alerts/{number}"
    async with calling(app, people.privacy) as privacy:
        assert "Desi Desk" in (await privacy.get("/privacy")).text
        empty = await submit(privacy, page, f"{page}/seen", {"words": " "})
        assert empty.status_code == 400
        assert "Enter what you found" in empty.text
        done = await submit(privacy, page, f"{page}/seen", {"words": "An audit of the desk"})
        assert done.status_code == 303
        after = (await privacy.get(page)).text
    assert "Priya Privacy looked into it" in after
    row = await fetch_one("SELECT text FROM foundation.audit_text")
    assert row is not None
    assert row["text"] == "An audit of the desk"


async def test_a_privacy_officer_of_another_force_sees_none_of_it(app: Watched, people: People) -> None:
    number = await raised(people.desk)
    other = await officer("Kent", "Privacy")
    await execute(
        """INSERT INTO access.role_grant (person_id, role, force_id, valid_from, granted_by, approved_by, approved_at)
           SELECT $1, 'privacy officer', id, '2020-01-01', $2, $3, now() FROM people.force WHERE code = 'E23000032'""",
        other, people.desk, people.sergeant,
    )  # fmt: skip
    await listed()
    async with calling(app, other) as client:
        assert "Desi" not in (await client.get("/privacy")).text
        assert (await client.get(f"/privacy/alerts/{number}")).status_code == 404
        assert (await client.get(f"/privacy/readings/of/{people.national_id}")).status_code == 404
        assert (await client.get("/api/v1/privacy/alerts")).json() == []
