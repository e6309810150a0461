"""What does a policy file say, and what does it come to for a force, once requirements have their numbers?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from passport.policy.rules import (
    AbsenceRule,
    LicencePolicy,
    LicenceTerms,
    Overridable,
    Profile,
    Requirement,
    Term,
)


@dataclass(frozen=True, slots=True)
class Drafted:
    """A requirement as a file states it: it has no number yet, and names the others by their codes."""

    stated: Requirement
    prerequisites: tuple[str, ...] = ()
    satisfied_by: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """Return the requirement's code."""
        return self.stated.code


@dataclass(frozen=True, slots=True)
class PolicyDraft:
    """One version of policy as its file states it. `begins_on` is the day it is meant for; approval sets the day."""

    number: int
    title: str
    begins_on: date
    terms: LicenceTerms
    stated: tuple[Term, ...]
    absences: tuple[AbsenceRule, ...]
    profiles: tuple[Profile, ...]
    requirements: tuple[Drafted, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the codes of its requirements, in the order of the file."""
        return tuple(one.code for one in self.requirements)

    @property
    def in_hours(self) -> tuple[str, ...]:
        """Return the codes of those that add up hours."""
        return tuple(one.code for one in self.requirements if one.stated.hours_in_all is not None)

    def requirement(self, code: str) -> Drafted | None:
        """Return a requirement by its code."""
        return next((one for one in self.requirements if one.code == code), None)


@dataclass(frozen=True, slots=True)
class OwnSetting:
    """What a force has set for itself in one requirement."""

    code: str
    setting: Overridable
    value: str


@dataclass(frozen=True, slots=True)
class InForce:
    """From which day a version is in force, and the first day on which another, or another setting, is."""

    since: date
    until: date | None = None


def resolved(
    draft: PolicyDraft,
    ids: Mapping[str, int],
    *,
    in_force: InForce,
    force_code: str | None = None,
    own: Sequence[OwnSetting] = (),
) -> LicencePolicy:
    """Return the policy that a draft comes to, with a force's own settings where the draft allows them."""
    higher = closed({one.code: one.satisfied_by for one in draft.requirements})
    return LicencePolicy(
        version=draft.number,
        title=draft.title,
        in_force_from=in_force.since,
        terms=draft.terms,
        requirements=tuple(_numbered(one, higher[one.code], ids, own) for one in draft.requirements),
        absences=draft.absences,
        superseded_on=in_force.until,
        force_code=force_code,
        stated=draft.stated,
        profiles=draft.profiles,
    )


def _numbered(
    one: Drafted, higher: Sequence[str], ids: Mapping[str, int], own: Sequence[OwnSetting]
) -> Requirement:
    asked = replace(
        one.stated,
        id=ids[one.code],
        prerequisites=tuple(ids[code] for code in one.prerequisites),
        satisfied_by=tuple(ids[code] for code in higher),
    )
    for setting in own:
        if setting.code == one.code and setting.setting in asked.overridable:
            asked = with_setting(asked, setting)
    return asked


def with_setting(asked: Requirement, own: OwnSetting) -> Requirement:
    """Return a requirement with a force's own setting in the place of the national one."""
    marked = replace(asked, set_by_force=asked.set_by_force | {own.setting})
    match own.setting:
        case Overridable.VALIDITY_MONTHS:
            return replace(marked, validity=replace(asked.validity, months=int(own.value)))
        case Overridable.GRACE_DAYS:
            return replace(marked, grace_days=int(own.value))
        case Overridable.INITIAL_DAYS:
            return replace(marked, initial_days=int(own.value))
        case Overridable.LEVEL:
            return replace(marked, level=own.value)


def closed(satisfied_by: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Follow "also met by" to its end, nearest first: basic driving by response, and so by advanced too."""
    return {code: _reached(code, satisfied_by) for code in satisfied_by}


def _reached(code: str, satisfied_by: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    waiting = list(satisfied_by[code])
    while waiting:
        higher = waiting.pop(0)
        if higher != code and higher not in found:
            found[higher] = None
            waiting += satisfied_by.get(higher, ())
    return tuple(found)
