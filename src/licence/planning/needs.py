"""Which places will a person need, and between which days is each best taken?"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from licence.planning.windows import opens_on
from licence.standing.decisions import Decision, Finding, Standing, State
from passport.policy.rules import Duty, Effect, LicencePolicy, Requirement

COUNTED = frozenset({Effect.LICENCE_CORE, Effect.OPERATIONAL_STOP, Effect.ROLE_GATE})
"""What takes a place: the licence, a power or a role hangs on it."""

NO_PLACE = frozenset({State.NOT_APPLICABLE, State.WAIVED, State.AWAITING_VERIFICATION})
"""Nothing is asked, or it has been done and waits for somebody's eyes."""

NO_LICENCE_TO_KEEP = frozenset({Standing.REVOKED, Standing.SURRENDERED})


@dataclass(frozen=True, slots=True)
class Need:
    """A place that somebody needs by a day; taken from `opens_on` on, it loses none of the time still held."""

    requirement_id: int
    opens_on: date
    due_on: date
    is_first: bool


def needs_of(decision: Decision, policy: LicencePolicy, *, until: date) -> Sequence[Need]:
    """Return the places that a person needs up to a day, what is due first first; the higher of two is taken once."""
    if decision.standing in NO_LICENCE_TO_KEEP:
        return ()
    needs = _taken_once(list(_each(decision.findings, policy)), policy)
    return sorted(
        (one for one in needs if one.due_on <= until), key=lambda one: (one.due_on, one.requirement_id)
    )


def hours_of(asked: Requirement, *, is_first: bool) -> float | None:
    """Return how many hours a place takes; nothing where policy names none. Where hours add up, all of them are one place."""
    if asked.hours_in_all is not None:
        return asked.hours_in_all
    return asked.initial_hours if is_first and asked.initial_hours is not None else asked.hours


def _each(findings: Iterable[Finding], policy: LicencePolicy) -> Iterator[Need]:
    for finding in findings:
        asked = policy.by_id.get(finding.requirement_id)
        if asked is None or asked.duty is Duty.FORCE or finding.effect not in COUNTED:
            continue
        if finding.due_on is None or finding.state in NO_PLACE:
            continue
        opens = opens_on(asked, finding, finding.due_on)
        yield Need(asked.id, opens, finding.due_on, finding.met_on is None)


def _taken_once(needs: Sequence[Need], policy: LicencePolicy) -> Iterator[Need]:
    """Leave out what a higher place also meets; the higher is then due as early as the lowest of them was."""
    for need in needs:
        if _over(need, needs, policy):
            continue
        under = [one.due_on for one in needs if need.requirement_id in _higher(one, policy)]
        due_on = min((need.due_on, *under))
        yield replace(need, due_on=due_on, opens_on=min(need.opens_on, due_on))


def _over(need: Need, needs: Sequence[Need], policy: LicencePolicy) -> bool:
    return any(one.requirement_id in _higher(need, policy) for one in needs)


def _higher(need: Need, policy: LicencePolicy) -> tuple[int, ...]:
    return policy.by_id[need.requirement_id].satisfied_by
