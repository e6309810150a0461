"""Is what somebody writes of their development theirs until they share it, and does nothing of it get lost or change?"""

import asyncio
from contextvars import Context
from datetime import timedelta

import asyncpg
import pytest

from access.confiding import reading_as, writing_as
from foundation.audit import Actor, Event
from foundation.clock import today
from foundation.database import execute, fetch, fetch_one
from foundation.requests import Watched
from passport.cpd.actions import ONE_AT_A_TIME, change, discard, own
from passport.cpd.errors import FixedError
from passport.cpd.rules import Words
from tests.clients import submit
from tests.passport.cpd.learners import WHOLE, entry, national_id, shared, station, writing

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]
MINE, OTHERS = "/api/v1/me/cpd", "/api/v1/cpd"


async def test_a_title_is_enough_to_keep_a_draft_and_sharing_asks_for_the_rest(app: Watched) -> None:
    there = await station()
    number = await entry(app, there.ada, what="", so_what="", now_what="", happened_on=None)
    async with writing(app, there.ada) as client:
        refused = await client.post(f"{MINE}/{number}/shares", json={})
        assert refused.status_code == 409
        assert (await client.get(f"{MINE}/{number}")).json()["missing"] == [
            "happened_on", "what", "so_what", "now_what",
        ]  # fmt: skip
        answer = await client.post(f"{MINE}/{number}/words", json=WHOLE)
        assert answer.json()["missing"] == []
        assert (await client.post(f"{MINE}/{number}/shares", json={})).status_code == 201


async def test_nobody_else_finds_a_private_entry_by_any_door_nor_in_the_database(app: Watched) -> None:
    there = await station()
    number = await entry(app, there.ada)
    for other in (there.bea, there.col, there.nora, there.ken):
        async with writing(app, other) as client:
            for path in (
                f"{MINE}/{number}",
                f"{OTHERS}/{number}",
                f"/passport/cpd/{number}",
                f"/cpd/{number}",
            ):
                assert (await client.get(path)).status_code == 404, path
            assert (await client.get(OTHERS)).json() == []
            assert (await client.post(f"{MINE}/{number}/aside")).status_code == 404
            verdict = await client.post(f"{OTHERS}/{number}/verification", json={})
            assert verdict.status_code == 404
        async with reading_as(other) as connection:
            assert await connection.fetch("SELECT * FROM passport.cpd_entry") == []
            assert await connection.execute("UPDATE passport.cpd_entry SET title = 'mine'") == "UPDATE 0"
    assert await fetch("SELECT * FROM passport.cpd_entry") == [], "whoever says not who asks sees nothing"


async def test_nobody_writes_or_verifies_in_anothers_name(app: Watched) -> None:
    there = await station()
    number = await entry(app, there.ada)
    for statement in (
        f"INSERT INTO passport.cpd_entry (person_id, title) VALUES ({there.ada}, 'hers')",  # noqa: S608
        f"INSERT INTO passport.cpd_share (entry_id, person_id, reader_id, as_supervisor) VALUES ({number}, {there.ada}, {there.col}, false)",  # noqa: S608
        f"INSERT INTO passport.cpd_verification (entry_id, person_id, verified_by, as_supervisor) VALUES ({number}, {there.ada}, {there.col}, false)",  # noqa: S608
    ):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with reading_as(there.col) as connection:
                await connection.execute(statement)


async def test_the_supervisor_reads_verifies_and_the_officer_sees_it(app: Watched) -> None:
    there = await station()
    number = await entry(app, there.ada, standards=["CVF-COURAGE", "L1-LEARNS"], hours=1.5)
    await shared(app, there.ada, number)
    async with writing(app, there.bea) as client:
        (line,) = (await client.get(OTHERS)).json()
        assert (line["name"], line["is_verified_by_you"]) == ("Ada Okafor", False)
        assert "A stop that went wrong" in (await client.get("/cpd")).text
        assert "He was right to complain." in (await client.get(f"/cpd/{number}")).text
        answer = await client.post(f"{OTHERS}/{number}/verification", json={"words": "We talked it through."})
        assert answer.status_code == 201, answer.text
        assert (await client.post(f"{OTHERS}/{number}/verification", json={})).status_code == 409
    async with writing(app, there.ada) as client:
        mine = (await client.get(f"{MINE}/{number}")).json()
        assert mine["standing"] == "verified"
        (by,) = mine["verifications"]
        assert (by["name"], by["words"]) == ("Bea Boss", "We talked it through.")
        page = (await client.get(f"/passport/cpd/{number}")).text
        assert "We talked it through." in page
        assert "Courage and Seeks feedback, and learns from it and from practice" in page
    notices = await fetch("SELECT headline, person_id FROM people.notice ORDER BY id")
    assert [tuple(one) for one in notices] == [
        ("Ada Okafor shared a piece of their development with you", there.bea),
        ("Bea Boss verified your development entry of 2 November 2026", there.ada),
    ]


