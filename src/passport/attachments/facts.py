"""Which files are, or were, attached?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from asyncpg import Record

from foundation.database import fetch
from foundation.vault.kinds import FileKind


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file about a person; once it has been taken away its name is gone, too, and what stays says by whom and why."""

    id: int
    person_id: int
    sha256: bytes
    size: int
    kind: FileKind
    name: str | None
    added_by: int
    added_at: datetime
    gone_at: datetime | None
    gone_by: int | None
    gone_reason: str | None

    @property
    def is_there(self) -> bool:
        """Say whether the file can be had."""
        return self.gone_at is None


COLUMNS = "id, person_id, sha256, size, kind, name, added_by, added_at, gone_at, gone_by, gone_reason"


async def attachments(ids: Iterable[int]) -> Mapping[int, Attachment]:
    """Return the files with these numbers, those that were taken away among them, the first attached first."""
    rows = await fetch(
        f"SELECT {COLUMNS} FROM passport.attachment WHERE id = ANY($1) ORDER BY id",  # noqa: S608 - our own names
        sorted(set(ids)),
    )
    return {row["id"]: read(row) for row in rows}


def read(row: Record) -> Attachment:
    """Return the file that a row tells of."""
    return Attachment(**{**row, "kind": FileKind(row["kind"])})
