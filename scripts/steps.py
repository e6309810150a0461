"""What is a step of the set-up, when must it be done again, and how does it report?"""

import contextlib
import fcntl
import hashlib
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMPS = VENV / "stamps"


class SetupError(Exception):
    """A step could not be done; the message says what to do about it."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something made from files: made again when they change, when the checkout moves, or when it is gone."""

    name: str
    title: str
    inputs: tuple[str, ...]
    makes: str
    make: Callable[[], None]

    def fingerprint(self) -> str:
        """Name the state of everything this step is made from."""
        digest = hashlib.sha256(f"{ROOT} {sys.version} {platform.machine()}".encode())
        for path in _files(self.inputs):
            digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
        return digest.hexdigest()

    def is_done(self) -> bool:
        """Say whether what it makes is there and still made from the same."""
        stamp = STAMPS / self.name
        return (ROOT / self.makes).exists() and stamp.exists() and stamp.read_text() == self.fingerprint()

    def bring_up_to_date(self) -> None:
        """Do it unless it is done, in one line."""
        if self.is_done():
            return
        (STAMPS / self.name).unlink(missing_ok=True)
        with announced(self.title):
            self.make()
        STAMPS.mkdir(exist_ok=True)
        (STAMPS / self.name).write_text(self.fingerprint())


def _files(names: tuple[str, ...]) -> list[Path]:
    found: list[Path] = []
    for path in (ROOT / name for name in names):
        found += (p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
    return sorted(found)


@contextlib.contextmanager
def announced(title: str) -> Iterator[None]:
    """Say what is being done, and how long it took."""
    print(f"  {title} ...", end="", flush=True)
    began = time.monotonic()
    try:
        yield
    except BaseException:
        print(" failed", flush=True)
        raise
    print(f" {time.monotonic() - began:.1f} s", flush=True)


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let a second `make` in the same checkout wait for the first."""
    checkout = os.open(ROOT, os.O_RDONLY)
    try:
        fcntl.flock(checkout, fcntl.LOCK_EX)
        yield
    finally:
        os.close(checkout)


def call(*command: str | Path, env: Mapping[str, str] | None = None, otherwise: str) -> None:
    """Run a command quietly in the checkout; when it fails, show its last words and what to do."""
    words = [str(part) for part in command]
    try:
        done = _quietly(words, {**os.environ, **(env or {})})
    except (FileNotFoundError, PermissionError) as gone:
        raise SetupError(f"`{words[0]}` is not on this machine. {otherwise}") from gone
    if done.returncode:
        last_words = "\n".join(done.stdout.strip().splitlines()[-15:])
        raise SetupError(f"{last_words}\n\n`{' '.join(words[:6])}` ended with {done.returncode}. {otherwise}")


def _quietly(words: list[str], env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        words,
        cwd=ROOT,
        env=env,
        check=False,
        text=True,
        errors="replace",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
