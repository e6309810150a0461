"""Do due days reach a person's own calendar, moved and not doubled, under an address that only they hand out?"""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from httpx2 import AsyncClient
from icalendar import Calendar, Event

from access.limits import Limit
from access.sign_in import form_cookie_name
from foundation.clock import today
from foundation.database import execute, fetch
from foundation.requests import Watched
from licence.standing.due import months_after
from passport.conversations.facts import standing_of
from tests.access.test_limits import few
from tests.builders import evidence, listed, officer
from tests.clients import calling, submit
from tests.licence.passport_page.conftest import days_ago, licensed
from tests.licence.passport_page.conftest import national as national  # noqa: PLC0414 - a fixture

pytestmark = pytest.mark.anyio
PAGE, ADDRESS = (
    "/passport/calendar",
    re.compile(r"http://localhost:\d+(/calendar/[A-Za-z0-9_-]{43}/training\.ics)"),
)


async def an_officer() -> int:
    number = await licensed("Ada", profiles=("response", "taser", "firearms"))
    for code in ("CED", "AFO", "DRIVE-RESPONSE", "DA-MATTERS"):
        await evidence(number, code, days_ago(100))
    await listed()
    return number


async def address_of(client: AsyncClient) -> str:
    """Make an address on the page, and return its path."""
    answer = await submit(client, PAGE, PAGE, {})
    found = ADDRESS.search(answer.text)
    assert found is not None, answer.text
    return found[1]


async def events_at(client: AsyncClient, path: str) -> dict[str, Event]:
    """Fetch a calendar and return its events by what they are called, as a calendar program reads them."""
    answer = await client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    return {str(one["SUMMARY"]): one for one in read(answer.content)}


def read(body: bytes) -> list[Event]:
    return [one for one in Calendar.from_ical(body).walk("VEVENT") if isinstance(one, Event)]


async def test_what_is_due_and_from_when_it_can_be_renewed_stands_in_the_calendar(
    app: Watched, national: str
) -> None:
    async with calling(app, await an_officer()) as client:
        path = await address_of(client)
    async with calling(app) as nobody:
        events = await events_at(nobody, path)
    trained, met = days_ago(100), today()
    due = months_after(trained, 12)
    assert events["PPST due"].start == due
    assert events["PPST due"].end == due + timedelta(days=1)
    assert events["PPST can be renewed"].start == due - timedelta(days=60)
    assert {"FIRST AID due", "JRFT due", "INFO MGMT due", "Licence due", "Training due"} <= events.keys()
    assert met < due


async def test_a_class_that_one_has_a_place_on_stands_there_until_it_is_cancelled(
    app: Watched, national: str
) -> None:
    ada, trainer = await an_officer(), await officer("Tess", "Trainer")
    held_on = today() + timedelta(days=9)
    (booked,) = await fetch(
        """WITH made AS (INSERT INTO passport.training_class (force_id, held_on, place, made_by)
                         SELECT id, $2, 'Portishead', $3 FROM people.force WHERE code = 'E23000036' RETURNING id)
           INSERT INTO passport.class_place (class_id, person_id, added_by) SELECT id, $1, $3 FROM made
           RETURNING class_id""",
        ada,
        held_on,
        trainer,
    )
    async with calling(app, ada) as client:
        path = await address_of(client)
        events = await events_at(client, path)
        assert events["Training booked"].start == held_on
        assert events["Conversation due"].start == (await standing_of([ada], today()))[ada].next.due_on
        await execute(
            """UPDATE passport.training_class SET cancelled_by = $2, cancelled_at = clock_timestamp(),
                      cancelled_reason = 'No trainer' WHERE id = $1""",
            booked["class_id"],
            trainer,
        )
        assert "Training booked" not in await events_at(client, path)


async def test_a_calendar_says_nothing_that_another_should_not_read(app: Watched, national: str) -> None:
    async with calling(app, await an_officer()) as client:
        text = (await client.get(await address_of(client))).text
    unfolded = text.replace("\r\n ", "")
    for word in (
        "Ada",
        "Okafor",
        "CED",
        "AFO",
        "DRIVE",
        "Taser",
        "firearm",
        "etting",
        "ellbeing",
        "health",
        "DA-",
    ):
        assert word not in unfolded, word


