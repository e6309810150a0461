"""Does somebody get everything held on them, nothing of anybody else, and of what is judged nothing before it was?"""

import asyncio
from datetime import date, datetime, time, timedelta

import asyncpg
import pytest

from attested.retention.actions import answer, propose
from attested.retention.errors import NothingTooOldError
from attested.retention.facts import overdue
from attested.retention.holdings import Kind
from attested.retention.purging import carry_out
from attested.subject_access.actions import extend
from attested.subject_access.catalogue import Part
from attested.subject_access.errors import (
    AskedAlreadyError,
    ChangedError,
    ExtendedAlreadyError,
    JudgedAlreadyError,
    NotJudgedWholeError,
)
from attested.subject_access.facts import latest_of, parts_of, request_of
from attested.subject_access.jobs import tell_later
from attested.subject_access.judging import DESKS, Verdict, judge, look_through
from attested.subject_access.redaction import Names, maybe_names, redacted
from attested.subject_access.rules import Ground, due, extended
from foundation.audit import Actor
from foundation.clock import LONDON, today
from foundation.database import as_owner, execute, fetch, fetch_one
from foundation.jobs.handlers import Work
from foundation.problems import NotFoundError
from tests.subject_access.asking import (
    ADVERSE,
    CANARY,
    SECRET,
    as_the_worker,
    asked,
    asker,
    copy_of,
    everybody,
    gathered,
    judged,
    what_is_said_of,
    written,
)

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("asked_on", "month", "with_two_more"),
    [
        (date(2026, 11, 22), date(2026, 12, 22), date(2027, 2, 22)),
        (date(2026, 1, 31), date(2026, 2, 28), date(2026, 4, 30)),
        (date(2028, 1, 31), date(2028, 2, 29), date(2028, 4, 30)),
        (date(2026, 12, 31), date(2027, 1, 31), date(2027, 3, 31)),
        (date(2028, 2, 29), date(2028, 3, 29), date(2028, 5, 29)),
    ],
)
def test_it_is_due_on_the_corresponding_date(asked_on: date, month: date, with_two_more: date) -> None:
    assert due(asked_on) == month
    assert extended(asked_on, 2) == with_two_more
    assert extended(asked_on, 12) == with_two_more, "never by more than two months"


def test_a_name_is_taken_out_whole_and_nothing_of_another_word() -> None:
    names = Names(("Carla Canary", "Canary"))
    assert redacted("Carla Canary’s bird, a canary, Canaryward. Sgt Canary!", names) == (
        "[another person]’s bird, a canary, Canaryward. Sgt [another person]!"
    )
    assert {"Carla Canary", "Bea Boss"} <= maybe_names(["Sgt Carla Canary and Bea Boss’s dog"])


async def test_the_copy_names_nobody_else(database: str) -> None:
    there, carla, _ = await everybody()
    await written(there, carla)
    number = await asked(there.ada)
    await gathered(number)
    copy = await copy_of(there.ada, number)
    for name in ("Canary", "Boss", "Carla"):
        assert name not in copy
    assert "[another person] and [another person] saw it" in copy
    assert "Ada" in copy
    assert "a responsible officer" in copy
    assert "your supervisor" in copy


async def test_what_one_did_to_others_is_told_without_them(database: str) -> None:
    there, carla, _ = await everybody()
    await written(there, carla)
    number = await asked(there.ada)
    await gathered(number)
    (general,) = await parts_of(there.ada, number)
    mine = next(one for one in general.sections if one.title == "What you did")
    assert "evidence entered" in {row[1] for row in mine.rows}
    words = [one for one in general.sections if one.title.startswith("What others wrote")]
    assert words == [], "what one wrote about somebody else is theirs"
    other = await asked(carla)
    await gathered(other)
    copy = await copy_of(carla, other)
    assert "Okafor" not in copy


async def test_what_lies_behind_the_walls_is_absent_until_it_was_judged(database: str) -> None:
    there, carla, _ = await everybody()
    await written(there, carla)
    number = await asked(there.ada)
    await gathered(number)
    for hidden in (SECRET, ADVERSE, "fatal collision", "recruitment vetting"):
        assert hidden not in await copy_of(there.ada, number)
    await judged(there, there.olga, Part.HEALTH, number)
    copy = await copy_of(there.ada, number)
    assert SECRET in copy
    assert "fatal collision" in copy
    assert "Spoke with [another person] about her" in copy
    assert ADVERSE not in copy
    await judged(there, there.vera, Part.VETTING, number)
    assert ADVERSE in await copy_of(there.ada, number)
    assert await what_is_said_of(number, "complete_at") is not None


