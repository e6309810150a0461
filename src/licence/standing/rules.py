"""May this person practise on this day, and why?"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from licence.standing.authorities import authorities
from licence.standing.case import Case
from licence.standing.clocks import DAY, covering, extended, first_outside
from licence.standing.decisions import (
    LOOKAHEAD,
    PRACTISING,
    Decision,
    Finding,
    LicenceFacts,
    Reason,
    Standing,
    State,
)
from licence.standing.due import FOREVER, NEVER, told
from licence.standing.findings import judge
from licence.standing.plan import Today, cycle_terms
from licence.standing.reasons import NO_LICENCE, Cycle, stand
from passport.policy.rules import LicencePolicy

NOT_BY_ITSELF = (NEVER, NEVER)


def decide(facts: LicenceFacts, policy: LicencePolicy, on: date) -> Decision:
    """Say whether a person may practise on a day, and why, with a finding for everything asked of them."""
    return _decide(Case(facts, policy, on), keep_met=True)


def outline(facts: LicenceFacts, policy: LicencePolicy, on: date) -> Decision:
    """Say the same, for many people at a time: the findings are those only that are not simply met."""
    return _decide(Case(facts, policy, on), keep_met=False)


@dataclass(slots=True)
class Judgement:
    """What all requirements together come to for one person."""

    findings: list[Finding] = field(default_factory=list)
    powers: dict[int, date] = field(default_factory=dict)
    lapses_on: date = FOREVER


def _decide(case: Case, *, keep_met: bool) -> Decision:
    judged = _judge_everything(case, keep_met=keep_met)
    cycle = _cycle(case)
    standing, because = stand(case, cycle, judged.findings)
    is_held = standing not in NO_LICENCE
    may_practise = standing in PRACTISING or because[0].reason is Reason.NO_LICENCE_NEEDED
    return Decision(
        person_id=case.facts.person_id,
        on=case.on,
        standing=standing,
        because=because,
        findings=tuple(judged.findings),
        authorities=authorities(case, judged.powers, may_practise=may_practise),
        conditions=tuple(sorted(case.line.conditions)),
        expires_on=told(cycle.expires_on) if is_held else None,
        lapses_on=_lapses_on(case, standing, min(judged.lapses_on, cycle.lapses_on)) if is_held else None,
        next_change_on=_next_change(case),
        policy_version=case.policy.version,
    )


def _judge_everything(case: Case, *, keep_met: bool) -> Judgement:
    """Judge every requirement that concerns the person, passing over what is simply met unless it is to be kept."""
    result = Judgement()
    passable_after = FOREVER if keep_met else case.moved_until
    nearest_due, grace_ends_on = FOREVER, FOREVER
    newest = case.newest
    for today in case.plan.today:
        met_on = newest.get(today.id, NEVER)
        if today.is_plain and met_on > passable_after:
            due_on, grace = today.terms[met_on]
        else:
            due_on, grace = _by_itself(today, case, passable_after)
        if due_on <= today.quiet_after:
            _judge_one(today, case, result, keep_met=keep_met)
            continue
        nearest_due = min(nearest_due, due_on)
        if today.is_core and grace < grace_ends_on:
            grace_ends_on = grace
        if today.empowers:
            result.powers[today.id] = due_on
    case.moments.append(nearest_due - case.plan.longest_notice)
    result.lapses_on = min(result.lapses_on, grace_ends_on + DAY)
    return result


def _judge_one(today: Today, case: Case, result: Judgement, *, keep_met: bool) -> None:
    finding, power_until, lapses_on = judge(today, case)
    if keep_met or finding.state is not State.MET:
        result.findings.append(finding)
    if today.empowers:
        result.powers[today.id] = power_until
    result.lapses_on = min(result.lapses_on, lapses_on)


def _by_itself(today: Today, case: Case, passable_after: date) -> tuple[date, date]:
    """Return the last days of a requirement and of its grace where evidence by itself tells them, or else none."""
    best = case.best(today) if passable_after < FOREVER else None
    if best is None or best.met_on <= passable_after or not (today.is_rolling or passable_after == NEVER):
        return NOT_BY_ITSELF
    return best.due_on, today.terms.grace_after(best.due_on)


def _cycle(case: Case) -> Cycle:
    """Return the last day of the licence's cycle and of its grace, and the day on which it lapses by itself."""
    cycle_from = case.line.cycle_from
    if cycle_from is None:
        return Cycle(NEVER, NEVER, NEVER)
    expires_on, grace_ends_on = cycle_terms(case.policy)[cycle_from]
    if case.absent:
        expires_on = extended(cycle_from, expires_on, case.absent)
        grace_ends_on = min(FOREVER, expires_on + timedelta(days=case.policy.terms.grace_days))
    case.moments += [expires_on + DAY, grace_ends_on + DAY]
    case.moments += [expires_on - rung for rung in case.plan.rungs]
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
    latest = case.on + timedelta(days=LOOKAHEAD)
    return min([day for day in case.moments if case.on < day < latest], default=latest)
