"""Is leadership shown by the officer, judged by two who are not them, and kept as it was said?"""

import asyncio
from contextvars import Context
from datetime import date, timedelta
from pathlib import Path

import asyncpg
import pytest

from access.confiding import reading_as, writing_as
from attested.seeding.policy import policy_in_force
from foundation.audit import Actor, Event
from foundation.clock import today
from foundation.database import execute, fetch, fetch_one
from foundation.requests import Watched
from passport.leadership.actions import Draft, change, discard, offer, own
from passport.leadership.errors import OfferedError
from passport.leadership.published import stage_facts
from passport.leadership.rules import Verdict
from tests.api.confidential import LEADERSHIP
from tests.api.test_confidential_shapes import check
from tests.builders import evidence
from tests.clients import submit
from tests.passport.leadership.leaders import SHOWN, Force, force, national_id, offered, working
from tests.vaults import PDF, PNG

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]
MINE = "/api/v1/me/leadership"


async def judged(
    app: Watched, by: int, about: int, verdict: str = "met", standard: str = "L2-CULTURE"
) -> int:
    """Let somebody judge a standard, and return how they are answered."""
    async with working(app, by) as client:
        answer = await client.post(
            f"/api/v1/people/{await national_id(about)}/leadership",
            json={"standard": standard, "verdict": verdict, "words": f"{verdict}, as I saw it"},
        )
    return answer.status_code


async def counts(app: Watched, there: Force, standard: str = "L2-CULTURE") -> str:
    """Return what counts of a standard, as the officer reads it."""
    async with working(app, there.sasha) as client:
        stages = (await client.get(MINE)).json()["stages"]
    (found,) = [one for stage in stages for one in stage["standards"] if one["code"] == standard]
    return str(found["counts"])


async def test_a_standard_is_met_once_supervisor_and_assessor_say_so(app: Watched) -> None:
    there = await force()
    await offered(app, there.sasha)
    assert await counts(app, there) == "not seen"
    assert await judged(app, there.ines, there.sasha) == 201
    assert await counts(app, there) == "not seen", "an assessor has not"
    assert await judged(app, there.lou, there.sasha, "partly") == 201
    assert await counts(app, there) == "partly"
    assert await judged(app, there.lou, there.sasha) == 201
    assert await counts(app, there) == "met"
    async with working(app, there.sasha) as client:
        page = (await client.get("/passport/leadership")).text
    for said in ("met, as I saw it", "Ines Inspector", "partly, as I saw it", "What was said before"):
        assert said in page
    rows = await fetch("SELECT capacity FROM passport.leadership_judgement ORDER BY id")
    assert [row["capacity"] for row in rows] == ["supervisor", "assessor", "assessor"]


async def test_nobody_judges_themselves_nor_anybody_out_of_reach(app: Watched) -> None:
    there = await force()
    for judge in (there.sasha, there.kim, there.col):
        assert await judged(app, judge, there.sasha) == 404
    assert await judged(app, there.lou, there.lou) == 404
    with pytest.raises(asyncpg.CheckViolationError):
        await execute(
            """INSERT INTO passport.leadership_judgement (person_id, standard, verdict, words, capacity, judged_by)
               VALUES ($1, 'L2-CULTURE', 'met', 'Splendid', 'assessor', $1)""",
            there.sasha,
        )
    assert await fetch("SELECT * FROM passport.leadership_judgement") == []


async def test_what_was_judged_is_never_changed(app: Watched) -> None:
    there = await force()
    await judged(app, there.ines, there.sasha)
    for statement in (
        "UPDATE passport.leadership_judgement SET verdict = 'not yet'",
        "DELETE FROM passport.leadership_judgement",
    ):
        with pytest.raises(asyncpg.PostgresError):
            await execute(statement)


