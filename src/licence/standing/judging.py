"""What do all requirements together come to for one person on one day?"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter

from licence.standing.case import Case
from licence.standing.clocks import DAY
from licence.standing.decisions import Finding, State
from licence.standing.due import FOREVER, NEVER
from licence.standing.findings import judge, undisturbed
from licence.standing.plan import Today

_due = itemgetter(0)


@dataclass(slots=True)
class Judgement:
    """The findings, the day on which the first of them lapses the licence, and the nearest day of all that is quiet."""

    nearest_due: date
    findings: list[Finding] = field(default_factory=list)
    lapses_on: date = FOREVER

    def note_quiet(self, today: Today, due_on: date, grace_ends_on: date) -> None:
        """Note the last days of a requirement that is simply met."""
        self.nearest_due = min(self.nearest_due, due_on)
        if today.is_core and grace_ends_on < self.lapses_on:
            self.lapses_on = min(self.lapses_on, grace_ends_on + DAY)

    def turns_on(self, today: Today, due_on: date, grace_ends_on: date) -> bool:
        """Say whether a requirement held at least so far could yet bring forward what has been found."""
        return due_on < self.nearest_due or (today.is_core and grace_ends_on + DAY < self.lapses_on)


def judge_everything(case: Case) -> Judgement:
    """Judge every requirement that concerns the person."""
    result = Judgement(case.horizon)
    for today in case.plan.today:
        finding, lapses_on, _ = judge(today, case, undisturbed(today, case))
        result.findings.append(finding)
        result.lapses_on = min(result.lapses_on, lapses_on)
    return result


def judge_what_counts(case: Case, asked: Iterable[Today]) -> Judgement:
    """Judge some of it, or all, with no finding for what is simply met or for what nothing hangs on today.

    The newest completion by itself tells how far a requirement is met at least. Mostly that is far enough, and exactly
    how far: only where something else may reach further is it looked into, and only if the answer turns on it.
    """
    result = Judgement(case.horizon)
    newest, at_least = case.newest, list[tuple[date, date, Today]]()
    for today in asked:
        met_on = newest.get(today.id)
        due_on, grace_ends_on, _ = NOT_MET if met_on is None else today.terms[met_on]
        if met_on is None or due_on <= today.noticed_by or case.facts.dispensations:
            _judge_if_it_counts(today, case, result)
        elif _is_exact(today, case, met_on, due_on):
            result.note_quiet(today, due_on, grace_ends_on)
            if today.empowers:
                case.powers[today.id] = due_on
        else:
            at_least.append((due_on, grace_ends_on, today))
            case.powers_at_least[today.id] = due_on
    # The nearest first: it often spares the others.
    for due_on, grace_ends_on, today in sorted(at_least, key=_due):
        if result.turns_on(today, due_on, grace_ends_on):
            _judge_if_it_counts(today, case, result)
    case.moments.append(result.nearest_due - case.plan.longest_notice)
    return result


NOT_MET = (NEVER, NEVER, None)


def _is_exact(today: Today, case: Case, met_on: date, due_on: date) -> bool:
    """Say whether the newest completion reaches furthest of all: no older or higher one, no stop, no first time further."""
    return (
        today.is_plain
        and (case.stopped_until is NEVER or case.stands_alone(today, met_on))
        and (due_on > today.quiet_after or due_on >= case.initial_by(today))
    )


def _judge_if_it_counts(today: Today, case: Case, result: Judgement) -> None:
    """Judge a requirement that its newest completion does not settle, unless it proves to be simply met, or long past."""
    if not today.counts and _is_long_past(today, case):
        return
    rests_on = undisturbed(today, case)
    if rests_on is not None:
        due_on = rests_on.due_on
        if due_on > today.noticed_by:
            result.note_quiet(today, due_on, today.terms.grace_after(due_on))
            return
        if not today.counts and due_on < today.long_past:
            return
    finding, lapses_on, _ = judge(today, case, rests_on)
    if today.counts and finding.state is not State.MET:
        result.findings.append(finding)
    result.lapses_on = min(result.lapses_on, lapses_on)


def _is_long_past(today: Today, case: Case) -> bool:
    """Say whether a requirement was never met, and all time for it has passed: no day to come will change that."""
    return (
        case.initial_by(today) < today.long_past
        and not case.facts.awaiting.rows
        and case.newest.keys().isdisjoint(today.asked.accepts)
    )
