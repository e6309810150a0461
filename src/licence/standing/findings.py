"""How does one requirement stand for one person on one day, and through which day does it give its power?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from licence.standing.case import Case
from licence.standing.clocks import DAY, NO_SPANS, Span, covering, dispensed, extended, first_outside, merged
from licence.standing.decisions import DispensationKind, Finding, State
from licence.standing.due import FOREVER, NEVER, Reach, told
from licence.standing.plan import Asked, Today
from passport.policy.rules import Duty, Effect, Requirement

UNMET = frozenset({State.IN_GRACE, State.OVERDUE})


class Judged(NamedTuple):
    """A finding; the last day on which its evidence gives a power; and the day it would lapse a licence by itself."""

    finding: Finding
    power_until: date
    lapses_on: date


class Clock(NamedTuple):
    """What stops the clock of one requirement for one person."""

    absent: tuple[Span, ...]
    failed: tuple[Span, ...]
    waived: tuple[Span, ...]

    def due_on(self, reach: Reach) -> date:
        """Move a due day by absence alone; a safety-critical power knows no other reason."""
        return extended(reach.met_on, reach.due_on, self.absent)

    def excused_until(self, reach: Reach) -> date:
        """Move a due day by absence and by the force's failure to provide."""
        return extended(reach.met_on, reach.due_on, merged((*self.absent, *self.failed)))


RUNNING = Clock(NO_SPANS, NO_SPANS, NO_SPANS)


@dataclass(slots=True)
class Dues:
    """The days that matter to one requirement: `shown` is the one told to the person, `best` what it is counted from."""

    best: Reach
    shown: date
    due_on: date
    excused_until: date
    grace_ends_on: date


def clock_of(asked: Requirement, case: Case) -> Clock:
    """Gather what stops the clock of a requirement."""
    absent = case.absent if asked.extended_by_absence else NO_SPANS
    given = case.facts.dispensations
    if not given:
        return Clock(absent, NO_SPANS, NO_SPANS) if absent else RUNNING
    failed = dispensed(given, asked.id, DispensationKind.FORCE_FAILURE)
    return Clock(absent, failed, dispensed(given, asked.id, DispensationKind.WAIVER))


def judge(today: Today, case: Case) -> Judged:
    """Judge one requirement that concerns the person."""
    asked, clock = today.asked.requirement, clock_of(today.asked.requirement, case)
    evidence = _evidence(today.asked, case, clock)
    reached, power_until = evidence, NEVER
    since = start = case.on
    if clock is not RUNNING or not evidence or evidence[0].due_on < today.initial_by:
        since = case.since(asked)
        start = max(since, asked.introduced_on or since)
        reached = (*evidence, Reach(start + timedelta(days=asked.initial_days), start))
    dues = _dues(asked, clock, reached)
    finding = _finding(today.asked, case, clock, dues)
    _note_moments(case, dues)
    if today.empowers:
        # Time allowed by a requirement newly introduced keeps a power; time allowed to a newcomer does not give one.
        power_until = _power_until(case, clock, reached if start > since else evidence)
    lapses_on = _lapses_on(case, clock, finding, dues) if today.is_core else FOREVER
    return Judged(finding, power_until, lapses_on)


def power_of(asked: Asked, case: Case) -> date:
    """Return the last day on which evidence gives a power, of a requirement that does not concern the person."""
    clock = clock_of(asked.requirement, case)
    return _power_until(case, clock, _evidence(asked, case, clock))


def reach_of(asked: Asked, case: Case) -> tuple[date, Reach] | None:
    """Return the last day through which evidence holds a requirement, and the completion that it rests on."""
    clock = clock_of(asked.requirement, case)
    return max(((clock.due_on(one), one) for one in _evidence(asked, case, clock)), default=None)


def _evidence(asked: Asked, case: Case, clock: Clock) -> Sequence[Reach]:
    """Return how far evidence reaches: all that it can while clocks are stopped, for then an older one may reach further."""
    if clock is not RUNNING:
        return case.reaches(asked)
    best = case.best(asked)
    return () if best is None else (best,)


