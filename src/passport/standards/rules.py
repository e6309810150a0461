"""Which standards does a framework hold, and to which stage of leadership do they belong?"""

from collections.abc import Sequence
from dataclasses import dataclass

from passport.policy.rules import EvidenceTag
from people.posts.rules import Rank


@dataclass(frozen=True, slots=True)
class Standard:
    """One thing that is expected of people; its code is never used again for another."""

    code: str
    title: str
    tag: EvidenceTag


@dataclass(frozen=True, slots=True)
class Stage:
    """One of the five leadership stages: whom it is for, and which requirement of policy its programme is."""

    number: int
    who: str
    programme: str
    lowest_rank: Rank | None = None
    highest_rank: Rank | None = None

    def is_of(self, rank: Rank) -> bool:
        """Say whether a rank belongs to the stage."""
        above = self.lowest_rank is None or rank.order >= self.lowest_rank.order
        return above and (self.highest_rank is None or rank.order <= self.highest_rank.order)


@dataclass(frozen=True, slots=True)
class Group:
    """Standards that belong together; of the leadership framework each group is a stage."""

    title: str
    standard: tuple[Standard, ...]
    stage: Stage | None = None


@dataclass(frozen=True, slots=True)
class Judging:
    """In which capacities a standard must be found met for it to count as met, and who says so."""

    needs: tuple[str, ...]
    source: str
    tag: EvidenceTag


@dataclass(frozen=True, slots=True)
class Framework:
    """A published set of standards, with its source."""

    code: str
    title: str
    source: str
    tag: EvidenceTag
    group: tuple[Group, ...]
    judging: Judging | None = None

    @property
    def standards(self) -> Sequence[Standard]:
        """Return every standard, in order."""
        return [one for group in self.group for one in group.standard]
