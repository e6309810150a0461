"""How is a file put beside a draft of one's own example, and taken from it again? Once it is offered, both stay."""

from foundation.audit import Actor
from foundation.problems import NotFoundError
from foundation.vault.receiving import KeptFile
from passport.attachments.facts import beside
from passport.attachments.writing import attach_beside, take_away
from passport.leadership.actions import holding
from passport.leadership.facts import FILES


async def add_file(actor: Actor, example_id: int, file: KeptFile) -> int:
    """Put a file beside a draft of one's own; return the file's number.

    :raises NotFoundError: there is none. :raises OfferedError: it was offered. :raises AsideError: it is put aside.
    :raises AttachedAlreadyError: the file is there. :raises TooManyFilesError: as many are there as may be.
    """
    async with holding(actor, example_id, "leadership file attached") as (connection, _):
        return await attach_beside(connection, file, FILES, example_id, actor=actor)


async def remove_file(actor: Actor, example_id: int, file_id: int, *, reason: str) -> None:
    """Take a file away from a draft of one's own for good, with the reason.

    :raises NotFoundError: there is no such file. :raises OfferedError: the example was offered.
    :raises AsideError: it is put aside. :raises NoReasonError: nobody says why.
    """
    async with holding(actor, example_id, "leadership file taken away") as (connection, _):
        there = (await beside(connection, FILES, [example_id])).get(example_id, ())
        if file_id not in {one.id for one in there}:
            raise NotFoundError
        await take_away(connection, file_id, reason=reason, actor=actor)
