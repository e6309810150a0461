"""Is every licence brought to its day, whatever happened to the nights before?"""

import asyncio
import multiprocessing
from datetime import date, timedelta

import asyncpg
import pytest

from foundation.database import DATABASE, execute, fetch, fetch_one
from licence.projection import chunks
from licence.projection.sweep import refresh, sweep, sweep_everyone
from licence.projection.verify import verify
from licence.standing.deciding import decide_person
from licence.standing.decisions import Standing
from tests.builders import absence, evidence, post
from tests.licence.projection.force import force_of, miscounted, notices, standings, trained, transitions
from tests.licence.projection.ruling import in_force, ruling

pytestmark = pytest.mark.anyio

FIRST = date(2026, 1, 5)
DAY = timedelta(days=1)
NIGHTS = 90


@pytest.fixture(autouse=True)
async def _rules(database: str) -> None:
    """Two versions of policy, the second halfway, so that time crosses a change of policy too."""
    await in_force(ruling(1))
    await in_force(ruling(2, safety_months=11), since=FIRST + timedelta(days=NIGHTS // 2))


async def _night_by_night(first: date, nights: int) -> None:
    for night in range(nights + 1):
        await sweep(first + timedelta(days=night))


async def _forget(database: str) -> None:
    # What the program's own role may not do, whoever looks after the database may.
    keeper = await asyncpg.connect(database, server_settings={"session_replication_role": "replica"})
    await keeper.execute("TRUNCATE licence.transition, licence.licence_standing, licence.standing_count")
    await keeper.close()


async def test_a_missed_night_heals_itself(database: str) -> None:
    last = FIRST + timedelta(days=NIGHTS)
    await force_of(60, seed=1, until=last + timedelta(days=30))
    await _night_by_night(FIRST, NIGHTS)
    nightly = await standings(), await transitions()
    assert len({row["effective_on"] for row in nightly[1]}) > 10
    assert await miscounted() == []
    await _forget(database)
    await sweep(FIRST)
    await sweep(last)
    assert (await standings(), await transitions()) == nightly
    assert await miscounted() == []


async def test_a_second_sweep_of_the_same_night_changes_nothing(database: str) -> None:
    await force_of(40, seed=2, until=FIRST + timedelta(days=60))
    first = await sweep(FIRST)
    before = await standings(), await transitions(), await notices()
    again = await sweep(FIRST)
    everyone = await sweep_everyone(FIRST)
    assert first.stored >= 40
    assert (again.looked_at, again.stored, again.notices) == (0, 0, 0)
    assert (everyone.stored, everyone.notices, everyone.moved) == (0, 0, ())
    assert (await standings(), await transitions(), await notices()) == before


async def test_sweeps_at_the_same_time_do_everything_once(database: str) -> None:
    people = await force_of(60, seed=3, until=FIRST + timedelta(days=60))
    await asyncio.gather(*(sweep(FIRST) for _ in range(4)))
    await asyncio.gather(
        *(sweep(FIRST + timedelta(days=NIGHTS)) for _ in range(3)),
        sweep_everyone(FIRST + timedelta(days=NIGHTS)),
    )
    raced = await standings(), await transitions(), await notices()
    assert len(raced[0]) >= len(people)
    assert await miscounted() == []
    assert len({(row["person_id"], row["row_version"]) for row in raced[1]}) == len(raced[1])
    assert len({(n["person_id"], n["matter"], n["due_on"], n["rung"]) for n in raced[2]}) == len(raced[2])
    for person_id in people:
        chain = await transitions(person_id)
        assert chain[0]["from_standing"] is None
        assert [row["from_standing"] for row in chain[1:]] == [row["to_standing"] for row in chain[:-1]]


async def test_processes_share_a_sweep(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunks, "SIZE", 2)
    await force_of(30, seed=4, until=FIRST + timedelta(days=60))
    crew: list[int] = []
    swept = await sweep_everyone(
        FIRST, processes=2, told=lambda *_: crew.append(len(multiprocessing.active_children()))
    )
    assert max(crew) == 2
    assert multiprocessing.active_children() == []
    assert swept.looked_at >= 30
    assert not swept.failed
    assert (await verify(FIRST, everyone=True)).is_sound
    assert await miscounted() == []


async def test_few_people_are_decided_before_a_process_would_have_begun(database: str) -> None:
    people = await force_of(3, seed=4, until=FIRST)
    crew: list[int] = []
    swept = await sweep_everyone(
        FIRST, processes=2, told=lambda *_: crew.append(len(multiprocessing.active_children()))
    )
    assert max(crew) == 0
    assert swept.looked_at >= len(people)


async def test_what_is_kept_is_what_the_rule_says(database: str) -> None:
    people = await force_of(80, seed=5, until=FIRST + timedelta(days=60))
    await sweep(FIRST)
    for days in (1, 20, 50, 51, 90):
        on = FIRST + timedelta(days=days)
        await sweep(on)
        verified = await verify(on, everyone=True)
        assert verified.is_sound, verified.differences
        assert verified.checked >= len(people)
        row = await fetch_one("SELECT standing FROM licence.licence_standing WHERE person_id = $1", people[0])
        assert row
        assert row["standing"] == (await decide_person(people[0], on)).standing


async def test_a_row_that_says_other_than_the_rule_raises_the_alarm(database: str) -> None:
    ada = await trained("Ada", safety=date(2025, 6, 1))
    await sweep(FIRST)
    assert (await verify(FIRST)).is_sound
    await execute("UPDATE licence.licence_standing SET standing = 'lapsed' WHERE person_id = $1", ada)
    verified = await verify(FIRST)
    assert not verified.is_sound
    assert [(one.person_id, one.column, one.stored) for one in verified.differences] == [
        (ada, "standing", "lapsed")
    ]
    await sweep_everyone(FIRST)
    assert (await verify(FIRST)).is_sound


async def test_a_licence_lapses_on_its_day_and_stands_again_on_late_evidence(database: str) -> None:
    ada = await trained("Ada", safety=date(2025, 1, 10))
    await sweep(FIRST)
    await sweep(FIRST + timedelta(days=60))
    await evidence(ada, "SAFETY", FIRST + timedelta(days=3))
    refreshed = await refresh(FIRST + timedelta(days=60))
    assert refreshed.stored == 1
    moves = [(row["to_standing"], row["effective_on"], row["cause"]) for row in await transitions(ada)]
    assert moves == [
        ("active", FIRST, "first decision"),
        ("in grace", date(2026, 1, 11), "time"),
        ("lapsed", date(2026, 2, 8), "time"),
        ("active", FIRST + timedelta(days=60), "facts"),
    ]
    assert await fetch("SELECT FROM people.change") == []


async def test_a_refresh_looks_only_at_those_whose_facts_changed(database: str) -> None:
    ada, beth = await trained("Ada", safety=date(2025, 9, 1)), await trained("Beth", safety=date(2025, 9, 1))
    await sweep(FIRST)
    await absence(beth, FIRST, FIRST + timedelta(days=100))
    refreshed = await refresh(FIRST)
    assert refreshed.looked_at == 1
    assert [row["to_standing"] for row in await transitions(beth)] == ["active", "paused"]
    assert [row["to_standing"] for row in await transitions(ada)] == ["active"]


async def test_a_newcomer_is_decided_with_the_next_refresh(database: str) -> None:
    ada = await trained("Ada", safety=date(2025, 9, 1))
    await refresh(FIRST)
    assert [row["cause"] for row in await transitions(ada)] == ["first decision"]


async def test_time_never_runs_backwards(database: str) -> None:
    """A day ahead may have been swept, to try it out; the night that follows takes nothing back."""
    ada = await trained("Ada", safety=date(2025, 1, 10))
    await sweep(FIRST)
    await sweep(FIRST + timedelta(days=80))
    before = await standings()
    await evidence(ada, "TALK", FIRST)
    await sweep(FIRST + DAY)
    rows = await standings()
    assert [row["standing"] for row in rows] == [row["standing"] for row in before]
    assert await fetch("SELECT FROM people.change") == []


async def test_somebody_whom_the_rule_cannot_judge_holds_up_nobody_else(database: str) -> None:
    ada, beth = await trained("Ada", safety=date(2025, 9, 1)), await trained("Beth", safety=date(2025, 9, 1))
    # A day that Python cannot hold, as no form would let anybody enter it.
    await execute(
        "INSERT INTO people.absence (person_id, kind, valid_from) VALUES ($1, 'parental', '4713-01-01 BC')",
        beth,
    )
    swept = await sweep(FIRST)
    assert swept.failed == (beth,)
    assert [row["to_standing"] for row in await transitions(ada)] == ["active"]


async def test_the_lists_show_the_place_of_the_day(database: str) -> None:
    ada = await trained("Ada", safety=date(2025, 9, 1))
    await execute(
        "UPDATE people.post SET superseded_at = clock_timestamp(), superseded_reason = 'moves' WHERE person_id = $1",
        ada,
    )
    await post(ada, until=FIRST + timedelta(days=9))
    await post(ada, since=FIRST + timedelta(days=10), unit_name="Custody", rank="sergeant")
    await sweep(FIRST)
    await sweep(FIRST + timedelta(days=10))
    row = await fetch_one(
        """SELECT rank, name, standing FROM licence.licence_standing JOIN people.unit ON unit.id = unit_id
            WHERE person_id = $1""",
        ada,
    )
    assert row
    assert tuple(row) == ("sergeant", "Custody", Standing.ACTIVE)
    assert await miscounted() == []
    assert DATABASE.current_transaction.get() is None


async def test_a_version_approved_after_everybody_was_decided_changes_them_on_its_day(database: str) -> None:
    ada = await trained("Ada", safety=date(2026, 3, 1))
    await sweep(date(2026, 6, 1))
    await in_force(ruling(3, safety_months=3), since=date(2026, 6, 10))
    assert (await sweep(date(2026, 6, 9))).looked_at == 0
    swept = await sweep(date(2026, 6, 12))
    assert [(one.before, one.after, one.people) for one in swept.moved] == [("active", "in grace", 1)]
    rows = await fetch(
        "SELECT standing, since, policy_version FROM licence.licence_standing WHERE person_id = $1", ada
    )
    assert [tuple(row) for row in rows] == [("in grace", date(2026, 6, 10), 3)]
    moved = await fetch(
        "SELECT effective_on, cause FROM licence.transition WHERE person_id = $1 ORDER BY id", ada
    )
    assert tuple(moved[-1]) == (date(2026, 6, 10), "policy")
    assert (await sweep(date(2026, 6, 12))).looked_at == 0
