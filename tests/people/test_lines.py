"""Who supervises whom on a day, and can a line ever come back to where it began?"""

import asyncio
from datetime import date, timedelta
from itertools import pairwise

import asyncpg
import pytest

from foundation.audit import Actor
from foundation.clock import now
from foundation.database import fetch
from foundation.problems import ConflictError, InvalidError
from people.posts.rules import Period
from people.refusals import LoopInLineError
from people.supervision import actions
from people.supervision.facts import Unsupervised, reports_on, supervisor_on, without_supervisor
from tests import builders

pytestmark = pytest.mark.anyio
DESK = Actor.system("test")
FIRST, LAST = date(2024, 2, 1), date(2024, 2, 29)
DAY = timedelta(days=1)


async def people(count: int) -> list[int]:
    return [await builders.person(f"Person{number}") for number in range(count)]


async def start(person: int, supervisor: int, first: date = FIRST, last: date | None = None) -> int:
    line = await actions.start(
        actor=DESK, person_id=person, supervisor_id=supervisor, period=Period(first, last)
    )
    return line.id


async def supervisor(person: int, day: date) -> int | None:
    found = (await supervisor_on([person], day)).get(person)
    return found.supervisor_id if found else None


async def test_a_line_holds_from_its_first_day_through_its_last(database: str) -> None:
    ada, ben, noise, other = await people(4)
    await start(ada, ben, FIRST, LAST)
    await start(noise, other)
    days = (FIRST - DAY, FIRST, LAST, LAST + DAY)
    assert [await supervisor(ada, day) for day in days] == [None, ben, ben, None]
    assert [{one.person_id for one in await reports_on(ben, day)} for day in days] == [
        set(), {ada}, {ada}, set(),
    ]  # fmt: skip


@pytest.mark.parametrize(("first", "last"), [(LAST, None), (FIRST - DAY, FIRST)])
async def test_two_ordinary_lines_share_no_day(database: str, first: date, last: date | None) -> None:
    ada, ben, cem = await people(3)
    await start(ada, ben, FIRST, LAST)
    with pytest.raises(ConflictError):
        await start(ada, cem, first, last)
    await start(ada, cem, LAST + DAY)
    await start(ada, cem, FIRST - DAY, FIRST - DAY)


async def test_cover_stands_before_the_ordinary_line_through_its_last_day(database: str) -> None:
    ada, ben, cem, dee = await people(4)
    await start(ada, ben)
    await start(dee, ben)
    await actions.cover(actor=DESK, person_id=ada, supervisor_id=cem, period=Period(FIRST + DAY, LAST))
    days = (FIRST, FIRST + DAY, LAST, LAST + DAY)
    assert [await supervisor(ada, day) for day in days] == [ben, cem, cem, ben]
    found = await supervisor_on([ada, dee], LAST)
    assert [found[person].is_cover for person in (ada, dee)] == [True, False]
    assert [len(await reports_on(ben, day)) for day in days] == [2, 1, 1, 2]
    assert [len(await reports_on(cem, day)) for day in days] == [0, 1, 1, 0]


async def test_whoever_supervises_has_the_person_as_a_report_and_nobody_else_has(database: str) -> None:
    everyone = await people(6)
    for person, above in pairwise(everyone):
        await start(person, above, FIRST, LAST)
        first = FIRST + person * DAY
        if above != everyone[-1]:
            await actions.cover(
                actor=DESK, person_id=person, supervisor_id=everyone[-1], period=Period(first, first)
            )
    for day in (FIRST + n * DAY for n in range(-1, 12)):
        up = {(one.person_id, one.supervisor_id) for one in (await supervisor_on(everyone, day)).values()}
        assert up == {
            (one.person_id, one.supervisor_id) for s in everyone for one in await reports_on(s, day)
        }


async def test_cover_has_a_last_day_and_is_one_at_a_time(database: str) -> None:
    ada, ben, cem = await people(3)
    with pytest.raises(InvalidError, match="last day"):
        await actions.cover(actor=DESK, person_id=ada, supervisor_id=ben, period=Period(FIRST))
    await actions.cover(actor=DESK, person_id=ada, supervisor_id=ben, period=Period(FIRST, LAST))
    with pytest.raises(ConflictError):
        await actions.cover(actor=DESK, person_id=ada, supervisor_id=cem, period=Period(LAST, LAST))


async def test_a_line_never_comes_back_to_where_it_began(database: str) -> None:
    ada, ben, cem = await people(3)
    with pytest.raises(InvalidError):
        await start(ada, ada)
    await start(ada, ben)
    with pytest.raises(LoopInLineError):
        await start(ben, ada)
    await start(ben, cem)
    with pytest.raises(LoopInLineError):
        await start(cem, ada)
    assert [await supervisor(person, FIRST) for person in (ada, ben, cem)] == [ben, cem, None]


