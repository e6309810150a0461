"""In which encoding is a file written, judged by all of it, and is it a file of text at all?"""

import hashlib
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder, lookup
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from charset_normalizer import from_bytes

from foundation.intake.errors import UnreadableFileError

CHUNK = 1 << 20
MEGABYTE = 1_000_000
SAMPLE = 1 << 16
SAMPLE_OF_A_CHUNK = 1 << 12
CONTEXT = 60
# What is not UTF-8 on a British desk: Windows, an old Macintosh, a DOS program.
PLAUSIBLE = ["cp1252", "mac_roman", "cp850"]
MARKS = ((BOM_UTF8, "utf-8-sig"), (BOM_UTF16_LE, "utf-16"), (BOM_UTF16_BE, "utf-16"))
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]+")
_WRONG = re.compile("[\udc80-\udcff]")
_RIGHT = re.compile("[^\x00-\x7f\udc80-\udcff]")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is taken: bytes and lines in it, columns, letters in a cell and in one line of text."""

    size: int | None = None
    lines: int | None = None
    columns: int = 200
    cell: int = 2_048
    line: int = 1 << 19


FOR_PAGES = Limits(size=10 * MEGABYTE, lines=50_000)
FOR_COMMANDS = Limits()


@dataclass(frozen=True, slots=True)
class Survey:
    """What a first pass over the bytes found. `damaged`: a few bytes are not in the encoding; their lines are rejected."""

    encoding: str
    how: str
    damaged: bool
    sha256: str
    size: int
    line_ends: int

    @property
    def words(self) -> str:
        """Return the encoding and how it was found."""
        return f"{self.encoding} ({self.how})"


@dataclass(slots=True)
class _Seen:
    size: int = 0
    line_ends: int = 0
    ended_at: int = 0
    right: int = 0
    wrong: int = 0
    sample: bytearray = field(default_factory=bytearray)


def survey(path: Path, limits: Limits, *, declared: str | None = None) -> Survey:
    """Read the bytes of a file once.

    :raises UnreadableFileError: it is empty, too big, no text, or has a line without end.
    """
    digest, seen = hashlib.sha256(), _Seen()
    with path.open("rb") as stream:
        start = stream.read(CHUNK)
        if not start.strip():
            raise UnreadableFileError("The file is empty.")
        wide = _wide(start)
        decode = getincrementaldecoder("utf-8")("surrogateescape").decode
        chunk = start
        while chunk:
            digest.update(chunk)
            _look_at(chunk, seen, limits, is_wide=wide is not None)
            if wide is None:
                _weigh(chunk, seen, decode)
            chunk = stream.read(CHUNK)
    encoding, how = _chosen(start, seen, wide, declared)
    damaged = seen.wrong > 0 if encoding.startswith("utf-8") else wide is None
    return Survey(encoding, how, damaged, digest.hexdigest(), seen.size, seen.line_ends)


def _look_at(chunk: bytes, seen: _Seen, limits: Limits, *, is_wide: bool) -> None:
    ends = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
    seen.ended_at = seen.size + ends if ends >= 0 else seen.ended_at
    seen.size += len(chunk)
    seen.line_ends += max(chunk.count(b"\n"), chunk.count(b"\r"))
    if limits.size is not None and seen.size > limits.size:
        raise UnreadableFileError(f"The file is larger than {limits.size // MEGABYTE} MB.")
    if seen.size - seen.ended_at > limits.line * 2:
        raise UnreadableFileError("A line of the file has no end: is this a table of text?")
    if not is_wide and b"\0" in chunk:
        at = seen.size - len(chunk) + chunk.index(b"\0")
        raise UnreadableFileError(f"The file holds a NUL at byte {at:,}: it is no text, or it is damaged.")


def _weigh(chunk: bytes, seen: _Seen, decode: Callable[[bytes], str]) -> None:
    text = decode(chunk)
    if chunk.isascii():
        seen.wrong += len(_WRONG.findall(text[:4]))  # what the chunk before left unfinished
        return
    seen.right += len(_RIGHT.findall(text))
    seen.wrong += len(_WRONG.findall(text))
    taken = 0
    for found in _BEYOND_ASCII.finditer(chunk):
        if taken > SAMPLE_OF_A_CHUNK or len(seen.sample) > SAMPLE:
            break
        piece = chunk[max(0, found.start() - CONTEXT) : found.end() + CONTEXT]
        seen.sample += piece + b"\n"
        taken += len(piece)


def _wide(start: bytes) -> str | None:
    """Return UTF-16 where a mark says so, or where every other byte of Latin text is a NUL."""
    for mark, name in MARKS:
        if start.startswith(mark):
            return name if name == "utf-16" else None
    head = start[:4096]
    half = len(head) // 2
    for name, offset in (("utf-16-le", 1), ("utf-16-be", 0)):
        if half and head[offset::2].count(0) > half * 0.8 and head[1 - offset :: 2].count(0) < half * 0.2:
            return name
    return None


def _chosen(start: bytes, seen: _Seen, wide: str | None, declared: str | None) -> tuple[str, str]:
    for mark, name in MARKS:
        if start.startswith(mark):
            return name, "it says so itself"
    if wide is not None:
        return wide, "every other byte is empty"
    if seen.wrong == 0:
        return "utf-8", "all of it is" if seen.right else "plain ASCII"
    if seen.right > seen.wrong * 3:
        return "utf-8", f"but for {seen.wrong:,} damaged bytes"
    if declared is not None:
        return lookup(declared).name, "as the mapping says"
    best = from_bytes(bytes(seen.sample), cp_isolation=PLAUSIBLE).best()
    return (
        (best.encoding, "judged by its letters")
        if best
        else ("cp1252", "the usual one; its letters do not say")
    )
