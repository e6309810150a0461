"""A worker may be stopped or killed at any moment, and Valkey with it: work is late, never lost, never doubled."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import asyncpg
import msgspec
import pytest

from attested.local import Addresses, Running
from foundation.database import as_owner as owning
from foundation.database import connection, execute, fetch, fetch_one
from foundation.jobs.asking import ask
from foundation.jobs.doorbell import ENOUGH, opened, ring, rung
from foundation.jobs.listening import listen
from foundation.jobs.runner import Runner
from foundation.jobs.upkeep import Watch
from foundation.settings import settings
from tests.attested.local.processes import ROOT, descendants
from tests.jobs.working import (
    HANDLERS,
    PATIENCE,
    asked,
    drained,
    effects_there,
    only_job,
    put_back,
    until,
)

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("effects")]
NEVER = 3600.0
AT_ONCE = 20.0  # seconds; whoever does not heed a stop goes on for a minute, or for ever
BY_THE_BELL = (
    20.0  # seconds, fewer than the half minute after which a worker that did not hear it looks all the same
)


@contextmanager
def worker_process(addresses: Addresses, *, grace: float = 8.0) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.jobs.a_worker", str(grace)],
        cwd=ROOT,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
            "DATABASE_URL": addresses.database_url,
            "REDIS_URL": addresses.redis_url,
        },
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@asynccontextmanager
async def worker_here(url: str, *, tick: float = NEVER) -> AsyncIterator[Runner]:
    """A worker in the tests' own loop; without a tick it does nothing that it is not rung for."""
    stopping, runner = asyncio.Event(), Runner(HANDLERS, tick=tick)
    tasks = [asyncio.create_task(runner.run(stopping)), asyncio.create_task(listen(url, runner.ring))]
    try:
        yield runner
    finally:
        stopping.set()
        await tasks[0]
        tasks[1].cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def serving(url: str) -> int:
    """Find the server behind an address."""
    path = url.removeprefix("unix://").encode()
    return next(pid for pid in descendants(os.getpid()) if path in words_of(pid))


