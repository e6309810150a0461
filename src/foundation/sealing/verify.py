"""Is the audit still what was sealed, and what was kept outside the database? If not, which line is the first that is not?"""

import asyncio
from bisect import bisect_right
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass

from asyncpg import Connection, Record
from asyncpg.cursor import Cursor

from foundation.audit import text_hash
from foundation.database import snapshot
from foundation.sealing.checking import (
    SEEN,
    Fault,
    Harm,
    fault_of_head,
    fault_of_lines,
    is_shown_as_sealed,
)
from foundation.sealing.facts import keys
from foundation.sealing.heads import Head, read_head
from foundation.sealing.kept import KeptHead
from foundation.sealing.keys import PublicKey, first_unendorsed

AT_A_TIME, SEALS_AT_A_TIME = 5_000, 20
_LINES = f"SELECT {SEEN}, canonical FROM foundation.audit_event ORDER BY era, audit_event.xid, id"  # noqa: S608 - our own columns
_SEALS = """
SELECT number, sealed_at, events, total, first_id, last_id, last_era, last_xid::text::bigint AS last_xid, root, previous,
       key_id, head, signature, event_ids, leaves FROM foundation.seal ORDER BY number
"""
_TEXTS = """
SELECT id, text_hash, salt, text FROM foundation.audit_event LEFT JOIN foundation.audit_text ON event_id = id
 WHERE (text_hash IS NOT NULL OR event_id IS NOT NULL) AND erased_at IS NULL ORDER BY id
"""

Sealed = tuple[Record, Sequence[Record]]
Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class AuditVerified:
    """How much of the audit was compared, and the first thing that was wrong.

    `kept` counts the heads kept outside the database with which it was compared; `unsealed` the lines that no head
    stands for yet.
    """

    lines: int
    seals: int
    unsealed: int
    kept: int
    last_seal: int | None
    fault: Fault | None

    @property
    def is_sound(self) -> bool:
        """Say whether nothing is wrong."""
        return self.fault is None


