"""How does a policy read in plain words, requirement by requirement?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from foundation.wording import as_count, as_date, as_list, as_sentence_case
from passport.policy.phrases import ABSENCES, EVIDENCE, MEANING, SETTINGS, UNITS, WHOM, day_of_year
from passport.policy.rules import (
    Anchor,
    AppliesTo,
    Duty,
    Effect,
    EvidenceTag,
    LicencePolicy,
    Requirement,
    Term,
    Validity,
)


@dataclass(frozen=True, slots=True)
class Sourced:
    """Where a value comes from, and how sure that is."""

    source: str
    tag: str
    evidence: str


@dataclass(frozen=True, slots=True)
class RequirementWords:
    """One requirement in sentences: `asks` says it in one, `says` adds the rest in order."""

    code: str
    title: str
    effect: Effect
    asks: str
    says: tuple[str, ...]
    how_to_meet: str
    sourced: Sourced


@dataclass(frozen=True, slots=True)
class Saying:
    """One sentence of policy that is no requirement: a term, or a kind of absence."""

    key: str
    words: str
    sourced: Sourced


@dataclass(frozen=True, slots=True)
class EffectWords:
    """The requirements of one effect, and what that effect is."""

    effect: Effect
    meaning: str
    requirements: tuple[RequirementWords, ...]


@dataclass(frozen=True, slots=True)
class PolicyWords:
    """A whole policy in plain words, for a force or for the nation."""

    version: int
    title: str
    force_code: str | None
    in_force_from: date
    superseded_on: date | None
    effects: tuple[EffectWords, ...]
    terms: tuple[Saying, ...]
    absences: tuple[Saying, ...]


def policy_words(policy: LicencePolicy) -> PolicyWords:
    """Say a whole policy."""
    said = [requirement_words(one, policy) for one in policy.requirements]
    return PolicyWords(
        version=policy.version,
        title=policy.title,
        force_code=policy.force_code,
        in_force_from=policy.in_force_from,
        superseded_on=policy.superseded_on,
        effects=tuple(
            EffectWords(effect, MEANING[effect], which)
            for effect in Effect
            if (which := tuple(one for one in said if one.effect is effect))
        ),
        terms=tuple(
            Saying(one.key, term_words(one), _sourced(one.source, one.evidence_tag)) for one in policy.stated
        ),
        absences=tuple(
            Saying(
                one.kind, _absence(one.kind, one.counts_after_days), _sourced(one.source, one.evidence_tag)
            )
            for one in policy.absences
        ),
    )


def requirement_words(asked: Requirement, policy: LicencePolicy) -> RequirementWords:
    """Say one requirement of a policy."""
    titles = {one.name: one.title for one in policy.profiles}
    return RequirementWords(
        code=asked.code,
        title=asked.title,
        effect=asked.effect,
        asks=f"{who(asked.applies_to, titles)}, {how_much(asked)}.",
        says=tuple(_says(asked, policy)),
        how_to_meet=asked.how_to_meet,
        sourced=_sourced(asked.source, asked.evidence_tag),
    )


def who(applies_to: AppliesTo, titles: Mapping[str, str]) -> str:
    """Say whom a requirement concerns: every officer from sergeant to inspector with the role profile custody."""
    kinds = [WHOM[kind] for kind in WHOM if kind in applies_to.kinds]
    words = [f"Every {as_list(kinds)}" if kinds else "Everyone in the workforce"]
    lowest, highest = applies_to.lowest_rank, applies_to.highest_rank
    if lowest is not None and lowest is highest:
        words.append(f"of the rank of {lowest}")
    elif lowest is not None and highest is not None:
        words.append(f"from {lowest} to {highest}")
    elif lowest is not None:
        words.append(f"from the rank of {lowest} upwards")
    elif highest is not None:
        words.append(f"of the rank of {highest}" if highest.order == 1 else f"up to the rank of {highest}")
    if applies_to.profiles:
        named = [titles.get(name, name) for name in sorted(applies_to.profiles)]
        words.append(f"with the role profile {_or(named)}")
    if applies_to.units:
        words.append(f"in {_or(sorted(applies_to.units))}")
    if applies_to.on_probation is not None:
        words.append("on probation" if applies_to.on_probation else "whose probation is over")
    return " ".join(words)


def how_often(validity: Validity) -> str:
    """Say how often a requirement is to be met."""
    if validity.months is None:
        return "once"
    by = f", by {day_of_year(validity.fixed_day)}" if validity.fixed_day else ""
    return f"once every {as_count(validity.months, 'month')}{by}"


def how_much(asked: Requirement) -> str:
    """Say how often a requirement is to be met, or how many hours it asks for in which time."""
    if asked.hours_in_all is None:
        return how_often(asked.validity)
    months = asked.validity.months
    within = f"within {as_count(months, 'month')}" if months is not None else "once for all"
    return f"{_hours(asked.hours_in_all)} in all {within}"


def term_words(term: Term) -> str:
    """Say a term: a licence is granted and renewed for 60 months."""
    singular, plural = UNITS[term.unit]
    amounts = [f"{amount:,.10g}" for amount in term.amounts]
    unit = singular if amounts == ["1"] else plural
    return f"{term.title}{':' if unit.startswith('%') else ''} {as_list(amounts)}{unit}."


def counted(validity: Validity) -> str:
    """Say from which day, or to which, validity is counted."""
    if validity.months is None:
        return "It holds for good."
    if validity.anchor is Anchor.FIXED_DATE and validity.fixed_day is not None:
        months, day = as_count(validity.months, "month"), day_of_year(validity.fixed_day)
        return f"Met on a day, it holds for {months} and then on through the next {day}."
    if validity.anchor is Anchor.ANNIVERSARY:
        gap = validity.minimum_gap_days
        and_gap = f" and no sooner than {as_count(gap, 'day')} after the last time" if gap else ""
        return (
            f"Counted from its day of the year: met within {as_count(validity.renewal_window_days, 'day')}"
            f" before it is due{and_gap}, it keeps that day; otherwise the day it was met is the new one."
        )
    return "Counted from the day it was last met."


def _says(asked: Requirement, policy: LicencePolicy) -> Iterator[str]:
    yield counted(asked.validity) if asked.hours_in_all is None else _added_up(asked.validity)
    yield from _amount(asked)
    yield from _first_time(asked)
    yield from _consequence(asked)
    if asked.prerequisites:
        yield f"Only with {as_list([_named(number, policy) for number in asked.prerequisites])} in date."
    if asked.satisfied_by:
        yield f"Also met by {_or([_named(number, policy) for number in asked.satisfied_by])}."
    if asked.validity.months is not None:
        moved = asked.extended_by_absence
        yield "A neutral absence moves its due day." if moved else "It runs on during absence."
    if asked.overridable:
        yield f"A force may set {_settings(asked.overridable)} for itself."
    if asked.set_by_force:
        yield f"This force has set {_settings(asked.set_by_force)} for itself."


def _amount(asked: Requirement) -> Iterator[str]:
    if asked.hours is not None:
        first = f", and {_hours(asked.initial_hours)} the first time" if asked.initial_hours else ""
        yield f"At least {_hours(asked.hours)}{first}{' each time' if asked.hours_in_all else ''}."
    elif asked.initial_hours is not None:
        yield f"At least {_hours(asked.initial_hours)} the first time."
    if asked.class_places is not None:
        yield f"A class has {as_count(asked.class_places, 'place')}."
    if asked.level is not None:
        yield f"To level {asked.level}."


def _added_up(validity: Validity) -> str:
    """Say for how long each part of a total counts."""
    parts = "Reached at once or in parts"
    if validity.months is None:
        return f"{parts}: what is done counts for good."
    months = as_count(validity.months, "month")
    then = f", and then on through the next {day_of_year(validity.fixed_day)}" if validity.fixed_day else ""
    return (
        f"{parts}: each counts for {months} from its day{then}. It is due when those that count come to less."
    )


def _first_time(asked: Requirement) -> Iterator[str]:
    if asked.initial_days:
        since = f", or of {as_date(asked.introduced_on)} if that is later" if asked.introduced_on else ""
        yield f"The first time, within {as_count(asked.initial_days, 'day')} of the day it first applies{since}."
    elif asked.introduced_on:
        yield f"Asked since {as_date(asked.introduced_on)}."


def _consequence(asked: Requirement) -> Iterator[str]:
    if asked.duty is Duty.FORCE:
        yield "This is the force's duty: late, it counts against the force and never against the officer."
    elif asked.effect is Effect.LICENCE_CORE:
        grace = (
            f"{as_count(asked.grace_days, 'day')} of grace follow its due day; then"
            if asked.grace_days
            else "Overdue,"
        )
        yield f"{grace} the licence lapses."
    elif asked.effect is Effect.OPERATIONAL_STOP:
        yield f"The day after its due day the authority “{asked.authority}” stops, whatever the licence's grace."
    elif asked.grace_days:
        yield f"{as_count(asked.grace_days, 'day')} of grace follow its due day."


def _absence(kind: str, after: int) -> str:
    counts = f" counts after its first {as_count(after, 'day')}" if after else " counts from its first day"
    return f"{as_sentence_case(ABSENCES.get(kind, kind))}{counts}: clocks stop and due days move."


def _sourced(source: str, tag: str) -> Sourced:
    return Sourced(source, tag, EVIDENCE[EvidenceTag(tag)] if tag else "")


def _named(number: int, policy: LicencePolicy) -> str:
    asked = policy.by_id.get(number)
    return asked.title if asked else "a requirement of another version"


def _settings(which: frozenset[str]) -> str:
    return as_list([SETTINGS[setting] for setting in SETTINGS if setting in which])


def _hours(hours: float | None) -> str:
    number = hours or 0
    return f"{number:g} hour{'' if number == 1 else 's'}"


def _or(words: list[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last
