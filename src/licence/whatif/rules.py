"""What becomes of one person when another policy governs them, and what does it come to in training?"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from licence.standing.comparing import Stand
from licence.standing.decisions import PRACTISING, Standing, State

OWED = frozenset({State.IN_GRACE, State.OVERDUE, State.AWAITING_VERIFICATION})
"""A requirement in one of these is owed: its day has come and it is not met."""
NEAR = OWED | {State.DUE_SOON}
"""In one of these it takes a training place about now."""
NOTHING: frozenset[int] = frozenset()
NO_POWER: frozenset[str] = frozenset()


class Change(StrEnum):
    """What a draft changes for somebody: the gravest thing of all that it does, in this order."""

    LAPSES = "lapses"
    GAINS = "gains"
    INTO_GRACE = "comes into grace"
    OUT_OF_GRACE = "leaves grace"
    LOSES_POWER = "loses a power"
    REGAINS_POWER = "regains a power"
    OWES = "owes something more"
    OWES_LESS = "owes something less"
    OTHERWISE = "stands otherwise"


class Outcome(NamedTuple):
    """What a decision comes to, as far as a what-if compares it: by requirement and power."""

    standing: Standing
    owed: frozenset[int]
    near: frozenset[int]
    stopped: frozenset[str]


@dataclass(frozen=True, slots=True)
class Effect:
    """What differs for one person: the standing before and after, what is newly owed or no longer, and powers."""

    change: Change
    before: Standing
    after: Standing
    owes: tuple[int, ...]
    owed: tuple[int, ...]
    stopped: tuple[str, ...]
    regained: tuple[str, ...]


def outcome_of(decided: Stand) -> Outcome:
    """Return what of a decision is compared."""
    findings, stopped = decided.findings, [one.name for one in decided.authorities if not one.held]
    return Outcome(
        decided.standing,
        frozenset([one.requirement_id for one in findings if one.state in OWED]) if findings else NOTHING,
        frozenset([one.requirement_id for one in findings if one.state in NEAR]) if findings else NOTHING,
        frozenset(stopped) if stopped else NO_POWER,
    )


def effect_of(before: Outcome, after: Outcome) -> Effect | None:
    """Return what differs between two outcomes, or None where nothing does. What is due soon alone is no difference."""
    if (before.standing, before.owed, before.stopped) == (after.standing, after.owed, after.stopped):
        return None
    return Effect(
        _change(before, after),
        before.standing,
        after.standing,
        tuple(sorted(after.owed - before.owed)),
        tuple(sorted(before.owed - after.owed)),
        tuple(sorted(after.stopped - before.stopped)),
        tuple(sorted(before.stopped - after.stopped)),
    )


def _change(before: Outcome, after: Outcome) -> Change:
    could, can = before.standing in PRACTISING, after.standing in PRACTISING
    in_grace = (before.standing is Standing.IN_GRACE, after.standing is Standing.IN_GRACE)
    first = (
        (could and not can, Change.LAPSES),
        (can and not could, Change.GAINS),
        (in_grace == (False, True), Change.INTO_GRACE),
        (in_grace == (True, False), Change.OUT_OF_GRACE),
        (bool(after.stopped - before.stopped), Change.LOSES_POWER),
        (bool(before.stopped - after.stopped), Change.REGAINS_POWER),
        (bool(after.owed - before.owed), Change.OWES),
        (bool(before.owed - after.owed), Change.OWES_LESS),
    )
    return next((change for is_so, change in first if is_so), Change.OTHERWISE)
