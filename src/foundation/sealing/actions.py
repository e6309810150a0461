"""How is what has been written since the last head sealed, once, by one of however many workers?"""

from collections.abc import Sequence
from datetime import datetime

from asyncpg import Connection, Record

from foundation.audit import Actor, Detail, Event, recorded
from foundation.database import transaction
from foundation.problems import ConflictError, Problem
from foundation.sealing.facts import SignedHead, keys
from foundation.sealing.heads import NOTHING, Head, endorsement
from foundation.sealing.keys import PublicKey, SigningKey, in_force
from foundation.sealing.tree import leaf_hash, root_of

ONE_SEALER = 7_246_386  # any number, so long as it is always this one
MOST = 10_000
"""The most lines under one head, so that neither memory nor a transaction grows with a backlog."""

# A line whose transaction is still open may yet appear before lines that are there already: sealing stops at the
# oldest open transaction, or it would miss that line for ever (docs/traps.md). Lines of an earlier era are all there.
# The order names the table's own xid: the text of it, which the driver can read, would put 1000 before 999.
_WAITING = """
SELECT id, era, xid::text AS xid, canonical FROM foundation.audit_event
 WHERE (era, xid, id) > ($1, $2::text::xid8, $3)
   AND (xid < pg_snapshot_xmin(pg_current_snapshot()) OR era < (SELECT max(era) FROM foundation.audit_event))
 ORDER BY era, audit_event.xid, id LIMIT $4
"""
_LAST = """
SELECT number, total, sha256(head) AS hash, last_era, last_xid::text AS last_xid, last_id,
       last_xid >= pg_snapshot_xmax(pg_current_snapshot())
           AND last_era = (SELECT max(era) FROM foundation.audit_event) AS is_ahead
  FROM foundation.seal ORDER BY number DESC LIMIT 1
"""
# Lines written since the restore, and before anybody noticed: those that no head stands for although the order says so.
_STRAYS = """
UPDATE foundation.audit_event AS line SET era = $1
  FROM (SELECT last_era, last_xid, last_id, sealed_at FROM foundation.seal ORDER BY number DESC LIMIT 1) AS last
 WHERE (line.era, line.xid, line.id) <= (last_era, last_xid, last_id) AND line.at > last.sealed_at
   AND NOT EXISTS (SELECT FROM foundation.seal WHERE event_ids @> ARRAY[line.id])
"""
# Of the program's roles this one alone adds seals and keys.
AS_SEALER = "SET LOCAL ROLE attested_sealer"
PURPOSE = "keeping the audit provable"


class SamePersonError(ConflictError):
    """Two people rotate the sealing key: whoever agrees is not whoever does it."""


class NothingSealedError(ConflictError):
    """The key in force has signed nothing yet: there is nothing to rotate."""


class KeyNotInForceError(Problem):
    """The sealing key on this machine is not the one in force: copy that one here, or name it in SEAL_KEY_FILE."""


class RenumberedError(Problem):
    """Transactions are numbered anew here: the database was restored from a dump. Run `attested seal new-era`."""


async def seal(key: SigningKey, *, most: int = MOST) -> SignedHead | None:
    """Seal up to `most` lines under one head; None where there is nothing to seal, or another is sealing.

    :raises KeyNotInForceError: another key is to sign. :raises RenumberedError: the order of lines has been lost.
    """
    async with transaction() as connection:
        await connection.execute(AS_SEALER)
        if not await connection.fetchval("SELECT pg_try_advisory_xact_lock($1)", ONE_SEALER):
            return None
        last = await connection.fetchrow(_LAST)
        if last and last["is_ahead"]:
            raise RenumberedError
        number = last["number"] + 1 if last else 1
        since = (last["last_era"], last["last_xid"], last["last_id"]) if last else (0, "0", 0)
        lines = await connection.fetch(_WAITING, *since, most)
        if not lines:
            return None
        await _hold(connection, key, number)
        return await _store(connection, key, _after(last, number), lines)


