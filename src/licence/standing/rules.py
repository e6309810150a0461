"""May this person practise on this day, and why?"""

from datetime import date, timedelta

from licence.standing.authorities import authorities
from licence.standing.case import Case
from licence.standing.clocks import DAY, covering, extended, first_outside
from licence.standing.decisions import (
    LOOKAHEAD,
    PRACTISING,
    Decision,
    LicenceFacts,
    Reason,
    Standing,
)
from licence.standing.due import FOREVER, NEVER, told
from licence.standing.judging import Judgement, judge_everything, judge_what_counts
from licence.standing.plan import cycle_terms
from licence.standing.reasons import NO_LICENCE, Cycle, stand
from passport.policy.rules import LicencePolicy

FURTHEST = timedelta(days=LOOKAHEAD)


def decide(facts: LicenceFacts, policy: LicencePolicy, on: date) -> Decision:
    """Say whether a person may practise on a day, and why, with a finding for everything asked of them."""
    case = Case(facts, policy, on)
    return _decided(case, judge_everything(case))


def outline(facts: LicenceFacts, policy: LicencePolicy, on: date) -> Decision:
    """Say the same, for many people at a time: the findings are those only that count today and are not simply met."""
    case = Case(facts, policy, on)
    return _decided(case, judge_what_counts(case, case.plan.today))


def _decided(case: Case, judged: Judgement) -> Decision:
    cycle = cycle_of(case)
    standing, because = stand(case, cycle, judged.findings)
    is_held = standing not in NO_LICENCE
    may_practise = standing in PRACTISING or because[0].reason is Reason.NO_LICENCE_NEEDED
    return Decision(
        person_id=case.facts.person_id,
        on=case.on,
        standing=standing,
        because=because,
        findings=tuple(judged.findings),
        authorities=authorities(case, may_practise=may_practise),
        conditions=tuple(sorted(case.line.conditions)),
        expires_on=told(cycle.expires_on) if is_held else None,
        lapses_on=_lapses_on(case, standing, min(judged.lapses_on, cycle.lapses_on)) if is_held else None,
        next_change_on=_next_change(case),
        policy_version=case.policy.version,
    )


def cycle_of(case: Case) -> Cycle:
    """Return the last day of the licence's cycle and of its grace, and the day on which it lapses by itself."""
    cycle_from = case.line.cycle_from
    if cycle_from is None:
        return Cycle(NEVER, NEVER, NEVER)
    expires_on, grace_ends_on, _ = cycle_terms(case.policy)[cycle_from]
    if case.absent:
        expires_on = extended(cycle_from, expires_on, case.absent)
        grace_ends_on = min(FOREVER, expires_on + timedelta(days=case.policy.terms.grace_days))
    if expires_on < case.horizon:
        case.moments += [
            expires_on + DAY,
            grace_ends_on + DAY,
            *(expires_on - rung for rung in case.plan.rungs),
        ]
    lapses_on = grace_ends_on + DAY
    if lapses_on > case.on and case.paused:
        lapses_on = first_outside(lapses_on, case.paused)
    return Cycle(expires_on, grace_ends_on, lapses_on)


def _lapses_on(case: Case, standing: Standing, lapses_on: date) -> date | None:
    """Return the day on which a licence lapses; time that ran out during a pause bites only after it."""
    if lapses_on <= case.on and standing is not Standing.LAPSED and covering(case.paused, case.on):
        lapses_on = first_outside(case.on, case.paused)
    return told(lapses_on)


def _next_change(case: Case) -> date:
    """Return the earliest of the days gathered, and never one beyond the reach of a decision."""
    on, latest = case.on, case.on + FURTHEST
    return min([day for day in case.moments if on < day < latest], default=latest)
