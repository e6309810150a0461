"""Whoever is killed, whenever: what was committed is there again, and nobody is left behind."""

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from attested.local import Running, running, servers
from tests.attested.local.processes import (
    KEEP_A_ROW,
    QUICK,
    Launched,
    descendants,
    kill_all,
    launched,
    lives,
    query,
    queue,
    until,
)


@pytest.fixture
def kept(data: Path) -> Iterator[Running]:
    with running(data, tuning=QUICK) as ours:
        query(ours.addresses, KEEP_A_ROW, "SELECT 1")
        queue(ours.addresses, "a job")
        yield ours


def process_of(data: Path, name: str) -> int:
    return int(next((data / "locks").glob(f"{name}.alive")).read_text(encoding="ascii"))


@pytest.mark.parametrize("name", ["pg*", "valkey"])
def test_a_killed_server_is_started_again_with_what_it_held(data: Path, kept: Running, name: str) -> None:
    victim = process_of(data, name)
    os.kill(victim, signal.SIGKILL)

    def is_reborn() -> bool:
        kept.tend()
        return process_of(data, name) != victim

    until(is_reborn, "its next life")
    assert query(kept.addresses, "SELECT words FROM kept") == "a row"
    assert queue(kept.addresses) == ["a job"]


def test_tending_leaves_the_living_alone(data: Path, kept: Running) -> None:
    before = [process_of(data, name) for name in ("pg*", "valkey")]
    kept.tend()
    assert [process_of(data, name) for name in ("pg*", "valkey")] == before


def kill_with_a_row_and_a_job(first: Launched) -> list[int]:
    query(first.addresses, KEEP_A_ROW, "SELECT 1")
    queue(first.addresses, "a job")
    family = descendants(first.process.pid)
    first.process.kill()
    first.process.wait()
    return family


def test_a_killed_launcher_leaves_nobody_and_loses_nothing(data: Path) -> None:
    with launched(data) as first:
        family = kill_with_a_row_and_a_job(first)
    assert len(family) > 5  # the two servers, and PostgreSQL's own children
    until(lambda: not any(map(lives, family)), "the servers' end")
    with servers(data, tuning=QUICK) as addresses:
        assert query(addresses, "SELECT words FROM kept") == "a row"
        assert queue(addresses) == ["a job"]


def test_a_start_while_the_killed_launchers_servers_still_stop_waits_for_them(data: Path) -> None:
    with launched(data) as first:
        old = process_of(data, "pg*")
        os.kill(old, signal.SIGSTOP)  # it cannot stop yet
        its_queue = process_of(data, "valkey")
        first.process.kill()
        first.process.wait()
    until(lambda: not lives(its_queue), "the queue's end")
    waker = subprocess.Popen(["/bin/sh", "-c", f"sleep 0.3; kill -CONT {old}"])
    with servers(data, tuning=QUICK) as addresses:
        assert not lives(old)
        assert query(addresses, "SELECT 'here'") == "here"
    waker.wait()


def test_everybody_killed_at_once_is_no_worse(data: Path) -> None:
    with launched(data) as first:
        query(first.addresses, KEEP_A_ROW, "SELECT 1")
        kill_all([first.process.pid, *descendants(first.process.pid)])
        first.process.wait()
    with servers(data, tuning=QUICK) as addresses:
        assert query(addresses, "SELECT words FROM kept") == "a row"


def test_a_pid_file_that_names_a_stranger_is_not_believed(data: Path) -> None:
    """In a container the numbers come again: after a restart, the old postmaster's is somebody else's."""
    with launched(data) as first:
        query(first.addresses, KEEP_A_ROW, "SELECT 1")
        kill_all([first.process.pid, *descendants(first.process.pid)])
        first.process.wait()
    stranger = subprocess.Popen(["/bin/sleep", "60"])
    try:
        for remnant in (*data.glob("pg*/postmaster.pid"), *data.glob("run/pg*/.s.PGSQL.*.lock")):
            lines = remnant.read_text(encoding="ascii").splitlines()
            remnant.write_text("\n".join([str(stranger.pid), *lines[1:], ""]), encoding="ascii")
        with servers(data, tuning=QUICK) as addresses:
            assert query(addresses, "SELECT words FROM kept") == "a row"
        assert lives(stranger.pid)
    finally:
        stranger.kill()
        stranger.wait()


def test_a_cluster_left_half_made_is_made_anew(copied: Path) -> None:
    cluster = next(copied.glob("pg*/PG_VERSION")).parent
    (cluster / "global" / "pg_control").unlink()
    cluster.rename(cluster.with_name(f"{cluster.name}.new"))
    with servers(copied, tuning=QUICK) as addresses:
        assert query(addresses, "SELECT 'whole'") == "whole"


def test_a_database_that_was_dropped_is_there_again_after_a_start(data: Path) -> None:
    with servers(data, tuning=QUICK) as addresses:
        query(addresses, "CREATE DATABASE other", "SELECT 1")
        elsewhere = type(addresses)(
            addresses.database_url.replace("/attested?", "/other?"), addresses.redis_url
        )
        query(elsewhere, "DROP DATABASE attested", "SELECT 1")
    with servers(data, tuning=QUICK) as addresses:
        assert query(addresses, "DROP DATABASE other", "SELECT current_database()") == "attested"
