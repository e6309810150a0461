"""What the tests of servers and children need to see of the machine: who lives, whose child, what is in the stores."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import asyncpg
from arq.connections import RedisSettings, create_pool

from attested.local import Addresses, Tuning
from attested.local.children import ENTER

ROOT = Path(__file__).parents[3]
LAUNCHER = Path(__file__).with_name("launcher.py")
QUICK = Tuning(fsync=False, shared_buffers="16MB")
PATIENCE = 60.0  # seconds: a machine may be busy with other things
KEEP_A_ROW = "DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT 'a row' AS words"


def until(happened: Callable[[], object], what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline, f"waited {PATIENCE:g} s in vain for: {what}"
        time.sleep(0.01)


def lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def descendants(pid: int) -> list[int]:
    """Find the children of a process and theirs, without those that end meanwhile."""
    children: list[int] = []
    with suppress(FileNotFoundError, ProcessLookupError):
        for task in Path(f"/proc/{pid}/task").glob("*/children"):
            children += map(int, task.read_text(encoding="ascii").split())
    return [*children, *(below for child in children for below in descendants(child))]


def kill_all(pids: Iterable[int]) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):  # PostgreSQL's children go by themselves when it is gone
            os.kill(pid, signal.SIGKILL)


def query(addresses: Addresses, *statements: str) -> str | None:
    """Run the statements; the last one's first value."""

    async def run() -> str | None:
        connection = await asyncpg.connect(addresses.database_url)
        try:
            for statement in statements[:-1]:
                await connection.execute(statement)
            value = await connection.fetchval(statements[-1])
            return None if value is None else str(value)
        finally:
            await connection.close()

    return asyncio.run(run())


def queue(addresses: Addresses, *job_ids: str) -> list[str]:
    """Empty the queue and enqueue the jobs if any are named, through arq as the worker does; every job now waiting."""

    async def run() -> list[str]:
        pool = await create_pool(RedisSettings.from_dsn(addresses.redis_url))
        try:
            if job_ids:
                await pool.flushdb()
            for job_id in job_ids:
                await pool.enqueue_job("look", _job_id=job_id)
            if job_ids:  # Valkey keeps what is a second old: a job of this moment dies with it
                await pool.execute_command("WAITAOF", 1, 0, 10_000)  # type: ignore[no-untyped-call]
            return sorted(job.job_id or "" for job in await pool.queued_jobs())
        finally:
            await pool.aclose()

    return asyncio.run(run())


@dataclass(frozen=True, slots=True)
class Launched:
    process: subprocess.Popen[str]
    addresses: Addresses


@contextmanager
def launched(data: Path, *words: str, user: int | None = None) -> Iterator[Launched]:
    """The servers, kept by another process; it ends with the block if it has not been killed by then.

    Another user is let in to what only root may read, so that the checkout may be anywhere.
    """
    change = () if user is None else (ENTER, str(os.getpid()), "15", "-", data, sys.executable)
    process = subprocess.Popen(
        [sys.executable, *change, LAUNCHER, data, *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONDONTWRITEBYTECODE": "1"},
    )
    with process:
        assert process.stdout is not None
        assert process.stderr is not None
        database_url, redis_url = process.stdout.readline().strip(), process.stdout.readline().strip()
        if not redis_url:
            raise AssertionError(process.stderr.read())
        yield Launched(process, Addresses(database_url, redis_url))