async def test_a_draft_is_its_authors_alone_and_an_offered_example_stays(app: Watched) -> None:
    there = await force()
    async with working(app, there.sasha) as client:
        draft = (await client.post(f"{MINE}/examples", json={**SHOWN, "text": "Half a thought"})).json()["id"]
    for other in (there.ines, there.lou):
        async with working(app, other) as client:
            assert (await client.get(f"{MINE}/examples/{draft}")).status_code == 404
            seen = await client.get(f"/people/{await national_id(there.sasha)}/leadership")
            assert seen.status_code == 200
            assert "Half a thought" not in seen.text
        async with reading_as(other) as connection:
            assert await connection.fetch("SELECT * FROM passport.leadership_example") == []
    number = await offered(app, there.sasha)
    async with working(app, there.sasha) as client:
        for act, body in (("words", SHOWN), ("aside", None), ("offer", None)):
            answer = await client.post(f"{MINE}/examples/{number}/{act}", json=body)
            assert answer.status_code == 409, act
    with pytest.raises(asyncpg.RestrictViolationError):
        async with reading_as(there.sasha) as connection:
            await connection.execute(
                "UPDATE passport.leadership_example SET text = 'Better' WHERE id = $1", number
            )
    async with working(app, there.ines) as client:
        seen = await client.get(f"/people/{await national_id(there.sasha)}/leadership")
        assert "asked them what to change" in seen.text


async def test_an_example_that_is_offered_while_it_is_changed_stays_as_it_was_offered(app: Watched) -> None:
    there = await force()
    async with working(app, there.sasha) as client:
        number = int((await client.post("/api/v1/me/leadership/examples", json=SHOWN)).json()["id"])
    sasha = Actor(there.sasha, "Sasha Ahmed")
    async with writing_as(sasha, Event("example offered", "own leadership", there.sasha)) as offering:
        await offering.execute(
            "UPDATE passport.leadership_example SET offered_at = clock_timestamp() WHERE id = $1", number
        )
        late = [
            asyncio.create_task(one, context=Context())
            for one in (change(sasha, number, Draft("Another")), discard(sasha, number), offer(sasha, number))
        ]
        await asyncio.wait(late, timeout=0.3)
    for refused in await asyncio.gather(*late, return_exceptions=True):
        assert isinstance(refused, OfferedError), refused
    assert (await own(sasha, number)).title == SHOWN["title"]


async def test_whoever_offered_something_waits_until_they_are_judged(app: Watched) -> None:
    there = await force()
    await offered(app, there.sasha)
    for judge in (there.ines, there.lou):
        async with working(app, judge) as client:
            (line,) = (await client.get("/api/v1/leadership")).json()
            assert (line["name"], line["offered"]) == ("Sasha Ahmed", 1)
            assert "Sasha Ahmed" in (await client.get("/leadership")).text
    async with working(app, there.kim) as client:
        assert (await client.get("/api/v1/leadership")).json() == []
    async with working(app, there.col) as client:
        assert (await client.get("/leadership")).status_code == 404
    await judged(app, there.ines, there.sasha)
    async with working(app, there.ines) as client:
        assert (await client.get("/api/v1/leadership")).json() == []
    async with working(app, there.lou) as client:
        assert len((await client.get("/api/v1/leadership")).json()) == 1, "an assessor has not looked yet"


async def test_looking_is_written_down_first_and_being_judged_is_told(app: Watched) -> None:
    there = await force()
    async with working(app, there.lou) as client:
        await client.get(f"/people/{await national_id(there.sasha)}/leadership")
    row = await fetch_one("SELECT * FROM foundation.audit_event WHERE event = 'leadership read'")
    assert row is not None
    assert (row["subject_id"], row["role"], row["is_reading"]) == (
        there.sasha, "learning and development", True,
    )  # fmt: skip
    for _ in range(2):
        await judged(app, there.lou, there.sasha)
    notices = await fetch("SELECT headline FROM people.notice WHERE person_id = $1", there.sasha)
    assert [row["headline"] for row in notices] == [
        "Lou Learner judged your leadership as an assessor: stage 2, first-line leaders"
    ]


