"""How does somebody stand on a day under each of two policies, with no more decided twice than the two say differently?

Whatever is judged of a requirement rests on the facts, on the terms that all requirements share, and on what policy says of
that requirement. Where two policies share those terms, only the requirements that they word otherwise are judged again.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from licence.standing.authorities import authorities
from licence.standing.case import Case
from licence.standing.decisions import PRACTISING, Authority, Finding, LicenceFacts, Reason, Standing
from licence.standing.judging import judge_what_counts
from licence.standing.plan import Plan, Power, Today, catalogue, plan_for, units_named
from licence.standing.reasons import stand
from licence.standing.rules import cycle_of
from passport.policy.rules import LicencePolicy


class Stand(NamedTuple):
    """What is compared of a decision: the standing, the findings of an outline, and the powers."""

    standing: Standing
    findings: Sequence[Finding]
    authorities: Sequence[Authority]


class Held(Enum):
    """How long everything that two policies word otherwise is held, whichever of them is asked."""

    NO = 0
    TODAY = 1
    LONG = 2


class Both(NamedTuple):
    """How somebody stands under two policies, the very same object where nothing can differ; and what each asks of them."""

    before: Stand
    after: Stand
    plan_before: Plan
    plan_after: Plan


@dataclass(frozen=True, slots=True, eq=False)
class Difference:
    """What two policies ask otherwise of one class of people on one day.

    `numbers` are the requirements that either words otherwise, `again` those of them to judge anew under the second. Where
    the class is asked the same ones either way, and the same powers hang on the same, `quietly` pairs each with itself;
    else it is None. `unless` is the evidence that would give powers hanging on others of them, which nothing asks of the
    class. `plan` is what the second asks of the class.
    """

    plan: Plan
    numbers: frozenset[int]
    again: tuple[Today, ...]
    quietly: tuple[tuple[Today, Today], ...] | None
    unless: frozenset[int]


def both_ways(facts: LicenceFacts, before: LicencePolicy, after: LicencePolicy, on: date) -> Both:
    """Return how somebody stands under either policy: for each what `outline` says of the same facts under it."""
    case = Case(facts, before, on)
    first = _stand(case, judge_what_counts(case, case.plan.today).findings)
    found = difference(case.plan, before, after, on)
    if found is None:
        anew = Case(facts, after, on)
        second = _stand(anew, judge_what_counts(anew, anew.plan.today).findings)
        return Both(first, second, case.plan, anew.plan)
    held = Held.NO if found.quietly is None else _held(found.quietly, found.unless, case)
    if held is Held.LONG:
        return Both(first, first, case.plan, found.plan)
    other = case.under(after, found.plan, found.numbers)
    kept = [one for one in first.findings if one.requirement_id not in found.numbers]
    findings = [*kept, *judge_what_counts(other, found.again).findings]
    second = first._replace(findings=findings) if held is Held.TODAY else _stand(other, findings)
    return Both(first, second, case.plan, found.plan)


def _stand(case: Case, findings: Sequence[Finding]) -> Stand:
    standing, because = stand(case, cycle_of(case), findings)
    may_practise = standing in PRACTISING or because[0].reason is Reason.NO_LICENCE_NEEDED
    return Stand(standing, findings, authorities(case, may_practise=may_practise))


def _held(quietly: Sequence[tuple[Today, Today]], unless: Collection[int], case: Case) -> "Held":
    """Say how far the newest completion by itself holds each requirement under either policy.

    Held on the day, it moves no standing and stops no power; at most it falls due soon. Held beyond the longest notice,
    not even that.
    """
    if unless and not case.newest.keys().isdisjoint(unless):
        return Held.NO
    if case.facts.dispensations:
        return Held.NO if quietly else Held.LONG
    held = Held.LONG
    for before, after in quietly:
        met_on = case.newest.get(before.id)
        if met_on is None:
            return Held.NO
        until = min(before.terms[met_on][0], after.terms[met_on][0])
        if until < case.on:
            return Held.NO
        if until <= before.noticed_by:
            held = Held.TODAY
    return held


@lru_cache(maxsize=16384)
def difference(plan: Plan, before: LicencePolicy, after: LicencePolicy, on: date) -> Difference | None:
    """Return what differs for a class of people whose plan under the first policy is given.

    Nothing is returned where even the terms differ that all requirements share: then everything has to be decided anew.
    """
    numbers = worded_otherwise(before, after)
    if numbers is None:
        return None
    other = plan_for(after, plan.who, on)
    first = {one.id: one for one in plan.today if one.id in numbers}
    again = {one.id: one for one in other.today if one.id in numbers}
    unasked = [one for one in plan.powers if not again.keys() >= numbers.intersection(one.needs)]
    is_alike = (
        first.keys() == again.keys()
        and [_told(one) for one in plan.powers] == [_told(one) for one in other.powers]
        and not any(one.is_asked for one in unasked)
        and not _adds_up(numbers, plan, other)
    )
    return Difference(
        other,
        numbers,
        again=tuple(again.values()),
        quietly=tuple((first[number], one) for number, one in again.items()) if is_alike else None,
        unless=frozenset().union(*(_trained_by(one, plan) for one in unasked)),
    )


def _adds_up(numbers: Collection[int], *plans: Plan) -> bool:
    """Say whether hours are added up for any of some requirements, of which no newest completion tells how far they reach."""
    known = [plan.catalogue[one] for plan in plans for one in numbers if one in plan.catalogue]
    return any(one.in_all for one in known)


def _trained_by(power: Power, plan: Plan) -> Collection[int]:
    """Return the evidence without any of which nobody ever trained for a power, hours that are added up included."""
    return {*power.evidence, *(number for one in power.added_up for number in plan.catalogue[one].accepts)}


def _told(power: Power) -> tuple[object, ...]:
    return power.name, power.stops, power.needs, power.evidence, power.is_asked, power.added_up


@lru_cache(maxsize=1024)
def worded_otherwise(before: LicencePolicy, after: LicencePolicy) -> frozenset[int] | None:
    """Return the requirements of which two policies say not the same, or None where what all rest on differs."""
    shared = [
        (one.terms.cycle_months, one.terms.grace_days, one.terms.probation_months, one.terms.notice_days,
         one.absences, units_named(one))
        for one in (before, after)
    ]  # fmt: skip
    if shared[0] != shared[1]:
        return None
    first, second = catalogue(before), catalogue(after)
    return frozenset(
        number
        for number in first.keys() | second.keys()
        if number not in first
        or number not in second
        or first[number].requirement != second[number].requirement
        or first[number].others != second[number].others
    )
