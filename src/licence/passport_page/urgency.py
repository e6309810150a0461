"""What is to be done next, by when, how, and what happens otherwise? The most urgent thing first."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from foundation.wording import as_count, as_date, as_distance, as_list, as_sentence_case
from licence.passport_page.judged import Judging, Why, as_hours, why
from licence.passport_page.words import cited
from licence.standing.decisions import COUNTS, Decision, Finding, Reason, Standing, State
from passport.policy.rules import Duty, Effect, Requirement

NO_LICENCE_TO_KEEP = frozenset({Standing.REVOKED, Standing.SURRENDERED})
OWED = frozenset({State.DUE_SOON, State.IN_GRACE, State.OVERDUE})
DAY = timedelta(days=1)

# What presses most comes first: what has taken something away, what is about to, what only may.
_PRESSING = {
    (Effect.LICENCE_CORE, State.OVERDUE): 0,
    (Effect.LICENCE_CORE, State.IN_GRACE): 1,
    (Effect.OPERATIONAL_STOP, State.OVERDUE): 2,
    (Effect.OPERATIONAL_STOP, State.IN_GRACE): 2,
    (Effect.ROLE_GATE, State.OVERDUE): 3,
    (Effect.ROLE_GATE, State.IN_GRACE): 3,
    (Effect.LICENCE_CORE, State.DUE_SOON): 4,
    (Effect.OPERATIONAL_STOP, State.DUE_SOON): 4,
    (Effect.ROLE_GATE, State.DUE_SOON): 4,
}


HOURS_NOT_SAID = "Policy does not say how long"


@dataclass(frozen=True, slots=True)
class Act:
    """One thing to do; `also` names what else it counts for, so that the higher of two courses is taken once."""

    code: str
    title: str
    state: State | None
    by: str
    otherwise: str
    how: str
    hours: str
    why: Why
    pressing: int
    day: date
    takes: float | None = None
    also: str = ""


def acts(decision: Decision, judging: Judging) -> tuple[Act, ...]:
    """Return everything there is to do, the most urgent first; nothing where there is no licence to keep."""
    if decision.standing in NO_LICENCE_TO_KEEP:
        return ()
    found = [*_cycle(decision, judging), *_taken_once(list(_owed(decision, judging)), judging)]
    return tuple(sorted(found, key=lambda one: (one.pressing, one.day, one.title)))


def _owed(decision: Decision, judging: Judging) -> Iterator[Act]:
    for finding in decision.findings:
        asked = judging.policy.by_id.get(finding.requirement_id)
        if asked is None or asked.duty is Duty.FORCE or finding.state not in OWED:
            continue
        if finding.effect not in COUNTS:
            continue
        yield Act(
            code=asked.code,
            title=asked.title,
            state=finding.state,
            by=_by(finding, judging.on),
            otherwise=_otherwise(finding, asked, judging),
            how=asked.how_to_meet,
            hours=as_hours(takes) if (takes := hours_of(finding, asked)) else HOURS_NOT_SAID,
            why=why(finding, asked, judging),
            pressing=_PRESSING[finding.effect, finding.state],
            day=finding.due_on or judging.on,
            takes=takes,
            also=as_list([one.title for one in _below(asked, decision.findings, judging)]),
        )


def hours_of(finding: Finding, asked: Requirement) -> float | None:
    """Return how many hours meeting a requirement takes, the first time or again; nothing where policy names none."""
    if finding.total is not None:
        return finding.total.missing or None
    if finding.met_on is None and asked.initial_hours is not None:
        return asked.initial_hours
    return asked.hours


def in_all(todo: Sequence[Act]) -> str:
    """Say how long several things take together, as far as policy says how long each of them takes."""
    hours = [one.takes for one in todo if one.takes]
    unsaid = sum(one.hours == HOURS_NOT_SAID for one in todo)
    if len(todo) == 1 or not hours:
        return ""
    beside = f", and {as_count(unsaid, 'thing')} for which policy names no hours" if unsaid else ""
    return f"All {len(todo)} together take {as_hours(sum(hours))}{beside}."


def _below(asked: Requirement, findings: Iterable[Finding], judging: Judging) -> Iterator[Requirement]:
    """Return whatever else is asked of the person that meeting a requirement counts for."""
    for finding in findings:
        other = judging.policy.by_id.get(finding.requirement_id)
        if other and asked.id in other.satisfied_by and finding.state is not State.NOT_APPLICABLE:
            yield other


def _taken_once(owed: Sequence[Act], judging: Judging) -> Iterator[Act]:
    """Leave out what a higher thing on the list counts for; the higher is then due as early as the lower was."""
    asked = {one.code: one for one in judging.policy.requirements}
    over = {act.code: _highest_over(asked[act.code], owed, asked) for act in owed}
    for act in owed:
        if over[act.code] is None:
            lower = [one for one in owed if over[one.code] == act.code]
            yield _pressed_by(act, lower)


def _highest_over(lower: Requirement, owed: Sequence[Act], asked: dict[str, Requirement]) -> str | None:
    higher = [act.code for act in owed if asked[act.code].id in lower.satisfied_by]
    tops = [one for one in higher if not any(asked[other].id in asked[one].satisfied_by for other in higher)]
    return tops[0] if tops else None


def _pressed_by(act: Act, lower: Sequence[Act]) -> Act:
    """Let the higher of several press as much as the most pressing of those it counts for, and say what follows of each."""
    first = min((act, *lower), key=lambda one: (one.pressing, one.day))
    otherwise = " ".join(dict.fromkeys(one.otherwise for one in (first, act, *lower)))
    return replace(
        act, state=first.state, by=first.by, otherwise=otherwise, pressing=first.pressing, day=first.day
    )


def _by(finding: Finding, on: date) -> str:
    if finding.state is State.DUE_SOON and finding.due_on is not None:
        return f"{as_date(finding.due_on)}, {as_distance(finding.due_on, on)}"
    has_grace = finding.state is State.IN_GRACE and finding.effect is not Effect.OPERATIONAL_STOP
    if has_grace and finding.grace_ends_on is not None:
        return f"{as_date(finding.grace_ends_on)}, {as_distance(finding.grace_ends_on, on)}. This is the last day of grace."
    return f"Now. It was due by {as_date(finding.due_on)}." if finding.due_on else "Now."


def _otherwise(finding: Finding, asked: Requirement, judging: Judging) -> str:
    """Say what follows if nothing is done, or what has followed already."""
    is_past = finding.state is not State.DUE_SOON
    match finding.effect:
        case Effect.LICENCE_CORE:
            return _licence_otherwise(finding, asked, judging)
        case Effect.OPERATIONAL_STOP:
            power = as_sentence_case(asked.authority or asked.title)
            return f"{power} has stopped." if is_past else f"{power} stops the next day. There is no grace."
        case _:
            return f"Work that needs it may not be done{'' if is_past else ' after that'}."


def _licence_otherwise(finding: Finding, asked: Requirement, judging: Judging) -> str:
    if finding.state is State.OVERDUE:
        return "The licence has lapsed over it. It stands again once everything missing is met and recorded."
    if finding.state is State.IN_GRACE:
        return f"The licence lapses the next day, and {judging.voice.subject.replace('You', 'you')} may not practise."
    if not asked.grace_days:
        return "The licence lapses the next day."
    return f"There are {as_count(asked.grace_days, 'day')} of grace after that. Then the licence lapses."


def _cycle(decision: Decision, judging: Judging) -> Iterator[Act]:
    """Ask for the licence's own renewal once it has run out, or its window has opened."""
    terms, expires_on, on = judging.policy.terms, decision.expires_on, judging.on
    if expires_on is None or on < expires_on - timedelta(days=terms.renewal_window_days):
        return
    reasons = {one.reason for one in decision.because}
    has_ended, in_grace = Reason.CYCLE_ENDED in reasons, Reason.CYCLE_IN_GRACE in reasons
    grace_ends_on = expires_on + timedelta(days=terms.grace_days)
    by = grace_ends_on if in_grace else expires_on
    yield Act(
        code="LICENCE",
        title="Renew the licence",
        state=State.OVERDUE if has_ended else State.IN_GRACE if in_grace else State.DUE_SOON,
        by=f"Now. It was due by {as_date(by)}." if has_ended else f"{as_date(by)}, {as_distance(by, on)}",
        otherwise=_cycle_otherwise(terms.grace_days, has_ended=has_ended, in_grace=in_grace),
        how="Meet everything the licence asks for, then ask the force’s licensing desk to renew it.",
        hours="",
        why=Why(
            f"A licence runs for {as_count(terms.cycle_months, 'month')} from the day it is granted or renewed.",
            cited(terms.source, terms.evidence_tag, judging.policy),
            "/policy",
        ),
        pressing=0 if has_ended else 1 if in_grace else _PRESSING[Effect.LICENCE_CORE, State.DUE_SOON],
        day=by,
    )


def _cycle_otherwise(grace_days: int, *, has_ended: bool, in_grace: bool) -> str:
    if has_ended:
        return "The licence has lapsed. It stands again once it is renewed."
    if in_grace or not grace_days:
        return "The licence lapses the next day."
    return f"There are {as_count(grace_days, 'day')} of grace after that. Then the licence lapses."
