"""Is a late conversation told to whoever sees to it, once, as far up as policy says, and is nobody forgotten?"""

from datetime import date

import pytest

from foundation.clock import today
from foundation.database import fetch
from passport.conversations.facts import standing_of
from passport.conversations.flagging import flag_everyone
from passport.conversations.rules import Flag, State, Unled
from tests.builders import absence, line
from tests.passport.conversations.talking import DAY, WEEK, Line, a_line, held_before

pytestmark = pytest.mark.anyio


async def told(matter: Flag, about: int) -> set[int]:
    rows = await fetch(
        """SELECT recipient_id FROM people.notice JOIN people.notice_delivery ON notice_id = notice.id
            WHERE matter = $1 AND person_id = $2 AND channel = 'inbox'""",
        matter,
        about,
    )
    return {row["recipient_id"] for row in rows}


async def number_of_notices() -> int:
    rows = await fetch("SELECT count(*) AS number FROM people.notice")
    return int(rows[0]["number"])


async def test_what_is_overdue_is_told_to_the_two_and_later_to_whoever_is_above(database: str) -> None:
    there = await a_line()
    await held_before(there, weeks=16)
    late_since = today() - WEEK + DAY
    await flag_everyone(late_since - DAY)
    assert await told(Flag.OVERDUE, there.ada) == set()
    await flag_everyone(today())
    assert await told(Flag.OVERDUE, there.ada) == {there.ada, there.bea}
    assert await told(Flag.STILL, there.ada) == set()
    before = await number_of_notices()
    await flag_everyone(today())
    await flag_everyone(today() + DAY)
    assert await number_of_notices() == before
    await flag_everyone(today() + 7 * DAY)
    assert await told(Flag.STILL, there.ada) == {there.cal}
    assert await told(Flag.OVERDUE, there.ada) == {there.ada, there.bea}


async def test_whoever_nobody_can_speak_with_is_told_to_the_lead_once(database: str) -> None:
    there = await a_line()
    await flag_everyone(today())
    await flag_everyone(today() + DAY)
    assert await told(Flag.UNLED, there.una) == {there.lena}
    assert await told(Flag.UNLED, there.ada) == set()


async def test_cover_holds_it_while_the_supervisor_is_away_and_without_cover_it_is_told_further_up(
    database: str,
) -> None:
    there = await a_line()
    await absence(there.bea, today() - DAY)
    assert await above(there) == (there.bea, Unled.AWAY)
    await flag_everyone(today())
    assert await told(Flag.UNLED, there.ada) == {there.cal, there.lena}
    await line(there.ada, there.desi, since=today(), until=today() + 9 * DAY, cover=True)
    assert await above(there) == (there.desi, None)


async def above(there: Line) -> tuple[int | None, Unled | None]:
    found = (await standing_of([there.ada], today()))[there.ada].above
    return found.supervisor_id, found.unled


async def test_the_due_day_goes_with_the_person_through_a_new_supervisor_and_long_absence(
    database: str,
) -> None:
    there = await a_line()
    await held_before(there, weeks=10)
    due = today() + 5 * WEEK

    async def standing(on: date) -> tuple[State, date | None]:
        found = (await standing_of([there.ada], on))[there.ada]
        return found.next.state, found.next.due_on

    assert await standing(today() - DAY) == (State.DUE, due)
    assert await standing(today()) == (State.DUE, due)
    await absence(there.ada, today() + DAY, today() + 4 * WEEK)
    assert await standing(today() + 2 * DAY) == (State.PAUSED, due + 4 * WEEK)
    await flag_everyone(due + DAY)
    assert await told(Flag.OVERDUE, there.ada) == set()
