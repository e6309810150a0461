"""Does a requirement concern somebody in a post?"""

from typing import NamedTuple, Protocol

from passport.policy.rules import AppliesTo
from people.posts.rules import Kind, Rank


class Place(Protocol):
    """What of somebody's post policy looks at."""

    @property
    def kind(self) -> Kind: ...

    @property
    def rank(self) -> Rank | None: ...

    @property
    def profiles(self) -> frozenset[str]: ...

    @property
    def unit(self) -> str | None: ...


class Traits(NamedTuple):
    """What policy looks at to tell whom a requirement concerns."""

    kind: Kind
    rank: Rank | None
    profiles: frozenset[str]
    unit: str | None
    on_probation: bool


def concerns(asked: AppliesTo, who: Traits) -> bool:
    """Say whether every trait that a requirement asks for agrees with the person's."""
    return agrees(asked, who, on_probation=who.on_probation)


def agrees(asked: AppliesTo, who: Place, *, on_probation: bool) -> bool:
    """Say the same of a post as it stands, on probation or not."""
    return (
        (not asked.kinds or who.kind in asked.kinds)
        and (not asked.profiles or not asked.profiles.isdisjoint(who.profiles))
        and (not asked.units or who.unit in asked.units)
        and (asked.on_probation is None or asked.on_probation is on_probation)
        and _rank_agrees(asked, who.rank)
    )


def _rank_agrees(asked: AppliesTo, rank: Rank | None) -> bool:
    if asked.lowest_rank is None and asked.highest_rank is None:
        return True
    if rank is None:
        return False
    above = asked.lowest_rank is None or rank.order >= asked.lowest_rank.order
    return above and (asked.highest_rank is None or rank.order <= asked.highest_rank.order)
