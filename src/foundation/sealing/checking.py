"""Is this line what was sealed, and is this head what it claims? Says of the first that is not what was done to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

import msgspec
from asyncpg import Record

from foundation.sealing.heads import Head, NotAHeadError, read_head
from foundation.sealing.keys import PublicKey, in_force, is_signed
from foundation.sealing.tree import HASH, LEAF, root_of, split

SEEN = (
    "id, era, xid::text::bigint AS xid, at, actor_id, actor_name, role, event, purpose, is_reading,"
    " subject_id, nullif(subject_ids, '{}') AS subject_ids, detail::text AS detail, encode(text_hash, 'hex') AS text_hash, request_id"
)
"""What a line shows to people, in the order of `Line`; an empty list would cost more to read than all the rest."""


class Harm(StrEnum):
    """What can have been done to the audit."""

    LINE_CHANGED = "line changed"
    LINE_SHOWN_OTHERWISE = "line shown otherwise than it was sealed"
    LINE_MISSING = "line missing"
    LINE_ADDED = "line added"
    LINES_SWAPPED = "lines out of their order"
    TEXT_CHANGED = "text changed"
    SEAL_CHANGED = "seal changed"
    SEAL_MISSING = "seal missing"
    SEAL_NOT_THE_KEPT_ONE = "seal not the one that was kept"
    SIGNED_WITHOUT_AUTHORITY = "seal not signed by the key in force"
    KEY_NOT_VOUCHED_FOR = "key not vouched for"


@dataclass(frozen=True, slots=True)
class Fault:
    """The first thing that is wrong: the line of audit it concerns, and the seal that it is under."""

    harm: Harm
    event_id: int | None = None
    seal: int | None = None


class Line(msgspec.Struct, frozen=True):
    """What the canonical bytes of a line say."""

    id: int
    era: int
    xid: int
    at: datetime
    actor_id: int | None
    actor_name: str
    role: str | None
    event: str
    purpose: str
    is_reading: bool
    subject_id: int | None
    subject_ids: list[int]
    detail: msgspec.Raw
    text_hash: str | None
    request_id: str | None


_LINE = msgspec.json.Decoder(Line)


def is_shown_as_sealed(row: Record) -> bool:
    """Say whether the columns that people read say exactly what the canonical bytes say."""
    try:
        said = _LINE.decode(row["canonical"])
    except msgspec.DecodeError:
        return False
    return (
        said.id, said.era, said.xid, said.at, said.actor_id, said.actor_name, said.role, said.event, said.purpose,
        said.is_reading, said.subject_id, said.subject_ids or None, bytes(said.detail).decode(), said.text_hash, said.request_id,
    ) == row[:-1]  # fmt: skip


def fault_of_lines(seal: Record, rows: Sequence[Record]) -> Fault | None:
    """Compare lines with the hashes that were sealed, and name the first that is not the one that was."""
    ids: Sequence[int] = seal["event_ids"]
    leaves: bytes = seal["leaves"]
    for place, row in enumerate(rows):
        leaf = sha256(LEAF + row["canonical"]).digest()
        if leaf != leaves[place * HASH : place * HASH + HASH]:
            break
        if not is_shown_as_sealed(row):
            return Fault(Harm.LINE_SHOWN_OTHERWISE, row["id"], seal["number"])
    else:
        if len(rows) == len(ids):
            return None
        place = len(rows)
    found = [row["id"] for row in rows]
    return Fault(*_difference(ids, found, place), seal["number"])


def _difference(sealed: Sequence[int], found: Sequence[int], place: int) -> tuple[Harm, int]:
    """Say what was done where the lines begin to differ from what was sealed."""
    if place >= len(found):
        return Harm.LINE_MISSING, sealed[place]
    if place >= len(sealed) or found[place] not in set(sealed):
        return Harm.LINE_ADDED, found[place]
    if found[place] == sealed[place]:
        return Harm.LINE_CHANGED, found[place]
    return (Harm.LINE_MISSING, sealed[place]) if sealed[place] not in set(found) else (
        Harm.LINES_SWAPPED, found[place],
    )  # fmt: skip


def fault_of_head(seal: Record, before: Head | None, keys: Sequence[PublicKey]) -> Fault | None:
    """Say what is wrong with a head by itself, with what it follows, or with who signed it."""
    number, expected = seal["number"], before.number + 1 if before else 1
    if number != expected:
        return Fault(Harm.SEAL_MISSING, _line_after(before), expected)
    try:
        head = read_head(seal["head"])
    except NotAHeadError:
        return Fault(Harm.SEAL_CHANGED, seal["first_id"], number)
    if _columns(seal) != head or not _follows(head, before):
        return Fault(Harm.SEAL_CHANGED, seal["first_id"], number)
    key = in_force(keys, number)
    if key is None or key.id != head.key_id or not is_signed(seal["head"], seal["signature"], key.public_key):
        return Fault(Harm.SIGNED_WITHOUT_AUTHORITY, seal["first_id"], number)
    if root_of(split(seal["leaves"])) != head.root:
        return Fault(Harm.SEAL_CHANGED, seal["first_id"], number)
    return None


def _line_after(before: Head | None) -> int | None:
    return before.last_id + 1 if before else None


def _columns(seal: Record) -> Head:
    return Head(
        seal["number"], seal["events"], seal["total"], seal["first_id"], seal["last_id"],
        root=seal["root"], previous=seal["previous"], sealed_at=seal["sealed_at"], key_id=seal["key_id"],
    )  # fmt: skip


def _follows(head: Head, before: Head | None) -> bool:
    previous, total = (before.hash, before.total) if before else (bytes(HASH), 0)
    return head.previous == previous and head.total == total + head.events
