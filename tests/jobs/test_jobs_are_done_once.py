"""Asked for once, done once: whatever fails, whoever races, whoever dies."""

import asyncio
from contextlib import suppress
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from foundation.database import execute, fetch, fetch_one, transaction
from foundation.jobs import runner
from foundation.jobs.asking import ask
from foundation.jobs.handlers import Handler, TwoHandlersError, Work, joined
from foundation.jobs.leases import TRIES, claim, finish, pause_after
from foundation.jobs.runner import Runner
from foundation.jobs.tidying import tidy
from foundation.jobs.upkeep import Watch
from tests.jobs.working import (
    CANARY,
    HANDLERS,
    asked,
    drained,
    effects_there,
    mark,
    only_job,
    put_back,
    until,
)

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("effects")]


async def test_four_racing_workers_do_each_job_once() -> None:
    await asked("mark", 120)
    await asyncio.gather(*(Runner(HANDLERS).drain() for _ in range(4)))
    rows = await fetch("SELECT job_id, count(*) AS times FROM public.effect GROUP BY job_id")
    assert len(rows) == 120
    assert {row["times"] for row in rows} == {1}
    assert [row["state"] for row in await fetch("SELECT DISTINCT state FROM foundation.job")] == ["done"]


async def test_a_job_leaves_only_with_the_act_that_asked_for_it() -> None:
    with suppress(ZeroDivisionError):
        async with transaction() as connection:
            await ask(connection, "mark")
            raise ZeroDivisionError
    assert await fetch_one("SELECT FROM foundation.job") is None


async def test_one_effect_is_asked_for_once_however_often_it_is_asked() -> None:
    async with transaction() as connection:
        answers = [await ask(connection, "mark", effect_key="the effect") for _ in range(3)]
    await drained()
    async with transaction() as connection:
        answers.append(await ask(connection, "mark", effect_key="the effect"))
    await drained()
    assert answers == [True, False, False, False]
    assert await effects_there() == ["mark"]


async def test_a_failure_waits_its_minute_and_is_tried_again() -> None:
    tries = []

    async def flaky(work: Work) -> None:
        tries.append(work.attempt)
        if work.attempt == 1:
            raise ConnectionError("the other side is asleep")

    await asked("flaky")
    await drained(joined([Handler("flaky", flaky)]))
    job = await only_job()
    assert (job["state"], job["attempt"], job["lease_until"]) == ("waiting", 1, None)
    assert job["last_error"] == "ConnectionError: the other side is asleep"
    assert job["due_at"] - job["created_at"] >= timedelta(minutes=1)
    await put_back("due_at = clock_timestamp()")
    await drained(joined([Handler("flaky", flaky)]))
    job = await only_job()
    assert (job["state"], job["attempt"], job["last_error"]) == ("done", 2, None)
    assert tries == [1, 2]


