"""Web, worker and mail sink start together, the worker comes back, and everything stops in order."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from attested.supervise import Command, supervise
from tests.attested.local.processes import PATIENCE, ROOT, descendants, launched, lives, until

STEADY = (
    'trap "echo $0 stopped >> events; exit 0" TERM; echo $0 started >> events; while :; do sleep 0.02; done'
)
STUBBORN = 'trap "" TERM; echo $0 started >> events; while :; do sleep 0.02; done'
FALLS = "echo $0 started >> events; exit 3"
SUPERVISED = """
import sys
from attested.local import running
from attested.supervise import Command, supervise
from pathlib import Path
with running(Path(sys.argv[1]), join=False) as servers:
    commands = [Command(name, ("/bin/sh", "-c", sys.argv[2], name)) for name in ("web", "worker")]
    sys.exit(supervise(commands, chores=[servers.tend]))
"""


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def command(
    name: str, script: str = STEADY, *, restarts: bool = False, patience: float = PATIENCE
) -> Command:
    return Command(name, ("/bin/sh", "-c", script, name), restarts=restarts, patience=patience)


def events() -> list[str]:
    path = Path("events")
    return path.read_text(encoding="ascii").splitlines() if path.exists() else []


def once(seen: Callable[[list[str]], bool], *numbers: signal.Signals) -> Callable[[], None]:
    """A chore that sends us the signals, one by one, each time it sees what it waits for."""
    left = list(numbers)

    def send() -> None:
        if left and seen(events()):
            os.kill(os.getpid(), left.pop(0))

    return send


def all_started(seen: list[str]) -> bool:
    return sum(line.endswith("started") for line in seen) >= 3


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_request_to_stop_stops_all_in_order_and_is_a_success(number: signal.Signals) -> None:
    children = [command("web"), command("worker", restarts=True), command("mail", restarts=True)]
    assert supervise(children, chores=[once(all_started, number)]) == 0
    assert [line for line in events() if line.endswith("stopped")] == [
        "web stopped",
        "worker stopped",
        "mail stopped",
    ]


def test_handlers_are_as_before_afterwards() -> None:
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD)]
    supervise([command("web", FALLS)])
    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD)] == before


def test_a_worker_that_ends_is_started_again_and_says_so(capfd: pytest.CaptureFixture[str]) -> None:
    children = [command("web"), command("worker", FALLS, restarts=True)]
    assert (
        supervise(children, chores=[once(lambda seen: seen.count("worker started") == 2, signal.SIGTERM)])
        == 0
    )
    said = capfd.readouterr().err
    assert "worker ended (exit status 3); starting it again in 0.5 s" in said
    assert "web ended" not in said


def test_the_end_of_the_web_server_ends_everything_with_its_status(capfd: pytest.CaptureFixture[str]) -> None:
    assert supervise([command("web", FALLS), command("worker", restarts=True)]) == 3
    assert "web ended (exit status 3); stopping everything" in capfd.readouterr().err


def test_an_end_nobody_asked_for_is_no_success_even_with_status_nought() -> None:
    assert supervise([command("web", "exit 0")]) == 1
    assert supervise([command("web", "kill -9 $$")]) == 1


def test_a_child_that_will_not_stop_is_killed_and_the_status_says_so(
    capfd: pytest.CaptureFixture[str],
) -> None:
    children = [command("web", STUBBORN, patience=0.1), command("worker")]
    chore = once(lambda seen: len(seen) == 2, signal.SIGTERM)
    assert supervise(children, chores=[chore]) == 1
    assert "had to be killed: web" in capfd.readouterr().err
    assert events()[-1] == "worker stopped"


def test_a_second_request_to_stop_does_not_wait() -> None:
    asked = once(bool, signal.SIGINT)
    impatient = 'trap "kill -INT $PPID" TERM; echo $0 started >> events; while :; do sleep 0.02; done'
    assert supervise([command("web", impatient, patience=600)], chores=[asked]) == 1


def test_what_a_killed_web_server_leaves_in_its_session_is_ended_too() -> None:
    leaves = "sleep 60 & echo $! >> events; kill -9 $$"
    assert supervise([command("web", leaves)]) == 1
    until(lambda: not lives(int(events()[0])), "the end of what it left")


def test_a_chore_that_fails_stops_everything_and_is_heard() -> None:
    def fail() -> None:
        if events():
            raise LookupError("the servers are gone")

    with pytest.raises(LookupError, match="the servers are gone"):
        supervise([command("web")], chores=[fail])
    assert events() == ["web started", "web stopped"]


def supervised(data: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", SUPERVISED, data, STEADY],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )


def test_a_killed_supervisor_leaves_no_child_and_no_server(data: Path) -> None:
    with supervised(data) as process:
        until(lambda: len(events()) == 2, "both children")
        family = descendants(process.pid)
        process.kill()
        until(lambda: not any(map(lives, family)), "the end of all")
    assert {"web stopped", "worker stopped"} <= set(events())


def test_ctrl_c_stops_children_then_servers_and_a_running_one_refuses_a_second(data: Path) -> None:
    with supervised(data) as process:
        until(lambda: len(events()) == 2, "both children")
        with launched(data) as joined:
            assert joined.addresses.redis_url.endswith("valkey.sock")
        with supervised(data) as second:
            assert second.stderr is not None
            assert f"in use by process {process.pid}" in second.stderr.read()
        assert second.returncode == 1
        family = descendants(process.pid)
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0
        assert not any(map(lives, family))
    assert events()[2:] == ["web stopped", "worker stopped"]
