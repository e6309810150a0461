"""Do records survive a force that is renamed, or that becomes part of another?"""

import asyncio
from collections.abc import AsyncIterator
from datetime import date, timedelta

import asyncpg
import pytest

from foundation.audit import Actor
from foundation.clock import now
from foundation.database import fetch
from foundation.problems import ConflictError, NotFoundError
from people.forces import actions, facts
from people.forces.actions import CannotMergeError, ForceEndsError, NewForce, RenamedSinceError
from people.forces.tables import Force
from people.posts.actions import begin
from people.posts.errors import ForceNotInBeingError
from people.posts.facts import post_on, posts_of
from people.posts.rules import Kind, Period, Place, Rank
from tests import builders

pytestmark = pytest.mark.anyio
DESK = Actor.system("test")
DAY = timedelta(days=1)
ON = date(2027, 4, 1)
KENT = "E23000032"
WESSEX = NewForce("E23999001", "wessex", "South West", "Wessex Police")


@pytest.fixture(autouse=True)
async def forces_as_they_were(database: str) -> AsyncIterator[None]:
    """Put the list of forces back: it outlives a test, and here it is what changes."""
    connection = await asyncpg.connect(database, server_settings={"session_replication_role": "replica"})
    try:
        await connection.execute("""
            CREATE TEMP TABLE kept_force AS TABLE people.force;
            CREATE TEMP TABLE kept_force_name AS TABLE people.force_name""")
        yield
        await connection.execute("""
            DELETE FROM people.force; INSERT INTO people.force OVERRIDING SYSTEM VALUE TABLE kept_force;
            DELETE FROM people.force_name;
            INSERT INTO people.force_name OVERRIDING SYSTEM VALUE TABLE kept_force_name""")
    finally:
        await connection.close()


async def test_there_are_43_forces_each_under_its_name(database: str) -> None:
    forces = await facts.forces_on(ON)
    assert len(forces) == 43
    assert [force.name for force in forces][:2] == ["Avon and Somerset Constabulary", "Bedfordshire Police"]
    by_code, by_slug = [await facts.force_with_code(code, ON) for code in ("e23000036", "avon-and-somerset")]
    assert by_code == by_slug == forces[0]
    assert await facts.forces_on(date(1974, 3, 31)) == ()
    with pytest.raises(NotFoundError):
        await facts.force_with_code("E00000000", ON)


async def test_a_renamed_force_keeps_its_old_name_on_earlier_days(database: str) -> None:
    avon = await builders.force_id()
    await actions.rename(actor=DESK, force_id=avon, name="Avon Police", on=ON)
    names = [(await facts.force_on(avon, day)).name for day in (ON - DAY, ON, ON + 999 * DAY)]
    assert names == ["Avon and Somerset Constabulary", "Avon Police", "Avon Police"]
    with pytest.raises(RenamedSinceError):
        await actions.rename(actor=DESK, force_id=avon, name="Somerset Police", on=ON)
    await actions.rename(actor=DESK, force_id=avon, name="Somerset Police", on=ON + DAY)
    assert (await facts.force_on(avon, ON)).name == "Avon Police"


async def test_on_the_day_of_a_merger_people_stand_in_the_successor(database: str) -> None:
    ada, noise = await builders.officer(), await builders.person("Noise")
    await builders.post(noise, force=KENT)
    avon, wessex = await builders.force_id(), await actions.establish(actor=DESK, force=WESSEX, on=ON)
    before = now()
    done = await actions.merge(actor=DESK, force_id=avon, successor_id=wessex.id, on=ON)
    assert (done.posts, done.people) == (1, 1)
    old, new = await post_on(ada, ON - DAY), await post_on(ada, ON)
    assert old is not None
    assert new is not None
    assert (old.place.force_id, new.place.force_id) == (avon, wessex.id)
    assert [unit.name for unit in await facts.units_of(wessex.id)] == ["Response North"]
    assert new.place.unit_id == (await facts.units_of(wessex.id))[0].id
    assert (new.period, old.period.ends_on) == (Period(ON), ON - DAY)
    known = await post_on(ada, ON, known=before)
    assert known is not None
    assert known.place.force_id == avon
    kent = await post_on(noise, ON)
    assert kent is not None
    assert kent.place.force_id == await builders.force_id(KENT)


