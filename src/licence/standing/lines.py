"""What have people decided about a licence, up to a day?"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from licence.standing.decisions import Determination, DeterminationKind

CAUTION = {
    DeterminationKind.GRANT: 0,
    DeterminationKind.RENEW: 1,
    DeterminationKind.REINSTATE: 2,
    DeterminationKind.LIFT_RESTRICTION: 3,
    DeterminationKind.RESTRICT: 4,
    DeterminationKind.SUSPEND: 5,
    DeterminationKind.SURRENDER: 6,
    DeterminationKind.REVOKE: 7,
}
"""Of two determinations effective on one day the more cautious has the last word."""


@dataclass(slots=True)
class Line:
    """Where the determinations leave a licence: the day that set its cycle, and what has befallen it since."""

    cycle_from: date | None = None
    revoked_on: date | None = None
    surrendered_on: date | None = None
    suspended_on: date | None = None
    conditions: dict[str, None] = field(default_factory=dict)

    @property
    def is_ended(self) -> bool:
        """Say whether only a new grant can bring the licence back."""
        return self.revoked_on is not None or self.surrendered_on is not None


def follow(determinations: Sequence[Determination], on: date) -> Line:
    """Take the determinations effective by a day, in their order, and return where they leave the licence."""
    line = Line()
    if len(determinations) > 1:
        determinations = sorted(
            determinations, key=lambda one: (one.effective_on, CAUTION[one.kind], one.condition or "")
        )
    for one in determinations:
        if one.effective_on > on:
            continue
        line = _after(line, one)
    return line


def _after(line: Line, one: Determination) -> Line:
    """Say where one more determination leaves a licence; a grant after its end starts it anew."""
    match one.kind:
        case DeterminationKind.GRANT:
            line = Line() if line.is_ended else line
            line.cycle_from = one.effective_on
        case DeterminationKind.RENEW if not line.is_ended:
            line.cycle_from = one.effective_on
        case DeterminationKind.SUSPEND:
            line.suspended_on = line.suspended_on or one.effective_on
        case DeterminationKind.REINSTATE:
            line.suspended_on = None
        case DeterminationKind.REVOKE:
            line.revoked_on = line.revoked_on or one.effective_on
        case DeterminationKind.SURRENDER:
            line.surrendered_on = line.surrendered_on or one.effective_on
        case _:
            _restrict(line, one)
    return line


def _restrict(line: Line, one: Determination) -> None:
    """Add a condition or take it away; lifting without naming one lifts them all."""
    if one.kind is DeterminationKind.RESTRICT and one.condition:
        line.conditions[one.condition] = None
    elif one.kind is DeterminationKind.LIFT_RESTRICTION and one.condition:
        line.conditions.pop(one.condition, None)
    elif one.kind is DeterminationKind.LIFT_RESTRICTION:
        line.conditions.clear()