async def test_a_judgement_with_a_fault_keeps_everything_that_was_typed(app: Watched) -> None:
    there = await force()
    path = f"/people/{await national_id(there.sasha)}/leadership"
    async with working(app, there.ines) as client:
        answer = await submit(client, path, path, {"standard": "L2-COACHES", "words": "Saw two sessions"})
        assert answer.status_code == 400
        assert "Saw two sessions" in answer.text
        assert "Select what you say of this standard" in answer.text
        strange = await client.post(
            f"/api/v1{path}", json={"standard": "CVF-COURAGE", "verdict": "met", "words": "So it is"}
        )
        assert strange.status_code == 400, "no standard of leadership"


async def test_the_gate_is_told_each_stage_as_it_stood_at_the_end_of_a_day(app: Watched) -> None:
    await policy_in_force(today())
    there = await force()
    yesterday = today() - timedelta(days=1)
    await evidence(there.sasha, "PLP-STAGE-3", date(2026, 5, 4))
    await evidence(there.sasha, "PLP-STAGE-4", yesterday, verified=False)
    standards = ["L2-CULTURE", "L2-CHALLENGE", "L2-PARTNERS", "L2-COACHES", "L2-CARES", "L2-PERFORMANCE"]
    for standard in standards:
        for judge in (there.ines, there.lou):
            await judged(app, judge, there.sasha, standard=standard)
    facts = (await stage_facts([there.sasha, there.col], on=today()))[there.sasha]
    assert [one.is_ready for one in facts] == [False, True, False, False, False]
    assert facts[1].programme.by == "PLP-STAGE-3", "the higher programme counts for the lower"
    assert facts[3].programme.is_complete is False, "nobody has verified it"
    assert facts[1].met == len(standards)
    before = (await stage_facts([there.sasha], on=yesterday))[there.sasha]
    assert set(before[1].standards.values()) == {Verdict.NOT_SEEN}
    none = (await stage_facts([there.col], on=today()))[there.col]
    assert not any(one.is_ready or one.met for one in none)


async def test_leadership_answers_as_it_is_written_down(app: Watched, files_kept: Path) -> None:
    there = await force()
    number = await offered(app, there.sasha)
    sasha = {"national_id": await national_id(there.sasha)}
    done = []
    async with working(app, there.ines) as client:
        await check(client, "leadershipWaiting")
        await check(client, "leadershipOf", at=sasha)
        said = {"standard": "L2-CULTURE", "verdict": "met", "words": "Seen"}
        await check(client, "judgeLeadership", at=sasha, body=said)
        done += ["leadershipWaiting", "leadershipOf", "judgeLeadership"]
    async with working(app, there.sasha) as client:
        written = await check(client, "writeExample", body=SHOWN)
        assert isinstance(written, dict)
        one = {"example_id": written["id"]}
        await check(client, "changeExample", at=one, body=SHOWN)
        filed = await check(client, "attachToExample", at=one, file=PDF)
        other = await check(client, "attachToExample", at=one, file=PNG)
        assert isinstance(filed, dict)
        assert isinstance(other, dict)
        file, gone = ({**one, "file_id": each["number"]} for each in other["files"])
        await check(client, "takeExampleFileAway", at=gone, body={"reason": "As tested"})
        await check(client, "myExampleFile", at=file)
        for operation in ("putExampleAside", "bringExampleBack", "offerExample", "myExample"):
            await check(client, operation, at=one)
        await check(client, "myExamples")
        await check(client, "myLeadership")
        done += ["writeExample", "changeExample", "putExampleAside", "bringExampleBack", "offerExample"]
        done += ["myExample", "myExamples", "myLeadership", "attachToExample", "takeExampleFileAway"]
    async with working(app, there.ines) as client:
        await check(client, "leadershipFile", at={"file_id": file["file_id"]})
        done += ["myExampleFile", "leadershipFile"]
    assert number
    assert sorted(done) == sorted(LEADERSHIP)
