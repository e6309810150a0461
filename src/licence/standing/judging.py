"""What do all requirements together come to for one person on one day?"""

from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter

from licence.standing.case import Case
from licence.standing.clocks import DAY
from licence.standing.decisions import Finding, State
from licence.standing.due import FOREVER, NEVER
from licence.standing.findings import judge
from licence.standing.plan import Today

NONE_HELD = (NEVER, NEVER)
_due = itemgetter(1)


@dataclass(slots=True)
class Judgement:
    """The findings, and the day on which the first of them lapses the licence."""

    findings: list[Finding] = field(default_factory=list)
    lapses_on: date = FOREVER


def judge_everything(case: Case, *, keep_met: bool) -> Judgement:
    """Judge every requirement that concerns the person, passing over what is simply met unless it is to be kept.

    The newest completion by itself tells how far a requirement is met at least. Mostly that is far enough, and exactly
    how far: only where an older or a higher one may reach further is it looked into, and only if the answer turns on it.
    """
    result = Judgement()
    after, newest = (FOREVER if keep_met else case.moved_until), case.newest
    nearest_due, grace_ends_on = case.horizon, FOREVER
    at_least: list[tuple[Today, date, date]] = []
    for today in case.plan.today:
        met_on = newest.get(today.id, NEVER)
        is_known = met_on > after and not (today.is_fixed and after > NEVER)
        due_on, grace = today.terms[met_on] if is_known else NONE_HELD
        if due_on <= today.quiet_after and not _is_quiet(today, due_on, case):
            _judge_one(today, case, result, keep_met=keep_met)
        elif not today.is_plain:
            at_least.append((today, due_on, grace))
        else:
            nearest_due = min(nearest_due, due_on)
            if today.is_core and grace < grace_ends_on:
                grace_ends_on = grace
            if today.empowers:
                case.powers[today.id] = due_on
    for today, due_on, grace in sorted(
        at_least, key=_due
    ):  # the nearest often spares looking into the others
        case.powers_at_least[today.id] = due_on
        if due_on < nearest_due or (today.is_core and grace < grace_ends_on):
            exact_due_on, exact_grace = _exactly(today, case)
            nearest_due = min(nearest_due, exact_due_on)
            grace_ends_on = min(grace_ends_on, exact_grace) if today.is_core else grace_ends_on
    case.moments.append(nearest_due - case.plan.longest_notice)
    result.lapses_on = min(result.lapses_on, grace_ends_on + DAY)
    return result


def _is_quiet(today: Today, due_on: date, case: Case) -> bool:
    """Say whether a requirement is simply met: no notice is due, and the person's initial time reaches no further."""
    return due_on > today.noticed_by and due_on >= case.initial_by(today)


def _judge_one(today: Today, case: Case, result: Judgement, *, keep_met: bool) -> None:
    finding, lapses_on, _ = judge(today, case)
    if keep_met or finding.state is not State.MET:
        result.findings.append(finding)
    result.lapses_on = min(result.lapses_on, lapses_on)


def _exactly(today: Today, case: Case) -> tuple[date, date]:
    """Return the last days of a requirement and of its grace, by the best of the whole evidence."""
    best = case.best(today)
    if best is None:
        return NONE_HELD
    return best.due_on, today.terms.grace_after(best.due_on)
