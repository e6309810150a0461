"""Which files are, or were, attached?"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from asyncpg import Connection, Record

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


@dataclass(frozen=True, slots=True)
class Shelf:
    """Beside what the private files of a room lie: the table that says so, and which of its columns names what."""

    table: str
    column: str


COLUMNS = "id, person_id, sha256, size, kind, name, added_by, added_at, gone_at, gone_by, gone_reason"
_OF_FILES = ", ".join(f"file.{name}" for name in COLUMNS.split(", "))


async def attachments(ids: Iterable[int]) -> Mapping[int, Attachment]:
    """Return the files with these numbers, those that were taken away among them, the first attached first."""
    rows = await fetch(
        f"SELECT {COLUMNS} FROM passport.attachment WHERE id = ANY($1) ORDER BY id",  # noqa: S608 - our own names
        sorted(set(ids)),
    )
    return {row["id"]: read(row) for row in rows}


async def beside(
    connection: Connection, shelf: Shelf, numbers: Iterable[int]
) -> Mapping[int, tuple[Attachment, ...]]:
    """Return the files beside each of some things, the first attached first; the database shows whose they may be seen."""
    rows = await connection.fetch(
        f"""SELECT {shelf.column} AS beside, {_OF_FILES} FROM {shelf.table} AS shelf
              JOIN passport.attachment AS file ON file.id = attachment_id
             WHERE {shelf.column} = ANY($1) ORDER BY file.id""",  # noqa: S608 - our own names
        sorted(set(numbers)),
    )
    found: dict[int, tuple[Attachment, ...]] = defaultdict(tuple)
    for row in rows:
        found[row["beside"]] += (read(row),)
    return found


def read(row: Record) -> Attachment:
    """Return the file that a row tells of."""
    return Attachment(**{**{name: row[name] for name in Attachment.__slots__}, "kind": FileKind(row["kind"])})
