"""How is a child process started so that it dies with us, and how is it stopped?"""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

ENTER = Path(__file__).with_name("enter.py")
LOG_LIMIT = 5_000_000  # bytes; a longer log is put aside at the next start


class CannotStartError(Exception):
    """A server could not be started, or is kept by somebody else."""


@dataclass(frozen=True, slots=True)
class Child:
    command: tuple[str | Path, ...]
    stops_on: signal.Signals = signal.SIGTERM
    environment: Mapping[str, str] | None = None
    # An open file descriptor, whose lock stays held while the child or a child of it lives.
    lock: int | None = None
    # Set for a program that refuses root: the existing folder it must own.
    owns: Path | None = None
    # Unset: it writes where we write.
    log: Path | None = None


def spawn(child: Child) -> subprocess.Popen[bytes]:
    """Start a child in a session of its own, so that Ctrl-C is ours to hand on, bound to our life."""
    if threading.current_thread() is not threading.main_thread():
        raise RuntimeError(
            "start children from the main thread: Linux ends them with the thread that started them"
        )
    lock = "-" if child.lock is None else str(child.lock)
    owns = "-" if child.owns is None else str(child.owns)
    enter = [sys.executable, "-I", "-S", str(ENTER), str(os.getpid()), str(int(child.stops_on)), lock, owns]
    output = _opened(child.log) if child.log else None
    try:
        return subprocess.Popen(  # noqa: S603 - our own commands, no shell
            [*enter, *map(str, child.command)],
            env=child.environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            pass_fds=() if child.lock is None else (child.lock,),
            start_new_session=True,
        )
    finally:
        if output is not None:
            os.close(output)


def stop(process: subprocess.Popen[bytes], *, by: signal.Signals, patience: float) -> bool:
    """Ask it to stop and wait, at most so many seconds; False if it had to be killed. Ctrl-C meanwhile kills."""
    process.send_signal(by)
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        _kill(process)
        return False
    except BaseException:
        _kill(process)
        raise
    return True


def end_the_rest(process: subprocess.Popen[bytes]) -> None:
    """Kill what a child that has ended left behind in its session: a web server killed outright leaves its workers."""
    with suppress(ProcessLookupError, PermissionError):  # macOS says the latter of the dead
        os.killpg(process.pid, signal.SIGKILL)


def last_words(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines() if log.exists() else []
    return "\n".join(["", *lines[-5:], f"(the end of {log})"])


def _kill(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()


def _opened(log: Path) -> int:
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.replace(log.with_name(f"{log.name}.1"))
    return os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
