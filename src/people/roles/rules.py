"""Who may give which role, and how does a grant stand on a day?"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LONGEST_REASON = 500


class State(StrEnum):
    """How a grant of a role stands."""

    AWAITING = "awaiting agreement"
    TO_COME = "to come"
    HELD = "held"
    OVER = "over"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Term:
    """What decides how a grant stands: its days, and whether it was agreed to or ended."""

    since: date
    until: date | None
    awaits_approval: bool
    is_ended: bool

    def state(self, on: date) -> State:
        """Return how the grant stands on a day; the last day is still within it."""
        if self.is_ended:
            return State.ENDED
        if self.until is not None and self.until < on:
            return State.OVER
        if self.awaits_approval:
            return State.AWAITING
        return State.TO_COME if self.since > on else State.HELD
