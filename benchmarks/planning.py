"""How long does the night take to work out what comes due for everybody, and for the few of whom it may have changed?"""

from collections.abc import AsyncIterator
from datetime import date

from benchmarks.crew import CHUNK, decide_chunk
from benchmarks.measuring import Figure, Goal, Named, Rounds, in_turn
from benchmarks.nation import CHANGED, floor
from benchmarks.world import World
from foundation.database import execute, fetch
from licence.planning.counting import AT_LEAST_EVERY, count_coming
from licence.projection.crew import fewer_looks_for_cycles


async def figures(world: World) -> AsyncIterator[Figure]:
    """Measure the count of everybody, as once a week, beside their decisions; and that of a night between."""
    rounds = Rounds(world.size.rounds, world.size.warms_up)
    people = [row[0] for row in await fetch("SELECT id FROM people.person ORDER BY id")]
    on = await world.day()

    async def decide() -> None:
        with fewer_looks_for_cycles():
            for start in range(0, len(people), CHUNK):
                await decide_chunk(people[start : start + CHUNK], on)

    async def count() -> None:
        await count_coming(on)

    await count_coming(on)
    yield await in_turn(
        Named("what comes due counted, everybody", "whole nation decided, one process", Goal(2.5)),
        decide, count, rounds=rounds, before_ours=lambda: _a_week_later(on),
    )  # fmt: skip
    yield await in_turn(
        Named("what comes due counted, 0.8 % decided anew", "newest evidence of all"),
        floor, count, rounds=rounds, before_ours=lambda: _changed(len(people)),
    )  # fmt: skip


async def _a_week_later(on: date) -> None:
    """Let everybody have been counted a week ago."""
    await execute("UPDATE licence.coming_due SET counted_on = $1", on - AT_LEAST_EVERY)
    await execute("VACUUM licence.coming_due")


async def _changed(people: int) -> None:
    """Let some have been decided anew since they were counted."""
    await execute(
        """UPDATE licence.licence_standing SET decided_at = clock_timestamp() WHERE person_id IN
           (SELECT person_id FROM licence.licence_standing ORDER BY random() LIMIT $1)""",
        round(people * CHANGED),
    )