async def test_a_loop_on_a_single_day_is_a_loop_and_on_none_is_not(database: str) -> None:
    ada, ben, cem = await people(3)
    await start(ada, ben, FIRST, LAST)
    await start(ben, cem, LAST, None)
    with pytest.raises(LoopInLineError):
        await start(cem, ada, LAST, LAST)
    await start(cem, ada, LAST + DAY)
    await start(ben, ada, FIRST - 9 * DAY, FIRST - DAY)


async def test_cover_closes_loops_too(database: str) -> None:
    ada, ben, cem = await people(3)
    await start(ada, ben)
    await start(ben, cem)
    with pytest.raises(LoopInLineError):
        await actions.cover(actor=DESK, person_id=cem, supervisor_id=ada, period=Period(LAST, LAST))
    with pytest.raises(LoopInLineError):
        await actions.cover(actor=DESK, person_id=ben, supervisor_id=ada, period=Period(LAST, LAST))


async def test_many_lines_in_one_statement_are_looked_through_too(database: str) -> None:
    ada, ben, cem = await people(3)
    with pytest.raises(asyncpg.ExclusionViolationError, match="comes back"):
        await fetch(
            """INSERT INTO people.line (person_id, supervisor_id, valid_from)
               SELECT * FROM unnest($1::int[], $2::int[], $3::date[])""",
            [ada, ben, cem], [ben, cem, ada], [FIRST] * 3,
        )  # fmt: skip


async def test_two_writers_cannot_close_a_loop_between_them(database: str) -> None:
    pairs = [await people(2) for _ in range(6)]
    for ada, ben in pairs:
        ended = await asyncio.gather(start(ada, ben), start(ben, ada), return_exceptions=True)
        assert [type(one) for one in ended if isinstance(one, BaseException)] == [LoopInLineError]


async def test_a_changed_line_keeps_what_it_was_before(database: str) -> None:
    ada, ben, cem = await people(3)
    await start(ada, ben)
    before = now()
    await actions.change(actor=DESK, person_id=ada, supervisor_id=cem, on=LAST, reason="reshuffle")
    assert [await supervisor(ada, day) for day in (LAST - DAY, LAST)] == [ben, cem]
    assert (await supervisor_on([ada], LAST, known=before))[ada].supervisor_id == ben
    with pytest.raises(LoopInLineError):
        await actions.change(
            actor=DESK, person_id=ada, supervisor_id=await under(ada), on=LAST, reason="slip"
        )
    with pytest.raises(actions.NoLineError):
        await actions.change(actor=DESK, person_id=ben, supervisor_id=cem, on=LAST, reason="slip")


async def under(supervisor_id: int) -> int:
    person = await builders.person("Under")
    await start(person, supervisor_id)
    return person


async def test_cover_may_end_early(database: str) -> None:
    ada, ben, cem = await people(3)
    await start(ada, ben)
    line = await actions.cover(actor=DESK, person_id=ada, supervisor_id=cem, period=Period(FIRST, LAST))
    await actions.end(actor=DESK, line_id=line.id, last_day=FIRST, reason="back early")
    assert [await supervisor(ada, day) for day in (FIRST, FIRST + DAY)] == [cem, ben]


async def test_nobody_is_orphaned_unseen(database: str) -> None:
    chief = await builders.officer("Chief", rank="chief constable")
    leaver = await builders.person("Leaver")
    await builders.post(leaver, rank="sergeant", until=LAST)
    stray, led = await builders.officer("Stray"), await builders.officer("Led")
    staff = await builders.person("Staff")
    await builders.post(staff, kind="staff", rank=None)
    await builders.post(await builders.person("Elsewhere"), force="E23000015")
    for person in (led, staff):
        await builders.line(person, leaver)
    await builders.line(leaver, chief)
    avon = await builders.force_id()
    lone = Unsupervised(stray, None)
    assert await without_supervisor(avon, LAST) == (lone,)
    orphans = (lone, Unsupervised(led, leaver), Unsupervised(staff, leaver))
    assert await without_supervisor(avon, LAST + DAY) == orphans
    assert await without_supervisor(avon, LAST + DAY, after=stray, limit=1) == orphans[1:2]
    await builders.line(led, chief, since=LAST, until=LAST + DAY, cover=True)
    assert Unsupervised(led, leaver) not in await without_supervisor(avon, LAST + DAY)
