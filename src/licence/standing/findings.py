"""How does one requirement stand for one person on one day, and through which day does it give its power?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from licence.standing.case import DISTURBED, Case
from licence.standing.clocks import DAY, NO_SPANS, RUNNING, Clock, covering, dispensed, first_outside, merged
from licence.standing.decisions import DispensationKind, Finding, State, Total
from licence.standing.due import FOREVER, NEVER, Reach, told
from licence.standing.plan import Asked, Today
from licence.standing.totals import Move, held, total, would_hold
from passport.policy.rules import Duty, Effect, Requirement

UNMET = frozenset({State.IN_GRACE, State.OVERDUE})

MOST_ALIKE = 8192
"""So many judgements of a requirement are remembered for a day: people meet it, or begin, on only so many days."""


class Judged(NamedTuple):
    """A finding, the day on which it would lapse a licence by itself, and the next on which time may change it."""

    finding: Finding
    lapses_on: date
    changes_on: date


@dataclass(slots=True)
class Dues:
    """The days that matter to one requirement: `shown` is the one told to the person, `best` what it is counted from."""

    best: Reach
    met_on: date | None
    shown: date
    due_on: date
    excused_until: date
    grace_ends_on: date
    total: Total | None = None


def clock_of(asked: Requirement, case: Case) -> Clock:
    """Gather what stops the clock of a requirement."""
    absent = case.absent if asked.extended_by_absence else NO_SPANS
    given = case.facts.dispensations
    if not given:
        return Clock(absent, NO_SPANS, NO_SPANS) if absent else RUNNING
    failed = dispensed(given, asked.id, DispensationKind.FORCE_FAILURE)
    return Clock(absent, failed, dispensed(given, asked.id, DispensationKind.WAIVER))


class Undisturbed(NamedTuple):
    """How far evidence holds a requirement while nothing stops its clock, and the first time where it may hold further."""

    best: Reach | None
    initial: Reach | None
    due_on: date


def judge(today: Today, case: Case, rests_on: Undisturbed | None) -> Judged:
    """Judge one requirement that concerns the person, by what it rests on where that is plain."""
    if rests_on is not None:
        judged = _judged_alike(today, case, rests_on)
    else:
        clock = clock_of(today.asked.requirement, case)
        judged = _judged(today, case, clock, _dues(today, case, clock))
    case.moments.append(judged.changes_on)
    return judged


def undisturbed(today: Today, case: Case) -> Undisturbed | None:
    """Return what a requirement rests on, or nothing where a stopped clock or what is still to be verified may concern it."""
    best = DISTURBED if case.facts.awaiting.rows else case.best_undisturbed(today)
    if best is DISTURBED:
        return None
    if best is not None and best.due_on >= case.initial_by(today):
        if today.empowers:
            case.powers[today.id] = best.due_on
        return Undisturbed(best, None, best.due_on)
    initial = _initial(today.asked, case)
    if case.paused and (
        today.is_core or clock_of(today.asked.requirement, case).due_on(initial) != initial.due_on
    ):
        return None
    due_on = initial.due_on if best is None else max(best.due_on, initial.due_on)
    return Undisturbed(best, initial, due_on)


def _judged_alike(today: Today, case: Case, rests_on: Undisturbed) -> Judged:
    """Judge it once for all to whom nothing out of the ordinary has happened, and who met it on the same day."""
    best, initial, _ = rests_on
    by = met_by(today.asked, case, best.met_on) if today.others and best is not None else None
    alike = (best, initial, by)
    judged = today.judged.get(alike)
    if judged is None:
        if len(today.judged) >= MOST_ALIKE:
            today.judged.clear()
        evidence = () if best is None else (best,)
        reached = evidence if initial is None else (*evidence, initial)
        dues = _dues_running(today.asked.requirement, evidence, reached)
        judged = today.judged[alike] = _judged(today, case, RUNNING, dues)
    return judged


def _judged(today: Today, case: Case, clock: Clock, dues: Dues) -> Judged:
    finding = _finding(today.asked, case, clock, dues)
    lapses_on = _lapses_on(case, clock, finding, dues) if today.is_core else FOREVER
    return Judged(finding, lapses_on, _changes_on(case, dues))


def _initial(asked: Asked, case: Case) -> Reach:
    """Return the time allowed to meet a requirement for the first time."""
    return asked.allowed[case.since(asked)]


def power_until(asked: Asked, case: Case) -> date:
    """Return the last day on which evidence, or a waiver, gives the power that a requirement could stop.

    Time allowed by a requirement newly introduced keeps a power; time allowed to a newcomer does not give one.
    """
    one, best = asked.requirement, case.best_undisturbed(asked)
    newly = one.introduced_on if one.id in case.plan.concerning else None
    if best is not DISTURBED and newly is None:
        until = NEVER if best is None else best.due_on
    else:
        clock = clock_of(one, case)
        until = max(_moved(asked, case, clock, clock.due_on), default=(NEVER,))[0]
        if newly is not None and case.since(asked) < newly:
            until = max(until, clock.due_on(_initial(asked, case)))
        waived = covering(clock.waived, case.on)
        if waived is not None:
            until = max(until, waived.last)
    if until > NEVER:
        case.moments.append(until + DAY)
    return until


def reach_of(asked: Asked, case: Case) -> tuple[date, Reach] | None:
    """Return the last day through which evidence holds a requirement, and the completion that it rests on."""
    clock = clock_of(asked.requirement, case)
    return max(_moved(asked, case, clock, clock.due_on), default=None)


def total_of(asked: Asked, case: Case, told: date) -> Total | None:
    """Return the hours of a requirement that is not asked of the person, where it adds them up."""
    return total(asked, case, clock_of(asked.requirement, case).due_on, told) if asked.in_all else None


def _moved(asked: Asked, case: Case, clock: Clock, move: Move) -> list[tuple[date, Reach]]:
    """Return the days through which evidence holds a requirement, each with what it rests on."""
    if asked.in_all:
        return held(asked, case, move)
    return [(move(one), one) for one in _evidence(asked, case, clock)]


def _evidence(asked: Asked, case: Case, clock: Clock) -> Sequence[Reach]:
    """Return how far evidence reaches: all that it can while clocks are stopped, for then an older one may reach further."""
    if clock is not RUNNING:
        return case.reaches_that_count(asked)
    best = case.best(asked)
    return () if best is None else (best,)


def _dues(today: Today, case: Case, clock: Clock) -> Dues:
    """Take the best that evidence, or the time allowed for the first time, can do for a requirement."""
    asked = today.asked
    if clock is RUNNING and not asked.in_all:
        evidence = reached = _evidence(asked, case, clock)
        if not evidence or evidence[0].due_on < case.initial_by(today):
            reached = (*evidence, _initial(asked, case))
        return _dues_running(asked.requirement, evidence, reached)
    first, one = _initial(asked, case), asked.requirement
    met = moved = _moved(asked, case, clock, clock.due_on)
    if clock.failed:
        met = _moved(asked, case, clock, clock.excused_until)
    # The force's failure does not lengthen a power, nor the force's own duty.
    is_excusable = one.effect is not Effect.OPERATIONAL_STOP and one.duty is Duty.PERSON
    excused_until = max((clock.excused_until(first), *(day for day, _ in met)))
    shown, told_by = (met, clock.excused_until) if is_excusable else (moved, clock.due_on)
    told_day, rests_on = max((*shown, (told_by(first), first)))
    return Dues(
        rests_on,
        met_on=max(shown)[1].met_on if shown else None,
        shown=told_day,
        due_on=max((clock.due_on(first), *(day for day, _ in moved))),
        excused_until=excused_until,
        grace_ends_on=min(FOREVER, excused_until + _grace(one)),
        total=total(asked, case, told_by, told_day) if asked.in_all else None,
    )


def _dues_running(asked: Requirement, evidence: Sequence[Reach], reached: Sequence[Reach]) -> Dues:
    """Say the same where nothing ever stopped the clock, and one completion meets the requirement."""
    best, met_on = max(reached), evidence[0].met_on if evidence else None
    return Dues(
        best, met_on, best.due_on, best.due_on, best.due_on, min(FOREVER, best.due_on + _grace(asked))
    )


def _grace(asked: Requirement) -> timedelta:
    return timedelta(days=asked.grace_days if asked.duty is Duty.PERSON else 0)


def _finding(asked: Asked, case: Case, clock: Clock, dues: Dues) -> Finding:
    one = asked.requirement
    state = _force_state(case, dues) if one.duty is Duty.FORCE else _state(case, clock, dues)
    is_awaited = state in UNMET and _would_be_met(asked, case, clock)
    return Finding(
        requirement_id=one.id,
        effect=one.effect,
        state=State.AWAITING_VERIFICATION if is_awaited else state,
        due_on=told(dues.shown),
        grace_ends_on=told(dues.grace_ends_on),
        met_on=dues.met_on,
        met_by=None if dues.met_on is None else met_by(asked, case, dues.met_on),
        extended_days=(dues.shown - dues.best.due_on).days if dues.shown < FOREVER else 0,
        counts_as=state if is_awaited else None,
        total=dues.total,
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
    """Say whether evidence that nobody has verified yet would meet the requirement, which time may put an end to."""
    if not case.facts.awaiting.rows:
        return False
    awaiting = [day for one in asked.accepts for day in case.facts.awaiting.days_of(one) if day <= case.on]
    if not awaiting:
        return False
    if asked.in_all:
        until = would_hold(asked, case, clock)
    else:
        until = max(map(clock.due_on, case.reaches(asked, awaiting)))
    if until > NEVER:
        case.moments.append(until + DAY)
    return case.on <= until


def met_by(asked: Asked, case: Case, met_on: date) -> int:
    """Name the requirement whose evidence of a day it is: its own before a higher one's."""
    if not asked.others or case.newest.get(asked.id) == met_on:
        return asked.id
    return next(one for one in asked.accepts if met_on in case.completions.days_of(one))


def _changes_on(case: Case, dues: Dues) -> date:
    """Return the next day on which time alone would change the finding, or on which a notice is due."""
    on = case.on
    days = [day + DAY for day in (dues.due_on, dues.excused_until, dues.grace_ends_on) if day >= on]
    if on < dues.shown < FOREVER:
        days += [day for rung in case.plan.rungs if (day := dues.shown - rung) > on]
    return min(days, default=FOREVER)


def _lapses_on(case: Case, clock: Clock, finding: Finding, dues: Dues) -> date:
    """Return the first day on which the requirement lapses the licence, beyond all that holds it off by then."""
    first = dues.grace_ends_on + DAY
    if State.OVERDUE in (finding.state, finding.counts_as) or (clock is RUNNING and not case.paused):
        return first
    return first_outside(max(first, case.on), merged((*clock.waived, *clock.failed, *case.paused)))