async def test_that_it_was_read_is_written_down_before_and_told_to_its_author(app: Watched) -> None:
    there = await station()
    number = await entry(app, there.ada)
    await shared(app, there.ada, number)
    async with writing(app, there.bea) as client:
        await client.get(f"/cpd/{number}")
    row = await fetch_one("SELECT * FROM foundation.audit_event WHERE event = 'cpd entry read'")
    assert row is not None
    assert (row["subject_id"], row["actor_id"], row["role"], row["is_reading"]) == (
        there.ada, there.bea, "supervisor", True,
    )  # fmt: skip
    async with writing(app, there.ada) as client:
        assert "Read what you shared of your development" in (await client.get("/passport/readings")).text


async def test_words_can_be_changed_until_somebody_has_read_them_and_added_to_after(app: Watched) -> None:
    there = await station()
    number = await entry(app, there.ada)
    share = await shared(app, there.ada, number)
    async with writing(app, there.ada) as client:
        fixed = await client.post(f"{MINE}/{number}/words", json={**WHOLE, "title": "Other"})
        assert fixed.status_code == 409
        back = await client.post(f"{MINE}/{number}/shares/{share}/end")
        assert back.json()["standing"] == "draft"
        changed = await client.post(f"{MINE}/{number}/words", json={**WHOLE, "title": "Other"})
        assert changed.json()["title"] == "Other", "nobody had read it"
        early = await client.post(f"{MINE}/{number}/additions", json={"text": "And then"})
        assert early.status_code == 409, "its words can still be changed"
    share = await shared(app, there.ada, number)
    async with writing(app, there.bea) as client:
        await client.get(f"{OTHERS}/{number}")
    async with writing(app, there.ada) as client:
        await client.post(f"{MINE}/{number}/shares/{share}/end")
        again = await client.post(f"{MINE}/{number}/words", json={**WHOLE, "title": "Third"})
        assert again.status_code == 409, "Bea has read it"
        added = await client.post(f"{MINE}/{number}/additions", json={"text": "He wrote back."})
        assert [one["text"] for one in added.json()["additions"]] == ["He wrote back."]
    async with writing(app, there.bea) as client:
        assert (await client.get(f"{OTHERS}/{number}")).status_code == 404, "it was taken back"


async def test_the_database_keeps_shared_words_whatever_the_program_forgets(app: Watched) -> None:
    there = await station()
    number = await entry(app, there.ada)
    await shared(app, there.ada, number)
    with pytest.raises(asyncpg.RestrictViolationError):
        async with reading_as(there.ada) as connection:
            await connection.execute("UPDATE passport.cpd_entry SET what = 'nothing happened'")


async def test_what_was_verified_is_not_taken_back_from_whoever_stands_for_it(app: Watched) -> None:
    there = await station()
    number = await entry(app, there.ada)
    share = await shared(app, there.ada, number)
    async with writing(app, there.bea) as client:
        await client.post(f"{OTHERS}/{number}/verification", json={})
    async with writing(app, there.ada) as client:
        assert (await client.post(f"{MINE}/{number}/shares/{share}/end")).status_code == 409
        assert (await client.post(f"{MINE}/{number}/aside")).status_code == 409


async def test_a_supervisor_sees_it_through_the_last_day_of_the_line_and_no_longer(app: Watched) -> None:
    there = await station()
    number = await entry(app, there.ada)
    await shared(app, there.ada, number)
    for last, status in ((today(), 200), (today() - timedelta(days=1), 404)):
        await _line_ends(there.ada, last.isoformat())
        async with writing(app, there.bea) as client:
            assert (await client.get(f"/cpd/{number}")).status_code == status, last
            if status == 404:
                assert (await client.get(OTHERS)).json() == []
                assert (await client.post(f"{OTHERS}/{number}/verification", json={})).status_code == 404


async def _line_ends(person_id: int, day: str) -> None:
    await execute(
        """WITH gone AS (UPDATE people.line SET superseded_at = clock_timestamp(), superseded_reason = 'as tested'
                          WHERE person_id = $1 AND superseded_at IS NULL RETURNING *)
           INSERT INTO people.line (person_id, supervisor_id, is_cover, valid_from, valid_until)
           SELECT person_id, supervisor_id, is_cover, valid_from, $2::text::date FROM gone""",
        person_id, day,
    )  # fmt: skip


async def test_a_colleague_of_the_force_can_be_asked_and_nobody_of_another(app: Watched) -> None:
    there = await station()
    number = await entry(app, there.ada)
    await shared(app, there.ada, number, colleague=await national_id(there.col))
    async with writing(app, there.ada) as client:
        for other in (await national_id(there.ken), await national_id(there.ada), "1000000007"):
            answer = await client.post(f"{MINE}/{number}/shares", json={"colleague": other})
            assert answer.status_code == 400
            assert "Nobody else of your force" in answer.text, "the one looks like the other"
        again = await client.post(f"{MINE}/{number}/shares", json={"colleague": await national_id(there.col)})
        assert again.status_code == 409
    async with writing(app, there.col) as client:
        assert (await client.get(f"{OTHERS}/{number}")).status_code == 200
        mine = await client.get("/passport/cpd")
        assert "Others shared 1 entry with you" in mine.text


