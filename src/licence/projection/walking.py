"""What became of a person's licence since it was last decided, day of change by day of change?"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from licence.standing.decisions import Because, Decision, Standing

DAY = timedelta(days=1)

DecideOn = Callable[[date], Decision]


class Cause(StrEnum):
    """What moved a standing."""

    TIME = "time"
    FACTS = "facts"
    POLICY = "policy"
    FIRST_DECISION = "first decision"


class Said(NamedTuple):
    """What was last said of a licence: the standing, the powers held, and how long time alone could not change it."""

    standing: Standing
    held: frozenset[str]
    since: date
    policy_version: int
    decided_on: date
    next_change_on: date


@dataclass(frozen=True, slots=True)
class Move:
    """A standing that became another, on the day it took effect, at a step of a walk."""

    before: Standing | None
    after: Standing
    effective_on: date
    because: tuple[Because, ...]
    cause: Cause
    policy_version: int
    step: int = 0


@dataclass(frozen=True, slots=True)
class Walk:
    """Every decision on the way, in order; the last still holds on the day that was walked to. And the moves between."""

    said: Said | None
    decisions: tuple[Decision, ...]
    moves: tuple[Move, ...]

    @property
    def last(self) -> Decision:
        """Return the decision that holds at the end."""
        return self.decisions[-1]

    @property
    def since(self) -> date:
        """Return the day since which the standing has been what it is."""
        return self.moves[-1].effective_on if self.moves else self._said_since

    @property
    def _said_since(self) -> date:
        return self.said.since if self.said else self.last.on


def walk(decide_on: DecideOn, on: date, said: Said | None, *, may_differ: bool) -> Walk:
    """Go from what was last said to a day, stopping wherever time changed something, as if no night had been missed.

    `may_differ` says that the facts or the policy may be other than when it was said. Where they already made a
    difference before time did, the change takes effect on the day: until then nobody could know of it.
    """
    if said is None:
        return _first(decide_on(on))
    on = max(on, said.decided_on)
    if not may_differ:
        return _through_time(decide_on, on, said)
    if said.next_change_on <= on and decide_on(said.next_change_on - DAY).standing is said.standing:
        return _through_time(decide_on, on, said)
    return _at_once(decide_on(on), said)


def _first(decision: Decision) -> Walk:
    """Begin a record; a standing that says since when it holds is entered as of that day."""
    since = decision.because[0].since if decision.because else None
    effective_on = since if since is not None and since <= decision.on else decision.on
    return Walk(None, (decision,), (_move(None, decision, effective_on, Cause.FIRST_DECISION),))


def _through_time(decide_on: DecideOn, on: date, said: Said) -> Walk:
    standing, version, day = said.standing, said.policy_version, said.next_change_on
    decisions, moves = list[Decision](), list[Move]()
    while day <= on or not decisions:
        decision = decide_on(min(day, on))
        if decision.standing is not standing:
            cause = Cause.TIME if decision.policy_version == version else Cause.POLICY
            moves.append(replace(_move(standing, decision, decision.on, cause), step=len(decisions)))
        standing, version, day = decision.standing, decision.policy_version, decision.next_change_on
        decisions.append(decision)
    return Walk(said, tuple(decisions), tuple(moves))


def _at_once(decision: Decision, said: Said) -> Walk:
    if decision.standing is said.standing:
        return Walk(said, (decision,), ())
    cause = Cause.FACTS if decision.policy_version == said.policy_version else Cause.POLICY
    return Walk(said, (decision,), (_move(said.standing, decision, decision.on, cause),))


def _move(before: Standing | None, decision: Decision, effective_on: date, cause: Cause) -> Move:
    return Move(before, decision.standing, effective_on, decision.because, cause, decision.policy_version)
