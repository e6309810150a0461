"""How are two ways of doing something compared on a machine whose speed swings from minute to minute?"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from statistics import median
from time import perf_counter

from benchmarks import effort

Step = Callable[[], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Goal:
    """The ratio to hold. `at_most` says on which side of it to stay: times at most, rates at least."""

    ratio: float
    at_most: bool = True

    def holds(self, ratio: float) -> bool:
        """Say whether a ratio is on the right side."""
        return ratio <= self.ratio if self.at_most else ratio >= self.ratio

    def __str__(self) -> str:
        return f"{'≤' if self.at_most else '≥'} {self.ratio:g}"


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of the table: what was measured against what, in which ratio, round by round.

    `ratios` go by the clock. `efforts` go by the processor time of everything involved, that of ours shared out over its
    processes: what the clock would say if nobody else used the machine.
    """

    name: str
    beside: str
    goal: Goal | None
    ratios: tuple[float, ...]
    floor_seconds: float
    seconds: float
    efforts: tuple[float, ...] = ()

    @property
    def effort(self) -> float | None:
        """Return the median ratio of processor time, shared out over the processes; None where it was not taken."""
        return median(self.efforts) if self.efforts else None

    @property
    def ratio(self) -> float:
        """Return the median of the rounds."""
        return median(self.ratios)

    @property
    def holds(self) -> bool | None:
        """Say whether the goal is held; None where there is none."""
        return None if self.goal is None else self.goal.holds(self.ratio)


@dataclass(frozen=True, slots=True)
class Named:
    """What a figure is called, what it is measured against, and what it should hold."""

    name: str
    beside: str
    goal: Goal | None = None


@dataclass(frozen=True, slots=True)
class Rounds:
    """How often to measure, whether a first round that does not count warms up, and how many processes share ours."""

    count: int
    warms_up: bool = True
    processes: int = 1


async def timed(step: Step) -> float:
    """Return the seconds that a step takes."""
    began = perf_counter()
    await step()
    return perf_counter() - began


def figure(named: Named, floors: Sequence[float], ours: Sequence[float]) -> Figure:
    """Make a figure of times taken in turn: each of ours is compared with the floor of its own round."""
    ratios = tuple(mine / floor for floor, mine in zip(floors, ours, strict=True))
    return Figure(named.name, named.beside, named.goal, ratios, median(floors), median(ours))


async def in_turn(
    named: Named, floor: Step, ours: Step, *, rounds: Rounds, before_ours: Step | None = None
) -> Figure:
    """Run the floor and ours in turn, and make ready what ours needs without timing it."""
    floors, mine, efforts = [], [], []
    for turn in range(rounds.count + rounds.warms_up):
        if before_ours:
            await before_ours()
        await floor()  # so that neither finds the memory of the servers as something else left it
        floor_took, floor_effort = await _taken(floor)
        ours_took, ours_effort = await _taken(ours)
        if turn or not rounds.warms_up:
            floors.append(floor_took)
            mine.append(ours_took)
            efforts.append(ours_effort / rounds.processes / max(floor_effort, LEAST_EFFORT))
    return replace(figure(named, floors, mine), efforts=tuple(efforts))


LEAST_EFFORT = 0.01
"""The finest that the system counts processor time."""


async def _taken(step: Step) -> tuple[float, float]:
    """Return the seconds that a step takes by the clock, and by the processors."""
    before = effort.seconds()
    took = await timed(step)
    return took, effort.seconds() - before


async def by_medians(named: Named, pairs: Sequence[tuple[Step, Step]], *, groups: int) -> Figure:
    """Compare steps of less than a millisecond: floor and ours in turn for each pair, medians of each group compared."""
    size = max(1, len(pairs) // (groups + 1))
    floors, mine = [], []
    for start in range(0, size * (groups + 1), size):
        took = [(await timed(floor), await timed(ours)) for floor, ours in pairs[start : start + size]]
        if start:
            floors.append(median(one for one, _ in took))
            mine.append(median(one for _, one in took))
    return figure(named, floors, mine)
