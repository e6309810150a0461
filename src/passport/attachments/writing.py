"""How is a file attached, and taken away, within the transaction of whoever asks?"""

from collections.abc import Iterable

from asyncpg import Connection

from foundation.audit import Actor
from foundation.vault.receiving import KeptFile
from passport.attachments.errors import (
    AttachedAlreadyError,
    NoReasonError,
    TakenAwayError,
    TooManyFilesError,
)
from passport.attachments.facts import Shelf, beside

MOST_FILES = 10


async def attach(
    connection: Connection, file: KeptFile, *, person_id: int, actor: Actor, is_private: bool = False
) -> int:
    """Note a file about a person whose content `foundation.vault.receiving.receive` has kept; return its number.

    To what it is attached, and who may see it, the room that asks says in a table of its own.
    """
    return int(
        await connection.fetchval(
            """INSERT INTO passport.attachment (person_id, sha256, size, kind, name, added_by, is_private)
               VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id""",
            person_id, file.sha256, file.size, file.kind, file.name, actor.person_id, is_private,
        )
    )  # fmt: skip


async def attach_beside(
    connection: Connection, file: KeptFile, shelf: Shelf, number: int, *, actor: Actor
) -> int:
    """Attach a file to something that its person keeps to themselves; the file is as private. Return its number.

    The caller has others who attach to the same thing wait, so that neither count nor likeness is missed.

    :raises AttachedAlreadyError: the file is there. :raises TooManyFilesError: as many are there as may be.
    """
    there = (await beside(connection, shelf, [number])).get(number, ())
    refuse_more((one.sha256 for one in there if one.is_there), file)
    if actor.person_id is None:
        raise ValueError("only a person keeps something to themselves")
    found = await attach(connection, file, person_id=actor.person_id, actor=actor, is_private=True)
    await connection.execute(
        f"INSERT INTO {shelf.table} (attachment_id, {shelf.column}, person_id) VALUES ($1, $2, $3)",  # noqa: S608 - our own names
        found,
        number,
        actor.person_id,
    )
    return found


def refuse_more(there: Iterable[bytes], file: KeptFile) -> None:
    """Let a file be attached beside others, told by their hashes, once, and as long as they are not too many.

    :raises AttachedAlreadyError: the file is there. :raises TooManyFilesError: as many are there as may be.
    """
    known = list(there)
    if file.sha256 in known:
        raise AttachedAlreadyError
    if len(known) >= MOST_FILES:
        raise TooManyFilesError


async def take_away(connection: Connection, attachment_id: int, *, reason: str, actor: Actor) -> None:
    """Take a file away for good: its name goes at once, its content with the next tidying, its hash stays.

    :raises NoReasonError: nobody says why. :raises TakenAwayError: it has gone already.
    """
    if not reason.strip():
        raise NoReasonError
    gone = await connection.fetchval(
        """UPDATE passport.attachment SET name = NULL, gone_at = clock_timestamp(), gone_by = $2, gone_reason = $3
            WHERE id = $1 AND gone_at IS NULL RETURNING id""",
        attachment_id,
        actor.person_id,
        reason.strip(),
    )
    if gone is None:
        raise TakenAwayError