def test_pauses_double_up_to_an_hour() -> None:
    minutes = [pause_after(attempt) // timedelta(minutes=1) for attempt in range(1, TRIES + 1)]
    assert minutes[:8] == [1, 2, 4, 8, 16, 32, 60, 60]
    assert set(minutes[6:]) == {60}


async def test_a_poisonous_job_dies_after_its_last_try_and_somebody_is_called() -> None:
    await asked("poison")
    await put_back(f"attempt = {TRIES - 1}")
    with capture_logs() as said:
        await drained()
    job = await only_job()
    assert (job["state"], job["attempt"], job["leased_by"] is None) == ("dead", TRIES, False)
    assert job["finished_at"] is not None
    assert [line["event"] for line in said if line["log_level"] == "error"] == [
        "job is dead: somebody has to look"
    ]


async def test_a_poisonous_job_holds_up_no_other() -> None:
    await asked("poison", 4)
    await asked("mark", 4)
    await drained()
    assert await effects_there() == ["mark"] * 4
    assert await fetch_one("SELECT FROM foundation.job WHERE name = 'poison' AND attempt <> 1") is None


async def test_what_went_wrong_is_kept_without_the_data_that_the_database_quotes() -> None:
    await asked("poison")
    with capture_logs() as said:
        await drained()
    assert (await only_job())["last_error"] == "PoisonError: bad"
    assert CANARY not in str(said)


async def test_a_job_that_hangs_is_stopped_and_counts_as_failed() -> None:
    await asked("hang")
    await drained()
    assert (await only_job())["last_error"] == "TimeoutError"


async def test_a_job_of_a_silent_worker_is_resumed_when_its_lease_runs_out() -> None:
    await asked("mark")
    lost = await claim(HANDLERS, "the silent one")
    assert lost is not None
    await drained()
    assert await effects_there() == [], "its lease has not run out"
    await put_back("lease_until = clock_timestamp() - interval '1 second'")
    await drained()
    assert await effects_there() == ["mark"]
    job = await only_job()
    assert (job["state"], job["attempt"]) == ("done", 2)
    assert not await finish(lost), "it comes back and finds that the job is no longer its own"


async def test_a_job_that_silences_every_worker_dies_in_the_end() -> None:
    await asked("mark")
    await put_back(f"attempt = {TRIES - 1}")
    await claim(HANDLERS, "the last victim")
    await put_back("lease_until = clock_timestamp() - interval '1 second'")
    with capture_logs() as said:
        await drained()
    job = await only_job()
    assert (job["state"], job["last_error"]) == ("dead", "its worker went silent: the last victim")
    assert "jobs died with their workers" in [line["event"] for line in said]


async def test_a_lease_is_renewed_while_the_job_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is renewed long before it runs out, and often: of its twelve seconds here, nine are never waited for."""
    monkeypatch.setattr(runner, "RENEWALS", 120)
    finishes = asyncio.Event()

    async def long(work: Work) -> None:
        await mark(work)
        await finishes.wait()

    handlers = joined([Handler("long", long, lease=timedelta(seconds=12))])
    await asked("long")
    running = asyncio.create_task(Runner(handlers).drain())
    try:
        for _ in range(2):
            await until(is_held_for_long, "a lease that has just been given or renewed")
            await put_back("lease_until = clock_timestamp() + interval '9 seconds'")
        await until(is_held_for_long, "the second renewal")
        await drained(handlers)
    finally:
        finishes.set()
        await running
    assert await effects_there() == ["long"]


async def is_held_for_long() -> bool:
    longer = "SELECT FROM foundation.job WHERE lease_until > clock_timestamp() + interval '9 seconds'"
    return await fetch_one(longer) is not None


async def test_a_job_that_this_version_does_not_know_waits_for_one_that_does() -> None:
    await asked("of tomorrow")
    await drained()
    assert (await only_job())["state"] == "waiting"


def test_two_handlers_for_one_job_are_refused() -> None:
    with pytest.raises(TwoHandlersError):
        joined([Handler("mark", mark)], [Handler("mark", mark)])


async def test_what_nobody_asked_for_is_found_by_its_watch_once() -> None:
    watch = Watch("mark", "SELECT FROM pg_class WHERE NOT EXISTS (SELECT FROM public.effect)")
    await asyncio.gather(*(Runner(HANDLERS, watches=[watch]).drain() for _ in range(1)))
    assert await effects_there() == ["mark"]


async def test_a_done_job_is_forgotten_after_a_month_and_a_named_effect_never() -> None:
    async with transaction() as connection:
        await ask(connection, "mark")
        await ask(connection, "mark", effect_key="for ever")
    await drained()
    await tidy(Work(0, "jobs.tidy"))
    assert len(await fetch("SELECT FROM foundation.job")) == 2
    await put_back("finished_at = clock_timestamp() - interval '31 days'")
    await tidy(Work(0, "jobs.tidy"))
    assert (await only_job())["effect_key"] == "for ever"


async def test_a_worker_shows_that_it_lives_and_forgets_the_long_gone() -> None:
    await execute("INSERT INTO foundation.heartbeat VALUES ('long gone', now() - interval '2 days')")
    living = Runner(HANDLERS)
    await living.drain()
    assert [row["worker"] for row in await fetch("SELECT worker FROM foundation.heartbeat")] == [
        living.worker
    ]
