"""Which requirements lead to a role profile, in which order, and which of them does somebody meet already?"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache

from licence.standing.decisions import Finding, Post, State, Total
from passport.policy.concerning import agrees
from passport.policy.rules import AppliesTo, Duty, LicencePolicy, Profile, Requirement

HELD = frozenset({State.MET, State.DUE_SOON})


class Have(StrEnum):
    """How a step of a pathway stands for somebody."""

    HELD = "held"
    TO_RENEW = "to renew"
    AWAITING = "awaiting verification"
    WAIVED = "waived"
    TO_DO = "to do"


@dataclass(frozen=True, slots=True)
class Step:
    """One requirement of a pathway, how it stands for somebody, what comes before it and what it also gives.

    `is_for_role` tells what the role itself asks from what only comes first. `open_to` is false where policy asks it of
    other kinds or ranks than the person's. Hours are those it takes now: the first time or again.
    """

    requirement: Requirement
    have: Have
    is_for_role: bool
    is_open_to: bool
    met_on: date | None = None
    valid_until: date | None = None
    met_by: int | None = None
    hours: float | None = None
    total: Total | None = None
    first: tuple[int, ...] = ()
    also_gives: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Pathway:
    """What a role profile asks, in an order in which it can be met."""

    profile: Profile
    steps: tuple[Step, ...]

    @property
    def asked(self) -> Sequence[Step]:
        """Return the steps that policy would ask of the person at their rank."""
        return [one for one in self.steps if one.is_open_to]

    @property
    def had(self) -> int:
        """Return how many of these they have, or are excused."""
        return sum(one.have in {Have.HELD, Have.WAIVED} for one in self.asked)

    @property
    def hours(self) -> float:
        """Return the hours that what is still missing takes, as far as policy says."""
        missing = (one for one in self.asked if one.have in {Have.TO_DO, Have.TO_RENEW})
        return sum(one.hours or 0 for one in missing)


def leading_to(policy: LicencePolicy, profile: str) -> Sequence[Requirement]:
    """Return what a profile asks and what comes before it, each after what it needs, otherwise as policy has them.

    What the force has to do is no step of anybody's.
    """
    found: dict[int, Requirement] = {}

    def put(asked: Requirement, above: frozenset[int]) -> None:
        for number in asked.prerequisites:
            before = policy.by_id.get(number)
            if before is not None and number not in found and number not in above:
                put(before, above | {asked.id})
        found.setdefault(asked.id, asked)

    for asked in policy.requirements:
        if profile in asked.applies_to.profiles and asked.duty is not Duty.FORCE:
            put(asked, frozenset())
    return list(found.values())


@lru_cache(maxsize=64)
def asking_for(policy: LicencePolicy, profile: str) -> LicencePolicy:
    """Return the policy as it would be if what leads to a profile were asked of everybody: the rule then judges it."""
    leading = {one.id for one in leading_to(policy, profile)}
    return replace(
        policy,
        requirements=tuple(
            replace(one, applies_to=AppliesTo()) if one.id in leading else one for one in policy.requirements
        ),
    )


def pathway(
    policy: LicencePolicy, profile: Profile, findings: Iterable[Finding], post: Post | None
) -> Pathway:
    """Return the steps to a profile for somebody, from what the rule finds where all of them are asked."""
    found = {one.requirement_id: one for one in findings}
    leading = leading_to(policy, profile.name)
    stands = {one.id: have_of(found.get(one.id)) for one in leading}
    return Pathway(
        profile,
        tuple(
            _step(one, profile, policy, finding=found.get(one.id), stands=stands, post=post)
            for one in leading
        ),
    )


def have_of(finding: Finding | None) -> Have:
    """Say how a step stands, by what the rule finds; time that is allowed for the first time is not having it."""
    if finding is None:
        return Have.TO_DO
    if finding.state is State.WAIVED:
        return Have.WAIVED
    if finding.state is State.AWAITING_VERIFICATION:
        return Have.AWAITING
    if finding.met_on is None:
        return Have.TO_DO
    return Have.HELD if finding.state in HELD else Have.TO_RENEW


def _takes(asked: Requirement, *, has_been: bool) -> float | None:
    """Return the hours that policy names for a requirement: the first time, or every time."""
    is_first = not has_been and asked.initial_hours is not None
    return asked.initial_hours if is_first else asked.hours_in_all or asked.hours


def _step(
    asked: Requirement,
    profile: Profile,
    policy: LicencePolicy,
    *,
    finding: Finding | None,
    stands: Mapping[int, Have],
    post: Post | None,
) -> Step:
    is_for_role = profile.name in asked.applies_to.profiles
    has_been = finding is not None and finding.met_on is not None
    total = finding.total if finding else None
    takes = _takes(asked, has_been=has_been)
    return Step(
        requirement=asked,
        have=stands[asked.id],
        is_for_role=is_for_role,
        is_open_to=not is_for_role or _is_open_to(asked, post),
        met_on=finding.met_on if finding else None,
        valid_until=finding.due_on if finding and has_been else None,
        met_by=finding.met_by if finding else None,
        hours=takes if total is None else total.missing or None,
        total=total,
        first=tuple(
            number
            for number in asked.prerequisites
            if stands.get(number, Have.TO_DO) not in {Have.HELD, Have.WAIVED} and number in policy.by_id
        ),
        also_gives=tuple(one.id for one in _below(asked, policy)),
    )


def _is_open_to(asked: Requirement, post: Post | None) -> bool:
    """Say whether it would be asked of somebody of this kind and rank who had the profile."""
    if post is None:
        return True
    elsewhere = replace(asked.applies_to, profiles=frozenset(), units=frozenset(), on_probation=None)
    return agrees(elsewhere, post, on_probation=False)


def _below(asked: Requirement, policy: LicencePolicy) -> Iterator[Requirement]:
    return (one for one in policy.requirements if asked.id in one.satisfied_by)
