"""How does a form that is sent twice become one record?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from foundation.audit import Actor
from foundation.vault.receiving import KeptFile
from passport.learning.actions import record
from passport.learning.chains import standing_record
from passport.learning.errors import AlreadyEvidencedError, CannotSayAgainError
from passport.learning.rules import is_the_same
from passport.learning.writing import NewEvidence


@dataclass(frozen=True, slots=True)
class Outcome:
    """The record, and whether it is new or was there already, in the very same words."""

    number: int
    is_new: bool


async def record_once(
    found: NewEvidence,
    *,
    actor: Actor,
    on: date,
    files: Sequence[KeptFile] = (),
    instead_of: int | None = None,
) -> Outcome:
    """Record evidence; the same words of the same person a second time are the record that is there.

    :raises AlreadyEvidencedError: something is recorded for the day, but not this, or not by them.
    """
    try:
        return Outcome(
            await record(found, actor=actor, on=on, files=files, instead_of=instead_of), is_new=True
        )
    except (AlreadyEvidencedError, CannotSayAgainError):
        there = await standing_record(found.person_id, found.code, found.completed_on)
        if there is None or there.author_id != actor.person_id:
            raise
        said = found.source, found.hours, found.reference
        if not is_the_same(there.last, source=said[0], hours=said[1], reference=said[2]):
            raise
        return Outcome(there.last.id, is_new=False)
