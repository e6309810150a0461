"""What does policy ask of people like this one, in the form in which histories are made up?"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from attested.seeding.days import MONTH, Day, number_of
from passport.policy.concerning import Traits, concerns
from passport.policy.rules import Anchor, Duty, Effect, LicencePolicy, Requirement
from people.posts.rules import Kind, Rank

Class = tuple[Kind, Rank | None, frozenset[str], str | None]
"""Kind, rank, profiles and unit of a post: all that policy looks at."""

SHARE = {Effect.PROMOTION_GATE: 0.3, Effect.ADVISORY: 0.9, Effect.OPERATIONAL_STOP: 0.95}
"""How many of those concerned ever meet it, where it costs no licence not to."""


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """One requirement: its number, its times in days, and what is written of its evidence. No time means for good.

    There is one of each, so that being the same is enough to be equal.
    """

    id: int
    lasts: int | None
    grace: int
    allowed: int
    window: int
    keeps_anniversary: bool
    is_fixed: bool
    is_core: bool
    is_force_duty: bool
    share: float
    introduced_on: Day
    satisfied_by: frozenset[int]
    hours: str
    source: str


@dataclass(frozen=True, slots=True)
class Concern:
    """What is asked of a class of people: always, while on probation, and after it."""

    always: tuple[Asked, ...]
    on_probation: tuple[Asked, ...]
    after_probation: tuple[Asked, ...]


class Catalogue:
    """A policy's requirements, and whom each concerns, worked out once for each class."""

    def __init__(self, policy: LicencePolicy) -> None:
        """Prepare a policy."""
        self.policy = policy
        self.probation_days = round(policy.terms.probation_months * MONTH)
        self._known: dict[Class, Concern] = {}

    @cached_property
    def asked(self) -> dict[int, Asked]:
        """Return every requirement by its number."""
        return {one.id: _asked(one) for one in self.policy.requirements}

    @cached_property
    def core(self) -> Sequence[Asked]:
        """Return the requirements whose lateness can cost a licence and is the person's own."""
        return [one for one in self.asked.values() if one.is_core and one.lasts]

    def concern(self, who: Class) -> Concern:
        """Return what is asked of a class of people."""
        found = self._known.get(who)
        if found is None:
            found = self._known[who] = self._worked_out(who)
        return found

    def _worked_out(self, who: Class) -> Concern:
        kind, rank, profiles, unit = who
        sides = [
            {
                one.id
                for one in self.policy.requirements
                if concerns(one.applies_to, Traits(kind, rank, profiles, unit, on_probation))
            }
            for on_probation in (True, False)
        ]
        chosen = (sides[0] & sides[1], sides[0] - sides[1], sides[1] - sides[0])
        return Concern(*(tuple(self.asked[one] for one in sorted(ids)) for ids in chosen))


def _asked(one: Requirement) -> Asked:
    validity = one.validity
    return Asked(
        id=one.id,
        lasts=None if validity.months is None else round(validity.months * MONTH),
        grace=one.grace_days,
        allowed=one.initial_days,
        window=validity.renewal_window_days,
        keeps_anniversary=validity.anchor is Anchor.ANNIVERSARY,
        is_fixed=validity.anchor is Anchor.FIXED_DATE,
        is_core=one.effect is Effect.LICENCE_CORE and one.duty is Duty.PERSON,
        is_force_duty=one.duty is Duty.FORCE,
        share=SHARE.get(one.effect, 1.0),
        introduced_on=0 if one.introduced_on is None else number_of(one.introduced_on),
        satisfied_by=frozenset(one.satisfied_by),
        hours="\\N" if one.hours is None else f"{one.hours:.2f}",
        source="Learning system" if one.hours is None else "Training school register",
    )
