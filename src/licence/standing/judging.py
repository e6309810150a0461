"""What do all requirements together come to for one person on one day?"""

from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter

from licence.standing.case import Case
from licence.standing.clocks import DAY
from licence.standing.decisions import Finding, State
from licence.standing.due import FOREVER, NEVER, Reach
from licence.standing.findings import judge
from licence.standing.plan import Today

_due = itemgetter(0)


@dataclass(slots=True)
class Judgement:
    """The findings, the day on which the first of them lapses the licence, and the nearest day of all that is quiet."""

    nearest_due: date
    findings: list[Finding] = field(default_factory=list)
    lapses_on: date = FOREVER
    grace_ends_on: date = FOREVER


def judge_everything(case: Case, *, keep_met: bool) -> Judgement:
    """Judge every requirement that concerns the person, passing over what is simply met unless it is to be kept.

    The newest completion by itself tells how far a requirement is met at least. Mostly that is far enough, and exactly
    how far: only where an older or a higher one may reach further is it looked into, and only if the answer turns on it.
    """
    result = Judgement(case.horizon)
    at_least: list[tuple[date, date, Today]] = []
    for today in case.plan.today:
        quiet = None if keep_met else _quiet(today, case)
        if quiet is None:
            _judge_one(today, case, result, keep_met=keep_met)
            continue
        due_on, grace, _ = quiet
        if not today.is_plain:
            at_least.append((due_on, grace, today))
            continue
        result.nearest_due = min(result.nearest_due, due_on)
        if today.is_core:
            result.grace_ends_on = min(result.grace_ends_on, grace)
        if today.empowers:
            case.powers[today.id] = due_on
    _look_into(at_least, case, result)
    case.moments.append(result.nearest_due - case.plan.longest_notice)
    result.lapses_on = min(result.lapses_on, result.grace_ends_on + DAY)
    return result


def _quiet(today: Today, case: Case) -> tuple[date, date, Reach] | None:
    """Return the terms of a requirement that is simply met: no notice is due, and no initial time reaches further."""
    met_on = case.newest.get(today.id)
    if met_on is None or not (case.stopped_until is NEVER or case.stands_alone(today, met_on)):
        return None
    terms = today.terms[met_on]
    due_on = terms[0]
    if due_on > today.quiet_after or (due_on > today.noticed_by and due_on >= case.initial_by(today)):
        return terms
    return None


def _judge_one(today: Today, case: Case, result: Judgement, *, keep_met: bool) -> None:
    finding, lapses_on, _ = judge(today, case)
    if keep_met or finding.state is not State.MET:
        result.findings.append(finding)
    result.lapses_on = min(result.lapses_on, lapses_on)


def _look_into(at_least: list[tuple[date, date, Today]], case: Case, result: Judgement) -> None:
    """Find the days of requirements that are met at least so far, the nearest first: it often spares the others."""
    at_least.sort(key=_due)
    for due_on, grace, today in at_least:
        case.powers_at_least[today.id] = due_on
        if due_on < result.nearest_due or (today.is_core and grace < result.grace_ends_on):
            exact_due_on, exact_grace = _exactly(today, case)
            result.nearest_due = min(result.nearest_due, exact_due_on)
            if today.is_core:
                result.grace_ends_on = min(result.grace_ends_on, exact_grace)


def _exactly(today: Today, case: Case) -> tuple[date, date]:
    """Return the last days of a requirement and of its grace, by the best of the whole evidence."""
    best = case.best(today)
    if best is None:
        return NEVER, NEVER
    return best.due_on, today.terms.grace_after(best.due_on)