async def rotate(*, actor: Actor, approved_by: int, old: SigningKey, new: SigningKey) -> PublicKey:
    """Have another key sign from the next head on; the key in force vouches for it, and goes on checking its own heads.

    :raises KeyNotInForceError: `old` is not in force. :raises NothingSealedError: it has signed nothing yet.
    """
    if actor.person_id == approved_by:
        raise SamePersonError
    detail: Detail = {"from": old.id, "to": new.id, "approved_by": approved_by}
    async with recorded(actor, Event("seal key rotated", PURPOSE, detail=detail)) as connection:
        await connection.execute("SELECT pg_advisory_xact_lock($1)", ONE_SEALER)
        number = await connection.fetchval("SELECT coalesce(max(number), 0) + 1 FROM foundation.seal")
        current = in_force(await keys(connection), number)
        if current is None or current.from_seal == number:
            raise NothingSealedError
        if current.id != old.id:
            raise KeyNotInForceError
        said = endorsement(new.public, from_seal=number, previous=old.id)
        key = PublicKey(new.id, new.public, number, endorsement=old.sign(said))
        await connection.execute(AS_SEALER)
        await _bring_in(connection, key)
        await connection.execute("RESET ROLE")  # the sealer reads the audit and writes no line of it
    return key


async def begin_era(*, actor: Actor) -> int:
    """Go on sealing in a database restored from a dump, whose transactions are numbered anew; return the era's number.

    Lines written there before this was asked for come into the new era too: nothing stands for them yet.
    """
    async with recorded(actor, Event("audit era begun", PURPOSE)) as connection:
        await connection.execute(
            "SET LOCAL ROLE NONE"
        )  # the owner's own work, which no role of the program may do
        await connection.execute("SELECT pg_advisory_xact_lock($1)", ONE_SEALER)
        era = int(await connection.fetchval("SELECT coalesce(max(era), 0) + 1 FROM foundation.audit_event"))
        await connection.execute(
            f"""ALTER TABLE foundation.audit_event ALTER COLUMN era SET DEFAULT {era};
                ALTER TABLE foundation.audit_event DISABLE TRIGGER audit_event_is_kept"""
        )
        await connection.execute(_STRAYS, era)
        await connection.execute("UPDATE foundation.audit_event SET canonical = foundation.canonical(audit_event)"
                                 " WHERE era = $1", era)  # fmt: skip
        await connection.execute("ALTER TABLE foundation.audit_event ENABLE TRIGGER audit_event_is_kept")
    return era


async def _bring_in(connection: Connection, key: PublicKey) -> None:
    await connection.execute(
        "INSERT INTO foundation.seal_key (id, public_key, from_seal, endorsement) VALUES ($1, $2, $3, $4)",
        key.id, key.public_key, key.from_seal, key.endorsement,
    )  # fmt: skip


async def _hold(connection: Connection, key: SigningKey, number: int) -> None:
    """Make sure that this key is the one to sign with; the very first one brings itself in."""
    current = in_force(await keys(connection), number)
    if current is None:
        current = PublicKey(key.id, key.public, number)
        await _bring_in(connection, current)
    if current.id != key.id:
        raise KeyNotInForceError


def _after(last: Record | None, number: int) -> tuple[int, int, bytes]:
    """Return the number of the next head, how many lines came before it, and what it follows."""
    return (number, last["total"], last["hash"]) if last else (number, 0, NOTHING)


async def _store(
    connection: Connection, key: SigningKey, place: tuple[int, int, bytes], lines: Sequence[Record]
) -> SignedHead:
    number, before, previous = place
    leaves = [leaf_hash(line["canonical"]) for line in lines]
    sealed_at: datetime = await connection.fetchval("SELECT clock_timestamp()")
    head = Head(
        number, len(lines), before + len(lines), lines[0]["id"], lines[-1]["id"],
        root=root_of(leaves), previous=previous, sealed_at=sealed_at, key_id=key.id,
    )  # fmt: skip
    signature = key.sign(head.written)
    await connection.execute(
        """INSERT INTO foundation.seal (number, sealed_at, events, total, first_id, last_id, last_era, last_xid,
                                        root, previous, key_id, head, signature, event_ids, leaves)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8::text::xid8, $9, $10, $11, $12, $13, $14, $15)""",
        head.number, head.sealed_at, head.events, head.total, head.first_id, head.last_id,
        lines[-1]["era"], lines[-1]["xid"], head.root, head.previous, head.key_id, head.written, signature,
        [line["id"] for line in lines], b"".join(leaves),
    )  # fmt: skip
    return SignedHead(head, head.written, signature)
