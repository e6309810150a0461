"""How long do everybody's decisions take, beside the least that reading their evidence takes?"""

from collections.abc import AsyncIterator
from datetime import date, timedelta

from benchmarks.crew import deciders
from benchmarks.measuring import Figure, Goal, Named, Rounds, in_turn
from benchmarks.world import World
from foundation.database import execute, fetch, transaction
from licence.projection.crew import Crew, crew_of
from licence.projection.sweep import sweep, sweep_everyone

PROCESSES = 2
DAY = timedelta(days=1)
DUE, CHANGED = 0.005, 0.008

# The newest completion of each requirement of each person, out of the covering index alone (perf.md).
_FLOOR = """
SELECT count(completed_on) FROM (
    SELECT DISTINCT ON (person_id, requirement_id) completed_on FROM passport.evidence
     WHERE superseded_at IS NULL AND is_verified ORDER BY person_id, requirement_id, completed_on DESC) AS newest
"""


async def floor() -> None:
    """Read the newest completion of everything of everybody."""
    async with transaction() as connection:
        await connection.execute("SET LOCAL max_parallel_workers_per_gather = 0")
        await connection.fetch(_FLOOR)


async def figures(world: World) -> AsyncIterator[Figure]:
    """Measure the whole nation, and its nights."""
    by_two = Rounds(world.size.rounds, world.size.warms_up, PROCESSES)
    people = [row[0] for row in await fetch("SELECT id FROM people.person ORDER BY id")]
    async with deciders(world.database_url, people, processes=PROCESSES) as crew:
        on = await world.day()

        async def decide() -> None:
            await crew.decide(on)

        yield await in_turn(
            Named("whole nation decided, two processes", "newest evidence of all", Goal(2.5)),
            floor, decide, rounds=by_two,
        )  # fmt: skip
    async with crew_of(PROCESSES) as crew_of_two:
        nights = _Nights(world, crew_of_two, await world.day())
        await nights.all()  # so that the processes have read the policy
        yield await in_turn(
            Named("decided, compared and stored, two processes", "newest evidence of all", Goal(3.5)),
            floor, nights.all, rounds=by_two,
        )  # fmt: skip
    alone = Rounds(world.size.rounds, world.size.warms_up)
    for named, ready in (
        (Named("due-based night, 0.5 % due and 0.8 % changed", "newest evidence of all", Goal(0.15)), nights.quiet),
        (Named("a night as it comes, every notice with it", "newest evidence of all"), nights.settled),
    ):  # fmt: skip
        yield await in_turn(named, floor, nights.due, rounds=alone, before_ours=ready)


class _Nights:
    """One night after another, each a day later than `on`, the last."""

    def __init__(self, world: World, crew: Crew, on: date) -> None:
        self._world, self._crew, self._on = world, crew, on

    async def settled(self) -> None:
        """Leave everything as a quiet day leaves it."""
        await self._world.settled()

    async def all(self) -> None:
        """Bring everybody to the next day, due or not."""
        self._on += DAY
        await sweep_everyone(self._on, by=self._crew)

    async def due(self) -> None:
        """Bring to the next day whoever is due."""
        self._on += DAY
        await sweep(self._on)

    async def quiet(self) -> None:
        """Let just so many be due on the next day, and so many more have changed."""
        tomorrow = self._on + DAY
        await sweep(self._on)
        await execute(
            "UPDATE licence.licence_standing SET next_change_on = $1 WHERE next_change_on <= $2",
            tomorrow + DAY,
            tomorrow,
        )
        people = self._world.size.people
        await execute(
            """UPDATE licence.licence_standing SET next_change_on = $1 WHERE person_id IN
               (SELECT person_id FROM licence.licence_standing ORDER BY random() LIMIT $2)""",
            tomorrow,
            round(people * DUE),
        )
        await execute(
            "INSERT INTO people.change (person_id) SELECT id FROM people.person ORDER BY random() LIMIT $1",
            round(people * CHANGED),
        )
        await self._world.settled()