class Lines:
    """The lines of audit in their order, a few thousand at a time however many there are."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor
        self._chunk: list[Record] = []
        self.taken = 0

    async def through(self, last: tuple[int, int, int] | None) -> list[Record]:
        """Return the next lines, as far as a place in the order; None returns a few of the rest, and none at the end."""
        found: list[Record] = []
        while True:
            if not self._chunk and not await self._fill():
                break
            cut = len(self._chunk) if last is None else bisect_right(self._chunk, last, key=_place)
            found += self._chunk[:cut]
            self._chunk = self._chunk[cut:]
            if self._chunk or last is None:
                break
        self.taken += len(found)
        return found

    async def _fill(self) -> bool:
        self._chunk = await self._cursor.fetch(AT_A_TIME)
        return bool(self._chunk)


def _place(row: Record) -> tuple[int, int, int]:
    return row["era"], row["xid"], row["id"]


async def verify(kept: Sequence[KeptHead], *, told: Told = lambda _done, _of: None) -> AuditVerified:
    """Compare every line, head and key with one another and with the heads kept outside; stop at the first fault."""
    async with snapshot() as connection:
        lines = Lines(await connection.cursor(_LINES))
        known = await keys(connection)
        of = await connection.fetchval("SELECT count(*) FROM foundation.audit_event")
        fault = fault_of_keys(known, kept)
        last: Head | None = None
        if fault is None:
            async with aclosing(_one_ahead(_sealed(connection, lines))) as sealed:
                last, fault = await _walk(sealed, known, kept, lambda done: told(done, of))
        under_heads = lines.taken
        fault = fault or await _rest(lines) or await _texts(connection)
    number = last.number if last else 0
    return AuditVerified(lines.taken, number, lines.taken - under_heads, len(kept), number or None, fault)


async def _walk(
    sealed: AsyncIterator[Sealed],
    known: Sequence[PublicKey],
    kept: Sequence[KeptHead],
    told: Callable[[int], None],
) -> tuple[Head | None, Fault | None]:
    """Go through the seals in their order; return the last that is sound, and the first thing wrong after it."""
    by_number = {one.read.number: one for one in kept}
    before, done = None, 0
    async for seal, rows in sealed:
        # In a thread, so that the next lines arrive meanwhile.
        fault = await asyncio.to_thread(_fault_of, seal, rows, before, (known, by_number))
        if fault is not None:
            return before, fault
        before, done = read_head(seal["head"]), done + len(rows)
        told(done)
    return before, _cut_off(before, by_number)


def _fault_of(
    seal: Record,
    rows: Sequence[Record],
    before: Head | None,
    anchors: tuple[Sequence[PublicKey], Mapping[int, KeptHead]],
) -> Fault | None:
    known, kept = anchors
    return fault_of_head(seal, before, known) or _unlike(seal, kept) or fault_of_lines(seal, rows)


async def _sealed(connection: Connection, lines: Lines) -> AsyncIterator[Sealed]:
    """Return each seal with the lines that are under it by their place."""
    seals = await connection.cursor(_SEALS)
    while found := await seals.fetch(SEALS_AT_A_TIME):
        for seal in found:
            yield seal, await lines.through((seal["last_era"], seal["last_xid"], seal["last_id"]))


async def _one_ahead(source: AsyncIterator[Sealed]) -> AsyncGenerator[Sealed, None]:
    """Fetch the next while the one before is being looked at."""
    following = asyncio.create_task(_next(source))
    try:
        while (found := await following) is not None:
            following = asyncio.create_task(_next(source))
            yield found
    finally:
        await asyncio.wait([following])  # the connection is free again for whatever comes after


async def _next(source: AsyncIterator[Sealed]) -> Sealed | None:
    return await anext(source, None)


def fault_of_keys(known: Sequence[PublicKey], kept: Sequence[KeptHead]) -> Fault | None:
    """Find a key that no key before it vouches for, or that is not the one kept outside."""
    unendorsed = first_unendorsed(known)
    if unendorsed is not None:
        return Fault(Harm.KEY_NOT_VOUCHED_FOR, seal=unendorsed.from_seal)
    there = {key.from_seal: key.public_key.hex() for key in known}
    for one in kept:
        if one.key is not None and there.get(one.read.number) != one.key.public_key:
            return Fault(Harm.KEY_NOT_VOUCHED_FOR, seal=one.read.number)
    return None


def _unlike(seal: Record, kept: Mapping[int, KeptHead]) -> Fault | None:
    """Find that a head is not the one kept outside, however well it was signed."""
    one = kept.get(seal["number"])
    if one is None or one.head.encode() == seal["head"]:
        return None
    return Fault(Harm.SEAL_NOT_THE_KEPT_ONE, one.read.first_id, seal["number"])


def _cut_off(last: Head | None, kept: Mapping[int, KeptHead]) -> Fault | None:
    """Find that heads were kept outside which the database has no longer."""
    gone = [number for number in sorted(kept) if last is None or number > last.number]
    return Fault(Harm.SEAL_MISSING, kept[gone[0]].read.first_id, gone[0]) if gone else None


async def _rest(lines: Lines) -> Fault | None:
    """Look at the lines that no head stands for yet: they must at least show what their bytes say."""
    while rows := await lines.through(None):
        for row in rows:
            if not is_shown_as_sealed(row):
                return Fault(Harm.LINE_SHOWN_OTHERWISE, row["id"])
    return None


async def _texts(connection: Connection) -> Fault | None:
    """Compare what people wrote with the hash in its line; what was erased is erased, and no fault."""
    async for row in connection.cursor(_TEXTS, prefetch=AT_A_TIME):
        if row["text"] is None or row["text_hash"] != text_hash(row["salt"], row["text"]):
            return Fault(Harm.TEXT_CHANGED, row["id"])
    return None
