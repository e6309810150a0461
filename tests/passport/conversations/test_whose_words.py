"""Who sees what of a conversation? The two its words, a later supervisor what is open, everybody else two days."""

import pytest

from access.roles import Role
from foundation.clock import today
from foundation.database import as_owner, fetch, transaction
from foundation.problems import NotFoundError
from foundation.requests import Watched
from passport.conversations import agreeing, drafts
from passport.conversations.errors import (
    DraftChangedError,
    HeldLongAgoError,
    NoSupervisorError,
    NotHeldYetError,
    NotSharedError,
    SignedAlreadyError,
)
from passport.conversations.pair import as_one_of_two
from passport.conversations.reading import talk_of_two
from passport.conversations.rules import LONGEST_AGO, Part, Stance
from passport.conversations.shelf import Content, Draft
from tests.passport.conversations.talking import (
    DAY,
    Line,
    a_line,
    asker,
    at_work,
    held_before,
    national_id,
    said,
    shared,
)

pytestmark = pytest.mark.anyio
ENTRIES = "SELECT text FROM passport.conversation_entry"
TABLES = ("entry", "action", "draft", "opening")


async def words_for(there: Line, person_id: int, part: Part) -> list[str]:
    async with as_one_of_two(await asker(person_id), part) as pair:
        return [row["text"] for row in await pair.fetch(ENTRIES)]


async def test_a_new_supervisor_gets_what_is_open_and_none_of_the_old_words(
    app: Watched, database: str
) -> None:
    there = await a_line()
    number = await held_before(there, "Hush", "Sit the sergeants’ exam")
    ada = await national_id(there.ada)
    async with at_work(app, there, there.bea) as bea:
        told = (await bea.get(f"/api/v1/people/{ada}/conversations")).json()
        assert [one["what"] for one in told["actions"]] == ["Sit the sergeants’ exam"]
        assert [(one["number"], one["is_open"], one["is_signed"]) for one in told["conversations"]] == [
            (number, False, None)
        ]
        assert (await bea.get(f"/api/v1/conversations/{number}")).status_code == 404
        assert "Hush" not in (await bea.get(f"/people/{ada}/conversations")).text
    async with at_work(app, there, there.ada) as mine:
        asked = {"supervisor": await national_id(there.bea), "conversation": number}
        opening = (await mine.post("/api/v1/me/conversations/openings", json=asked)).json()["openings"][0]
        async with at_work(app, there, there.bea) as bea:
            read = await bea.get(f"/api/v1/conversations/{number}")
            assert "Hush" in read.text
            added = await bea.post(f"/api/v1/conversations/{number}/additions", json={"text": "Mine now"})
            assert added.status_code == 404
        ended = await mine.post(f"/api/v1/me/conversations/openings/{opening['id']}/end")
        assert ended.json()["openings"] == []
    async with at_work(app, there, there.bea) as bea:
        assert (await bea.get(f"/api/v1/conversations/{number}")).status_code == 404


async def test_all_of_them_can_be_opened_and_shut_again(database: str) -> None:
    there = await a_line()
    await held_before(there, "First")
    await held_before(there, "Second", weeks=40)
    await agreeing.let_read(await asker(there.ada), supervisor_id=there.bea, number=None)
    assert sorted(await words_for(there, there.bea, Part.SUPERVISOR)) == ["First", "Second"]
    with pytest.raises(NotSharedError):
        await agreeing.let_read(await asker(there.ada), supervisor_id=there.bea, number=None)
    with pytest.raises(NoSupervisorError):
        await agreeing.let_read(await asker(there.ada), supervisor_id=there.olly, number=None)
    (row,) = await as_ada(there, "SELECT id FROM passport.conversation_opening")
    with pytest.raises(NotSharedError):
        await agreeing.shut(await asker(there.bea), opening_id=row["id"])
    await agreeing.shut(await asker(there.ada), opening_id=row["id"])
    assert await words_for(there, there.bea, Part.SUPERVISOR) == []


async def as_ada(there: Line, sql: str) -> list[dict[str, int]]:
    async with as_one_of_two(await asker(there.ada), Part.OFFICER) as pair:
        return [dict(row) for row in await pair.fetch(sql)]


