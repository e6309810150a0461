"""How is a file attached, and taken away, within the transaction of whoever asks?"""

from asyncpg import Connection

from foundation.audit import Actor
from foundation.vault.receiving import KeptFile
from passport.attachments.errors import NoReasonError, TakenAwayError


async def attach(connection: Connection, file: KeptFile, *, person_id: int, actor: Actor) -> int:
    """Note a file about a person whose content `foundation.vault.receiving.receive` has kept; return its number.

    To what it is attached, and who may see it, the room that asks says in a table of its own.
    """
    return int(
        await connection.fetchval(
            """INSERT INTO passport.attachment (person_id, sha256, size, kind, name, added_by)
               VALUES ($1, $2, $3, $4, $5, $6) RETURNING id""",
            person_id, file.sha256, file.size, file.kind, file.name, actor.person_id,
        )
    )  # fmt: skip


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
