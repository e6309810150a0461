"""What do the crowds of a force come to, requirement by requirement and month by month?"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import ceil

from licence.planning.facts import Crowd, Waiting
from licence.planning.months import MONTHS, month
from licence.planning.needs import hours_of
from licence.planning.rules import Placing, Window, as_due, levelled
from passport.policy.rules import LicencePolicy, Requirement


class By(StrEnum):
    """Which number somebody asks the people of: those due in a month, those planned for it, those without a place."""

    DUE = "due"
    PLANNED = "planned"
    SHORT = "short"


@dataclass(frozen=True, slots=True)
class Month:
    """One month: how many are due, how many places are planned, in how many classes and hours, if policy says so."""

    first: date
    due: int
    planned: int
    classes: int | None
    hours: float | None


@dataclass(frozen=True, slots=True)
class Demand:
    """What one requirement asks for in the twelve months; `short` people find no place by the day they are due."""

    asked: Requirement
    people: int
    owed: int
    short: int
    months: Sequence[Month]

    @property
    def peak_due(self) -> int:
        """Return how many places the fullest month would need if everybody came in the month they are due."""
        return max(one.due for one in self.months)

    @property
    def peak(self) -> int:
        """Return how many places the fullest month needs."""
        return max(one.planned for one in self.months)

    @property
    def hours(self) -> float | None:
        """Return the hours of all places together, if policy says how long one takes."""
        known = [one.hours for one in self.months if one.hours is not None]
        return sum(known) if known else None


def demands(crowds: Iterable[Crowd], policy: LicencePolicy, on: date) -> Sequence[Demand]:
    """Return what each requirement asks for, in the order of the policy; those that nobody needs are left out."""
    by_requirement: dict[int, list[Crowd]] = {}
    for crowd in crowds:
        by_requirement.setdefault(crowd.requirement_id, []).append(crowd)
    return [
        demand(asked, by_requirement[asked.id], on)
        for asked in policy.requirements
        if asked.id in by_requirement
    ]


def demand(
    asked: Requirement,
    crowds: Sequence[Crowd],
    on: date,
    *,
    most: int | None = None,
    places: int | None = None,
) -> Demand:
    """Return what one requirement asks for; `most` places a month, `places` in a class instead of what policy says."""
    people = windows(crowds)
    due, planned = as_due(people, MONTHS), levelled(people, MONTHS, most=most)
    size = places or asked.class_places
    return Demand(
        asked,
        people=sum(people.values()),
        owed=sum(one.owed for one in crowds),
        short=sum(planned.short.values()),
        months=[
            Month(month(at, on), due.loads[at], number, ceil(number / size) if size else None, hours)
            for at, (number, hours) in enumerate(zip(planned.loads, _hours(asked, planned), strict=True))
        ],
    )


def windows(crowds: Iterable[Crowd]) -> Mapping[Window, int]:
    """Return how many people have which window."""
    people = Counter[Window]()
    for crowd in crowds:
        people[crowd.window] += crowd.people
    return people


def _hours(asked: Requirement, planned: Placing) -> Iterator[float | None]:
    sums = [0.0] * MONTHS
    for (window, at), number in planned.places.items():
        sums[at] += number * (hours_of(asked, is_first=window.is_first) or 0)
    for at in range(MONTHS):
        yield sums[at] if any((asked.hours, asked.initial_hours, asked.hours_in_all)) else None


def people_behind(
    waiting: Sequence[Waiting], by: By, at: int | None, *, most: int | None = None
) -> Sequence[Waiting]:
    """Return the people behind a number, whoever is due first first; a month is counted from this one.

    Of those who are alike, whoever is due first takes the first place.
    """
    if by is By.DUE:
        return [one for one in waiting if at is None or one.window.last == at]
    planned = _planned(waiting, most=most)
    return [one for one in waiting if planned.get(one.person_id) == (None if by is By.SHORT else at)]


def _planned(waiting: Sequence[Waiting], *, most: int | None) -> Mapping[int, int | None]:
    """Return for everybody the month in which they take their place, or none."""
    placing = levelled(Counter(one.window for one in waiting), MONTHS, most=most)
    alike: dict[Window, list[Waiting]] = {}
    for one in waiting:
        alike.setdefault(one.window, []).append(one)
    planned: dict[int, int | None] = {one.person_id: None for one in waiting}
    for window, people in alike.items():
        queue = iter(people)
        for at, number in placing.of(window):
            planned.update((next(queue).person_id, at) for _ in range(number))
    return planned
