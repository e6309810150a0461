"""What did somebody share of their development with whoever prepares a conversation with them? No more leaves this room."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from access.confiding import reading_as


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry that its author shared with a reader: its title and when it was, never what it says."""

    id: int
    title: str
    happened_on: date | None
    shared_at: datetime
    is_verified: bool

    @property
    def href(self) -> str:
        """Return where the reader opens it, which is written down there."""
        return f"/cpd/{self.id}"


_SHARED = """
SELECT entry.id, entry.title, entry.happened_on, share.shared_at,
       EXISTS (SELECT FROM passport.cpd_verification AS verification WHERE verification.entry_id = entry.id) AS is_verified
  FROM passport.cpd_share AS share JOIN passport.cpd_entry AS entry ON entry.id = share.entry_id
 WHERE share.reader_id = $1 AND share.person_id = $2 AND share.ended_at IS NULL
   AND ($3::timestamptz IS NULL OR share.shared_at > $3)
 ORDER BY share.shared_at DESC, entry.id DESC LIMIT 20
"""


async def shared_by(person_id: int, *, with_reader: int, since: datetime | None = None) -> Sequence[Shown]:
    """Return what a person shared with a reader, the newest first, twenty at most; after an instant, if one is given.

    The caller writes down that the reader looks at this person, as for whatever else it shows of them.
    """
    async with reading_as(with_reader) as connection:
        rows = await connection.fetch(_SHARED, with_reader, person_id, since)
    return [Shown(*row) for row in rows]