async def test_put_aside_is_not_lost(app: Watched) -> None:
    there = await station()
    number = await entry(app, there.ada)
    async with writing(app, there.ada) as client:
        await client.post(f"{MINE}/{number}/aside")
        assert (await client.get(MINE)).json()["entries"] == []
        assert [one["id"] for one in (await client.get(f"{MINE}?aside=true")).json()["entries"]] == [number]
        assert (await client.post(f"{MINE}/{number}/words", json=WHOLE)).status_code == 409
        assert (await client.post(f"{MINE}/{number}/shares", json={})).status_code == 409
        assert (await client.post(f"{MINE}/{number}/back")).json()["standing"] == "draft"


async def test_a_form_with_a_fault_keeps_everything_that_was_typed(app: Watched) -> None:
    there = await station()
    async with writing(app, there.ada) as client:
        answer = await submit(
            client, "/passport/cpd/new", "/passport/cpd/new",
            {"title": "", "what": "A long evening", "hours": "many", "on-day": "31", "on-month": "2",
             "on-year": "2026", "standard-CVF-COURAGE": "yes"},
        )  # fmt: skip
    assert answer.status_code == 400
    for kept in ("A long evening", 'value="many"', "must be a real date", "Give it a title", 'value="31"'):
        assert kept in answer.text
    assert 'value="yes" checked' in answer.text


async def test_a_form_sets_what_it_asks_for_and_nothing_else(app: Watched) -> None:
    there = await station()
    async with writing(app, there.ada) as client:
        await submit(
            client, "/passport/cpd/new", "/passport/cpd/new",
            {"title": "Mine", "person_id": str(there.bea), "id": "77", "recorded_at": "2020-01-01", "discarded_at": "now",
             "standards": "CVF-COURAGE", "reader_id": str(there.col), "verified_by": str(there.bea)},
        )  # fmt: skip
        (kept,) = (await client.get(MINE)).json()["entries"]
        one = (await client.get(f"{MINE}/{kept['id']}")).json()
    assert (one["title"], one["standing"], one["standards"], one["shares"], one["verifications"]) == (
        "Mine", "draft", [], [], [],
    )  # fmt: skip


async def test_a_program_is_told_of_what_is_no_standard_and_no_day(app: Watched) -> None:
    there = await station()
    async with writing(app, there.ada) as client:
        later = (today() + timedelta(days=1)).isoformat()
        answer = await client.post(
            MINE, json={**WHOLE, "standards": ["L9-NONE"], "happened_on": later, "profiles": ["pilot"]}
        )
    assert answer.status_code == 400
    assert set(answer.json()["errors"]) == {"standards", "happened_on", "profiles"}


async def test_the_list_comes_in_pages_without_gaps(app: Watched) -> None:
    there = await station()
    async with reading_as(there.ada) as connection:
        await connection.execute(
            "INSERT INTO passport.cpd_entry (person_id, title) SELECT $1, 'E' || n FROM generate_series(1, 120) n",
            there.ada,
        )
    seen: list[int] = []
    async with writing(app, there.ada) as client:
        before: int | None = 2**53 - 1
        while before is not None:
            found = (await client.get(f"{MINE}?before={before}")).json()
            seen += [one["id"] for one in found["entries"]]
            before = found["next_before"]
        assert 'rel="next"' in (await client.get("/passport/cpd")).text
    assert len(seen) == len(set(seen)) == 120


async def test_what_is_shared_while_its_words_are_changed_or_it_is_put_aside_stays_as_it_was_shared(
    app: Watched,
) -> None:
    there = await station()
    number = await entry(app, there.ada)
    ada = Actor(there.ada, "Ada Okafor")
    async with writing_as(ada, Event("cpd entry shared", "own development", there.ada)) as sharing:
        await sharing.execute(ONE_AT_A_TIME, number)
        late = [
            asyncio.create_task(one, context=Context())
            for one in (change(ada, number, Words("Another title")), discard(ada, number))
        ]
        await asyncio.wait(late, timeout=0.3)
        await sharing.execute(
            """INSERT INTO passport.cpd_share (entry_id, person_id, reader_id, as_supervisor)
               VALUES ($1, $2, $3, true)""",
            number, there.ada, there.bea,
        )  # fmt: skip
    for refused in await asyncio.gather(*late, return_exceptions=True):
        assert isinstance(refused, FixedError), refused
    assert (await own(ada, number)).words.title == "A stop that went wrong"
