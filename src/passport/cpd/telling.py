"""Who is told, in their inbox, that something was shared with them or verified for them?"""

from asyncpg import Connection

from foundation.clock import today
from foundation.wording import as_date
from passport.cpd.rules import Entry
from people.notices.actions import NewNotice, give
from people.notices.rules import Rung


async def tell_shared(connection: Connection, entry_id: int, *, reader_id: int, by: str) -> None:
    """Tell a reader that something was shared with them; what it says stands in the service alone, never in e-mail."""
    headline = f"{by} shared a piece of their development with you"
    body = "Read it, talk about it, and verify it if you can."
    await _tell(connection, reader_id, f"CPD-SHARED:{entry_id}", headline, body)


async def tell_verified(connection: Connection, entry: Entry, *, by: str) -> None:
    """Tell an author that their entry was verified: told by its day, for its title is theirs and the reader's alone."""
    day = entry.words.happened_on
    headline = f"{by} verified your development entry{f' of {as_date(day)}' if day else ''}"
    body = "It is on your development page, with what they said of it."
    await _tell(connection, entry.person_id, f"CPD-VERIFIED:{entry.id}", headline, body)


async def _tell(connection: Connection, person_id: int, matter: str, headline: str, body: str) -> None:
    notice = NewNotice(person_id, matter, today(), Rung.TOLD, headline, body)
    await give(connection, [notice], created_for=today())
