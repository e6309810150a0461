"""How is a file put beside one's own entry, taken from it again, and seen by whoever sees the entry?"""

from collections.abc import Sequence

from access.confiding import reading_as, writing_as
from foundation.audit import Actor
from foundation.problems import NotFoundError
from foundation.vault.receiving import KeptFile
from passport.attachments.facts import Attachment, beside
from passport.attachments.writing import attach_beside, take_away
from passport.cpd.actions import ONE_AT_A_TIME, event, own
from passport.cpd.errors import DiscardedError, VerifiedWithFileError
from passport.cpd.facts import FILES
from passport.cpd.rules import Entry


async def files_beside(reader_id: int, entry_id: int) -> Sequence[Attachment]:
    """Return the files beside an entry that is the reader's own or shared with them: the database shows no others."""
    async with reading_as(reader_id) as connection:
        return (await beside(connection, FILES, [entry_id])).get(entry_id, ())


async def add_file(actor: Actor, entry_id: int, file: KeptFile) -> int:
    """Put a file beside one's own entry; return the file's number. Like what is added, it may come later than the words.

    :raises NotFoundError: there is no such entry. :raises DiscardedError: it is put aside.
    :raises AttachedAlreadyError: the file is there. :raises TooManyFilesError: as many are there as may be.
    """
    entry = await _in_use(actor, entry_id)
    async with writing_as(actor, event("cpd file attached", entry)) as connection:
        await connection.execute(ONE_AT_A_TIME, entry_id)
        return await attach_beside(connection, file, FILES, entry_id, actor=actor)


async def remove_file(actor: Actor, entry_id: int, file_id: int, *, reason: str) -> None:
    """Take a file away from one's own entry for good, with the reason.

    :raises NotFoundError: there is no such file. :raises DiscardedError: the entry is put aside.
    :raises VerifiedWithFileError: somebody has verified the entry. :raises NoReasonError: nobody says why.
    """
    entry = await _in_use(actor, entry_id)
    async with writing_as(actor, event("cpd file taken away", entry)) as connection:
        await connection.execute(ONE_AT_A_TIME, entry_id)
        if await connection.fetchval(_IS_VERIFIED, entry_id):
            raise VerifiedWithFileError
        if file_id not in {one.id for one in (await beside(connection, FILES, [entry_id])).get(entry_id, ())}:
            raise NotFoundError
        await take_away(connection, file_id, reason=reason, actor=actor)


async def _in_use(actor: Actor, entry_id: int) -> Entry:
    entry = await own(actor, entry_id)
    if entry.discarded_at is not None:
        raise DiscardedError
    return entry


_IS_VERIFIED = "SELECT EXISTS (SELECT FROM passport.cpd_verification WHERE entry_id = $1)"
