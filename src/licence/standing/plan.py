"""What does policy ask of one class of people on one day, worked out once for all of them?"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from licence.standing.decisions import COUNTS, LOOKAHEAD, Authority
from licence.standing.due import FOREVER
from licence.standing.history import in_hundredths
from licence.standing.terms import Allowed, Terms
from passport.policy.concerning import Traits, concerns
from passport.policy.rules import Anchor, AppliesTo, Duty, Effect, LicencePolicy, Requirement, Validity

if TYPE_CHECKING:
    from licence.standing.findings import Judged

LONGEST_MONTHS_DIFFER = timedelta(days=7)
"""The same number of months is never this many days longer from one day than from another."""

YEAR = timedelta(days=366)


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """One requirement with what follows from it alone: which evidence counts, and what hangs on it.

    Evidence of all that it `accepts` counts, its own first; `others` are the higher ones among them. `keeps_anniversaries` says that the whole history
    counts and not the newest completion alone; `is_fixed` that a day of the calendar ends it. It `runs_on` where
    absence moves no day of it, nor holds off what it does to a licence. Evidence newer than a stop of the clock by more than `slack` stands by itself: nothing older,
    however much it was moved, can reach further. Requirements of one `scope` concern the same people. Where hours are added up,
    `in_all` are those asked for, in hundredths, and else nought.
    """

    requirement: Requirement
    id: int
    accepts: tuple[int, ...]
    others: tuple[int, ...]
    keeps_anniversaries: bool
    is_fixed: bool
    is_core: bool
    runs_on: bool
    terms: Terms
    allowed: Allowed
    slack: timedelta
    scope: int
    in_all: int


@dataclass(frozen=True, slots=True, eq=False)
class Today:
    """A requirement on one day, with what the night reads of it close at hand.

    It `is_plain` where its newest completion alone settles it, and `counts` where something hangs on it today. Nobody's
    time for the first time runs beyond `initial_by`. Held beyond `noticed_by` no notice is due; held beyond
    `quiet_after`, neither could any initial time reach further, so that it is simply met. What ended before `long_past`
    has no day to come. `judged` remembers what was said of those to whom the same days matter. Where hours are added up
    no newest completion tells how far they reach, so that `noticed_by` is beyond every day.
    """

    asked: Asked
    id: int
    others: tuple[int, ...]
    keeps_anniversaries: bool
    is_fixed: bool
    is_plain: bool
    is_core: bool
    counts: bool
    empowers: bool
    runs_on: bool
    terms: Terms
    slack: timedelta
    initial_by: date
    noticed_by: date
    quiet_after: date
    long_past: date
    in_all: int
    judged: "dict[tuple[object, ...], Judged]" = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Power:
    """An authority, the requirements that stop it, and those together with all their prerequisites.

    `is_asked` says that one of the stops concerns the person; else the power is spoken of only where `evidence` is, or
    the hours of one of those that are `added_up` came to what is asked.
    `held` keeps what was said of those who hold it through a day: many hold it through the same.
    """

    name: str
    stops: tuple[int, ...]
    needs: tuple[int, ...]
    evidence: frozenset[int]
    is_asked: bool
    added_up: tuple[int, ...]
    held: dict[date, Authority]


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """Everything asked of one class of people on one day. What falls due beyond `horizon` no decision speaks of yet."""

    who: Traits | None
    today: tuple[Today, ...]
    concerning: frozenset[int]
    powers: tuple[Power, ...]
    rungs: tuple[timedelta, ...]
    longest_notice: timedelta
    horizon: date
    catalogue: dict[int, Asked]


@lru_cache(maxsize=256)
def units_named(policy: LicencePolicy) -> frozenset[str]:
    """Return the units that some requirement asks for; all others are alike to policy."""
    return frozenset(unit for one in policy.requirements for unit in one.applies_to.units)


@lru_cache(maxsize=256)
def catalogue(policy: LicencePolicy) -> dict[int, Asked]:
    """Work out for each requirement of a policy what follows from it alone."""
    scopes: dict[AppliesTo, int] = {}
    return {
        one.id: _asked(one, policy, scopes.setdefault(one.applies_to, len(scopes)))
        for one in policy.requirements
    }


def _asked(one: Requirement, policy: LicencePolicy, scope: int) -> Asked:
    validity = one.validity
    is_core = one.effect is Effect.LICENCE_CORE and one.duty is Duty.PERSON
    others = tuple(higher for higher in one.satisfied_by if _may_count(higher, one, policy))
    return Asked(
        requirement=one,
        id=one.id,
        accepts=(one.id, *others),
        others=others,
        keeps_anniversaries=validity.anchor is Anchor.ANNIVERSARY and validity.months is not None,
        is_fixed=validity.anchor is Anchor.FIXED_DATE and validity.months is not None,
        is_core=is_core,
        runs_on=validity.months is None or not (one.extended_by_absence or is_core),
        terms=Terms(one.validity, one.grace_days),
        allowed=Allowed(one),
        slack=_slack(validity),
        scope=scope,
        in_all=0 if one.hours_in_all is None else in_hundredths(one.hours_in_all),
    )


def _may_count(higher: int, one: Requirement, policy: LicencePolicy) -> bool:
    """Let no evidence of the force's own duty meet what is asked of the person (domain section 11, caution 2)."""
    known = policy.by_id.get(higher)
    return higher != one.id and (known is None or known.duty is Duty.PERSON or one.duty is Duty.FORCE)


