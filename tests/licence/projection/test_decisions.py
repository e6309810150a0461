"""Do people's decisions take effect at once, by two people, and does the rule answer for any day, instant and draft?"""

import asyncio
from contextvars import Context
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import asyncpg
import pytest
from asyncpg import Connection

from foundation.audit import Actor, Event, recorded
from foundation.database import execute, fetch, fetch_one, transaction
from foundation.problems import NotFoundError
from licence.determinations.actions import NewDetermination, determine, grant_initial
from licence.determinations.errors import ConditionError, OwnLicenceError, ReasonsError, SameTwiceError
from licence.projection.settling import refresh_person
from licence.projection.sweep import refresh, sweep
from licence.projection.verify import verify
from licence.standing.deciding import decide_person
from licence.standing.decisions import DeterminationKind, Standing
from passport.policy.facts import policy_from_file
from tests.builders import deciders, evidence, force_id, officer, person, post, requirement
from tests.licence.projection.force import GRANTED, standings, trained, transitions
from tests.licence.projection.ruling import in_force, ruling

pytestmark = pytest.mark.anyio

TODAY = date(2026, 3, 2)
DESK = Actor(None, "test")
# Not pg_stat_activity, which goes on showing one transaction what it saw when it first looked.
WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"


@pytest.fixture(autouse=True)
async def _rules(database: str) -> None:
    await in_force(ruling())


async def test_a_decision_is_made_for_any_day(database: str) -> None:
    ada = await trained("Ada", safety=date(2025, 6, 1))
    assert (await decide_person(ada, date(2026, 6, 1))).standing is Standing.ACTIVE
    assert (await decide_person(ada, date(2026, 6, 2))).standing is Standing.IN_GRACE
    assert (await decide_person(ada, date(2026, 6, 30))).standing is Standing.LAPSED
    with pytest.raises(NotFoundError):
        await decide_person(999_999, TODAY)


async def test_a_decision_is_made_on_what_was_known_at_an_instant(database: str) -> None:
    ada = await trained("Ada", safety=date(2024, 6, 1))
    now = datetime.now(UTC)
    await evidence(ada, "SAFETY", date(2025, 6, 1), recorded_at=now + timedelta(days=1))
    assert (await decide_person(ada, date(2026, 6, 1))).standing is Standing.ACTIVE
    assert (await decide_person(ada, date(2026, 6, 1), known=now)).standing is Standing.LAPSED
    assert (
        await decide_person(ada, date(2026, 6, 1), known=now + timedelta(days=2))
    ).standing is Standing.ACTIVE


async def test_a_draft_of_policy_decides_without_being_written(database: str, tmp_path: Path) -> None:
    ada = await trained("Ada", safety=date(2024, 6, 1))
    file = tmp_path / "draft.toml"
    file.write_text(ruling(9, safety_months=24), encoding="utf-8")
    decision = await decide_person(ada, TODAY, policy=await policy_from_file(file))
    assert (decision.standing, decision.policy_version) == (Standing.ACTIVE, 9)
    assert (await decide_person(ada, TODAY)).standing is Standing.LAPSED
    assert await standings() == []


async def test_a_write_decides_its_person_in_the_same_transaction(database: str) -> None:
    ada = await trained("Ada", safety=date(2024, 6, 1))
    await sweep(TODAY)
    async with recorded(DESK, Event("test", "test", ada)) as connection:
        await connection.execute(
            """INSERT INTO passport.evidence (person_id, requirement_id, completed_on, is_verified, source)
               VALUES ($1, $2, $3, true, 'test')""", ada, await requirement("SAFETY"), TODAY,
        )  # fmt: skip
        await refresh_person(connection, ada, TODAY)
    assert [(row["to_standing"], row["cause"]) for row in await transitions(ada)] == [
        ("lapsed", "first decision"), ("active", "facts"),
    ]  # fmt: skip
    assert await fetch("SELECT FROM people.change") == []
    assert (await verify(TODAY, everyone=True)).is_sound