async def test_a_calendar_has_what_the_standard_requires(app: Watched, national: str) -> None:
    """RFC 5545, sections 3.1 (lines), 3.4, 3.6 (VERSION and PRODID) and 3.6.1 (UID, DTSTAMP, DTSTART)."""
    async with calling(app, await an_officer()) as client:
        body = (await client.get(await address_of(client))).content
    lines = body.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert (lines[-2], lines[-1]) == (b"END:VCALENDAR", b"")
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)
    calendar = Calendar.from_ical(body)
    assert (calendar["VERSION"], bool(calendar["PRODID"])) == ("2.0", True)
    events = read(body)
    assert len({str(one["UID"]) for one in events}) == len(events) > 8
    for one in events:
        assert not one.errors
        assert type(one.start) is date
        assert one.stamp == datetime.combine(today(), time(), UTC)


async def test_a_changed_day_moves_its_event_and_makes_no_second(app: Watched, national: str) -> None:
    ada = await an_officer()
    async with calling(app, ada) as client:
        path = await address_of(client)
        before = await events_at(client, path)
        await evidence(ada, "PPST", today())
        after = await events_at(client, path)
    assert before["PPST due"].start < after["PPST due"].start
    assert before["PPST due"]["UID"] == after["PPST due"]["UID"]
    assert before.keys() == after.keys()


async def test_a_new_address_ends_the_old_one_and_keeps_its_events(app: Watched, national: str) -> None:
    async with calling(app, await an_officer()) as client:
        old = await address_of(client)
        before = await events_at(client, old)
        new = await address_of(client)
        after = await events_at(client, new)
        assert {one["UID"] for one in before.values()} == {one["UID"] for one in after.values()}
        assert (await client.get(old)).status_code == 404


async def test_an_address_that_ended_looks_like_one_that_never_was(app: Watched, national: str) -> None:
    async with calling(app, await an_officer()) as client:
        ended = await address_of(client)
        answer = await submit(client, PAGE, f"{PAGE}/end", {})
        assert answer.headers["location"] == f"{PAGE}?done=ended"
        assert "The address has ended" in (await client.get(f"{PAGE}?done=ended")).text
    never = f"/calendar/{'x' * 43}/training.ics"
    async with calling(app) as nobody:
        one, other = await nobody.get(ended), await nobody.get(never)
        longest = await nobody.get(f"/calendar/{'x' * 500}/training.ics")
    assert one.status_code == other.status_code == longest.status_code == 404
    ids = [answer.headers["x-request-id"] for answer in (one, other)]
    assert one.text.replace(ids[0], "") == other.text.replace(ids[1], "")


async def test_a_calendar_that_is_had_already_is_not_sent_again(app: Watched, national: str) -> None:
    ada = await an_officer()
    async with calling(app, ada) as client:
        path = await address_of(client)
        first = await client.get(path)
        assert first.headers["cache-control"] == "no-store"
        again = await client.get(path, headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        await evidence(ada, "PPST", today())
        assert (await client.get(path, headers={"If-None-Match": first.headers["etag"]})).status_code == 200


async def test_whoever_asks_too_often_waits(
    app: Watched, national: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    few(monkeypatch, Limit.CALENDAR, 2)
    async with calling(app) as nobody:
        answers = [await nobody.get(f"/calendar/{'y' * 43}/training.ics") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [404, 404, 429]


async def test_the_secret_is_kept_nowhere(
    app: Watched, national: str, capsys: pytest.CaptureFixture[str]
) -> None:
    async with calling(app, await an_officer()) as client:
        path = await address_of(client)
        await client.get(path)
    secret = path.split("/")[2]
    rows = await fetch(
        "SELECT calendar_address::text FROM licence.calendar_address UNION ALL SELECT audit_event::text FROM foundation.audit_event"
    )
    told = "".join(row[0] for row in rows)
    assert secret not in told
    assert "calendar address made" in told
    heard = capsys.readouterr()
    assert secret not in heard.out + heard.err


async def test_a_program_makes_and_ends_its_address_too(app: Watched, national: str) -> None:
    async with calling(app, await an_officer()) as client:
        assert (await client.get("/api/v1/me/calendar")).json() == {"is_on": False, "made_at": None}
        token = {"x-csrftoken": client.cookies[form_cookie_name()]}
        made = (await client.post("/api/v1/me/calendar", headers=token)).json()
        path = "/" + made["address"].split("/", 3)[3]
        assert "PPST due" in await events_at(client, path)
        assert (await client.get("/api/v1/me/calendar")).json()["is_on"]
        assert not (await client.post("/api/v1/me/calendar/end", headers=token)).json()["is_on"]
        assert (await client.get(path)).status_code == 404
