"""Does everybody see who looked at their record, in which role, for what and when?"""

import re
from datetime import date

import pytest

from foundation.database import as_owner, execute, fetch_one
from foundation.requests import Watched
from tests.access.readings.conftest import People
from tests.builders import officer
from tests.clients import calling

pytestmark = pytest.mark.anyio
PATH = "/passport/readings"


async def looked(reader: int, subject: int, at: str, *, event: str = "passport read", times: int = 1) -> None:
    """Enter that somebody looked at a moment, as the audit would have."""
    async with as_owner() as owner:
        await owner.execute("ALTER TABLE foundation.audit_event DISABLE TRIGGER audit_event_is_set_down")
        await owner.executemany(
            """INSERT INTO foundation.audit_event
                      (actor_id, actor_name, event, purpose, subject_id, role, is_reading, at, canonical)
               SELECT id, known.name, $3, 'supervision', $2, 'supervisor', true, $4::text::timestamptz, ''
                 FROM people.person, LATERAL (SELECT given_names || ' ' || family_name AS name) AS known
                WHERE id = $1""",
            [(reader, subject, event, at)] * times,
        )
        await owner.execute("ALTER TABLE foundation.audit_event ENABLE TRIGGER audit_event_is_set_down")


def words(text: str) -> str:
    """Return what a page says, without its marks."""
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", text))


async def test_an_officer_sees_that_their_supervisor_opened_their_passport_a_moment_ago(
    app: Watched, people: People
) -> None:
    async with calling(app, people.sergeant) as sergeant, calling(app, people.ada) as ada:
        assert "Nobody has looked at your record" in (await ada.get(PATH)).text
        await sergeant.get(f"/people/{people.national_id}/passport")
        told = words((await ada.get(PATH)).text)
        document = (await ada.get("/api/v1/me/readings")).json()
    assert "Sunil Rao" in told
    assert "Supervisor, Avon and Somerset" in told
    assert "Opened your passport Supervision" in told
    (one,) = document["readings"]
    assert (one["reader"], one["role"], one["what"], one["times"]) == (
        "Sunil Rao", "supervisor", "Opened your passport", 1,
    )  # fmt: skip


async def test_every_way_of_looking_is_told_in_plain_words(app: Watched, people: People) -> None:
    for who, address in people.looks:
        async with calling(app, who) as client:
            await client.get(address)
    async with calling(app, people.ada) as ada:
        found = (await ada.get("/api/v1/me/readings")).json()["readings"]
    assert {one["what"] for one in found} == {
        "Opened your passport", "Printed your passport", "Opened the evidence in your passport",
        "Saw you in the list of their team", "Saw you in a list of the licensing desk", "Took away a list that you are in",
        "Saw you among the people that a search found", "Saw a line about you in a file handed in",
        "Read a notice about you",
    }  # fmt: skip


async def test_the_same_look_on_the_same_day_in_london_is_one_line(app: Watched, people: People) -> None:
    # 22:59Z and 23:01Z in June lie on two days in London.
    for at in ("2026-06-01T08:00Z", "2026-06-01T13:30Z", "2026-06-01T22:59Z", "2026-06-01T23:01Z"):
        await looked(people.sergeant, people.ada, at)
    await looked(people.desk, people.ada, "2026-06-01T09:00Z")
    async with calling(app, people.ada) as ada:
        told = words((await ada.get(PATH)).text)
        one_day = words((await ada.get(f"{PATH}?on=2026-06-02")).text)
        found = (await ada.get("/api/v1/me/readings?on=2026-06-01")).json()["readings"]
    assert "3 times, 9am to 11:59pm" in told
    assert "2 June 2026" in told
    assert "1 June 2026" in told
    assert "12:01am" in one_day
    assert "11:59pm" not in one_day
    assert [(one["reader"], one["times"]) for one in found] == [("Desi Desk", 1), ("Sunil Rao", 3)]


async def test_pages_turn_through_every_reading_once(app: Watched, people: People) -> None:
    await looked(people.sergeant, people.ada, "2025-12-01T10:00Z")
    for day in range(1, 29):
        await looked(people.sergeant, people.ada, f"2026-02-{day:02}T10:00Z", times=2)
    seen, before = [], None
    async with calling(app, people.ada) as ada:
        while True:
            answer = (
                await ada.get("/api/v1/me/readings", params={"before": before} if before else {})
            ).json()
            seen += [one["day"] for one in answer["readings"]]
            before = answer["next_before"]
            if before is None:
                break
        page = (await ada.get(PATH)).text
        following = re.search(r'href="([^"]+)" rel="next"', page)
        assert following is not None
        rest = words((await ada.get(following[1])).text)
    assert len(seen) == 29 == len(set(seen))
    assert "1 December 2025" in rest
    assert "28 February 2026" not in rest


async def test_a_name_held_back_is_not_told_until_its_day_is_over(app: Watched, people: People) -> None:
    await looked(people.sergeant, people.ada, "2026-06-01T08:00Z")
    event = await fetch_one("SELECT max(id) AS id FROM foundation.audit_event")
    assert event is not None
    await execute(
        """INSERT INTO access.reading_delay (subject_id, reader_id, delayed_until, event_id, recorded_by)
           VALUES ($1, $2, $3, $4, $5)""",
        people.ada, people.sergeant, date(2099, 1, 1), event["id"], people.privacy,
    )  # fmt: skip
    async with calling(app, people.ada) as ada:
        held = (await ada.get(PATH)).text
        document = (await ada.get("/api/v1/me/readings")).json()["readings"]
        async with as_owner() as owner:
            await owner.execute("UPDATE access.reading_delay SET delayed_until = '2026-11-01'")
        after = (await ada.get(PATH)).text
    assert "Rao" not in held
    assert "Name not told yet" in held
    assert "Supervisor" in held
    assert document[0]["reader"] is None
    assert "Sunil Rao" in after
    assert "Name not told yet" not in after


async def test_nobody_sees_who_looked_at_anybody_else(app: Watched, people: People) -> None:
    other = await officer("Olu", "Other")
    await looked(people.sergeant, people.ada, "2026-06-01T08:00Z")
    async with calling(app, other) as client:
        assert "Rao" not in (await client.get(PATH)).text
        assert (await client.get("/api/v1/me/readings")).json() == {"readings": [], "next_before": None}


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("on=2026-02-30", "must be a real date"),
        ("on-day=1&on-month=1&on-year=2099", "must be on or before"),
        ("on-day=1", "must include a month and year"),
    ],
)
async def test_a_day_that_is_none_is_kept_as_typed(
    app: Watched, people: People, query: str, said: str
) -> None:
    async with calling(app, people.ada) as ada:
        answer = await ada.get(f"{PATH}?{query}")
    assert answer.status_code == 400
    assert said in answer.text


@pytest.mark.parametrize("before", ["x", "-1", "99999999999999999999", "%00"])
async def test_a_page_that_is_none_shows_the_first(app: Watched, people: People, before: str) -> None:
    async with calling(app, people.ada) as ada:
        assert (await ada.get(f"{PATH}?before={before}")).status_code == 200