async def test_supervision_that_has_ended_ends_the_reading_of_ones_own_words(
    app: Watched, database: str
) -> None:
    there = await a_line()
    number = await held_before(there, "Hush", "Sit the exam")
    ada = await national_id(there.ada)
    async with at_work(app, there, there.olly) as olly:
        for path in (
            f"/conversations/{number}",
            f"/people/{ada}/conversations",
            f"/people/{ada}/conversation",
        ):
            assert (await olly.get(f"/api/v1{path}")).status_code == 404


async def test_hr_the_lead_and_whoever_is_above_see_two_days_and_nothing_else(
    app: Watched, database: str
) -> None:
    there = await a_line()
    number = await shared(there.bea, there.ada, said("Hush", "HushAction"))
    ada = await national_id(there.ada)
    for who in (there.desi, there.lena, there.cal):
        async with at_work(app, there, who) as client:
            answer = await client.get("/api/v1/conversations")
            (told,) = [one for one in answer.json()["people"] if one["national_id"] == ada]
            assert told == {
                "national_id": ada,
                "name": "Ada Okafor",
                "unit": told["unit"],
                "state": "due",
                "held_on": today().isoformat(),
                "due_on": (today() + 105 * DAY).isoformat(),
            }
            page = await client.get("/conversations")
            assert "Ada Okafor" in page.text
            assert "Hush" not in page.text + answer.text
            for path in (f"/conversations/{number}", f"/people/{ada}/conversations"):
                assert (await client.get(f"/api/v1{path}")).status_code == 404
    async with at_work(app, there, there.bea) as bea:
        below = (await bea.get("/api/v1/conversations")).json()["people"]
        assert below == []


async def test_a_draft_is_its_writers_alone(app: Watched, database: str) -> None:
    there = await a_line()
    ada = await national_id(there.ada)
    body = {"version": 0, "words": [{"topic": "", "text": "HushDraft"}]}
    async with at_work(app, there, there.bea) as bea:
        saved = await bea.post(f"/api/v1/people/{ada}/conversation/draft", json=body)
        assert saved.json()["version"] == 1
        assert "HushDraft" in (await bea.get(f"/people/{ada}/conversation")).text
    for who in (there.ada, there.cal, there.desi, there.lena):
        for part in Part:
            try:
                async with as_one_of_two(await asker(who), part) as pair:
                    assert await pair.fetch("SELECT FROM passport.conversation_draft") == []
            except NotFoundError:
                assert part is Part.SUPERVISOR
    async with at_work(app, there, there.ada) as mine:
        for path in ("/passport/conversations", "/api/v1/me/conversations"):
            assert "HushDraft" not in (await mine.get(path)).text


async def test_without_a_word_of_who_asks_the_database_shows_no_row(database: str) -> None:
    there = await a_line()
    await shared(there.bea, there.ada, said("Hush", "HushAction"))
    await agreeing.let_read(await asker(there.ada), supervisor_id=there.bea, number=None)
    async with transaction() as connection:
        for table in TABLES:
            assert await connection.fetch(f"SELECT FROM passport.conversation_{table}") == []
    async with as_owner() as owner:
        for table in TABLES[:2]:
            await owner.execute("SET LOCAL ROLE attested_worker")
            assert await owner.fetch(f"SELECT FROM passport.conversation_{table}") == []
            await owner.execute("RESET ROLE")


async def test_the_other_answers_signs_once_and_both_can_add(app: Watched, database: str) -> None:
    there = await a_line()
    number = await shared(there.bea, there.ada)
    async with at_work(app, there, there.ada) as mine:
        address = f"/api/v1/conversations/{number}"
        answer = {"stance": "sees it differently", "text": "The autumn was worse than that."}
        assert (await mine.post(f"{address}/answer", json=answer)).status_code == 201
        assert (await mine.post(f"{address}/answer", json=answer)).status_code == 409
        assert (
            await mine.post(f"{address}/additions", json={"text": "September was fine"})
        ).status_code == 201
    async with at_work(app, there, there.bea) as bea:
        refused = await bea.post(f"{address}/answer", json=answer)
        assert refused.status_code == 404
        told = (await bea.post(f"{address}/additions", json={"text": "Agreed"})).json()
    assert [(one["by"], one["kind"], one["text"]) for one in told["entries"]] == [
        ("supervisor", "words", "Went through the autumn."),
        ("supervisor", "words", ""),
        ("officer", "answer", "The autumn was worse than that."),
        ("officer", "addition", "September was fine"),
        ("supervisor", "addition", "Agreed"),
    ]


