"""How is policy told to a program, by the API and by the command line alike?"""

from dataclasses import dataclass
from datetime import date

from passport.policy.facts import ForceSetting, Version, force_settings, versions
from passport.policy.phrases import day_of_year
from passport.policy.rules import Anchor, Duty, Effect, LicencePolicy, Requirement, Validity
from passport.policy.words import policy_words, requirement_words, term_words


@dataclass(frozen=True, slots=True)
class ValidityOut:
    """How long meeting a requirement holds, in months; `fixed_day` is a day of the year such as 31 March."""

    months: int
    anchor: Anchor
    renewal_window_days: int
    minimum_gap_days: int
    fixed_day: str | None


@dataclass(frozen=True, slots=True)
class AppliesToOut:
    """Whom a requirement concerns; an empty list asks nothing of that trait."""

    kinds: tuple[str, ...]
    lowest_rank: str | None
    highest_rank: str | None
    profiles: tuple[str, ...]
    units: tuple[str, ...]
    on_probation: bool | None


@dataclass(frozen=True, slots=True)
class RequirementOut:
    """One requirement: its values, and in `words` the same in plain sentences. No validity means it holds for good."""

    code: str
    title: str
    effect: Effect
    duty: Duty
    applies_to: AppliesToOut
    validity: ValidityOut | None
    grace_days: int
    initial_days: int
    introduced_on: date | None
    prerequisites: tuple[str, ...]
    satisfied_by: tuple[str, ...]
    authority: str | None
    extended_by_absence: bool
    hours: float | None
    initial_hours: float | None
    hours_in_all: float | None
    class_places: int | None
    level: str | None
    how_to_meet: str
    forces_may_set: tuple[str, ...]
    set_by_force: tuple[str, ...]
    source: str
    tag: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TermOut:
    """One value beside the requirements: `amounts` of a `unit`."""

    key: str
    unit: str
    amounts: tuple[float, ...]
    source: str
    tag: str
    words: str


@dataclass(frozen=True, slots=True)
class AbsenceOut:
    """A kind of absence that stops clocks, after so many days."""

    kind: str
    counts_after_days: int
    source: str
    tag: str
    words: str


@dataclass(frozen=True, slots=True)
class PolicyOut:
    """A policy as it stands for a force, or, without one, for the nation. `superseded_on` is the day it changes next."""

    number: int
    title: str
    force: str | None
    in_force_from: date
    superseded_on: date | None
    requirements: tuple[RequirementOut, ...]
    terms: tuple[TermOut, ...]
    absences: tuple[AbsenceOut, ...]


@dataclass(frozen=True, slots=True)
class PoliciesOut:
    """Every version of policy, newest first, and what forces have set for themselves."""

    versions: tuple[Version, ...]
    force_settings: tuple[ForceSetting, ...]


async def policies_out() -> PoliciesOut:
    """Return every version, and every setting of a force."""
    return PoliciesOut(await versions(), await force_settings())


def policy_out(policy: LicencePolicy) -> PolicyOut:
    """Return a policy for a program."""
    said = {one.key: one.words for one in policy_words(policy).absences}
    return PolicyOut(
        number=policy.version,
        title=policy.title,
        force=policy.force_code,
        in_force_from=policy.in_force_from,
        superseded_on=policy.superseded_on,
        requirements=tuple(_requirement(one, policy) for one in policy.requirements),
        terms=tuple(
            TermOut(one.key, one.unit, one.amounts, one.source, one.evidence_tag, term_words(one))
            for one in policy.stated
        ),
        absences=tuple(
            AbsenceOut(one.kind, one.counts_after_days, one.source, one.evidence_tag, said[one.kind])
            for one in policy.absences
        ),
    )


def _requirement(asked: Requirement, policy: LicencePolicy) -> RequirementOut:
    words = requirement_words(asked, policy)
    return RequirementOut(
        code=asked.code,
        title=asked.title,
        effect=asked.effect,
        duty=asked.duty,
        applies_to=_applies_to(asked),
        validity=_validity(asked.validity),
        grace_days=asked.grace_days,
        initial_days=asked.initial_days,
        introduced_on=asked.introduced_on,
        prerequisites=_codes(asked.prerequisites, policy),
        satisfied_by=_codes(asked.satisfied_by, policy),
        authority=asked.authority,
        extended_by_absence=asked.extended_by_absence,
        hours=asked.hours,
        initial_hours=asked.initial_hours,
        hours_in_all=asked.hours_in_all,
        class_places=asked.class_places,
        level=asked.level,
        how_to_meet=asked.how_to_meet,
        forces_may_set=tuple(sorted(asked.overridable)),
        set_by_force=tuple(sorted(asked.set_by_force)),
        source=asked.source,
        tag=asked.evidence_tag,
        words=(words.asks, *words.says),
    )


def _applies_to(asked: Requirement) -> AppliesToOut:
    who = asked.applies_to
    return AppliesToOut(
        kinds=tuple(sorted(who.kinds)),
        lowest_rank=who.lowest_rank,
        highest_rank=who.highest_rank,
        profiles=tuple(sorted(who.profiles)),
        units=tuple(sorted(who.units)),
        on_probation=who.on_probation,
    )


def _validity(validity: Validity) -> ValidityOut | None:
    if validity.months is None:
        return None
    day = day_of_year(validity.fixed_day) if validity.fixed_day else None
    return ValidityOut(
        validity.months, validity.anchor, validity.renewal_window_days, validity.minimum_gap_days, day
    )


def _codes(numbers: tuple[int, ...], policy: LicencePolicy) -> tuple[str, ...]:
    return tuple(policy.by_id[number].code for number in numbers)
