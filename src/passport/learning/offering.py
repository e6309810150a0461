"""Which requirements may be chosen for a person: those that are asked of them first, then all others?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from passport.policy.concerning import Traits, agrees
from passport.policy.facts import policy_for
from passport.policy.rules import Duty, Requirement
from people.forces.facts import units_of
from people.posts.facts import post_on


@dataclass(frozen=True, slots=True)
class Offered:
    """The requirements there are to choose from, each list by its titles, and how each is called."""

    asked: Sequence[Requirement]
    others: Sequence[Requirement]

    def title(self, code: str) -> str:
        """Return how a requirement is called; one that policy no longer has goes by its code."""
        return next((one.title for one in (*self.asked, *self.others) if one.code == code), code)

    def adds_up(self, code: str) -> bool:
        """Say whether a requirement adds up hours, so that a record without any counts for nothing."""
        return any(one.code == code and one.hours_in_all is not None for one in (*self.asked, *self.others))

    def has(self, code: str) -> bool:
        """Say whether a requirement may be chosen."""
        return any(one.code == code for one in (*self.asked, *self.others))


async def offered(person_id: int, *, on: date) -> Offered:
    """Return what may be recorded for a person: all that policy asks of people, never what is the force's own to do.

    Somebody on probation and somebody past it are offered alike: what is early for one is late for the other.

    :raises NoPolicyInForceError: no version is in force.
    """
    post = await post_on(person_id, on)
    policy = await policy_for(post.place.force_id if post else None, on)
    everything = sorted(
        (one for one in policy.requirements if one.duty is Duty.PERSON), key=lambda one: one.title.casefold()
    )
    if post is None:
        return Offered((), everything)
    units = {unit.id: unit.name for unit in await units_of(post.place.force_id)}
    unit = units.get(post.place.unit_id) if post.place.unit_id else None
    who = Traits(post.place.kind, post.place.rank, frozenset(post.place.profiles), unit, on_probation=False)
    asked = [
        one
        for one in everything
        if any(agrees(one.applies_to, who, on_probation=on_probation) for on_probation in (True, False))
    ]
    codes = {one.code for one in asked}
    return Offered(asked, [one for one in everything if one.code not in codes])


async def titles(force_id: int | None, *, on: date) -> dict[str, str]:
    """Return how each requirement is called in the policy of a force."""
    return {one.code: one.title for one in (await policy_for(force_id, on)).requirements}