async def test_nothing_that_was_said_is_ever_changed(database: str) -> None:
    there = await a_line()
    await shared(there.bea, there.ada)
    for statement in (
        "UPDATE passport.conversation_entry SET text = 'other'",
        "DELETE FROM passport.conversation_entry",
        "UPDATE passport.conversation SET held_on = '2020-01-01'",
    ):
        with pytest.raises(Exception, match="permission denied"):
            async with as_one_of_two(await asker(there.bea), Part.SUPERVISOR) as pair:
                await pair.execute(statement)
        with pytest.raises(Exception, match="never change"):
            async with as_owner() as owner:
                await owner.execute(statement)


async def test_what_was_agreed_carries_over_until_either_ticks_it(app: Watched, database: str) -> None:
    there = await a_line()
    await held_before(there, "Hush", "Sit the exam")
    await shared(there.bea, there.ada, said("Again", "Book the course"))
    ada = await national_id(there.ada)
    async with at_work(app, there, there.ada) as mine:
        opened = (await mine.get("/api/v1/me/conversations")).json()["actions"]
        assert [one["what"] for one in opened] == ["Sit the exam", "Book the course"]
        exam = opened[0]["id"]
        assert (await mine.post(f"/api/v1/agreed-actions/{exam}", json={"is_done": True})).is_success
    async with at_work(app, there, there.bea) as bea:
        report = f"/api/v1/people/{ada}/conversations"
        assert [one["what"] for one in (await bea.get(report)).json()["actions"]] == ["Book the course"]
        assert (await bea.post(f"/api/v1/agreed-actions/{exam}", json={"is_done": False})).is_success
        assert len((await bea.get(report)).json()["actions"]) == 2
    for who in (there.cal, there.olly, there.desi):
        async with at_work(app, there, who) as client:
            answer = await client.post(f"/api/v1/agreed-actions/{exam}", json={"is_done": True})
            assert answer.status_code == 404


async def test_two_windows_lose_nothing(app: Watched, database: str) -> None:
    there = await a_line()
    bea = await asker(there.bea)

    async def saved(version: int, words: str) -> Draft:
        return await drafts.save(bea, person_id=there.ada, number=None, version=version, content=said(words))

    one = await saved(0, "From the first window")
    two = await saved(one.version, "From the second")
    with pytest.raises(DraftChangedError):
        await saved(one.version, "From the first again")
    with pytest.raises(DraftChangedError):
        await saved(0, "From a third")
    with pytest.raises(DraftChangedError):
        await agreeing.share(bea, person_id=there.ada, version=one.version, content=said())
    ada = await national_id(there.ada)
    async with at_work(app, there, there.bea) as client:
        token = client.headers["x-csrftoken"]
        form = {
            "version": str(one.version),
            "words-in-short": "From the first again",
            "do": "save",
            "_csrf_token": token,
        }
        shown = await client.post(f"/people/{ada}/conversation", data=form)
        assert shown.status_code == 409
        assert "From the first again" in shown.text
        assert "From the second" in shown.text
        assert f'name="version" value="{two.version}"' in shown.text
        kept = await client.post(f"/people/{ada}/conversation", data={**form, "do": "keep"})
        assert kept.status_code == 409
        assert "data-version" not in kept.text
        again = await client.post(f"/people/{ada}/conversation", data={**form, "version": str(two.version)})
        assert again.status_code == 303
        assert "From the first again" in (await client.get(f"/people/{ada}/conversation")).text


