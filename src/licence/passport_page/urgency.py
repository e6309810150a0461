"""What is to be done next, by when, how, and what happens otherwise? The most urgent thing first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from foundation.wording import as_count, as_date, as_distance, as_sentence_case
from licence.passport_page.judged import Judging, Why, as_hours, why
from licence.passport_page.words import cited
from licence.standing.decisions import Decision, Finding, Reason, Standing, State
from passport.policy.rules import Duty, Effect, Requirement

COUNTS = frozenset({Effect.LICENCE_CORE, Effect.OPERATIONAL_STOP, Effect.ROLE_GATE})
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


@dataclass(frozen=True, slots=True)
class Act:
    """One thing to do."""

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


def acts(decision: Decision, judging: Judging) -> tuple[Act, ...]:
    """Return everything there is to do, the most urgent first; nothing where there is no licence to keep."""
    if decision.standing in NO_LICENCE_TO_KEEP:
        return ()
    found = [*_cycle(decision, judging), *_owed(decision, judging)]
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
            hours=as_hours(asked.hours) if asked.hours else "",
            why=why(finding, asked, judging),
            pressing=_PRESSING[finding.effect, finding.state],
            day=finding.due_on or judging.on,
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
