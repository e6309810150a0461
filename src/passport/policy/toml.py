"""What does a policy written in TOML say, or on which lines is it wrong?"""

import tomllib
from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256

from passport.policy.checks import wrong_in
from passport.policy.draft import Drafted, PolicyDraft
from passport.policy.faults import Fault, PolicyFaultsError, Wrong, of_syntax
from passport.policy.phrases import read_day_of_year
from passport.policy.places import Places
from passport.policy.reading import Reading, read
from passport.policy.rules import (
    AbsenceRule,
    AppliesTo,
    LicenceTerms,
    Profile,
    Requirement,
    Term,
    Validity,
)
from passport.policy.shape import AbsenceTable, RequirementTable, TermTable
from passport.policy.terms import TERMS, Unit

LARGEST = 1_000_000  # characters; the whole of a national policy is a twentieth of it
HOLDS_FOR_GOOD = Validity()


def parse(text: str) -> PolicyDraft:
    """Read a policy.

    :raises PolicyFaultsError: it cannot be used; every fault is named at once, each with its line.
    """
    reading, wrong = _read(text)
    if wrong:
        places = Places(text)
        raise PolicyFaultsError(tuple(sorted({Fault(places.line_of(one.path), one.words) for one in wrong})))
    return _draft(reading)


def wrong_of(text: str) -> tuple[Wrong, ...]:
    """Return everything that is wrong with a text that is TOML, each with the key on which it stands."""
    return _read(text)[1]


def reading_of(text: str) -> Reading:
    """Return the tables of a text that is TOML, as far as they can be read."""
    return _read(text)[0]


@lru_cache(maxsize=16)
def _read(text: str) -> tuple[Reading, tuple[Wrong, ...]]:
    reading = read(_document(text))
    return reading, (*reading.wrong, *wrong_in(reading))


def decoded(content: bytes) -> str:
    """Return the text of a policy file, however the editor marked its lines.

    :raises PolicyFaultsError: it is not written in UTF-8.
    """
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as failure:
        line = content[: failure.start].count(b"\n") + 1
        raise PolicyFaultsError(
            (Fault(line, "a character is not UTF-8: save the file as UTF-8"),)
        ) from failure


def digest_of(text: str) -> str:
    """Return what tells one text of a policy from every other."""
    return sha256(text.encode()).hexdigest()


def _document(text: str) -> dict[str, object]:
    if len(text) > LARGEST:
        raise PolicyFaultsError((Fault(1, f"the file is longer than {LARGEST:,} characters"),))
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as failure:
        raise PolicyFaultsError((of_syntax(failure, text),)) from failure
    except RecursionError as failure:
        raise PolicyFaultsError((Fault(1, "lists or tables stand too deep within one another"),)) from failure


def _draft(reading: Reading) -> PolicyDraft:
    head = reading.head
    assert head is not None, "a reading without faults has a head"  # noqa: S101
    return PolicyDraft(
        number=head.number,
        title=head.title,
        begins_on=head.begins_on,
        terms=_licence_terms(reading.terms),
        stated=tuple(_term(name, table) for name, table in reading.terms.items()),
        absences=tuple(_absence(one) for one in reading.absences.values()),
        profiles=tuple(Profile(name, title) for name, title in reading.profiles.items()),
        requirements=tuple(_drafted(one) for one in reading.requirements.values()),
    )


def _licence_terms(terms: dict[str, TermTable]) -> LicenceTerms:
    cycle = terms["licence_cycle"]
    return LicenceTerms(
        cycle_months=cycle.months or 0,
        grace_days=terms["grace"].days or 0,
        probation_months=terms["probation"].months or 0,
        renewal_window_days=terms["renewal_window"].days or 0,
        notice_days=tuple(sorted(terms["notices"].days_before or (), reverse=True)),
        source=cycle.source,
        evidence_tag=cycle.tag,
    )


def _term(name: str, table: TermTable) -> Term:
    unit = TERMS[name]
    return Term(name, table.title, unit, tuple(_amounts(table, unit)), table.source, table.tag)


def _amounts(table: TermTable, unit: Unit) -> Iterator[float]:
    if unit is Unit.DAYS_BEFORE:
        yield from sorted(table.days_before or (), reverse=True)
    else:
        yield getattr(table, unit)


def _absence(table: AbsenceTable) -> AbsenceRule:
    return AbsenceRule(table.kind, table.counts_after_days, table.source, table.tag)


def _drafted(table: RequirementTable) -> Drafted:
    stated = Requirement(
        id=0,
        code=table.code,
        title=table.title,
        effect=table.effect,
        applies_to=_applies_to(table),
        validity=_validity(table),
        source=table.source,
        evidence_tag=table.tag,
        grace_days=table.grace_days,
        initial_days=table.initial_days,
        introduced_on=table.introduced_on,
        authority=table.authority,
        duty=table.duty,
        extended_by_absence=table.extended_by_absence,
        hours=table.hours,
        level=table.level,
        how_to_meet=table.how_to_meet,
        overridable=frozenset(table.forces_may_set),
        initial_hours=table.initial_hours,
        class_places=table.class_places,
        hours_in_all=table.hours_in_all,
    )
    return Drafted(
        stated, tuple(dict.fromkeys(table.prerequisites)), tuple(dict.fromkeys(table.satisfied_by))
    )


def _applies_to(table: RequirementTable) -> AppliesTo:
    who = table.applies_to
    return AppliesTo(
        kinds=frozenset(who.kinds),
        lowest_rank=who.lowest_rank,
        highest_rank=who.highest_rank,
        profiles=frozenset(who.profiles),
        units=frozenset(who.units),
        on_probation=who.on_probation,
    )


def _validity(table: RequirementTable) -> Validity:
    said = table.validity
    if said is None:
        return HOLDS_FOR_GOOD
    return Validity(
        months=said.months,
        anchor=said.anchor,
        renewal_window_days=said.renewal_window_days,
        minimum_gap_days=said.minimum_gap_days,
        fixed_day=read_day_of_year(said.fixed_day) if said.fixed_day is not None else None,
    )
