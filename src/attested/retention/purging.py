"""How does what was agreed to go, a few thousand rows at a time, leaving its number and its hash?"""

import hashlib
from collections.abc import Sequence

from asyncpg import Connection, Record

from attested.retention.holdings import HOLDINGS, Kind
from foundation.audit import Actor, Event, write
from foundation.database import transaction

CHUNK = 2_000
ACTOR = Actor.system("retention.purge")
PURPOSE = "retention"


async def carry_out(number: int, *, chunk: int = CHUNK) -> int:
    """Purge what was agreed to and return how many rows went in all; stopped anywhere, it goes on from there."""
    while True:
        async with transaction() as connection:
            agreed = await connection.fetchrow(
                "SELECT * FROM foundation.purge WHERE id = $1 AND state = 'agreed' FOR UPDATE", number
            )
            if agreed is None:
                return await _purged(connection, number)
            gone = await _next(connection, agreed, chunk)
            await _note(connection, agreed, gone, is_last=len(gone) < chunk)


async def _next(connection: Connection, agreed: Record, chunk: int) -> Sequence[Record]:
    kind = Kind(agreed["kind"])
    is_held = await connection.fetchval(
        "SELECT EXISTS (SELECT FROM foundation.retention_hold WHERE kind = $1 AND ended_at IS NULL)", kind
    )
    return [] if is_held else await connection.fetch(HOLDINGS[kind].purge, agreed["before"], chunk)


async def _note(connection: Connection, agreed: Record, gone: Sequence[Record], *, is_last: bool) -> None:
    """Write down, with what has just gone, how much that is by now and the hash of all of it."""
    digest = hashlib.sha256(agreed["digest"] or b"")
    for text in sorted(row[0] for row in gone):
        digest.update(text.encode() + b"\n")
    purged = agreed["purged"] + len(gone)
    await connection.execute(
        """UPDATE foundation.purge SET purged = $2, digest = $3, state = CASE WHEN $4 THEN 'done' ELSE state END,
                  finished_at = CASE WHEN $4 THEN clock_timestamp() END WHERE id = $1""",
        agreed["id"], purged, digest.digest(), is_last,
    )  # fmt: skip
    if is_last:
        detail = {"purge": agreed["id"], "kind": agreed["kind"], "rows": purged, "digest": digest.hexdigest()}
        await write(connection, ACTOR, Event("purged", PURPOSE, detail=detail))


async def _purged(connection: Connection, number: int) -> int:
    return int(await connection.fetchval("SELECT purged FROM foundation.purge WHERE id = $1", number) or 0)
