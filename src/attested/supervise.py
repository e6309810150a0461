"""How do the web server, the worker and the mail sink run together, and stop together?"""

import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from attested.local.children import Child, end_the_rest, spawn, stop

TICK = 0.2  # seconds between looks when nothing wakes us
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0  # seconds before a restart; doubled each time
STEADY = 30.0  # seconds of life after which a child's earlier falls are forgotten

Chore = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Command:
    """One child. It writes to its log, or without one where we write; it is asked to stop by SIGTERM."""

    name: str
    words: tuple[str, ...]
    environment: Mapping[str, str] | None = None
    log: Path | None = None
    # Unset: its end is the end of everything.
    restarts: bool = False
    # Seconds it may take to stop before it is killed.
    patience: float = 5.0


class StopRequests:
    """Counts the requests to stop; wakes the waiting loop on every signal, a child's end included."""

    def __init__(self) -> None:
        self.count = 0
        self._heeded = 1
        self._bell, self._clapper = socket.socketpair()
        self._bell.settimeout(0)
        self._clapper.settimeout(0)

    @property
    def hurried(self) -> bool:
        """A further request came while we were already stopping."""
        return self.count > self._heeded

    def heed(self) -> None:
        self._heeded = min(self.count, 1)

    def wait(self, seconds: float) -> None:
        select.select([self._bell], [], [], seconds)
        try:
            self._bell.recv(4096)
        except BlockingIOError:
            return

    @contextmanager
    def heard(self) -> Iterator[None]:
        requests = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        previous = {number: signal.signal(number, self._note) for number in requests}
        previous[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
        wakeup = signal.set_wakeup_fd(self._clapper.fileno(), warn_on_full_buffer=False)
        try:
            yield
        finally:
            signal.set_wakeup_fd(wakeup)
            for number, handler in previous.items():
                signal.signal(number, handler)
            self._bell.close()
            self._clapper.close()

    def _note(self, _number: int, _frame: FrameType | None) -> None:
        self.count += 1


class Runner:
    """One child over its lives."""

    def __init__(self, command: Command) -> None:
        self.command = command
        self._falls = 0
        self._start_again_at: float | None = None
        self._process = self._started()

    def look(self) -> int | None:
        """Restart it when its time has come; its exit status if it ended for good."""
        if self._start_again_at is not None:
            if time.monotonic() >= self._start_again_at:
                self._process = self._started()
            return None
        status = self._process.poll()
        if status is None:
            return None
        end_the_rest(self._process)
        if not self.command.restarts:
            return status
        self._fell(status)
        return None

    def stop(self, requests: StopRequests) -> bool:
        """False if it had to be killed: its patience ran out, or a second request to stop came."""
        deadline = time.monotonic() + self.command.patience
        self._process.terminate()
        while self._process.poll() is None and time.monotonic() < deadline and not requests.hurried:
            requests.wait(TICK)
        stopped = stop(self._process, by=signal.SIGTERM, patience=0)
        end_the_rest(self._process)
        return stopped

    def _started(self) -> subprocess.Popen[bytes]:
        self._start_again_at = None
        self._born = time.monotonic()
        return spawn(Child(self.command.words, environment=self.command.environment, log=self.command.log))

    def _fell(self, status: int) -> None:
        now = time.monotonic()
        self._falls = 1 if now - self._born > STEADY else self._falls + 1
        pause = min(FIRST_PAUSE * 2 ** (self._falls - 1), LONGEST_PAUSE)
        self._start_again_at = now + pause
        _say(f"{self.command.name} ended ({_worded(status)}); starting it again in {pause:g} s")


def supervise(commands: Sequence[Command], *, chores: Sequence[Chore] = ()) -> int:
    """Run the commands until one that must not end does, or SIGINT, SIGTERM or SIGHUP asks for the end.

    They are stopped in the order given and started in the reverse. A second request to stop kills what still runs.
    Chores are called a few times a second, from here: to tend the servers, to say when all is ready.
    Returns the exit status for the process: 0 only if we were asked to stop and everything stopped by itself.
    """
    requests, runners = StopRequests(), list[Runner]()
    with requests.heard():
        try:
            for command in reversed(commands):
                runners.insert(0, Runner(command))
            status = _watched(runners, requests, chores)
        finally:
            requests.heed()
            killed = [runner.command.name for runner in runners if not runner.stop(requests)]
    if killed:
        _say(f"had to be killed: {', '.join(killed)}")
    return status or int(bool(killed))


def _watched(runners: Sequence[Runner], requests: StopRequests, chores: Sequence[Chore]) -> int:
    while not requests.count:
        for runner in runners:
            status = runner.look()
            if status is not None:
                _say(f"{runner.command.name} ended ({_worded(status)}); stopping everything")
                return status if status > 0 else 1
        for chore in chores:
            chore()
        requests.wait(TICK)
    return 0


def _worded(status: int) -> str:
    return signal.Signals(-status).name if status < 0 else f"exit status {status}"


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)  # noqa: T201 - the launcher's own voice, before any log is set up
