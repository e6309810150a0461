"""Who may do what with a record of evidence, and how does it stand?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

LEAST_HOURS, MOST_HOURS = Decimal("0.25"), Decimal("999.75")
LONGEST_SOURCE, LONGEST_REFERENCE, LONGEST_REASON = 200, 100, 500
EARLIEST = date(1974, 4, 1)
"""The forces of today were made on this day; nothing recorded here is older."""


class State(StrEnum):
    """How a record stands: the last word of its chain."""

    VERIFIED = "verified"
    AWAITING = "awaiting verification"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """What one link of a chain did to what was said before."""

    RECORDED = "recorded"
    IMPORTED = "taken from a file"
    CORRECTED = "corrected"
    VERIFIED = "verified"
    REOPENED = "verification taken back"
    AGAIN = "recorded again"


@dataclass(frozen=True, slots=True)
class Said:
    """One link of a chain: what the record said from an instant on, who said it, and how it ended."""

    id: int
    person_id: int
    completed_on: date
    hours: Decimal | None
    source: str
    reference: str | None
    is_verified: bool
    recorded_by: int | None
    recorded_at: datetime
    superseded_by: int | None
    superseded_at: datetime | None
    superseded_reason: str | None
    is_from_file: bool

    @property
    def is_own(self) -> bool:
        """Say whether the person themselves wrote it down."""
        return self.recorded_by == self.person_id


def state_of(last: Said) -> State:
    """Return how the last link of a chain stands. Whoever else ends what waits to be verified declines it."""
    if last.superseded_at is None:
        return State.VERIFIED if last.is_verified else State.AWAITING
    is_declined = not last.is_verified and last.superseded_by != last.person_id
    return State.DECLINED if is_declined else State.WITHDRAWN


def steps_of(chain: Sequence[Said]) -> tuple[Step, ...]:
    """Return what each link of a chain did, the first link first."""
    first = Step.IMPORTED if chain[0].is_from_file else Step.RECORDED
    return (first, *(_step(before, after) for before, after in pairwise(chain)))


def _step(before: Said, after: Said) -> Step:
    if before.superseded_at != after.recorded_at and not after.is_from_file and after.is_own:
        return Step.AGAIN
    if after.is_from_file:
        return Step.IMPORTED
    if not _is_confirmation(before, after):
        return Step.CORRECTED
    return Step.VERIFIED if after.is_verified else Step.REOPENED


def _is_confirmation(before: Said, after: Said) -> bool:
    """Say whether a link verifies what was said before it, or takes that back: only somebody else, or a file, does."""
    return before.is_verified is not after.is_verified and not after.is_own


def author_of(chain: Sequence[Said]) -> int | None:
    """Return whose words the last link of a chain says: verifying them, and taking that back, changes none."""
    words = len(chain) - 1
    while words and _is_confirmation(chain[words - 1], chain[words]):
        words -= 1
    return chain[words].recorded_by


def may_verify(who: int, chain: Sequence[Said]) -> bool:
    """Say whether somebody within whose reach it is may verify a record: never their own, nor their own words."""
    last = chain[-1]
    return state_of(last) is State.AWAITING and who not in {last.person_id, author_of(chain)}


def is_as_read(number: int, chain: Sequence[Said]) -> bool:
    """Say whether a record still says what that link of it says, by its number, which somebody has read."""
    words = [(one.completed_on, one.hours, one.source, one.reference) for one in chain]
    read = next((said for one, said in zip(chain, words, strict=True) if one.id == number), None)
    return read == words[-1]


def may_decline(who: int, chain: Sequence[Said]) -> bool:
    """Say whether somebody within whose reach it is may decline a record: anybody but the person it is about."""
    return state_of(chain[-1]) is State.AWAITING and who != chain[-1].person_id


def may_take_back(who: int, chain: Sequence[Said]) -> bool:
    """Say whether somebody verified a record themselves and may still undo that: nothing has been said since."""
    last = chain[-1]
    return (
        state_of(last) is State.VERIFIED and steps_of(chain)[-1] is Step.VERIFIED and last.recorded_by == who
    )


def may_change(who: int, chain: Sequence[Said]) -> bool:
    """Say whether somebody within whose reach it is may correct or withdraw a record.

    Of what is recorded of themselves people change only what they wrote: the rest is for those who recorded it to mend.
    """
    last = chain[-1]
    if last.superseded_at is not None:
        return False
    return who != last.person_id or author_of(chain) == who


def may_say_again(who: int, chain: Sequence[Said]) -> bool:
    """Say whether the person may record once more what was declined, or what they withdrew: the chain goes on."""
    last = chain[-1]
    return state_of(last) in {State.DECLINED, State.WITHDRAWN} and who == last.person_id == author_of(chain)


def is_the_same(one: Said, *, source: str, hours: Decimal | None, reference: str | None) -> bool:
    """Say whether a record says what somebody is about to record for the same requirement and day: a form sent twice."""
    return (one.source, one.hours, one.reference or None) == (source, hours, reference or None)
