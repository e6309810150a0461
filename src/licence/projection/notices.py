"""What are people told about their licences: what is near due, what lapsed, what stopped, what was reinstated?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from licence.projection.walking import Walk
from licence.standing.clocks import counted, covering, suspended
from licence.standing.decisions import COUNTS, PRACTISING, Finding, LicenceFacts, Reason, Standing, State
from passport.policy.rules import Duty, LicencePolicy, Requirement
from people.notices.rules import Rung

LICENCE = "LICENCE"
"""The matter of a notice about the licence itself; any other matter is a requirement's code."""

SILENT = frozenset({Standing.PAUSED, Standing.SUSPENDED, Standing.REVOKED, Standing.SURRENDERED})
"""Nobody is reminded of a clock that does not run, or of a licence that has ended."""


@dataclass(frozen=True, slots=True)
class Tidings:
    """One thing to tell about a person: the matter, the day it turns on, and the rung, a number of days or an event."""

    person_id: int
    matter: str
    due_on: date
    rung: Rung
    policy: LicencePolicy
    asked: Requirement | None = None
    authority: str | None = None


def tidings(walk: Walk, facts: LicenceFacts, policy: LicencePolicy) -> Iterator[Tidings]:
    """Say what there is to tell at the end of a walk: what holds now, never what an outage has made stale.

    A first decision changes nothing, so that nobody is told of a lapse in a licence that nobody had spoken of.
    """
    yield from _reminders(walk, facts, policy)
    if walk.said is not None:
        yield from _changes(walk, policy)
        yield from _stops(walk, policy)


def _changes(walk: Walk, policy: LicencePolicy) -> Iterator[Tidings]:
    before, after = walk.said.standing if walk.said else None, walk.last.standing
    if after is Standing.LAPSED is not before:
        yield Tidings(walk.last.person_id, LICENCE, walk.since, Rung.LAPSED, policy)
    elif before is Standing.LAPSED and after in PRACTISING:
        yield Tidings(walk.last.person_id, LICENCE, walk.since, Rung.REINSTATED, policy)


def _stops(walk: Walk, policy: LicencePolicy) -> Iterator[Tidings]:
    """Tell of each power that was held, and that a requirement stopped on the way; a standing's stop tells itself."""
    before = walk.said.held if walk.said else frozenset()
    for authority in walk.last.authorities:
        if authority.held or authority.name not in before:
            continue
        day = _stopped_on(walk, authority.name)
        for number in authority.stopped_by:
            asked = policy.by_id.get(number)
            if asked is not None:
                yield Tidings(
                    walk.last.person_id, asked.code, day, Rung.STOPPED, policy, asked, authority.name
                )


def _stopped_on(walk: Walk, name: str) -> date:
    """Return the day since which a power has been stopped, walking back from the end."""
    day = walk.last.on
    for decision in reversed(walk.decisions):
        if any(one.name == name and one.held for one in decision.authorities):
            break
        day = decision.on
    return day


def _reminders(walk: Walk, facts: LicenceFacts, policy: LicencePolicy) -> Iterator[Tidings]:
    """Remind of what falls due: the one rung that has been reached, for everything that is near its day."""
    decision = walk.last
    if _is_left_alone(walk, facts, policy):
        return
    rung = _rung(decision.expires_on, decision.on, policy)
    if decision.expires_on is not None and rung is not None and decision.standing in PRACTISING:
        yield Tidings(decision.person_id, LICENCE, decision.expires_on, rung, policy)
    for finding in decision.findings:
        rung = _rung(finding.due_on, decision.on, policy)
        asked = policy.by_id.get(finding.requirement_id)
        if (
            rung is not None
            and finding.due_on is not None
            and asked is not None
            and _is_theirs(finding, asked)
        ):
            yield Tidings(decision.person_id, asked.code, finding.due_on, rung, policy, asked)


def _is_theirs(finding: Finding, asked: Requirement) -> bool:
    """Say whether the person is to act: not where it is optional, done and unverified, or the force's own duty."""
    return finding.effect in COUNTS and finding.state is State.DUE_SOON and asked.duty is Duty.PERSON


def _is_left_alone(walk: Walk, facts: LicenceFacts, policy: LicencePolicy) -> bool:
    """Say whether a person is away, suspended or gone: they are reminded when they are back."""
    day = walk.last.on
    reasons = {one.reason for one in walk.last.because}
    return bool(
        walk.last.standing in SILENT
        or Reason.LEFT_SERVICE in reasons
        or covering(counted(facts.absences, policy.absences), day)
        or covering(suspended(facts.absences), day)
    )


def _rung(due_on: date | None, on: date, policy: LicencePolicy) -> Rung | None:
    """Return the rung of the smallest number of days' notice that has been reached; none while none has, or too late."""
    if due_on is None or due_on < on:
        return None
    left = (due_on - on).days
    reached = next((days for days in sorted(policy.terms.notice_days) if left <= days), None)
    return None if reached is None else _named(reached)


def _named(days: int) -> Rung:
    """Name a rung of the policy by the next of those that notices know, so that any number of days has one."""
    return next((rung for rung in (Rung.DAYS_7, Rung.DAYS_30) if days <= int(rung)), Rung.DAYS_90)