async def test_a_sweep_never_overwrites_a_newer_write(database: str) -> None:
    """The write holds the row until it commits; the sweep, which began before, passes it by and then finds it newer."""
    ada = await trained("Ada", safety=date(2025, 3, 1))
    await sweep(TODAY - timedelta(days=10))
    async with transaction() as connection:
        await connection.execute(
            """INSERT INTO passport.evidence (person_id, requirement_id, completed_on, is_verified, source)
               VALUES ($1, $2, $3, true, 'test')""", ada, await requirement("SAFETY"), TODAY - timedelta(days=1),
        )  # fmt: skip
        await refresh_person(connection, ada, TODAY)
        written = await standings()
        # A context of its own, for this one's transaction must not be its own (traps P4).
        swept = asyncio.create_task(sweep(TODAY), context=Context())
        await _until_somebody_waits(connection)
    await swept
    assert written[0]["standing"] == "active"
    assert await standings() == written
    assert [one["to_standing"] for one in await transitions(ada)] == ["active"]


async def _until_somebody_waits(connection: Connection) -> None:
    async with asyncio.timeout(60):
        # PostgreSQL tells nobody when a lock is waited for, so that it has to be asked.
        while not await connection.fetchval(WAITING):  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def test_two_people_decide_and_neither_for_themselves(database: str) -> None:
    ada = await trained("Ada", safety=date(2025, 6, 1))
    dora, dev = await deciders()
    new = NewDetermination(ada, DeterminationKind.SUSPEND, TODAY, "as tested", dev)
    with pytest.raises(SameTwiceError):
        await determine(actor=DESK, decided_by=dev, new=new, today=TODAY)
    with pytest.raises(OwnLicenceError):
        await determine(actor=DESK, decided_by=ada, new=new, today=TODAY)
    with pytest.raises(ReasonsError):
        await determine(actor=DESK, decided_by=dora, new=replace(new, reasons=" "), today=TODAY)
    with pytest.raises(ConditionError):
        await determine(
            actor=DESK, decided_by=dora, new=replace(new, kind=DeterminationKind.RESTRICT), today=TODAY
        )
    assert await fetch("SELECT FROM licence.determination WHERE kind <> 'grant'") == []


async def test_a_determination_moves_the_standing_at_once_and_is_audited(database: str) -> None:
    ada = await trained("Ada", safety=date(2025, 6, 1))
    await sweep(TODAY)
    dora, dev = await deciders()
    new = NewDetermination(ada, DeterminationKind.SUSPEND, TODAY, "as tested", dev)
    assert await determine(actor=DESK, decided_by=dora, new=new, today=TODAY)
    assert [row["to_standing"] for row in await transitions(ada)] == ["active", "suspended"]
    audit = await fetch_one(
        "SELECT event, detail::text FROM foundation.audit_event WHERE subject_id = $1", ada
    )
    assert audit
    assert audit["event"] == "licence suspend"
    assert "as tested" not in audit["detail"], "the reasons stay in the decision"


async def test_first_licences_are_granted_to_a_force_but_not_to_those_who_grant_them(database: str) -> None:
    ada, beth = await officer("Ada"), await trained("Beth", safety=date(2025, 6, 1))
    sam = await person("Sam")
    await post(sam, kind="staff", rank=None)
    gone = await person("Gone")
    await post(gone, until=date(2025, 1, 1))
    elsewhere = await person("Else")
    await post(elsewhere, force="E23000001")
    chief, deputy = await officer("Chief"), await officer("Deputy")
    granted = await grant_initial(
        actor=DESK,
        force_id=await force_id(),
        on=TODAY,
        decided_by=chief,
        approved_by=deputy,
        reasons="first licences",
    )
    assert (granted.people, granted.left_out) == (1, (chief, deputy))
    rows = await fetch("SELECT person_id FROM licence.determination WHERE effective_on = $1", TODAY)
    assert [row["person_id"] for row in rows] == [ada]
    again = await grant_initial(
        actor=DESK,
        force_id=await force_id(),
        on=TODAY,
        decided_by=sam,
        approved_by=beth,
        reasons="those who were left",
    )
    assert (again.people, again.left_out) == (2, ())
    await refresh(TODAY)
    assert {row["standing"] for row in await standings() if row["person_id"] in {gone, elsewhere, sam}} == {
        "not held"
    }
    assert [row["from_standing"] for row in await transitions(ada)] == [None]


async def test_no_sweep_can_write_a_determination(database: str) -> None:
    ada = await officer("Ada")
    with pytest.raises(asyncpg.NotNullViolationError):
        await execute(
            """INSERT INTO licence.determination (person_id, kind, effective_on, reasons)
               VALUES ($1, 'revoke', $2, 'by itself')""", ada, GRANTED,
        )  # fmt: skip
