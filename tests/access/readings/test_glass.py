"""Does broken glass open one record and nothing else, for an hour, seen by all whom it concerns, and reviewed?"""

import asyncio
from collections.abc import Sequence

import asyncpg
import pytest
from asyncpg import Record
from httpx2 import AsyncClient, Response

from foundation.clock import today
from foundation.database import as_owner, execute, fetch, fetch_one
from foundation.jobs.handlers import Work
from foundation.requests import Watched
from people.glass.jobs import JOB, WATCH, see
from tests.access.readings.conftest import People, failing_audit
from tests.builders import line, listed, officer, person, post
from tests.clients import calling, grant_role, submit

pytestmark = pytest.mark.anyio
WORDS = "Ada is needed at the bridge, and her sergeant does not answer."


async def broke(
    client: AsyncClient, number: str, *, why: str = "urgent deployment", words: str = WORDS
) -> Response:
    return await submit(client, "/glass", "/glass", {"person": number, "why": why, "words": words})


async def panes() -> Sequence[Record]:
    return await fetch("SELECT * FROM access.glass ORDER BY id")


@pytest.fixture
async def inspector(people: People) -> int:
    """Somebody who supervises others, and does not supervise Ada."""
    await line(await officer("Rae", "Port"), people.stranger)
    return people.stranger


async def national_id(person_id: int) -> str:
    row = await fetch_one("SELECT national_id FROM people.person WHERE id = $1", person_id)
    assert row is not None
    return str(row["national_id"])


async def test_it_opens_one_passport_on_the_screen_and_nothing_else(
    app: Watched, people: People, inspector: int
) -> None:
    passport = f"/people/{people.national_id}/passport"
    another = f"/people/{await national_id(people.desk)}/passport"
    async with calling(app, inspector) as client:
        assert (await client.get(passport)).status_code == 404
        opened = await broke(client, people.national_id)
        assert (opened.status_code, opened.headers["location"]) == (303, passport)
        seen = await client.get(passport)
        assert (await client.get(f"{passport}.pdf")).status_code == 404
        assert (await client.get(another)).status_code == 404
        assert people.national_id not in (await client.get("/api/v1/team")).text
        for closed in ("/desk/licences", "/desk/licences.csv", "/desk/find?q=okafor", "/imports", "/privacy"):
            assert (await client.get(closed)).status_code == 404, closed
    assert seen.status_code == 200
    assert "Ada Okafor" in seen.text
    row = (await fetch("SELECT * FROM foundation.audit_event WHERE event = 'passport read'"))[0]
    assert (row["subject_id"], row["role"], row["purpose"]) == (
        people.ada, "supervisor", "break-glass: urgent deployment",
    )  # fmt: skip


async def test_every_page_says_that_it_is_open_until_it_is_closed(
    app: Watched, people: People, inspector: int
) -> None:
    async with calling(app, inspector) as client:
        await broke(client, people.national_id)
        for address in ("/passport", "/inbox", "/policy", "/glass", "/team"):
            assert "Close it now" in (await client.get(address)).text, address
        ended = await submit(client, "/inbox", f"/glass/{(await panes())[0]['id']}/end", {})
        assert ended.status_code == 303
        assert "Close it now" not in (await client.get("/inbox")).text
        assert (await client.get(f"/people/{people.national_id}/passport")).status_code == 404
        assert (await broke(client, people.national_id)).status_code == 303


async def test_it_closes_by_itself_after_an_hour_at_most(
    app: Watched, people: People, inspector: int
) -> None:
    async with calling(app, inspector) as client:
        await broke(client, people.national_id)
        async with as_owner() as owner:
            minutes = await owner.fetchval(
                "SELECT extract(epoch FROM closes_at - opened_at) / 60 FROM access.glass"
            )
            await owner.execute(
                "UPDATE access.glass SET opened_at = opened_at - interval '1 hour', closes_at = closes_at - interval '1 hour'"
            )
        assert 59.9 < minutes <= 60
        assert (await client.get(f"/people/{people.national_id}/passport")).status_code == 404
        assert "Close it now" not in (await client.get("/inbox")).text
    with pytest.raises(asyncpg.CheckViolationError):
        async with as_owner() as owner:
            await owner.execute("UPDATE access.glass SET closes_at = opened_at + interval '61 minutes'")


