"""How are the places that people need spread over the months, so that nobody is late and no month is fuller than it must be?

Months are counted from nought. People with the same window are alike until somebody asks for their names.
"""

from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Window(NamedTuple):
    """The months in which somebody can take a place without losing time, both included; `is_first` for the first time."""

    first: int
    last: int
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class Placing:
    """How many people of each window take a place in which month, and for how many no month has one left."""

    months: int
    places: Mapping[tuple[Window, int], int]
    short: Mapping[Window, int]

    @property
    def loads(self) -> tuple[int, ...]:
        """Return how many places are taken in each month."""
        sums = Counter[int]()
        for (_, month), people in self.places.items():
            sums[month] += people
        return tuple(sums[month] for month in range(self.months))

    def of(self, window: Window) -> Iterator[tuple[int, int]]:
        """Return in which months the people of a window take their places, and how many do, the earliest first."""
        for month in range(window.first, window.last + 1):
            if people := self.places.get((window, month), 0):
                yield month, people


def as_due(people: Mapping[Window, int], months: int) -> Placing:
    """Place everybody in the month in which they are due."""
    return Placing(months, {(window, window.last): number for window, number in people.items() if number}, {})


def levelled(people: Mapping[Window, int], months: int, *, most: int | None = None) -> Placing:
    """Place everybody once, within their window, so that no other placing has its months more level.

    The fullest month is then as empty as it can be. Moving somebody, perhaps by moving others on the way, from a fuller
    month to one with at least two fewer is done for as long as it can be: when it cannot, the placing is the most level
    there is (Harvey, Ladner, Lovász, Tamir: Semi-matchings for bipartite graphs and load balancing, 2006). Where a month
    has only so many places, as many people as possible are placed.
    """
    start = as_due(people, months) if most is None else _packed(people, months, most)
    places = Counter(dict(start.places))
    loads = list(start.loads)
    while moved := _one_move(places, loads):
        path, number = moved
        for window, month, onward in path:
            places[window, month] -= number
            places[window, onward] += number
        loads[path[0][1]] -= number
        loads[path[-1][2]] += number
    return Placing(months, {one: number for one, number in sorted(places.items()) if number}, start.short)


def _packed(people: Mapping[Window, int], months: int, most: int) -> Placing:
    """Fill month after month with whoever is due soonest: no other way places more (Glover, 1967)."""
    left = Counter({window: number for window, number in people.items() if number})
    places: dict[tuple[Window, int], int] = {}
    for month in range(months):
        room = most
        for window in sorted(left, key=lambda one: (one.last, one.first, one.is_first)):
            if window.first <= month <= window.last and room and left[window]:
                places[window, month] = taken = min(room, left[window])
                left[window] -= taken
                room -= taken
    return Placing(months, places, {window: number for window, number in sorted(left.items()) if number})


_Step = tuple[Window, int, int]


def _one_move(
    places: Mapping[tuple[Window, int], int], loads: Sequence[int]
) -> tuple[list[_Step], int] | None:
    """Find people to move from the fullest month that can be relieved, and by how many; the emptiest month takes them."""
    onward = _onward(places)
    for month in sorted(range(len(loads)), key=lambda one: (-loads[one], one)):
        steps = _reachable(month, onward)
        there = min(steps, key=lambda one: (loads[one], -one), default=month)
        if loads[month] - loads[there] > 1:
            path = _path(month, there, steps)
            spare = min(places[window, at] for window, at, _ in path)
            return path, min(spare, (loads[month] - loads[there]) // 2)
    return None


def _onward(places: Mapping[tuple[Window, int], int]) -> Mapping[tuple[int, int], Window]:
    """Return for every two months the window of which most people can move from the one to the other."""
    best: dict[tuple[int, int], Window] = {}
    for (window, month), number in places.items():
        for other in range(window.first, window.last + 1) if number else ():
            known = best.get((month, other))
            if known is None or (number, window) > (places[known, month], known):
                best[month, other] = window
    return best


def _reachable(start: int, onward: Mapping[tuple[int, int], Window]) -> Mapping[int, _Step]:
    """Return every other month that somebody can move to, with the last step there, by the fewest steps."""
    steps: dict[int, _Step] = {}
    waiting = deque([start])
    while waiting:
        month = waiting.popleft()
        for (at, other), window in sorted(onward.items()):
            if at == month and other != start and other not in steps:
                steps[other] = (window, month, other)
                waiting.append(other)
    return steps


def _path(start: int, there: int, steps: Mapping[int, _Step]) -> list[_Step]:
    path = [steps[there]]
    while path[0][1] != start:
        path.insert(0, steps[path[0][1]])
    return path
