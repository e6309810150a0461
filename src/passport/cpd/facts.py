"""What has somebody written of their development, and what was shared with whoever asks? The database shows no more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from asyncpg import Connection, Record

from foundation.requests import EXACT
from passport.attachments.facts import Shelf
from passport.cpd.rules import Addition, Entry, Share, Verification, Words

PAGE = 50
MOST_SHARED = 200
FILES = Shelf("passport.cpd_attachment", "entry_id")
OPENED = ("cpd entry read", "cpd file taken")
"""The lines of audit that say somebody read an entry, or took a file from beside it."""


@dataclass(frozen=True, slots=True)
class SharedEntry:
    """An entry that was shared with whoever asks, as it stands in their list."""

    id: int
    person_id: int
    title: str
    as_supervisor: bool
    shared_at: datetime
    is_verified_by_me: bool


_SHARES = """
ARRAY(SELECT (share.id, share.person_id, reader_id, as_supervisor, shared_at) FROM passport.cpd_share AS share
       WHERE share.entry_id = entry.id AND ended_at IS NULL ORDER BY share.id)"""
_ADDITIONS = """
ARRAY(SELECT (text, addition.recorded_at) FROM passport.cpd_addition AS addition
       WHERE addition.entry_id = entry.id ORDER BY addition.id)"""
_VERIFICATIONS = """
ARRAY(SELECT (verified_by, as_supervisor, words, verification.recorded_at) FROM passport.cpd_verification AS verification
       WHERE verification.entry_id = entry.id ORDER BY verification.id)"""
_OPENED = f"""
EXISTS (SELECT FROM foundation.audit_event WHERE subject_id = entry.person_id AND event IN {OPENED}
           AND detail @> jsonb_build_object('entry', entry.id))"""
_ENTRY = f"""
SELECT entry.*, {_SHARES} AS shares, {_ADDITIONS} AS additions, {_VERIFICATIONS} AS verifications,
       {_OPENED} AS is_opened
  FROM passport.cpd_entry AS entry
"""  # noqa: S608 - our own constants
_SHARED = """
SELECT entry.id, entry.person_id, entry.title, share.as_supervisor, share.shared_at,
       EXISTS (SELECT FROM passport.cpd_verification AS verification
                WHERE verification.entry_id = entry.id AND verified_by = $1) AS is_verified_by_me
  FROM passport.cpd_share AS share JOIN passport.cpd_entry AS entry ON entry.id = share.entry_id
 WHERE share.reader_id = $1 AND share.ended_at IS NULL
"""


async def own_entries(
    connection: Connection, person_id: int, *, discarded: bool = False, before: int | None = None
) -> Sequence[Entry]:
    """Return what somebody wrote, the newest first, a page at a time; what they put aside only if asked for."""
    rows = await connection.fetch(
        f"""{_ENTRY} WHERE entry.person_id = $1 AND (discarded_at IS NOT NULL) = $2
               AND ($3::bigint IS NULL OR entry.id < $3) ORDER BY entry.id DESC LIMIT {PAGE}""",
        person_id,
        discarded,
        before,
    )
    return [_entry(row) for row in rows]


async def entry_of(connection: Connection, entry_id: int) -> Entry | None:
    """Return an entry, if it is whoever asks's own or shared with them."""
    if entry_id > EXACT:
        return None
    row = await connection.fetchrow(f"{_ENTRY} WHERE entry.id = $1", entry_id)
    return None if row is None else _entry(row)


async def shared_with(connection: Connection, reader_id: int) -> Sequence[SharedEntry]:
    """Return what others shared with whoever asks, what waits to be verified first."""
    rows = await connection.fetch(
        f"{_SHARED} ORDER BY is_verified_by_me, share.shared_at DESC, entry.id DESC LIMIT {MOST_SHARED}",
        reader_id,
    )
    return [SharedEntry(*row) for row in rows]


async def share_of(connection: Connection, entry_id: int, reader_id: int) -> Share | None:
    """Return by which share an entry opens to whoever asks."""
    row = await connection.fetchrow(
        """SELECT share.id, share.person_id, reader_id, as_supervisor, shared_at FROM passport.cpd_share AS share
             JOIN passport.cpd_entry AS entry ON entry.id = share.entry_id
            WHERE entry_id = $1 AND reader_id = $2 AND ended_at IS NULL""",
        min(entry_id, EXACT),
        reader_id,
    )
    return None if row is None else Share(*row)


def _entry(row: Record) -> Entry:
    return Entry(
        id=row["id"],
        person_id=row["person_id"],
        words=Words(
            title=row["title"],
            happened_on=row["happened_on"],
            what=row["what"],
            so_what=row["so_what"],
            now_what=row["now_what"],
            hours=row["hours"],
            standards=tuple(row["standards"]),
            profiles=tuple(row["profiles"]),
        ),
        recorded_at=row["recorded_at"],
        changed_at=row["changed_at"],
        discarded_at=row["discarded_at"],
        is_opened=row["is_opened"],
        shares=tuple(Share(*one) for one in row["shares"]),
        additions=tuple(Addition(*one) for one in row["additions"]),
        verifications=tuple(Verification(*one) for one in row["verifications"]),
    )