@lru_cache(maxsize=256)
def cycle_terms(policy: LicencePolicy) -> Terms:
    """Return the licence's own cycle and grace, in the form that requirements have."""
    return Terms(Validity(months=policy.terms.cycle_months), policy.terms.grace_days)


@lru_cache(maxsize=256)
def probation_terms(policy: LicencePolicy) -> Terms:
    """Return the probation that policy sets, counted from the day of joining."""
    return Terms(Validity(months=policy.terms.probation_months), 0)


@lru_cache(maxsize=512)
def _on_day(policy: LicencePolicy, on: date) -> dict[int, Today]:
    """Work out for each requirement of a policy what holds for everyone on a day."""
    longest_notice = on + max(_rungs(policy))
    empowering = {needed for name in _authorities(policy) for needed in _needs(policy, _stops(policy, name))}
    return {
        one.id: Today(
            asked=one,
            id=one.id,
            others=one.others,
            keeps_anniversaries=one.keeps_anniversaries,
            is_fixed=one.is_fixed,
            is_plain=not (one.others or one.keeps_anniversaries or one.is_fixed or one.in_all),
            is_core=one.is_core,
            counts=one.requirement.effect in COUNTS,
            empowers=one.id in empowering,
            runs_on=one.runs_on,
            terms=one.terms,
            slack=one.slack,
            initial_by=_initial_by(one.requirement, on),
            noticed_by=FOREVER if one.in_all else longest_notice,
            quiet_after=max(longest_notice, _initial_by(one.requirement, on)),
            long_past=on - timedelta(days=one.requirement.grace_days),
            in_all=one.in_all,
        )
        for one in catalogue(policy).values()
    }


def _rungs(policy: LicencePolicy) -> tuple[timedelta, ...]:
    """Return how long before a due day notices go; where none do, the due day itself is the only rung."""
    return tuple(timedelta(days=days) for days in policy.terms.notice_days or (0,))


def _initial_by(one: Requirement, on: date) -> date:
    """Return the latest day through which the time allowed for the first time could run for anyone on a day."""
    return max(on, one.introduced_on or on) + timedelta(days=one.initial_days)


@lru_cache(maxsize=16384)
def plan_for(policy: LicencePolicy, who: Traits | None, on: date) -> Plan:
    """Return what policy asks on a day of people with these traits; out of service, nothing is asked."""
    concerning = _concerning(policy, who)
    every = _on_day(policy, on) if concerning else {}
    rungs = _rungs(policy)
    return Plan(
        who,
        tuple(today for number, today in every.items() if number in concerning),
        concerning,
        _powers(policy, concerning),
        rungs,
        max(rungs),
        on + timedelta(days=LOOKAHEAD) + max(rungs),
        catalogue(policy),
    )


@lru_cache(maxsize=16384)
def _concerning(policy: LicencePolicy, who: Traits | None) -> frozenset[int]:
    """Return what concerns people with these traits, whatever the day."""
    if who is None:
        return frozenset()
    return frozenset(one.id for one in policy.requirements if concerns(one.applies_to, who))


@lru_cache(maxsize=16384)
def _powers(policy: LicencePolicy, concerning: frozenset[int]) -> tuple[Power, ...]:
    return tuple(_power(policy, name, concerning) for name in _authorities(policy))


def _slack(validity: Validity) -> timedelta:
    """Return how much longer a requirement may hold from one day than from another, an anniversary kept included."""
    if validity.anchor is Anchor.ROLLING:
        return LONGEST_MONTHS_DIFFER
    if validity.anchor is Anchor.FIXED_DATE:
        return LONGEST_MONTHS_DIFFER + YEAR
    return LONGEST_MONTHS_DIFFER + timedelta(days=validity.renewal_window_days)


def _authorities(policy: LicencePolicy) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(one.authority for one in policy.requirements if one.authority and _is_stop(one))
    )


def _is_stop(one: Requirement) -> bool:
    return one.effect is Effect.OPERATIONAL_STOP and one.duty is Duty.PERSON


def _stops(policy: LicencePolicy, name: str) -> tuple[int, ...]:
    return tuple(one.id for one in policy.requirements if one.authority == name and _is_stop(one))


def _power(policy: LicencePolicy, name: str, concerning: frozenset[int]) -> Power:
    """Gather an authority. Only the stops that concern the person must hold; where none does, all of them must."""
    every = _stops(policy, name)
    stops = tuple(one for one in every if one in concerning) or every
    asked = [catalogue(policy)[stop] for stop in every]
    evidence = frozenset(number for one in asked if not one.in_all for number in one.accepts)
    added_up = tuple(one.id for one in asked if one.in_all)
    is_asked = not concerning.isdisjoint(every)
    return Power(name, stops, _needs(policy, stops), evidence, is_asked, added_up, {})


def _needs(policy: LicencePolicy, stops: Iterable[int]) -> tuple[int, ...]:
    """Follow prerequisites to their ends; the force's duties are nobody's prerequisite."""
    needed: dict[int, None] = {}
    waiting = list(stops)
    while waiting:
        one = policy.by_id.get(waiting.pop())
        if one is not None and one.id not in needed and one.duty is Duty.PERSON:
            needed[one.id] = None
            waiting.extend(one.prerequisites)
    return tuple(sorted(needed))
