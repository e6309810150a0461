"""Where do the servers keep their sockets and locks, and who holds a lock?"""

import fcntl
import hashlib
import os
import re
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from attested.local.children import CannotStartError

# sun_path holds 108 bytes on Linux, 104 on macOS; the longest name inside is "/pg18/.s.PGSQL.5432".
LONGEST = 80
# arq takes the path from a redis URL as it stands, redis-py unquotes it, asyncpg and PostgreSQL split at commas:
# only a path that means the same to all four is used.
PLAIN = re.compile(r"[\w./ @+=-]+")
TICK = 0.01


def prepare(data: Path) -> Path:
    """The data folder, private to us, absolute."""
    data = data.resolve()
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    (data / "locks").mkdir(mode=0o700, exist_ok=True)
    return data


def socket_folder(data: Path, name: str) -> Path:
    """A private folder for one server's sockets, with a path short and plain enough for every client.

    It is in `run/` in the data folder, or, where that path will not do, elsewhere: `run` is then a link there.
    """
    with held(data / "locks" / "run", patience=10):
        run = data / "run"
        if _suits(run):
            if run.is_symlink():  # the data was moved here from a deeper folder
                run.unlink()
            run.mkdir(mode=0o700, exist_ok=True)
        else:
            run = _short(data, run)
        run.chmod(0o700)
        (run / name).mkdir(mode=0o700, exist_ok=True)
        return run / name


def taken(path: Path) -> int | None:
    """Take a lock for as long as the file descriptor is open, here or in a child; None if somebody has it."""
    try:
        lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except PermissionError as problem:
        raise CannotStartError(
            f"{path.parent.parent} belongs to another user; run as that user, or choose another ATTESTED_DATA"
        ) from problem
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        return None
    return lock


@contextmanager
def held(path: Path, *, patience: float) -> Iterator[int]:
    deadline = time.monotonic() + patience
    while (lock := taken(path)) is None:
        if time.monotonic() > deadline:
            raise CannotStartError(f"{path.stem}: process {holder(path)} has not let go of {path}")
        time.sleep(TICK)
    try:
        yield lock
    finally:
        os.close(lock)


def holder(path: Path) -> int | None:
    """The process that says it holds the lock, by its own signature in the file."""
    words = path.read_text(encoding="ascii").split() if path.exists() else []
    return int(words[0]) if words else None


def _suits(path: Path) -> bool:
    return len(os.fsencode(path)) <= LONGEST and PLAIN.fullmatch(str(path)) is not None


def _short(data: Path, link: Path) -> Path:
    """The folder the link remembers if it is still ours, or a new one.

    Its name carries a mark of the data folder, so that a copy of the data does not share the sockets of the original.
    """
    prefix = f"attested-{hashlib.sha256(os.fsencode(data)).hexdigest()[:8]}-"
    if link.is_symlink():
        target = link.readlink()
        if target.name.startswith(prefix) and _is_ours(target):
            return target
        link.unlink()
    elif link.exists():  # the data was moved here from a shorter path; only dead sockets are in it
        shutil.rmtree(link)
    target = Path(tempfile.mkdtemp(prefix=prefix, dir=_short_parent()))
    link.symlink_to(target)
    return target


def _short_parent() -> Path:
    shared = Path("/tmp")  # noqa: S108 - a private folder is made inside
    runtime = Path(os.environ.get("XDG_RUNTIME_DIR") or shared)
    return (
        runtime if _suits(runtime / "attested-01234567-01234567") and os.access(runtime, os.W_OK) else shared
    )


def _is_ours(folder: Path) -> bool:
    try:
        seen = folder.lstat()
    except FileNotFoundError:
        return False
    return stat.S_ISDIR(seen.st_mode) and seen.st_uid == os.geteuid() and _suits(folder)
