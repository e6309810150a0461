"""Which standing do a person's licence, absence, time and evidence come to, and for which reasons?"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from licence.standing.case import Case
from licence.standing.clocks import DAY, covering
from licence.standing.decisions import Because, Finding, Reason, Standing, State
from licence.standing.due import told
from licence.standing.findings import UNMET
from licence.standing.service import LICENSED
from passport.policy.rules import Duty, Effect

Stand = tuple[Standing, tuple[Because, ...]]

NO_LICENCE = frozenset({Standing.NOT_HELD, Standing.REVOKED, Standing.SURRENDERED})
"""Standings in which there is no licence whose time could run."""

SEVERITY = {reason: place for place, reason in enumerate(Reason)}
"""Reasons are told worst first, in the order in which they are declared."""

LAPSING = frozenset({Reason.CYCLE_ENDED, Reason.REQUIREMENT_OVERDUE})

ALL_MET: Stand = (Standing.ACTIVE, (Because(Reason.ALL_MET),))
NEVER_GRANTED: Stand = (Standing.NOT_HELD, (Because(Reason.NEVER_GRANTED),))
NOTHING_RECORDED: Stand = (Standing.NOT_HELD, (Because(Reason.NOTHING_RECORDED),))
NO_LICENCE_NEEDED: Stand = (Standing.NOT_HELD, (Because(Reason.NO_LICENCE_NEEDED),))


class Cycle(NamedTuple):
    """The last day of the licence's cycle and of its grace, and the first day on which it lapses by itself."""

    expires_on: date
    grace_ends_on: date
    lapses_on: date


def stand(case: Case, cycle: Cycle, findings: Iterable[Finding]) -> Stand:
    """Name the standing: what people decided comes before absence, and absence before time."""
    ended = _without_licence(case)
    if ended is not None:
        return ended
    reasons = _suspended(case)
    if reasons:
        return Standing.SUSPENDED, worst_first(reasons)
    reasons = _away(case)
    if reasons:
        return Standing.PAUSED, worst_first(reasons)
    return _by_time(case, cycle, findings)


def worst_first(reasons: Iterable[Because]) -> tuple[Because, ...]:
    """Put reasons in one order whatever the order in which they were found, each once."""
    return tuple(
        sorted(
            set(reasons),
            key=lambda one: (
                SEVERITY[one.reason],
                one.since or date.min,
                one.requirement_id or 0,
                one.until or date.max,
            ),
        )
    )


def _without_licence(case: Case) -> Stand | None:
    """Name the standing of those who hold no licence that could run; revocation is told whatever else is true."""
    line, post = case.line, case.post
    if line.revoked_on is not None:
        return Standing.REVOKED, (Because(Reason.REVOKED_BY_DETERMINATION, since=line.revoked_on),)
    if post is not None and post.kind not in LICENSED:
        return NO_LICENCE_NEEDED
    if line.surrendered_on is not None:
        return Standing.SURRENDERED, (
            Because(Reason.SURRENDERED_BY_DETERMINATION, since=line.surrendered_on),
        )
    if post is None:
        return _out_of_service(case)
    return NEVER_GRANTED if line.cycle_from is None else None


def _out_of_service(case: Case) -> Stand:
    """Name the standing of those whom no post covers: between two posts a licence rests, and resumes with the second."""
    if case.line.cycle_from is not None:
        ended = [
            one.period.ends_on
            for one in case.facts.posts
            if one.period.ends_on and one.period.ends_on < case.on
        ]
        since = max(ended) + DAY if ended else None
        return Standing.SURRENDERED, (Because(Reason.LEFT_SERVICE, since=since),)
    if any(one.kind in LICENSED for one in case.facts.posts):
        return NEVER_GRANTED
    if not case.facts.posts:
        return NOTHING_RECORDED
    return NO_LICENCE_NEEDED


def _suspended(case: Case) -> Sequence[Because]:
    reasons = []
    if case.line.suspended_on is not None:
        reasons.append(Because(Reason.SUSPENDED_BY_DETERMINATION, since=case.line.suspended_on))
    days = covering(case.suspended, case.on)
    if days is not None:
        reasons.append(Because(Reason.SUSPENDED_FROM_DUTY, since=days.first, until=told(days.last)))
    return reasons


def _away(case: Case) -> Sequence[Because]:
    """Return the absence that pauses the licence: all that is counted without a break is one."""
    away = covering(case.absent, case.on)
    return [] if away is None else [Because(Reason.AWAY, since=away.first, until=told(away.last))]


def _by_time(case: Case, cycle: Cycle, findings: Iterable[Finding]) -> Stand:
    """Name the standing that the dates alone come to; the worst of them wins."""
    reasons = _cycle_reasons(case, cycle)
    for one in findings:
        if (
            one.effect is Effect.LICENCE_CORE
            and (one.counts_as or one.state) in UNMET
            and _is_the_persons(one, case)
        ):
            reasons += _reasons_of(one)
    if not reasons:
        return _probation(case) or ALL_MET
    has_lapsed = any(one.reason in LAPSING for one in reasons)
    return Standing.LAPSED if has_lapsed else Standing.IN_GRACE, worst_first(reasons)


def _is_the_persons(finding: Finding, case: Case) -> bool:
    return case.policy.by_id[finding.requirement_id].duty is Duty.PERSON


def _cycle_reasons(case: Case, cycle: Cycle) -> list[Because]:
    if case.on > cycle.grace_ends_on:
        return [Because(Reason.CYCLE_ENDED, since=cycle.grace_ends_on + DAY)]
    if case.on > cycle.expires_on:
        return [Because(Reason.CYCLE_IN_GRACE, since=cycle.expires_on + DAY, until=cycle.grace_ends_on)]
    return []


def _reasons_of(finding: Finding) -> list[Because]:
    """Return what a finding on the licence's core says against it; one awaiting verification says it still."""
    if finding.due_on is None or finding.grace_ends_on is None:
        return []
    if (finding.counts_as or finding.state) is State.OVERDUE:
        return [
            Because(
                Reason.REQUIREMENT_OVERDUE,
                finding.requirement_id,
                since=finding.grace_ends_on + DAY,
                total=finding.total,
            )
        ]
    since, until = finding.due_on + DAY, finding.grace_ends_on
    return [
        Because(Reason.REQUIREMENT_IN_GRACE, finding.requirement_id, since, until, finding.total),
    ]


def _probation(case: Case) -> Stand | None:
    if not case.on_probation:
        return None
    return Standing.PROVISIONAL, (
        Because(Reason.ON_PROBATION, since=case.facts.joined_on, until=case.probation_ends_on),
    )
