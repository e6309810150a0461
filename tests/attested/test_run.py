"""One command runs everything: pages, work and mail; it says when it is ready, and stops when it is asked."""

import os
import signal
import socket
import subprocess
import sys
import threading
from asyncio import to_thread
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from attested.local import Addresses
from foundation.database import fetch, transaction
from foundation.settings import settings
from people.notices.actions import NewNotice, give
from people.notices.rules import Rung
from tests.attested.local.processes import ROOT
from tests.builders import officer
from tests.jobs.working import until

pytestmark = pytest.mark.anyio
PATIENCE = 300.0  # seconds: a machine may be busy with other things


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def running_everything(addresses: Addresses, data: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SMTP_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "attested.cli", "run"],
        cwd=ROOT,
        env={
            **environment,
            "PYTHONPATH": str(ROOT / "src"),
            "DATABASE_URL": addresses.database_url,
            "REDIS_URL": addresses.redis_url,
            "ATTESTED_DATA": str(data),
            "PORT": str(port),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    giving_up = threading.Timer(PATIENCE, process.kill)
    giving_up.start()
    with process:
        try:
            yield process
        finally:
            process.kill()
            giving_up.cancel()


def told_until(process: subprocess.Popen[str], beginning: str) -> str:
    """Read on until a line begins so, or nothing more is said."""
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line)
        if line.startswith(beginning):
            return line
    raise AssertionError("".join(said))


async def lines_of(log: Path) -> list[str]:
    """Return what a part has said so far."""
    return (await to_thread(log.read_text, "utf-8")).splitlines()


async def test_everything_runs_and_a_notice_ends_up_in_the_mail(
    local_servers: Addresses, database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REDIS_URL", local_servers.redis_url)
    settings.cache_clear()
    port = free_port()
    ada = await officer(email="ada@avon.test")  # somebody is here: nothing is made up around her
    with running_everything(local_servers, tmp_path, port) as process:
        assert told_until(process, "Ready: ").startswith(f"Ready: http://localhost:{port} ")
        await until(lambda: fetch("SELECT FROM foundation.heartbeat"), "the worker")
        notice = NewNotice(ada, "M", date(2026, 7, 1), Rung.DAYS_7, "It is due", "B")
        async with transaction() as connection:
            await give(connection, [notice], created_for=date(2026, 6, 24))

        log = tmp_path / "logs" / "mail.log"
        await until(partial(lines_of, log), "the mail")
        assert await lines_of(log) == ["Mail to ada@avon.test: It is due"]
        monkeypatch.undo()
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0
    settings.cache_clear()
    assert len(list((tmp_path / "mail").glob("*.eml"))) == 1


def test_a_taken_port_is_named_before_anything_starts(local_servers: Addresses, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with running_everything(local_servers, tmp_path, port) as process:
            said = told_until(process, "Port ")
            assert said.startswith(f"Port {port} is taken. ")
            assert process.wait(PATIENCE) == 1
    assert list(tmp_path.iterdir()) == []
