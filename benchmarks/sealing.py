"""Does the sealer keep well ahead of all who write, and how long does it take to verify what it sealed?"""

import asyncio
from collections.abc import AsyncIterator
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from benchmarks.measuring import Figure, Goal, Named, Rounds, figure, in_turn, timed
from benchmarks.world import World
from foundation.audit import Actor, Event, recorded
from foundation.database import execute, snapshot
from foundation.sealing.actions import seal
from foundation.sealing.kept import publish
from foundation.sealing.keys import SigningKey
from foundation.sealing.verify import AT_A_TIME, verify

WRITERS, LINES_EACH = 8, 400
MANY = 50_000
# The nation is kept from one measurement to the next, and so must be the key that sealed it.
KEY = SigningKey(Ed25519PrivateKey.from_private_bytes(sha256(b"benchmark").digest()))
READING = Event(
    "passport read", "measuring", subject_id=1, detail={"on": "2026-03-01"}, role="licensing desk"
)
_MANY = """
INSERT INTO foundation.audit_event (actor_name, event, purpose, subject_id, detail, role)
SELECT 'benchmark', 'passport read', 'measuring', number, '{"on": "2026-03-01"}', 'licensing desk'
  FROM generate_series(1, $1) AS number
"""


async def figures(world: World) -> AsyncIterator[Figure]:
    """Measure the sealer against eight writers at full speed, and verifying against reading."""
    with TemporaryDirectory() as folder:
        heads = Path(folder) / "heads.jsonl"
        await _seal(heads)
        yield await _against_writers(world, heads)
        await execute(_MANY, MANY)
        await _seal(heads)
    await world.settled()
    yield await in_turn(
        Named("verifying the audit, line by line", "reading its lines", Goal(4.0)),
        _read,
        _verify,
        rounds=Rounds(world.size.rounds),
    )


async def _against_writers(world: World, heads: Path) -> Figure:
    """Compare the time in which lines are written with the time in which they are sealed and published."""
    floors, ours = [], []
    for turn in range(world.size.rounds + 1):
        written = await timed(_write)
        sealed = await timed(lambda: _seal(heads))
        if turn:
            floors.append(sealed)
            ours.append(written)
    named = Named(
        f"{WRITERS} writers of audit at full speed", "sealing what they wrote", Goal(20, at_most=False)
    )
    return figure(named, floors, ours)


async def _write() -> None:
    await asyncio.gather(*(_writer(Actor(None, f"writer {number}")) for number in range(WRITERS)))


async def _writer(actor: Actor) -> None:
    for _ in range(LINES_EACH):
        async with recorded(actor, READING):
            pass


async def _seal(heads: Path) -> None:
    while await seal(KEY) is not None:
        pass
    await publish(heads)


async def _verify() -> None:
    assert (await verify([])).is_sound, "the audit of the benchmark is as it was sealed"  # noqa: S101


async def _read() -> None:
    async with snapshot() as connection:
        cursor = await connection.cursor("SELECT * FROM foundation.audit_event ORDER BY era, xid, id")
        while await cursor.fetch(AT_A_TIME):
            pass
