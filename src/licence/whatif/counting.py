"""What does a chunk of people come to: whose standing differs, and how many training places either policy asks for?"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

import msgspec

from licence.standing.comparing import both_ways
from licence.standing.decisions import LicenceFacts
from licence.standing.plan import Asked, Plan
from licence.standing.policies import Governing, post_on
from licence.whatif.rules import Effect, effect_of, outcome_of
from passport.policy.rules import Duty, Requirement

MONTHS_A_YEAR = 12


class Places(msgspec.Struct, array_like=True):
    """What one requirement takes of one force, under either policy.

    `near` counts the people who owe it or have it due within the notice; `year` the places a year once everybody keeps
    its rhythm; `hours` the hours of those places.
    """

    near_before: int = 0
    near_after: int = 0
    year_before: float = 0.0
    year_after: float = 0.0
    hours_before: float = 0.0
    hours_after: float = 0.0

    def add(self, other: "Places") -> None:
        """Count others in."""
        for name in self.__struct_fields__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


class Counted(msgspec.Struct, frozen=True):
    """What a chunk came to: people by day, force and both standings; changes by day, force, unit and rank; and places."""

    standings: list[tuple[date, int, str, str, int]]
    changes: list[tuple[date, int, int | None, str, str, int]]
    places: list[tuple[date, int, str, Places]]


@dataclass(frozen=True, slots=True)
class Affected:
    """Somebody who stands otherwise on a day, and where they serve then."""

    day: date
    person_id: int
    force_id: int
    unit_id: int | None
    rank: str
    effect: Effect


@dataclass(frozen=True, slots=True)
class Worlds:
    """What is approved, and what would be with the draft."""

    now: Governing
    then: Governing


@dataclass(slots=True)
class Tally:
    """The counts of a chunk on their way; plans are counted by themselves, and told by requirement in the end."""

    standings: Counter[tuple[date, int, str, str]] = field(default_factory=Counter)
    near: Counter[tuple[date, int, int, bool]] = field(default_factory=Counter)
    plans: Counter[tuple[date, int, Plan, Plan]] = field(default_factory=Counter)
    affected: list[Affected] = field(default_factory=list)

    def look_at(self, facts: LicenceFacts, worlds: Worlds, day: date) -> None:
        """Decide one person both ways, and count what comes of it; whoever serves nowhere that day does not count."""
        post = post_on(facts, day)
        if post is None:
            return
        now, then = worlds.now.policy_of(post.force_id, day), worlds.then.policy_of(post.force_id, day)
        both = both_ways(facts, now, then, day)
        self.plans[day, post.force_id, both.plan_before, both.plan_after] += 1
        before = outcome_of(both.before)
        after = before if both.after is both.before else outcome_of(both.after)
        self.standings[day, post.force_id, before.standing, after.standing] += 1
        for number in before.near:
            self.near[day, post.force_id, number, False] += 1
        for number in after.near:
            self.near[day, post.force_id, number, True] += 1
        effect = None if after is before else effect_of(before, after)
        if effect is not None:
            place = (post.force_id, post.unit_id, str(post.rank or ""))
            self.affected.append(Affected(day, facts.person_id, *place, effect))

    def counted(self, codes: Mapping[int, str], duties: Collection[int]) -> Counted:
        """Return what the chunk came to, requirements by their codes; the force's duties take no place in training."""
        places: defaultdict[tuple[date, int, str], Places] = defaultdict(Places)
        for (day, force_id, asked, is_then), people in self._asked_of().items():
            if asked.requirement.duty is Duty.PERSON:
                places[day, force_id, asked.requirement.code].add(
                    _a_year(asked.requirement, people, is_then=is_then)
                )
        for (day, force_id, number, is_then), people in self.near.items():
            if number in duties:
                continue
            near = Places(near_after=people) if is_then else Places(near_before=people)
            places[day, force_id, codes[number]].add(near)
        changes = Counter(
            (one.day, one.force_id, one.unit_id, one.rank, one.effect.change) for one in self.affected
        )
        return Counted(
            [(*key, people) for key, people in self.standings.items()],
            [(*key, people) for key, people in changes.items()],
            [(*key, value) for key, value in places.items()],
        )

    def _asked_of(self) -> Counter[tuple[date, int, Asked, bool]]:
        """Return how many people are asked what, by day and force, under either policy."""
        asked: Counter[tuple[date, int, Asked, bool]] = Counter()
        for (day, force_id, *plans), people in self.plans.items():
            for is_then, plan in zip((False, True), plans, strict=True):
                for one in plan.today:
                    asked[day, force_id, one.asked, is_then] += people
        return asked


def _a_year(asked: Requirement, people: int, *, is_then: bool) -> Places:
    """Return the places that so many people take in a year of a requirement that comes again."""
    months = asked.validity.months
    year = people * MONTHS_A_YEAR / months if months else 0.0
    hours = year * (asked.hours_in_all or asked.hours or 0.0)
    return (
        Places(year_after=year, hours_after=hours)
        if is_then
        else Places(year_before=year, hours_before=hours)
    )