async def test_the_privacy_officer_and_the_person_are_told_at_once_and_by_no_name(
    app: Watched, people: People, inspector: int
) -> None:
    async with calling(app, inspector) as client:
        await broke(client, people.national_id)
    told = {
        row["person_id"]: f"{row['headline']} {row['body']}"
        for row in await fetch("SELECT * FROM people.notice WHERE rung = 'told'")
    }
    assert set(told) == {people.ada, people.privacy}
    assert not [text for text in told.values() if "Stan" in text or "Okafor" in text or WORDS in text]
    recipients = await fetch(
        """SELECT DISTINCT recipient_id FROM people.notice_delivery JOIN people.notice ON notice.id = notice_id
            WHERE rung = 'told'"""
    )
    assert {row["recipient_id"] for row in recipients} == {people.ada, people.privacy}
    async with calling(app, people.ada) as ada:
        assert "Your passport was opened in an emergency" in (await ada.get("/inbox")).text
        seen = (await ada.get("/passport/readings")).text
    assert "Stan Stranger" in seen
    assert "Broke the glass before your passport" in seen


async def test_the_person_is_told_once_nothing_is_held_back_any_more(
    app: Watched, people: People, inspector: int
) -> None:
    held = f"/privacy/readings/of/{people.national_id}/held-back"
    until = {
        "until-day": str(today().day),
        "until-month": str(today().month),
        "until-year": str(today().year),
    }
    async with calling(app, people.privacy) as privacy, calling(app, inspector) as client:
        fields = {"reader": await national_id(inspector), "reason": "An investigation", **until}
        assert (await submit(privacy, held, held, fields)).status_code == 303
        await broke(client, people.national_id)
        await see(Work(1, JOB))
        assert (
            await fetch("SELECT FROM people.notice WHERE person_id = $1 AND rung = 'told'", people.ada) == []
        )
        async with calling(app, people.ada) as ada:
            before = (await ada.get("/passport/readings")).text
        page = f"/privacy/readings/of/{people.national_id}"
        assert "An investigation" in (await privacy.get(page)).text
        assert (await submit(privacy, page, f"{held}/1/end", {})).status_code == 303
    assert await fetch(WATCH.finds)
    await see(Work(1, JOB))
    await see(Work(1, JOB))
    assert not await fetch(WATCH.finds)
    assert "Stan" not in before
    assert (
        len(await fetch("SELECT FROM people.notice WHERE person_id = $1 AND rung = 'told'", people.ada)) == 1
    )


@pytest.mark.parametrize("why", ["urgent deployment", "risk to life"])
async def test_a_protected_person_is_opened_for_a_risk_to_life_alone(
    app: Watched, people: People, inspector: int, why: str
) -> None:
    hidden = await person("Hidden", "Person", protected=True)
    await post(hidden, unit_name="Covert Policing")
    await listed()
    async with calling(app, inspector) as client:
        answer = await broke(client, await national_id(hidden), why=why)
    assert answer.status_code == (303 if why == "risk to life" else 400)
    assert len(await panes()) == (1 if why == "risk to life" else 0)


async def test_nobody_opens_their_own_record_nor_that_of_whoever_supervises_them(
    app: Watched, people: People, inspector: int
) -> None:
    boss = await officer("Bo", "Boss", rank="chief inspector")
    await line(inspector, boss)
    await listed()
    async with calling(app, inspector) as client:
        absent = await broke(client, "0000-0000-0", why="risk to life")
        for number in (await national_id(inspector), await national_id(boss)):
            answer = await broke(client, number, why="risk to life")
            assert answer.status_code == 400
            assert answer.text.count("No record can be opened") == absent.text.count(
                "No record can be opened"
            )
    assert await panes() == []
    tries = await fetch("SELECT FROM foundation.audit_event WHERE event = 'glass not opened'")
    assert len(tries) == 3


async def test_whoever_may_see_a_record_has_no_glass_to_break(app: Watched, people: People) -> None:
    async with calling(app, people.sergeant) as sergeant:
        answer = await broke(sergeant, people.national_id)
    assert answer.status_code == 400
    assert "without breaking the glass" in answer.text


async def test_an_officer_who_supervises_nobody_and_has_no_role_finds_no_glass(
    app: Watched, people: People
) -> None:
    async with calling(app, people.ada) as ada:
        assert (await ada.get("/glass")).status_code == 404


async def test_one_record_at_a_time_whoever_races(app: Watched, people: People, inspector: int) -> None:
    others = [await national_id(await officer("Other", f"Number{number}")) for number in range(6)]
    await listed()
    async with calling(app, inspector) as client:
        await client.get("/inbox")
        token = client.cookies.get("attested-form")
        headers = {"x-csrftoken": token or ""}
        answers = await asyncio.gather(
            *(
                client.post(
                    "/api/v1/glass",
                    json={"person": number, "why": "other", "words": WORDS},
                    headers=headers,
                )
                for number in others
            )
        )
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 5
    assert len(await panes()) == 1


