"""Which heads and keys are there, and where in the tree does a line of audit stand?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from asyncpg import Connection, Record

from foundation.database import fetch, fetch_one
from foundation.problems import NotFoundError
from foundation.sealing.heads import Head, read_head
from foundation.sealing.keys import PublicKey
from foundation.sealing.tree import leaf_hash, path_of, root_by, split

SHOWN = 25


@dataclass(frozen=True, slots=True)
class SignedHead:
    """A head, the very bytes that were signed, and the signature."""

    head: Head
    written: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class HeadPage:
    """Some heads, newest first, and the number before which to go on."""

    heads: tuple[SignedHead, ...]
    next_before: int | None


@dataclass(frozen=True, slots=True)
class Unsealed:
    """How many lines of audit no head stands for yet, and since when the first of them waits."""

    lines: int
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Inclusion:
    """What proves to anybody who holds a head that one line of audit is under it: nothing else of the audit is shown."""

    line: bytes
    place: int
    path: tuple[bytes, ...]
    head: bytes
    signature: bytes


class NotSealedError(NotFoundError):
    """No head stands for that line of audit, or not yet."""


async def heads(*, before: int | None = None, limit: int = SHOWN) -> HeadPage:
    """Return the newest heads, or those before a number."""
    rows = await fetch(
        """SELECT head, signature FROM foundation.seal WHERE number < coalesce($1, 9223372036854775807)
            ORDER BY number DESC LIMIT $2""",
        before,
        limit + 1,
    )
    found = tuple(signed(row) for row in rows[:limit])
    return HeadPage(found, found[-1].head.number if len(rows) > limit else None)


async def head(number: int) -> SignedHead | None:
    """Return one head."""
    row = await fetch_one("SELECT head, signature FROM foundation.seal WHERE number = $1", number)
    return signed(row) if row else None


async def keys(connection: Connection | None = None) -> Sequence[PublicKey]:
    """Return every key there was, in the order in which they began."""
    asked = (
        "SELECT id, public_key, from_seal, began_at, endorsement FROM foundation.seal_key ORDER BY from_seal"
    )
    rows = await fetch(asked) if connection is None else await connection.fetch(asked)
    return [PublicKey(**row) for row in rows]


async def unsealed() -> Unsealed:
    """Count the lines after the last head; those of transactions still open are not among them."""
    row = await fetch_one(
        """WITH last AS (SELECT last_era, last_xid, last_id FROM foundation.seal ORDER BY number DESC LIMIT 1)
           SELECT count(*) AS lines, min(at) AS since FROM foundation.audit_event
            WHERE NOT EXISTS (SELECT FROM last)
               OR (era, xid, id) > (SELECT last_era, last_xid, last_id FROM last)"""
    )
    return Unsealed(**row) if row else Unsealed(0, None)


async def inclusion(event_id: int) -> Inclusion:
    """Return what proves that a line of audit is under the head that stands for it.

    :raises NotSealedError: there is no such line, or no head stands for it yet.
    """
    row = await fetch_one(
        """SELECT canonical, seal.event_ids, seal.leaves, seal.head, seal.signature
             FROM foundation.audit_event AS line CROSS JOIN LATERAL (
                  SELECT * FROM foundation.seal
                   WHERE (last_era, last_xid, last_id) >= (line.era, line.xid, line.id)
                   ORDER BY number LIMIT 1) AS seal
            WHERE line.id = $1""",
        event_id,
    )
    if row is None or event_id not in row["event_ids"]:
        raise NotSealedError
    place = row["event_ids"].index(event_id)
    path = path_of(split(row["leaves"]), place)
    return Inclusion(row["canonical"], place, path, row["head"], row["signature"])


def is_under(proof: Inclusion) -> bool:
    """Say whether the proof's line is under its head; whether the head is genuine its signature and the kept heads say."""
    head = read_head(proof.head)
    return root_by(leaf_hash(proof.line), proof.path, place=proof.place, size=head.events) == head.root


def signed(row: Record) -> SignedHead:
    """Read a head out of its row."""
    return SignedHead(read_head(row["head"]), row["head"], row["signature"])
