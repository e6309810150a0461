"""Is nobody behind a wall unrecorded, for longer than one transaction, or as somebody else?"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from random import Random

import pytest

from access.identity import Identity
from access.readings.errors import NotRecordedError
from access.roles import Role
from access.walls import Wall, behind
from foundation.audit import Event
from foundation.database import DATABASE, as_owner, fetch, fetch_one
from foundation.problems import NotFoundError
from tests import owner
from tests.access.walls.people_at_work import acting, as_officer
from tests.builders import force_id, listed, officer

pytestmark = pytest.mark.anyio

LOOKING = Event("exposures read", "planning care", is_reading=True)
HOW_IT_STANDS = "SELECT current_user, coalesce(current_setting('app.person', true), '')"
CROWD, REQUESTS = 20, 2000


async def clinician() -> Identity:
    return acting(await officer("Cleo", "Clinic"), Role.OCCUPATIONAL_HEALTH, await force_id())


async def exposed(person_id: int) -> None:
    """Enter an event that somebody attended."""
    await owner.execute(
        """INSERT INTO wellbeing.exposure (person_id, force_id, kind, attended_on)
           SELECT $1, id, 'fire', '2026-03-02' FROM people.force ORDER BY id LIMIT 1""",
        person_id,
    )


async def test_the_line_of_audit_is_there_before_anything_can_be_read(database: str) -> None:
    cleo = await clinician()
    async with behind(Wall.WELLBEING, cleo, LOOKING, request_id="r1") as connection:
        assert await connection.fetchval("SELECT current_user") == "attested_wellbeing"
        await connection.execute("RESET ROLE")
        lines = await connection.fetch("SELECT * FROM foundation.audit_event")
    assert len(lines) == 1
    assert {name: lines[0][name] for name in ("actor_id", "event", "purpose", "role", "request_id", "is_reading")} == {
        "actor_id": cleo.person_id, "event": "exposures read", "purpose": "planning care",
        "role": "occupational health", "request_id": "r1", "is_reading": True,
    }  # fmt: skip


@pytest.fixture
async def no_audit(database: str) -> AsyncIterator[None]:
    """A database in which no line of audit can be written."""
    await owner.execute(
        """CREATE FUNCTION public.fails() RETURNS trigger LANGUAGE plpgsql AS
           $$ BEGIN RAISE EXCEPTION 'the disk is full' USING ERRCODE = 'disk_full'; END $$"""
    )
    await owner.execute(
        """CREATE TRIGGER fails BEFORE INSERT ON foundation.audit_event
           FOR EACH ROW EXECUTE FUNCTION public.fails()"""
    )
    yield
    await owner.execute("DROP FUNCTION public.fails CASCADE")


@pytest.mark.usefixtures("no_audit")
async def test_nothing_is_shown_that_cannot_be_recorded() -> None:
    came_behind = False
    with pytest.raises(NotRecordedError):
        async with behind(Wall.WELLBEING, await clinician(), LOOKING):
            came_behind = True
    assert not came_behind
    assert NotRecordedError.status == 503


async def test_a_role_that_is_not_theirs_leads_nowhere_and_leaves_no_line(database: str) -> None:
    otto = as_officer(await officer("Otto", "Other"), await force_id())
    with pytest.raises(NotFoundError):
        async with behind(Wall.VETTING, otto, LOOKING, role=Role.VETTING_OFFICER):
            pass
    assert await fetch("SELECT FROM foundation.audit_event") == []


async def test_ones_own_pages_ask_in_ones_own_name_whatever_one_acts_in(database: str) -> None:
    cleo = await clinician()
    await exposed(cleo.person_id)
    counted = "SELECT count(*) FROM wellbeing.exposure"
    async with behind(Wall.WELLBEING, cleo, LOOKING) as connection:
        assert await connection.fetchval(counted) == 0, "nobody reads of themselves through a granted role"
    async with behind(Wall.WELLBEING, cleo, LOOKING, role=Role.OFFICER) as connection:
        assert await connection.fetchval(counted) == 1


async def test_behind_one_wall_the_other_is_as_high_as_ever(database: str) -> None:
    async with as_owner() as connection:
        for inside, other in (("wellbeing", "vetting"), ("vetting", "wellbeing")):
            assert not await connection.fetchval(
                "SELECT has_schema_privilege($1, $2, 'USAGE')", f"attested_{inside}", other
            )


async def test_what_fails_behind_a_wall_leaves_neither_a_row_nor_a_line(database: str) -> None:
    cleo, ada = await clinician(), await officer()
    await listed()

    async def enter_and_fail() -> None:
        async with behind(Wall.WELLBEING, cleo, LOOKING) as connection:
            await connection.execute(
                """INSERT INTO wellbeing.treatment (person_id, force_id, clinician_id, valid_from)
                   VALUES ($1, $2, $3, '2026-03-02')""",
                ada, cleo.force_id, cleo.person_id,
            )  # fmt: skip
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await enter_and_fail()
    assert await fetch("SELECT FROM foundation.audit_event") == []
    assert await owner.fetch("SELECT FROM wellbeing.treatment") == []


@pytest.fixture
async def two_connections(database: str) -> AsyncIterator[None]:
    """A pool of two, so that everybody waits for everybody else's connection."""
    await DATABASE.close()
    await DATABASE.open(database, size=2)
    yield
    await DATABASE.close()
    await DATABASE.open(database, size=6)


@pytest.mark.usefixtures("two_connections")
async def test_two_thousand_requests_of_twenty_people_over_two_connections_show_nobody_anothers_rows() -> (
    None
):
    chance, avon = Random(32), await force_id()  # noqa: S311 - to mix, not to hide
    crowd = [as_officer(await officer(f"Officer {number}"), avon) for number in range(CROWD)]
    for one in crowd:
        await exposed(one.person_id)
    seen: Counter[str] = Counter()

    async def look(one: Identity) -> None:
        async with behind(Wall.WELLBEING, one, LOOKING) as connection:
            await connection.fetchval("SELECT count(*) FROM wellbeing.check_offer")
            rows = await connection.fetch("SELECT person_id FROM wellbeing.exposure")
        seen["own"] += sum(row["person_id"] == one.person_id for row in rows)
        seen["foreign"] += sum(row["person_id"] != one.person_id for row in rows)

    async def look_outside() -> None:
        row = await fetch_one(HOW_IT_STANDS)
        seen["outside" if row is not None and tuple(row) == ("attested_web", "") else "left behind"] += 1

    loop = asyncio.get_running_loop()
    requests = []
    for number in range(REQUESTS):
        asking = look_outside() if number % 10 == 0 else look(chance.choice(crowd))
        requests.append(loop.create_task(asking))
        if chance.random() < 0.2:
            loop.call_later(chance.random() / 2, requests[-1].cancel)
    ended = await asyncio.gather(*requests, return_exceptions=True)

    cancelled = sum(isinstance(one, asyncio.CancelledError) for one in ended)
    assert [one for one in ended if isinstance(one, Exception)] == []
    assert cancelled > 50
    assert seen["foreign"] == seen["left behind"] == 0
    assert seen["own"] + seen["outside"] == REQUESTS - cancelled
    for _ in range(4):
        await look_outside()
    assert seen["left behind"] == 0
