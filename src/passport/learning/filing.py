"""How is a file attached to a record of evidence, and taken away from it again?"""

from collections.abc import Collection

from asyncpg import Connection

from foundation.audit import Actor, Event, recorded
from foundation.vault.receiving import KeptFile
from passport.attachments.writing import attach, refuse_more, take_away
from passport.learning.chains import Chain
from passport.learning.errors import OtherFilesError, SupersededError

PURPOSE = "keeping the passport"


async def filed(
    connection: Connection, file: KeptFile, *, evidence_id: int, person_id: int, actor: Actor
) -> int:
    """Attach a file to a record, within the transaction of whoever asks; return the file's number."""
    number = await attach(connection, file, person_id=person_id, actor=actor)
    await connection.execute(
        "INSERT INTO passport.evidence_attachment (attachment_id, evidence_id) VALUES ($1, $2)",
        number,
        evidence_id,
    )
    return number


async def add_file(chain: Chain, file: KeptFile, *, actor: Actor) -> int:
    """Attach a file to a record that stands. The same content is attached once.

    :raises SupersededError: the record has been corrected or withdrawn in the meantime.
    :raises AttachedAlreadyError: the file is there. :raises TooManyFilesError: as many are there as may be.
    """
    event = Event("evidence.file attached", PURPOSE, detail={"evidence": chain.last.id})
    async with recorded(actor, event) as connection:
        await _hold(connection, chain)
        there = await connection.fetch(
            """SELECT sha256 FROM passport.evidence_attachment JOIN passport.attachment ON attachment.id = attachment_id
                WHERE evidence_id = ANY($1) AND gone_at IS NULL""",
            chain.links,
        )
        refuse_more((row["sha256"] for row in there), file)
        return await filed(
            connection, file, evidence_id=chain.last.id, person_id=chain.person_id, actor=actor
        )


async def remove_file(chain: Chain, attachment_id: int, *, reason: str, actor: Actor) -> None:
    """Take a file away from a record for good, with the reason.

    :raises SupersededError: the record has been verified, corrected or withdrawn in the meantime.
    :raises NoReasonError: nobody says why. :raises TakenAwayError: it has gone already.
    """
    event = Event("evidence.file taken away", PURPOSE, chain.person_id, {"file": attachment_id})
    async with recorded(actor, event) as connection:
        await _hold(connection, chain)
        await take_away(connection, attachment_id, reason=reason, actor=actor)


async def refuse_other_files(connection: Connection, evidence_id: int, read: Collection[int]) -> None:
    """Let somebody vouch for a record, the last of its chain, with exactly the files beside it that they have read.

    The caller holds the record, so that none comes or goes meanwhile.

    :raises OtherFilesError: a file was attached or taken away since they read them, or they did not say which they read.
    """
    there = await connection.fetch(
        """WITH RECURSIVE chain AS (
               SELECT id, supersedes FROM passport.evidence WHERE id = $1
               UNION ALL SELECT before.id, before.supersedes
                           FROM chain JOIN passport.evidence AS before ON before.id = chain.supersedes)
           SELECT attachment_id FROM chain JOIN passport.evidence_attachment ON evidence_id = chain.id
             JOIN passport.attachment ON attachment.id = attachment_id WHERE gone_at IS NULL""",
        evidence_id,
    )
    if {row["attachment_id"] for row in there} != set(read):
        raise OtherFilesError


async def _hold(connection: Connection, chain: Chain) -> None:
    """Have everybody wait who attaches to the record, takes from it or verifies it: nobody counts or reads what changes."""
    held = await connection.fetchval(
        "SELECT id FROM passport.evidence WHERE id = $1 AND superseded_at IS NULL FOR NO KEY UPDATE",
        chain.last.id,
    )
    if held is None:
        raise SupersededError
