"""How are the heads kept where whoever rules the database cannot reach them? In a file that only ever grows."""

import fcntl
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import msgspec

from foundation.database import fetch
from foundation.problems import InvalidError, Problem
from foundation.sealing.facts import SignedHead, keys, signed
from foundation.sealing.heads import Head, NotAHeadError, read_head
from foundation.sealing.keys import PublicKey
from foundation.settings import settings

AT_A_TIME = 1_000
TAIL = 8_192  # more than a line ever has


class KeptKey(msgspec.Struct, frozen=True, omit_defaults=True):
    """A key that begins with the head beside it."""

    public_key: str
    endorsement: str | None = None


class KeptHead(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line of the file: a head as it was signed, its signature, and the key where one begins."""

    head: str
    signature: str
    key: KeptKey | None = None

    @property
    def read(self) -> Head:
        """Return what the head says."""
        return read_head(self.head.encode())


class HeadsDivergeError(Problem):
    """The heads kept outside the database are not those in it: run `attested verify audit` before anything else."""


class NoHeadsError(InvalidError):
    """That file holds no heads: each line is one head, as the sealer or the page of a head writes it."""


def heads_file() -> Path:
    """Return the file outside the database to which every head is added."""
    chosen = settings()
    return chosen.heads_file or chosen.attested_data / "heads" / "heads.jsonl"


def line_of(one: SignedHead, by_seal: Mapping[int, PublicKey]) -> bytes:
    """Return a head as a line of the file: the same bytes whoever writes it, and whenever."""
    key = by_seal.get(one.head.number)
    begins = (
        KeptKey(key.public_key.hex(), key.endorsement.hex() if key.endorsement else None) if key else None
    )
    kept = KeptHead(one.written.decode(), one.signature.hex(), begins)
    return msgspec.json.encode(kept) + b"\n"


def read_kept(path: Path) -> Sequence[KeptHead]:
    """Return the heads of a file, in its order.

    :raises NoHeadsError: it holds something else, or nothing.
    """
    try:
        lines = [line for line in path.read_bytes().split(b"\n") if line.strip()]
        kept = [msgspec.json.decode(line, type=KeptHead) for line in lines]
        if not all(one.read.number for one in kept):
            raise NoHeadsError
    except (OSError, msgspec.DecodeError, NotAHeadError) as wrong:
        raise NoHeadsError from wrong
    if not kept:
        raise NoHeadsError
    return kept


async def publish(path: Path) -> int:
    """Add to the file the heads that it lacks, synced to the disk, and return how many they were.

    None where another is at it. A line that a crash left half written is completed, never taken back.
    :raises HeadsDivergeError: the last head of the file is not the database's.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    added = 0
    with _locked(path) as file:
        if file is None:
            return 0
        last, torn = _end_of(file)
        by_seal = {key.from_seal: key for key in await keys()}
        if last is not None:
            _must_agree(last, await _heads_after(last.read.number - 1, 1))
        number = last.read.number if last else 0
        while found := await _heads_after(number, AT_A_TIME):
            lines = b"".join(line_of(one, by_seal) for one in found)
            if not lines.startswith(torn):
                raise HeadsDivergeError
            _append(file, lines[len(torn) :])
            number, torn, added = found[-1].head.number, b"", added + len(found)
        if torn:
            raise HeadsDivergeError
    return added


async def _heads_after(number: int, limit: int) -> Sequence[SignedHead]:
    rows = await fetch(
        "SELECT head, signature FROM foundation.seal WHERE number > $1 ORDER BY number LIMIT $2",
        number,
        limit,
    )
    return [signed(row) for row in rows]


def _must_agree(last: KeptHead, found: Sequence[SignedHead]) -> None:
    if not found or found[0].written.decode() != last.head:
        raise HeadsDivergeError


@contextmanager
def _locked(path: Path) -> Iterator[BinaryIO | None]:
    """Open the file for one writer of this machine at a time; None for the others."""
    is_new = not path.exists()
    with path.open("a+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
            return
        if is_new:
            _sync_folder(path.parent)
        yield file


def _end_of(file: BinaryIO) -> tuple[KeptHead | None, bytes]:
    """Return the last whole line of the file, and what was left half written after it."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - TAIL))
    *whole, torn = file.read().split(b"\n")
    return (msgspec.json.decode(whole[-1], type=KeptHead) if whole else None), torn


def _append(file: BinaryIO, lines: bytes) -> None:
    file.write(lines)
    file.flush()
    os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