async def test_what_is_withheld_is_told_only_where_its_ground_allows(database: str) -> None:
    there, carla, _ = await everybody()
    await written(there, carla)
    number = await asked(there.ada)
    await gathered(number)
    await judged(
        there,
        there.olga,
        Part.HEALTH,
        number,
        {SECRET: Verdict(Ground.SERIOUS_HARM, "She would not bear it")},
    )
    await judged(there, there.vera, Part.VETTING, number, {
        ADVERSE: Verdict(Ground.VETTING_HARM, "It would give an informant away"),
        "recruitment vetting": Verdict(Ground.VETTING_HARM, "So would the case"),
    })  # fmt: skip
    health, vetting = (await parts_of(there.ada, number))[1:]
    assert [one.section for one in health.withheld] == ["Clinical notes"]
    assert vetting.withheld == ()
    assert vetting.sections == ()
    copy = await copy_of(there.ada, number)
    for hidden in (SECRET, ADVERSE, "would not bear", "informant", "Vetting Regulations"):
        assert hidden not in copy


async def test_a_withheld_record_looks_like_one_that_never_was(database: str) -> None:
    there, carla, _ = await everybody()
    await written(there, carla)
    ada, bea = await asked(there.ada), await asked(there.bea)
    everything = {word: Verdict(Ground.VETTING_HARM, "Harm") for word in (ADVERSE, "recruitment vetting")}
    await judged(there, there.vera, Part.VETTING, ada, everything)
    await judged(there, there.vera, Part.VETTING, bea)
    assert await parts_of(there.ada, ada) == await parts_of(there.bea, bea)


async def test_nobody_judges_their_own_nor_their_managers(database: str) -> None:
    there, _, _ = await everybody()
    own, managers = await asked(there.olga), await asked(there.bea)
    async with as_owner() as owner:
        await owner.execute(
            "INSERT INTO people.line (person_id, supervisor_id, valid_from) VALUES ($1, $2, '2024-01-01')",
            there.olga, there.bea,
        )  # fmt: skip
    for number in (own, managers):
        with pytest.raises(NotFoundError):
            await judged(there, there.olga, Part.HEALTH, number)


@pytest.mark.parametrize("who", ["cora", "otto", "vera", "desi", "ada"])
async def test_only_a_clinician_of_the_force_judges_health(database: str, who: str) -> None:
    there, _, _ = await everybody()
    number = await asked(there.ada)
    with pytest.raises(NotFoundError):
        await judged(there, getattr(there, who), Part.HEALTH, number)


async def test_the_database_itself_opens_the_record_of_the_request_alone(database: str) -> None:
    there, carla, _ = await everybody()
    await written(there, carla)
    await asked(there.ada)
    other = await asked(there.bea)
    found = await look_through(await asker(there, there.olga), DESKS[Part.HEALTH], other)
    assert found.items == ()


async def test_that_a_record_was_looked_through_is_written_down(database: str) -> None:
    there, _, _ = await everybody()
    number = await asked(there.ada)
    await look_through(await asker(there, there.olga), DESKS[Part.HEALTH], number)
    row = await fetch_one(
        "SELECT role, purpose, is_reading FROM foundation.audit_event WHERE subject_id = $1 AND actor_id = $2",
        there.ada,
        there.olga,
    )
    assert row is not None
    assert tuple(row) == ("occupational health", "subject access", True)


async def test_whatever_is_withheld_needs_a_ground_of_the_desk_and_a_reason(database: str) -> None:
    there, carla, _ = await everybody()
    await written(there, carla)
    number = await asked(there.ada)
    for verdict in (
        Verdict(Ground.SERIOUS_HARM, ""),
        Verdict(Ground.VETTING_HARM, "Not a clinician's ground"),
    ):
        with pytest.raises(NotJudgedWholeError):
            await judged(there, there.olga, Part.HEALTH, number, {SECRET: verdict})
    assert await what_is_said_of(number, "health_judged_at") is None


async def test_what_was_added_meanwhile_is_not_given_unseen(database: str) -> None:
    there, carla, _ = await everybody()
    await written(there, carla)
    number = await asked(there.ada)
    who, desk = await asker(there, there.olga), DESKS[Part.HEALTH]
    found = await look_through(who, desk, number)
    async with as_owner() as owner:
        await owner.execute(
            "INSERT INTO wellbeing.care_note (person_id, force_id, author_id, text) SELECT person_id, force_id, author_id, 'New' FROM wellbeing.care_note LIMIT 1"
        )
    with pytest.raises(ChangedError):
        await judge(
            who, desk, number, digest=found.digest, verdicts={item.id: Verdict() for item in found.items}
        )


