"""How is a file attached to a record of evidence, and taken away from it again?"""

from asyncpg import Connection

from foundation.audit import Actor, Event, recorded
from foundation.vault.receiving import KeptFile
from passport.attachments.writing import attach, refuse_more, take_away
from passport.learning.errors import SupersededError

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


async def add_file(evidence_id: int, chain: list[int], file: KeptFile, *, actor: Actor) -> int:
    """Attach a file to a record that stands; `chain` numbers all its links. The same content is attached once.

    :raises SupersededError: the record has been corrected or withdrawn in the meantime.
    :raises AttachedAlreadyError: the file is there. :raises TooManyFilesError: as many are there as may be.
    """
    event = Event("evidence.file attached", PURPOSE, detail={"evidence": evidence_id})
    async with recorded(actor, event) as connection:
        # Two who attach to one record wait for one another, so that neither count nor likeness is missed.
        person_id = await connection.fetchval(
            "SELECT person_id FROM passport.evidence WHERE id = $1 AND superseded_at IS NULL FOR NO KEY UPDATE",
            evidence_id,
        )
        if person_id is None:
            raise SupersededError
        there = await connection.fetch(
            """SELECT sha256 FROM passport.evidence_attachment JOIN passport.attachment ON attachment.id = attachment_id
                WHERE evidence_id = ANY($1) AND gone_at IS NULL""",
            chain,
        )
        refuse_more((row["sha256"] for row in there), file)
        return await filed(connection, file, evidence_id=evidence_id, person_id=person_id, actor=actor)


async def remove_file(attachment_id: int, *, person_id: int, reason: str, actor: Actor) -> None:
    """Take a file away from a record for good, with the reason.

    :raises NoReasonError: nobody says why. :raises TakenAwayError: it has gone already.
    """
    event = Event("evidence.file taken away", PURPOSE, person_id, {"file": attachment_id})
    async with recorded(actor, event) as connection:
        await take_away(connection, attachment_id, reason=reason, actor=actor)
