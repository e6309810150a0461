"""Which operational powers does a person hold on a day, and what stops the others?"""

from datetime import date

from licence.standing.case import Case
from licence.standing.clocks import covering
from licence.standing.decisions import Authority
from licence.standing.due import FOREVER, NEVER, told
from licence.standing.findings import clock_of, power_until, reach_of
from licence.standing.plan import Power


def authorities(case: Case, *, may_practise: bool) -> tuple[Authority, ...]:
    """Say of every power that is asked of the person, or that they ever trained for, whether they hold it."""
    return tuple(
        [
            _authority(power, case, may_practise=may_practise)
            for power in case.plan.powers
            if power.is_asked or _has_trained(power, case)
        ]
    )


def _authority(power: Power, case: Case, *, may_practise: bool) -> Authority:
    """Hold a power through the earliest day of all that it needs; the licence's grace is no grace here."""
    until = _earliest(power, case)
    if may_practise and until >= case.on and _was_ever_given(power, case):
        held = power.held.get(until)
        if held is None:
            held = power.held[until] = Authority(power.name, held=True, until=told(until))
        return held
    stopped_by = tuple(need for need in power.needs if case.powers.get(need, FOREVER) < case.on)
    if not stopped_by and not _was_ever_given(power, case):
        stopped_by = power.stops
    last_held = None if until == NEVER else told(until)
    return Authority(
        power.name, held=False, until=last_held, stopped_by=stopped_by, stopped_by_standing=not may_practise
    )


def _earliest(power: Power, case: Case) -> date:
    """Return the earliest of the last days of all that a power needs, looking into those only that may be it."""
    powers, until = case.powers, FOREVER
    for need in power.needs:
        known = powers.get(need)
        if known is None and case.powers_at_least.get(need, NEVER) < until:
            known = powers[need] = power_until(case.plan.catalogue[need], case)
        if known is not None and known < until:
            until = known
    return until


def _was_ever_given(power: Power, case: Case) -> bool:
    """Say whether evidence or a waiver gives the power, so that time allowed for something new can keep it."""
    if _has_trained(power, case):
        return True
    if not case.facts.dispensations:
        return False
    asked = case.plan.catalogue
    return any(covering(clock_of(asked[stop].requirement, case).waived, case.on) for stop in power.stops)


def _has_trained(power: Power, case: Case) -> bool:
    """Say whether the person ever trained for a power; part of the hours that it takes is no training for it."""
    if not case.newest.keys().isdisjoint(power.evidence):
        return True
    asked = case.plan.catalogue
    return any(reach_of(asked[stop], case) is not None for stop in power.added_up)
