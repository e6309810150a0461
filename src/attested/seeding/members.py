"""Who is one person of the force that is being made up, and where have they served?"""

from dataclasses import dataclass, field
from random import Random

from attested.seeding.days import Day
from attested.seeding.shape import Unit
from passport.policy.rules import LicencePolicy
from people.posts.rules import AbsenceKind, Kind, Rank, RankBasis

HISTORY_YEARS = 10


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted of one force: how many people, as on which day, under which policy, and the numbers they begin at."""

    seed: int
    on: Day
    force_id: int
    slug: str
    people: int
    first_person: int
    first_unit: int
    policy: LicencePolicy
    other_forces: tuple[int, ...]
    with_roles: bool
    is_alone: bool = False
    """Whether this is the only force: the demonstration, which has a vetting unit and occupational health at work."""

    @property
    def begins_on(self) -> Day:
        """Return the day on which the history begins."""
        return self.on - round(HISTORY_YEARS * 365.25)

    def random(self, purpose: str) -> Random:
        """Return chance that is always the same for one purpose in one force."""
        return Random(f"{self.seed} {self.slug} {purpose}")  # noqa: S311 - believable, not secret


@dataclass(frozen=True, slots=True)
class Stint:
    """A post from a day through a day; without a unit it was in another force."""

    starts_on: Day
    ends_on: Day | None
    force_id: int
    unit: Unit | None
    rank: Rank | None
    basis: RankBasis
    profiles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Away:
    """An absence from a day through a day."""

    kind: AbsenceKind
    starts_on: Day
    ends_on: Day | None

    def covers(self, day: Day) -> bool:
        """Say whether a day falls within the absence."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(slots=True)
class Member:
    """A person being made up. `level` is their place in the line: a supervisor's is always higher."""

    id: int
    kind: Kind
    rank: Rank | None
    level: int
    unit: Unit
    title: str | None = None
    joined_on: Day = 0
    left_on: Day | None = None
    rank_since: Day = 0
    profiles: frozenset[str] = frozenset()
    stints: list[Stint] = field(default_factory=list)
    away: list[Away] = field(default_factory=list)
    leads: bool = False

    @property
    def is_licensed(self) -> bool:
        """Say whether the person practises under a licence."""
        return self.rank is not None

    def away_on(self, day: Day) -> Away | None:
        """Return the absence that covers a day."""
        return next((one for one in self.away if one.covers(day)), None)


@dataclass(frozen=True, slots=True)
class Desk:
    """Those of a force whose names stand under decisions and evidence."""

    decides: int
    agrees: int
    learning: int
    operator: int