async def test_what_is_missing_is_asked_for_and_what_was_typed_is_kept(
    app: Watched, people: People, inspector: int
) -> None:
    async with calling(app, inspector) as client:
        nothing = await broke(client, "", why="", words="")
        half = await broke(client, people.national_id, why="", words="kept words")
    assert nothing.status_code == half.status_code == 400
    assert "Select why you must see it now" in nothing.text
    assert "kept words" in half.text
    assert people.national_id in half.text


async def test_a_letter_that_no_database_keeps_is_left_out_or_refused(
    app: Watched, people: People, inspector: int
) -> None:
    async with calling(app, inspector) as client:
        typed = await broke(client, people.national_id, words="a\0b")
        token = {"x-csrftoken": client.cookies.get("attested-form") or ""}
        sent = await client.post(
            "/api/v1/glass",
            json={"person": people.national_id, "why": "other", "words": "a\0b"},
            headers=token,
        )
    assert (typed.status_code, sent.status_code) == (303, 400)
    row = await fetch_one("SELECT text FROM foundation.audit_text")
    assert row is not None
    assert row["text"] == "ab"


async def test_nothing_is_opened_while_it_cannot_be_written_down(
    app: Watched, people: People, inspector: int
) -> None:
    async with calling(app, inspector) as client:
        await client.get("/glass")
        async with failing_audit():
            answer = await broke(client, people.national_id)
    assert answer.status_code >= 500
    assert await panes() == []
    assert await fetch("SELECT FROM people.notice WHERE rung = 'told'") == []


async def test_a_second_person_reviews_it_with_words_that_whoever_opened_it_reads(
    app: Watched, people: People, inspector: int
) -> None:
    async with calling(app, inspector) as client, calling(app, people.privacy) as privacy:
        await broke(client, people.national_id)
        page = "/privacy/glass/1"
        shown = (await privacy.get(page)).text
        assert WORDS in shown
        assert "Stan Stranger" in shown
        assert (await submit(privacy, page, f"{page}/review", {})).status_code == 400
        answers = {"upheld": "no", "words": "Her sergeant had answered."}
        assert (await submit(privacy, page, f"{page}/review", answers)).status_code == 303
        again = await privacy.post(
            "/api/v1/privacy/glass/1/review",
            json={"is_upheld": True, "words": "No"},
            headers={"x-csrftoken": privacy.cookies.get("attested-form") or ""},
        )
        assert again.status_code == 409
        own = (await client.get("/glass")).text
        inbox = (await client.get("/inbox")).text
    assert "Her sergeant had answered." in own
    assert "The review says that breaking the glass was not right" in inbox


async def test_nobody_reviews_their_own(app: Watched, people: People, inspector: int) -> None:
    await grant_role(inspector, "privacy officer", by=people.desk, approved_by=people.sergeant)
    async with calling(app, inspector) as client:
        other = await officer("Other", "Force")
        await grant_role(other, "privacy officer", by=people.desk, approved_by=people.sergeant)
        await listed()
        opened = await broke(client, people.national_id)
        assert opened.status_code in {303, 404}
    async with as_owner() as owner:
        await owner.execute(
            """INSERT INTO access.glass (person_id, role, subject_id, force_id, reason, event_id, closes_at)
               SELECT $1, 'supervisor', $2, 1, 'other', max(id), clock_timestamp() + interval '1 second' FROM foundation.audit_event""",
            people.privacy,
            people.ada,
        )
    number = (await panes())[-1]["id"]
    async with calling(app, people.privacy) as privacy:
        assert (await privacy.get(f"/privacy/glass/{number}")).status_code == 404
    with pytest.raises(asyncpg.CheckViolationError):
        await execute(
            """UPDATE access.glass SET reviewed_by = person_id, reviewed_at = now(), is_upheld = true,
                      review_id = event_id WHERE id = $1""",
            number,
        )


async def test_a_review_that_is_a_day_late_is_flagged_once(
    app: Watched, people: People, inspector: int
) -> None:
    async with calling(app, inspector) as client:
        await broke(client, people.national_id)
    assert not await fetch(WATCH.finds)
    async with as_owner() as owner:
        await owner.execute(
            "UPDATE access.glass SET opened_at = opened_at - interval '25 hours', closes_at = closes_at - interval '25 hours'"
        )
    assert await fetch(WATCH.finds)
    await see(Work(1, JOB))
    await see(Work(1, JOB))
    assert not await fetch(WATCH.finds)
    late = await fetch("SELECT person_id FROM people.notice WHERE headline = 'A review is overdue'")
    assert [row["person_id"] for row in late] == [people.privacy]
    async with calling(app, people.privacy) as privacy:
        assert "Overdue" in (await privacy.get("/privacy/glass")).text
