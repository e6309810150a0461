"""How is a class cancelled, and put down to the force where the force failed to provide it?"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from foundation.audit import Actor, Event, recorded
from passport.classes.errors import ClassCancelledError, ClassSignedError, ReasonNeededError
from passport.classes.facts import Sheet
from passport.waivers.errors import AlreadyProposedError
from passport.waivers.rules import Kind
from passport.waivers.writing import NewProposal, proposed

PURPOSE = "training"


@dataclass(frozen=True, slots=True)
class Cancellation:
    """Why a class is cancelled; whether the force failed to provide it, and through which day it will not have by then."""

    reason: str
    is_force_failure: bool
    until: date | None = None


async def cancel(sheet: Sheet, why: Cancellation, *, actor: Actor) -> int:
    """Cancel a class that was not signed; where the force failed, propose for everybody booked that their clock stops.

    Return how many proposals wait for a second person from now on: none for whoever cancels, nor where one waits.

    :raises ReasonNeededError: nothing says why. :raises ClassSignedError: it was held and signed.
    :raises ClassCancelledError: it was cancelled before.
    """
    if not why.reason.strip():
        raise ReasonNeededError
    event = Event("class cancelled", PURPOSE, detail={"class": sheet.about.id}, text=why.reason.strip())
    async with recorded(actor, event) as connection:
        row = await connection.fetchrow(
            "SELECT signed_at, cancelled_at FROM passport.training_class WHERE id = $1 FOR UPDATE",
            sheet.about.id,
        )
        if row is None or row["cancelled_at"] is not None:
            raise ClassCancelledError
        if row["signed_at"] is not None:
            raise ClassSignedError
        await connection.execute(
            """UPDATE passport.training_class SET cancelled_by = $2, cancelled_at = clock_timestamp(),
                      cancelled_reason = $3 WHERE id = $1""",
            sheet.about.id, actor.person_id, why.reason.strip(),
        )  # fmt: skip
        made = 0
        for new in _failures(sheet, why, actor) if why.is_force_failure else ():
            with suppress(AlreadyProposedError):
                await proposed(connection, new, actor=actor)
                made += 1
        return made


def _failures(sheet: Sheet, why: Cancellation, actor: Actor) -> list[NewProposal]:
    return [
        NewProposal(
            person_id=place.person_id,
            force_id=sheet.about.force_id,
            requirement=taught.requirement,
            kind=Kind.FORCE_FAILURE,
            reason=f"The force cancelled the class: {why.reason.strip()}",
            since=sheet.about.held_on,
            until=why.until,
            class_id=sheet.about.id,
        )
        for place in sheet.places
        for taught in sheet.about.taught
        if place.person_id != actor.person_id
    ]