async def test_of_two_who_judge_at_once_one_has(database: str) -> None:
    there, carla, _ = await everybody()
    await written(there, carla)
    number = await asked(there.ada)
    ends = await asyncio.gather(
        *(judged(there, there.olga, Part.HEALTH, number) for _ in range(3)), return_exceptions=True
    )
    assert [one for one in ends if one is None] == [None]
    assert all(isinstance(one, JudgedAlreadyError | NotFoundError) for one in ends if one is not None)


async def test_nobody_but_the_person_can_read_the_copy(database: str) -> None:
    there, _, _ = await everybody()
    number = await asked(there.ada)
    await gathered(number)
    assert await parts_of(there.bea, number) == ()
    assert await fetch("SELECT content FROM access.subject_part") == []
    async with as_the_worker():
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await fetch("SELECT content FROM access.subject_part")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await execute("DELETE FROM access.subject_part")


async def test_one_asks_once_until_it_is_answered(database: str) -> None:
    there, _, _ = await everybody()
    number = await asked(there.ada)
    with pytest.raises(AskedAlreadyError):
        await asked(there.ada)
    await gathered(number)
    await gathered(number)
    assert len(await parts_of(there.ada, number)) == 1
    await judged(there, there.olga, Part.HEALTH, number)
    await judged(there, there.vera, Part.VETTING, number)
    assert await asked(there.ada) > number


async def test_thirty_days_after_its_last_part_it_is_closed_and_then_purged(database: str) -> None:
    there, _, priya = await everybody()
    number = await asked(there.ada)
    await gathered(number)
    await judged(there, there.olga, Part.HEALTH, number)
    await judged(there, there.vera, Part.VETTING, number)
    with pytest.raises(NothingTooOldError):
        await propose(actor=Actor(priya, "Priya"), kind=Kind.COPIES, on=today())
    for days, is_there in ((30, True), (31, False)):
        ready = datetime.combine(today() - timedelta(days=days), time(12), LONDON)
        async with as_owner() as owner:
            await owner.execute(
                "UPDATE access.subject_request SET gathered_at = $1, health_judged_at = $1, vetting_judged_at = $1",
                ready,
            )
        asked_for = await latest_of(there.ada)
        assert asked_for is not None
        assert asked_for.is_open_to_download(today()) is is_there
        assert bool(await parts_of(there.ada, number)) is is_there
    assert await overdue(Kind.COPIES, today() - timedelta(days=30)) is not None
    await purged(there.bea, priya)
    assert await what_is_said_of(number, "purged_at") is not None
    async with as_owner() as owner:
        await owner.execute("SET LOCAL row_security = off")
        assert await owner.fetchval("SELECT count(*) FROM access.subject_part") == 0
    assert await overdue(Kind.COPIES, today()) is None


async def purged(lead: int, privacy: int) -> None:
    """Propose, agree to and carry out a purge of copies."""
    number = await propose(actor=Actor(lead, "Lead"), kind=Kind.COPIES, on=today())
    await answer(actor=Actor(privacy, "Priya"), number=number, agrees=True)
    async with as_the_worker():
        assert await carry_out(number) == 1


async def test_it_is_extended_once_before_its_day_and_the_person_is_told_why(database: str) -> None:
    there, _, priya = await everybody()
    number = await asked(there.ada, date(2026, 1, 31))
    found = await request_of(number)
    assert found is not None
    actor = Actor(priya, "Priya Privacy")
    with pytest.raises(ExtendedAlreadyError):
        await extend(actor=actor, request=found, months=2, reason="Too late", on=date(2026, 3, 1))
    until = await extend(actor=actor, request=found, months=2, reason="Many files", on=date(2026, 2, 28))
    assert until == date(2026, 4, 30)
    with pytest.raises(ExtendedAlreadyError):
        await extend(actor=actor, request=found, months=1, reason="Again", on=date(2026, 2, 28))
    await tell_later(Work(1, "subject_access.tell_later", {"request": number}))
    (notice,) = await fetch("SELECT body FROM people.notice WHERE person_id = $1", there.ada)
    assert "30 April 2026, because: Many files" in notice["body"]
    assert CANARY not in notice["body"]
