"""Every day has its run: in order after an outage, once however many workers, right on the nights the clocks change."""

import asyncio
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine

from foundation.database import fetch
from foundation.jobs.handlers import Handler, Work, joined
from foundation.jobs.runner import Runner
from foundation.jobs.schedules import Schedule, enter_due
from tests.owner import execute

pytestmark = pytest.mark.anyio
NIGHT = Schedule("night", "sweep", time(0, 10), starts_on=date(2026, 1, 1))


def last(day: date) -> Schedule:
    return Schedule("night", "sweep", time(0, 10), date(2026, 1, 1), last_on=day, last_state="done")


async def entered(starts_on: date, *, weekday: int | None = None) -> None:
    await execute(
        """INSERT INTO foundation.schedule (name, job, runs_at, weekday, starts_on, payload)
           VALUES ('night', 'sweep', '00:10', $1, $2, '{"everyone": true}')""",
        weekday,
        starts_on,
    )


@pytest.fixture(autouse=True)
async def _only_the_tests_own(effects: None) -> None:
    return


@pytest.fixture(autouse=True)
async def _leaves_no_schedule(effects: None) -> object:
    yield
    await execute("DELETE FROM foundation.schedule_run")
    await execute("DELETE FROM foundation.schedule WHERE name = 'night'")


async def runs() -> list[date]:
    return [
        row["local_date"] for row in await fetch("SELECT local_date FROM foundation.schedule_run ORDER BY 1")
    ]


@pytest.mark.parametrize(
    ("instant", "due"),
    [
        ("2026-07-01T23:09:59+00:00", False),
        ("2026-07-01T23:10:00+00:00", True),  # summer: ten past midnight in London
        ("2026-07-02T00:10:00+00:00", True),
    ],
)
def test_summer_nights_begin_by_the_london_clock(instant: str, *, due: bool) -> None:
    assert last(date(2026, 7, 1)).is_due(datetime.fromisoformat(instant)) is due


@pytest.mark.parametrize(
    ("instant", "due"),
    [
        ("2026-12-01T23:10:00+00:00", False),
        ("2026-12-02T00:09:59+00:00", False),  # the same wall clock in winter
        ("2026-12-02T00:10:00+00:00", True),
    ],
)
def test_winter_nights_begin_by_the_london_clock(instant: str, *, due: bool) -> None:
    assert last(date(2026, 12, 1)).is_due(datetime.fromisoformat(instant)) is due


@pytest.mark.parametrize("changes_on", [date(2026, 3, 29), date(2026, 10, 25)])
async def test_the_nights_on_which_the_clocks_change_have_one_run_each(changes_on: date) -> None:
    await entered(changes_on - timedelta(days=1))
    midnight = datetime.combine(changes_on - timedelta(days=1), time(), UTC)
    with time_machine.travel(midnight - timedelta(hours=2)) as clock:
        for half_hours in range(2 * 24 * 3 - 4):
            clock.move_to(midnight + timedelta(minutes=30 * half_hours))
            await enter_due()
            await execute("UPDATE foundation.job SET state = 'done', finished_at = clock_timestamp()")
    assert await runs() == [changes_on + timedelta(days=days) for days in (-1, 0, 1)]


async def test_missed_nights_are_caught_up_in_order_one_after_the_other() -> None:
    days, under_way = [], 0

    async def sweep(work: Work) -> None:
        nonlocal under_way
        under_way += 1
        assert under_way == 1, "each waits for the one before"
        await asyncio.sleep(0)
        assert work.payload["everyone"] is True
        days.append(work.on)
        under_way -= 1

    await entered(date(2026, 6, 1))
    handlers = joined([Handler("sweep", sweep)])
    with time_machine.travel(datetime(2026, 6, 1, 10, tzinfo=UTC)):
        await Runner(handlers).drain()
    assert days == [date(2026, 6, 1)]
    with time_machine.travel(datetime(2026, 6, 4, 10, tzinfo=UTC)):  # down for three days
        await asyncio.gather(*(Runner(handlers).drain() for _ in range(4)))
    assert days == [date(2026, 6, day) for day in (1, 2, 3, 4)]


async def test_a_night_that_fails_holds_up_the_next_until_it_is_dead() -> None:
    await entered(date(2026, 6, 1))
    with time_machine.travel(datetime(2026, 6, 3, 10, tzinfo=UTC)):
        assert await enter_due() == 1
        assert await enter_due() == 0
        await execute("UPDATE foundation.job SET state = 'dead', finished_at = clock_timestamp()")
        assert await enter_due() == 1
    assert await runs() == [date(2026, 6, 1), date(2026, 6, 2)]


async def test_four_racing_workers_give_one_run_for_each_day() -> None:
    await entered(date(2026, 6, 1))
    with time_machine.travel(datetime(2026, 6, 3, 10, tzinfo=UTC)):
        for _ in range(4):
            new = await asyncio.gather(*(enter_due() for _ in range(4)))
            assert sum(new) <= 1
            await execute("UPDATE foundation.job SET state = 'done', finished_at = clock_timestamp()")
    assert await runs() == [date(2026, 6, day) for day in (1, 2, 3)]
    assert len(await fetch("SELECT FROM foundation.job")) == 3


async def test_a_weekly_schedule_waits_for_its_day() -> None:
    await entered(date(2026, 6, 1), weekday=7)  # a Monday
    with time_machine.travel(datetime(2026, 6, 6, 22, tzinfo=UTC)):
        assert await enter_due() == 0
    with time_machine.travel(datetime(2026, 6, 14, 22, tzinfo=UTC)):
        assert await enter_due() == 1
        await execute("UPDATE foundation.job SET state = 'done', finished_at = clock_timestamp()")
        assert await enter_due() == 1
    assert await runs() == [date(2026, 6, 7), date(2026, 6, 14)]


async def test_the_service_begins_with_its_schedules() -> None:
    rows = await fetch("SELECT job, weekday, starts_on FROM foundation.schedule ORDER BY runs_at")
    assert [(row["job"], row["weekday"]) for row in rows] == [
        ("directory.refresh", None),
        ("licence.sweep", None),
        ("conversations.flag", None),
        ("assessments.flag", None),
        ("planning.count", None),
        ("licence.verify", None),
        ("licence.verify", 7),
        ("jobs.tidy", None),
        ("attachments.tidy", None),
        ("unsent.tidy", None),
        ("retention.propose", 1),
    ]