def _dues(asked: Requirement, clock: Clock, reached: Sequence[Reach]) -> Dues:
    """Take the best that evidence, or the time allowed for the first time, can do for a requirement."""
    grace = timedelta(days=asked.grace_days if asked.duty is Duty.PERSON else 0)
    if clock is RUNNING:
        best = max(reached)
        return Dues(best, best.due_on, best.due_on, best.due_on, min(FOREVER, best.due_on + grace))
    # The force's failure does not lengthen a power, nor the force's own duty.
    is_excusable = asked.effect is not Effect.OPERATIONAL_STOP and asked.duty is Duty.PERSON
    shown_for = clock.excused_until if is_excusable else clock.due_on
    best = max(reached, key=lambda one: (shown_for(one), one))
    due_on, excused_until = max(map(clock.due_on, reached)), max(map(clock.excused_until, reached))
    return Dues(best, shown_for(best), due_on, excused_until, min(FOREVER, excused_until + grace))


def _finding(asked: Asked, case: Case, clock: Clock, dues: Dues) -> Finding:
    one = asked.requirement
    state = _force_state(case, dues) if one.duty is Duty.FORCE else _state(case, clock, dues)
    is_awaited = state in UNMET and _would_be_met(asked, case, clock)
    met_on = _met_on(asked, case, dues.best)
    return Finding(
        requirement_id=one.id,
        effect=one.effect,
        state=State.AWAITING_VERIFICATION if is_awaited else state,
        due_on=told(dues.shown),
        grace_ends_on=told(dues.grace_ends_on),
        met_on=met_on,
        met_by=None if met_on is None else met_by(asked, case, met_on),
        extended_days=(dues.shown - dues.best.due_on).days if dues.shown < FOREVER else 0,
        counts_as=state if is_awaited else None,
    )


def _state(case: Case, clock: Clock, dues: Dues) -> State:
    """Name the state of what is asked of the person."""
    on = case.on
    if covering(clock.waived, on):
        return State.WAIVED
    if on <= dues.due_on:
        return _met_or_soon(case, dues)
    if on <= dues.excused_until or covering(clock.failed, on):
        return State.FORCE_OVERDUE
    return State.IN_GRACE if on <= dues.grace_ends_on else State.OVERDUE


def _force_state(case: Case, dues: Dues) -> State:
    """Name the state of what is asked of the force, which nothing can turn against the officer."""
    return _met_or_soon(case, dues) if case.on <= dues.due_on else State.FORCE_OVERDUE


def _met_or_soon(case: Case, dues: Dues) -> State:
    return State.MET if dues.shown > case.on + case.plan.longest_notice else State.DUE_SOON


def _would_be_met(asked: Asked, case: Case, clock: Clock) -> bool:
    """Say whether evidence that nobody has verified yet would meet the requirement."""
    awaiting = [day for one in asked.accepts for day in case.facts.awaiting.days_of(one) if day <= case.on]
    return bool(awaiting) and any(case.on <= clock.due_on(one) for one in case.reaches(asked, awaiting))


def _met_on(asked: Asked, case: Case, best: Reach) -> date | None:
    """Return the completion that the due day is counted from, or else the newest there is."""
    days = [day for one in asked.accepts for day in case.completions.days_of(one)]
    return best.met_on if best.met_on in days else max(days, default=None)


def met_by(asked: Asked, case: Case, met_on: date) -> int:
    """Name the requirement whose evidence of a day it is: its own before a higher one's."""
    return next(one for one in asked.accepts if met_on in case.completions.days_of(one))


def _note_moments(case: Case, dues: Dues) -> None:
    """Note the days on which time alone would change the finding, and those on which a notice is due."""
    if dues.shown < FOREVER:
        case.moments += [dues.shown - rung for rung in case.plan.rungs]
    case.moments += [dues.due_on + DAY, dues.excused_until + DAY, dues.grace_ends_on + DAY]


def _power_until(case: Case, clock: Clock, reached: Sequence[Reach]) -> date:
    until = max(map(clock.due_on, reached), default=NEVER)
    waived = covering(clock.waived, case.on)
    if waived is not None:
        until = max(until, waived.last)
    if until > NEVER:
        case.moments.append(until + DAY)
    return until


def _lapses_on(case: Case, clock: Clock, finding: Finding, dues: Dues) -> date:
    """Return the first day on which the requirement lapses the licence, beyond all that holds it off by then."""
    first = dues.grace_ends_on + DAY
    if State.OVERDUE in {finding.state, finding.counts_as}:
        return first
    return first_outside(max(first, case.on), merged((*clock.waived, *clock.failed, *case.paused)))
