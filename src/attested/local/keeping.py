"""Is a server already running on this data folder, and if not, how is it started, tended and stopped?"""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from attested.local import folder
from attested.local.children import CannotStartError, Child, last_words, spawn, stop

READY = "ready"
START_PATIENCE = 300.0  # seconds: the recovery of a large database after a crash takes its time
JOIN_PATIENCE = 60.0
STOP_PATIENCE = 30.0


class Server(Protocol):
    """What has to be known of a server to keep it."""

    @property
    def name(self) -> str: ...
    @property
    def data(self) -> Path: ...
    @property
    def address(self) -> str: ...
    def prepared(self, lock: int) -> Child:
        """Make its data if there is none, clear what a crash left, and say how it starts."""

    def is_ready(self) -> bool: ...
    def answers(self) -> bool: ...
    def furnish(self) -> None:
        """Called once it is ready, before anyone else may use it."""


class Kept:
    """A server that is ours to tend, and to stop."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._alive = server.data / "locks" / f"{server.name}.alive"
        self._child, self._process = self._started()

    def tend(self) -> None:
        """Start it again if it died."""
        if self._process.poll() is not None:
            self._child, self._process = self._started()

    def stop(self) -> None:
        stop(self._process, by=self._child.stops_on, patience=STOP_PATIENCE)

    def _started(self) -> tuple[Child, subprocess.Popen[bytes]]:
        # The server and every child of it hold this lock open: having it proves that nothing of an earlier run
        # lives, which a pid in a file cannot (pids come again, above all in containers).
        with folder.held(self._alive, patience=STOP_PATIENCE) as lock:
            child = self._server.prepared(lock)
            process = spawn(child)
        try:
            self._await_ready(child, process)
            self._server.furnish()
        except BaseException:
            stop(process, by=child.stops_on, patience=STOP_PATIENCE)
            raise
        return child, process

    def _await_ready(self, child: Child, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + START_PATIENCE
        while not self._server.is_ready():
            if process.poll() is not None or time.monotonic() > deadline:
                words = last_words(child.log) if child.log else ""
                raise CannotStartError(f"{self._server.name} did not start. It said: {words}")
            time.sleep(folder.TICK)


@contextmanager
def kept(server: Server, *, join: bool) -> Iterator[Kept | None]:
    """The server running: ours, and stopped at the end; or, where another process keeps it, joined (None)."""
    path = server.data / "locks" / f"{server.name}.owner"
    lock = _owned_or_joined(server, path, join=join)
    if lock is None:
        yield None
        return
    try:
        _sign(lock, "starting")
        ours = Kept(server)
        try:
            _sign(lock, READY)
            yield ours
        finally:
            _sign(lock, "stopping")
            ours.stop()
    finally:
        os.close(lock)


def _owned_or_joined(server: Server, path: Path, *, join: bool) -> int | None:
    deadline = time.monotonic() + JOIN_PATIENCE
    while (lock := folder.taken(path)) is None:
        if not join:
            raise CannotStartError(
                f"{server.data} is in use by process {folder.holder(path)}, which keeps {server.name} there; "
                "stop that first, or choose another ATTESTED_DATA"
            )
        if _is_open(path) and server.answers():
            return None
        if time.monotonic() > deadline:
            raise CannotStartError(
                f"process {folder.holder(path)} holds {server.data}, but its {server.name} does not answer"
            )
        time.sleep(folder.TICK)
    return lock


def _is_open(path: Path) -> bool:
    return path.read_text(encoding="ascii").split()[1:] == [READY]


def _sign(lock: int, state: str) -> None:
    os.ftruncate(lock, 0)
    os.pwrite(lock, f"{os.getpid()} {state}\n".encode("ascii"), 0)
