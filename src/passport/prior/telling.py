"""Who is told what became of a claim of earlier learning? Never why: an e-mail is read by others too."""

from datetime import date

from asyncpg import Connection

from foundation.wording import as_date
from passport.prior.facts import Claim
from people.notices.actions import give
from people.notices.rules import NewNotice, Rung


async def tell_accepted(connection: Connection, found: Claim, counts_from: date, *, on: date) -> None:
    """Tell a claimant that their claim counts."""
    body = f"What you learned at {found.learned_at} counts from {as_date(counts_from)}."
    await _tell(connection, found, "accepted", body, on=on)


async def tell_declined(connection: Connection, found: Claim, *, on: date) -> None:
    """Tell a claimant that their claim was declined."""
    body = f"What you learned at {found.learned_at} was not accepted. Read why; you can claim it again."
    await _tell(connection, found, "declined", body, on=on)


async def _tell(connection: Connection, found: Claim, what: str, body: str, *, on: date) -> None:
    headline = f"Your claim of earlier learning was {what}: {found.title}"
    notice = NewNotice(found.person_id, f"PRIOR:{found.id}:{what}", on, Rung.TOLD, headline, body)
    await give(connection, [notice], created_for=on)