async def test_posts_over_before_the_merger_stay_and_posts_to_come_begin_in_the_successor(
    database: str,
) -> None:
    ada = await builders.person()
    for since, until in ((ON - 9 * DAY, ON - DAY), (ON, ON), (ON + DAY, ON + 3 * DAY)):
        await builders.post(ada, since=since, until=until)
    avon, kent = await builders.force_id(), await builders.force_id(KENT)
    await actions.merge(actor=DESK, force_id=avon, successor_id=kent, on=ON)
    assert [(post.place.force_id, post.period) for post in await posts_of(ada)] == [
        (avon, Period(ON - 9 * DAY, ON - DAY)),
        (kent, Period(ON, ON)),
        (kent, Period(ON + DAY, ON + 3 * DAY)),
    ]


async def test_a_merged_force_ends_and_leads_to_its_successor(database: str) -> None:
    avon, kent = await builders.force_id(), await builders.force_id(KENT)
    await actions.merge(actor=DESK, force_id=avon, successor_id=kent, on=ON)
    assert [len(await facts.forces_on(day)) for day in (ON - DAY, ON)] == [43, 42]
    assert [(await facts.successor_on(avon, day)).id for day in (ON - DAY, ON)] == [avon, kent]
    assert (await facts.force_on(avon, ON)).name == "Avon and Somerset Constabulary"
    with pytest.raises(ForceEndsError):
        await actions.rename(actor=DESK, force_id=avon, name="Avon Police", on=ON)
    place = Place(avon, None, Kind.OFFICER, Rank.CONSTABLE)
    for period in (Period(ON), Period(ON - DAY, ON), Period(ON - DAY)):
        with pytest.raises(ForceNotInBeingError):
            await begin(actor=DESK, person_id=await builders.person(), place=place, period=period)
    await begin(actor=DESK, person_id=await builders.person(), place=place, period=Period(ON - DAY, ON - DAY))


async def test_nobody_begins_in_a_force_while_it_is_being_ended(database: str) -> None:
    avon, ada = await builders.force_id(), await builders.person()
    place = Place(avon, None, Kind.OFFICER, Rank.CONSTABLE)
    merging = await asyncpg.connect(database)
    try:
        ending = merging.transaction()
        await ending.start()
        await merging.execute("UPDATE people.force SET valid_until = $2 WHERE id = $1", avon, ON - DAY)
        beginning = asyncio.create_task(begin(actor=DESK, person_id=ada, place=place, period=Period(ON)))
        waiting = (
            "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
        )
        while not beginning.done() and await merging.fetchrow(waiting) is None:
            await merging.execute("SELECT pg_stat_clear_snapshot()")
        await ending.commit()
        with pytest.raises(ForceNotInBeingError):
            await beginning
    finally:
        await merging.close()


async def test_mergers_that_make_no_sense_change_nothing(database: str) -> None:
    avon, kent = await builders.force_id(), await builders.force_id(KENT)
    wessex = await actions.establish(actor=DESK, force=WESSEX, on=ON)
    events = len(await fetch("SELECT FROM foundation.audit_event"))
    for old, new, day in ((avon, avon, ON), (avon, wessex.id, ON - DAY), (wessex.id, kent, ON)):
        with pytest.raises(CannotMergeError):
            await actions.merge(actor=DESK, force_id=old, successor_id=new, on=day)
    with pytest.raises(NotFoundError):
        await actions.merge(actor=DESK, force_id=avon, successor_id=999, on=ON)
    await actions.merge(actor=DESK, force_id=avon, successor_id=kent, on=ON)
    with pytest.raises(CannotMergeError):
        await actions.merge(actor=DESK, force_id=kent, successor_id=avon, on=ON)
    assert len(await fetch("SELECT FROM foundation.audit_event")) == events + 1


async def test_a_force_and_a_unit_are_there_once(database: str) -> None:
    wessex = await actions.establish(actor=DESK, force=WESSEX, on=ON)
    await actions.add_unit(actor=DESK, force_id=wessex.id, name="Marine")
    with pytest.raises(ConflictError):
        await actions.establish(actor=DESK, force=WESSEX, on=ON)
    with pytest.raises(ConflictError):
        await actions.add_unit(actor=DESK, force_id=wessex.id, name="Marine")
    with pytest.raises(NotFoundError):
        await actions.add_unit(actor=DESK, force_id=999, name="Marine")


async def test_piccolo_leaves_no_small_identity_to_the_server(database: str) -> None:
    """Traps P15: the day this fails, `establish` may insert its force through the table."""
    with pytest.raises(asyncpg.GeneratedAlwaysError):
        await Force.insert(Force(code="X", slug="x", region="x", valid_from=ON))