async def test_sharing_takes_the_draft_away_ticks_what_is_done_and_tells_the_other(database: str) -> None:
    there = await a_line()
    await held_before(there, "Hush", "Sit the exam")
    bea = await asker(there.bea)
    ((exam,),) = [row.values() for row in await as_ada(there, "SELECT id FROM passport.conversation_action")]
    content = Content(held_on=today(), words={"": "Well done"}, done=(exam,))
    draft = await drafts.save(bea, person_id=there.ada, number=None, version=0, content=content)
    number = await agreeing.share(bea, person_id=there.ada, version=draft.version, content=content)
    async with as_one_of_two(bea, Part.SUPERVISOR) as pair:
        assert await pair.fetch("SELECT FROM passport.conversation_draft") == []
    assert await as_ada(there, "SELECT FROM passport.conversation_action WHERE done_on IS NULL") == []
    rows = await fetch("SELECT person_id, matter, body FROM people.notice")
    assert [(row["person_id"], row["matter"]) for row in rows] == [
        (there.ada, f"CONVERSATION-SHARED:{number}")
    ]
    assert "Well done" not in rows[0]["body"]


async def test_a_conversation_of_another_century_is_refused(database: str) -> None:
    there = await a_line()
    for held_on, error in (
        (today() + DAY, NotHeldYetError), (today() - LONGEST_AGO - DAY, HeldLongAgoError),
    ):  # fmt: skip
        with pytest.raises(error):
            await shared(there.bea, there.ada, said(held_on=held_on))
    assert await shared(there.bea, there.ada, said(held_on=today() - LONGEST_AGO)) > 0


async def test_that_somebody_read_is_written_down_and_told_to_the_person(app: Watched, database: str) -> None:
    there = await a_line()
    number = await shared(there.bea, there.ada)
    async with at_work(app, there, there.bea) as bea:
        await bea.get(f"/conversations/{number}")
    async with at_work(app, there, there.ada) as mine:
        await mine.get(f"/conversations/{number}")
        told = (await mine.get("/api/v1/me/readings")).json()["readings"]
    assert ("Bea Boss", "Opened a development conversation with you") in [
        (one["reader"], one["what"]) for one in told
    ]
    assert "Ada Okafor" not in {one["reader"] for one in told}


async def test_no_word_of_theirs_is_in_the_audit(database: str) -> None:
    there = await a_line()
    number = await shared(there.bea, there.ada, said("HushWords", "HushAction"))
    ada = await asker(there.ada)
    talk = await talk_of_two(ada, number, on=today())
    await agreeing.answer(ada, talk.held, stance=Stance.AGREES, text="HushAnswer", version=0)
    with pytest.raises(SignedAlreadyError):
        await agreeing.answer(ada, talk.held, stance=Stance.AGREES, text="Again", version=0)
    rows = await fetch("SELECT event, role, detail::text AS detail FROM foundation.audit_event ORDER BY id")
    assert "Hush" not in str([tuple(row) for row in rows])
    assert ("conversation shared", Role.SUPERVISOR) in [(row["event"], row["role"]) for row in rows]
    assert await fetch("SELECT FROM foundation.audit_text") == []


async def test_if_the_application_checked_nothing_the_database_alone_would_keep_the_words_between_the_two(
    database: str,
) -> None:
    there = await a_line()
    await held_before(there, "Olly’s")
    await shared(there.bea, there.ada, said("Bea’s", "Agreed"))
    await drafts.save(
        await asker(there.bea), person_id=there.ada, number=None, version=0, content=said("Draft")
    )
    seen = {}
    for who in (there.ada, there.bea, there.olly, there.cal, there.desi, there.lena):
        for role in (Role.OFFICER, Role.SUPERVISOR, Role.LICENSING_DESK):
            async with transaction() as connection:
                await connection.fetchval(
                    "SELECT set_config('app.person', $1, true), set_config('app.role', $2, true)",
                    str(who),
                    role,
                )
                words = {row["text"] for row in await connection.fetch(ENTRIES)} - {""}
                words |= {
                    row["what"]
                    for row in await connection.fetch("SELECT what FROM passport.conversation_action")
                }
                if await connection.fetch("SELECT FROM passport.conversation_draft"):
                    words.add("Draft")
            if words:
                seen[who, role] = words
    assert seen == {
        (there.ada, Role.OFFICER): {"Olly’s", "Bea’s", "Agreed"},
        (there.bea, Role.OFFICER): {"Draft"},
        (there.bea, Role.SUPERVISOR): {"Bea’s", "Agreed", "Draft"},
        (there.bea, Role.LICENSING_DESK): {"Draft"},
    }
