"""Who is told what was decided on a dispensation for them? Never why: an e-mail is read by others too."""

from datetime import date

from asyncpg import Connection

from foundation.wording import as_date
from passport.waivers.facts import Proposal
from passport.waivers.rules import Decision, Kind
from people.notices.actions import give
from people.notices.rules import NewNotice, Rung

_CALLED = {
    Kind.WAIVER: "A waiver",
    Kind.DEFERRAL: "A later day",
    Kind.FORCE_FAILURE: "That your force did not provide it",
}
_MEANS = {
    Kind.WAIVER: "It is not asked of you {days}.",
    Kind.DEFERRAL: "It is not asked of you {days}.",
    Kind.FORCE_FAILURE: "Your clock stops {days}.",
}


async def tell_decided(connection: Connection, found: Proposal, decision: Decision, *, on: date) -> None:
    """Tell a person what was decided for them, and on which requirement."""
    if decision is Decision.AGREED:
        until = f" through {as_date(found.until)}" if found.until else ""
        body = _MEANS[found.kind].format(days=f"from {as_date(found.since)}{until}")
    else:
        body = "Nothing changes: it is asked of you as before. Your supervisor, or learning and development, can say why."
    words = "agreed to" if decision is Decision.AGREED else "declined"
    await _tell(connection, found, str(decision), f"was {words}", body, on=on)


async def tell_ended(connection: Connection, found: Proposal, *, on: date) -> None:
    """Tell a person that what held for them has been ended early."""
    body = f"Its last day is {as_date(on)}." if found.since <= on else "It never begins."
    await _tell(connection, found, "ended", "was ended early", body, on=on)


async def _tell(
    connection: Connection, found: Proposal, what: str, words: str, body: str, *, on: date
) -> None:
    headline = f"{_CALLED[found.kind]} {words}: {found.title}"
    notice = NewNotice(found.person_id, f"WAIVER:{found.id}:{what}", on, Rung.TOLD, headline, body)
    await give(connection, [notice], created_for=on)