def words_of(pid: int) -> bytes:
    """Return how a process was started; nothing if it has ended meanwhile, as PostgreSQL's children do."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


async def begun() -> bool:
    return bool(await effects_there())


async def all_done() -> bool:
    return await fetch_one("SELECT FROM foundation.job WHERE state <> 'done'") is None


async def all_done_again() -> bool:
    """Say whether all is done, where the connection that is lent may be one that has just ended."""
    try:
        return await all_done()
    except (asyncpg.PostgresError, asyncpg.InterfaceError, ConnectionError):
        return False


async def test_a_killed_worker_s_job_is_resumed_after_its_lease(local_servers: Addresses) -> None:
    await asked("never ends")
    with worker_process(local_servers) as process:
        await until(begun, "the job to begin")
        process.kill()
        process.wait()
    assert (await only_job())["state"] == "running"
    await put_back("lease_until = clock_timestamp() - interval '1 second', name = 'mark'")
    await drained()
    job = await only_job()
    assert (job["state"], job["attempt"]) == ("done", 2)


async def test_a_stop_gives_back_what_cannot_finish_and_burns_no_try(local_servers: Addresses) -> None:
    await asked("never ends")
    with worker_process(local_servers, grace=0.1) as process:
        await until(begun, "the job to begin")
        process.send_signal(signal.SIGTERM)
        assert await asyncio.to_thread(process.wait, PATIENCE) == 0
    job = await only_job()
    assert (job["state"], job["attempt"], job["last_error"]) == ("waiting", 0, None)
    assert await fetch("SELECT FROM foundation.heartbeat") == [], "it said goodbye"


async def test_a_stop_lets_a_job_finish_that_can(local_servers: Addresses) -> None:
    await asked("ends when told")
    with worker_process(local_servers) as process:
        await until(begun, "the job to begin")
        process.send_signal(signal.SIGTERM)
        await asked("mark")
        await execute("INSERT INTO public.effect VALUES (0, 'told')")
        assert await asyncio.to_thread(process.wait, PATIENCE) == 0
    states = await fetch("SELECT name, state, attempt FROM foundation.job ORDER BY id")
    assert [tuple(row) for row in states] == [("ends when told", "done", 1), ("mark", "waiting", 0)]


async def test_asking_rings_and_the_worker_comes_at_once(doorbell: str) -> None:
    async with worker_here(doorbell):
        await until(lambda: fetch("SELECT FROM foundation.heartbeat"), "its first look")
        for number in range(1, 4):
            await asked("mark")
            await until(all_done, f"the doorbell to be heard for the {number}. time", patience=BY_THE_BELL)


async def test_a_ring_is_worthless_after_a_minute_and_too_many_tell_nothing_new(doorbell: str) -> None:
    await rung()  # whatever the tests before rang
    async with opened(doorbell) as bell:
        await bell.flushall()
        for _ in range(ENOUGH + 5):
            await ring()
            await rung()
        waiting = await bell.queued_jobs()
        lives = [await bell.pttl(f"arq:job:{job.job_id}") for job in waiting]
        await bell.flushall()
    assert len(waiting) == ENOUGH
    assert all(0 < life <= 60_000 for life in lives)


async def test_a_ring_is_plain_data_that_cannot_run(doorbell: str) -> None:
    await rung()  # whatever the tests before rang
    async with opened(doorbell) as bell:
        await bell.flushall()
        await ring()
        await rung()
        (key,) = await bell.keys("arq:job:*")
        said = msgspec.msgpack.decode(await bell.get(key))
        await bell.flushall()
    assert (said["f"], said["a"], said["k"]) == ("look", [], {})


async def test_nothing_waits_for_a_doorbell_that_is_gone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setenv("REDIS_URL", f"unix://{tmp_path}/nobody.sock")
    settings.cache_clear()
    async with asyncio.timeout(AT_ONCE):
        await asked("mark")
        await ring()
    monkeypatch.undo()
    settings.cache_clear()
    async with worker_here(f"unix://{tmp_path}/nobody.sock", tick=0.1):
        await asked("mark")
        await until(all_done, "the worker to look without being told")


async def test_nothing_is_lost_when_valkey_forgets_everything(doorbell: str) -> None:
    await asked("mark", 20)
    async with opened(doorbell) as bell, worker_here(doorbell):
        await bell.flushall()
        await until(all_done, "all twenty")
        await bell.flushall()
        await asked("mark")
        await until(all_done, "the doorbell to work as before", patience=BY_THE_BELL)
    assert len(await effects_there()) == 21


async def test_nothing_is_lost_when_valkey_is_killed(own_valkey: tuple[Running, str]) -> None:
    found, url = own_valkey
    valkey = serving(url)
    async with worker_here(url, tick=0.2):
        await asked("mark")
        await until(all_done, "the first")
        os.kill(valkey, signal.SIGKILL)
        await asked("mark")
        await until(all_done, "the second, at the next look")
        found.tend()
    async with worker_here(url):
        await until(lambda: fetch("SELECT FROM foundation.heartbeat"), "its first look")
        await asked("mark")
        await until(all_done, "the third, by the doorbell again", patience=BY_THE_BELL)
    assert len(await effects_there()) == 3


async def test_a_worker_outlives_a_database_that_goes_away(doorbell: str) -> None:
    async with worker_here(doorbell, tick=0.2):
        await asked("mark")
        await until(all_done, "the first")
        async with owning() as connection:  # which alone lives on, and asks
            await connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname IS NOT NULL"
            )
            await ask(connection, "mark")
        await until(all_done_again, "the second")
    assert await effects_there() == ["mark", "mark"]


async def test_a_worker_that_still_waits_for_the_database_stops_when_asked(tmp_path: Path) -> None:
    """PostgreSQL may take its time to answer, as it does after a crash: a stop meanwhile is heeded all the same."""
    called, held = asyncio.Event(), list[asyncio.StreamWriter]()

    def say_nothing(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        held.append(writer)
        called.set()

    async with await asyncio.start_server(say_nothing, "127.0.0.1", 0) as silent:
        port = silent.sockets[0].getsockname()[1]
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "attested.cli", "worker", cwd=ROOT,
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT / "src"),
                "DATABASE_URL": f"postgresql://nobody:none@127.0.0.1:{port}/none",
                "REDIS_URL": "redis://127.0.0.1:1",
                "ATTESTED_DATA": str(tmp_path),
            },
        )  # fmt: skip
        await asyncio.wait_for(called.wait(), 60)
        process.terminate()
        try:
            assert await asyncio.wait_for(process.wait(), AT_ONCE) == 0
        finally:
            held[0].close()


async def test_a_worker_that_is_looking_for_work_stops_when_asked() -> None:
    stopping = asyncio.Event()
    runner = Runner(HANDLERS, watches=[Watch("mark", "SELECT FROM pg_advisory_xact_lock(7)")])
    async with connection() as holding:
        await holding.execute("SELECT pg_advisory_lock(7)")
        running = asyncio.create_task(runner.run(stopping))
        try:
            await until(lambda: fetch("SELECT FROM pg_locks WHERE NOT granted"), "the look")
            stopping.set()
            await asyncio.wait_for(running, AT_ONCE)
        finally:
            await holding.execute("SELECT pg_advisory_unlock(7)")
