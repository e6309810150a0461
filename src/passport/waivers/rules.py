"""Which dispensations are there, how does a proposal stand, and through which day may it hold?"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

LONGEST_REASON = 1000
LONGEST_AGO = timedelta(days=730)
"""How far back a dispensation may begin; whoever writes an earlier day has mistyped the year."""

LONGEST_DEFERRAL = timedelta(days=3653)
"""What is put off for longer, some ten years, is not put off: that is a waiver without a last day."""


class Kind(StrEnum):
    """What is proposed for somebody."""

    WAIVER = "waiver"
    """What is asked is not asked of them."""

    DEFERRAL = "deferral"
    """It is asked of them later: a waiver with a last day."""

    FORCE_FAILURE = "force failure"
    """The force did not provide it: the person's clock stops."""

    @property
    def counts_as(self) -> str:
        """Return the kind under which the decision on a licence knows it."""
        return Kind.FORCE_FAILURE.value if self is Kind.FORCE_FAILURE else Kind.WAIVER.value


class Decision(StrEnum):
    """What became of a proposal."""

    AGREED = "agreed"
    DECLINED = "declined"
    TAKEN_BACK = "taken back"


class State(StrEnum):
    """How a proposal stands."""

    WAITING = "waiting for a second person"
    HOLDS = "holds"
    TO_COME = "to come"
    OVER = "over"
    DECLINED = "declined"
    TAKEN_BACK = "taken back"


@dataclass(frozen=True, slots=True)
class Term:
    """What decides how a proposal stands: its decision, its days, and whether it ended before it began."""

    decision: Decision | None
    since: date
    until: date | None
    is_void: bool = False

    def state(self, on: date) -> State:
        """Return how it stands on a day; the last day is still within it."""
        if self.decision is None:
            return State.WAITING
        if self.decision is not Decision.AGREED:
            return State.DECLINED if self.decision is Decision.DECLINED else State.TAKEN_BACK
        if self.is_void or (self.until is not None and self.until < on):
            return State.OVER
        return State.TO_COME if self.since > on else State.HOLDS


def is_likely(kind: Kind, since: date, until: date | None, on: date) -> bool:
    """Say whether the days of a dispensation can be meant, and are no slip."""
    is_put_off_for_ever = kind is Kind.DEFERRAL and until is not None and until > since + LONGEST_DEFERRAL
    return since >= on - LONGEST_AGO and not is_put_off_for_ever
