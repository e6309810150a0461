"""Which operational powers does a person hold on a day, and what stops the others?"""

from datetime import date

from licence.standing.case import Case
from licence.standing.clocks import covering
from licence.standing.decisions import Authority
from licence.standing.due import NEVER, told
from licence.standing.findings import clock_of, power_of
from licence.standing.plan import Power, catalogue


def authorities(case: Case, powers: dict[int, date], *, may_practise: bool) -> tuple[Authority, ...]:
    """Say of every power that is asked of the person, or that they ever trained for, whether they hold it.

    `powers` tells for each requirement the last day on which its evidence gives a power.
    """
    return tuple(
        _authority(power, case, powers, may_practise=may_practise)
        for power in case.plan.powers
        if power.is_asked or not power.evidence.isdisjoint(case.newest)
    )


def _authority(power: Power, case: Case, powers: dict[int, date], *, may_practise: bool) -> Authority:
    """Hold a power through the earliest day of all that it needs; the licence's grace is no grace here."""
    for need in power.needs:
        if need not in powers:
            powers[need] = power_of(catalogue(case.policy)[need], case)
    until = min([powers[need] for need in power.needs])
    if may_practise and until >= case.on and _was_ever_given(power, case):
        held = power.held.get(until)
        if held is None:
            held = power.held[until] = Authority(power.name, held=True, until=told(until))
        return held
    stopped_by = tuple(need for need in power.needs if powers[need] < case.on)
    if not stopped_by and not _was_ever_given(power, case):
        stopped_by = power.stops
    last_held = None if until == NEVER else told(until)
    return Authority(
        power.name, held=False, until=last_held, stopped_by=stopped_by, stopped_by_standing=not may_practise
    )


def _was_ever_given(power: Power, case: Case) -> bool:
    """Say whether evidence or a waiver gives the power, so that time allowed for something new can keep it."""
    if not power.evidence.isdisjoint(case.newest):
        return True
    policy = catalogue(case.policy)
    return any(covering(clock_of(policy[stop].requirement, case).waived, case.on) for stop in power.stops)
