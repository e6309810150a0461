"""How long does one decision take, and one write that decides again, beside the least that the driver takes?"""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from functools import partial

from benchmarks.measuring import Figure, Goal, Named, by_medians
from benchmarks.world import World
from foundation.audit import Actor, Event, recorded
from foundation.database import fetch
from licence.projection.settling import refresh_person
from licence.standing.deciding import decide_person

_EVIDENCE = """
SELECT array_agg(requirement_id), array_agg(completed_on) FROM (
    SELECT requirement_id, completed_on FROM passport.evidence
     WHERE person_id = ANY($1) AND superseded_at IS NULL AND is_verified
     ORDER BY person_id, requirement_id, completed_on DESC) AS ordered
"""
_RECORD = """
INSERT INTO passport.evidence (person_id, requirement_id, completed_on, is_verified, source)
SELECT $1, id, $2, true, 'benchmark' FROM passport.requirement WHERE code = 'STOP-SEARCH'
    ON CONFLICT DO NOTHING
"""
ACTOR = Actor.system("benchmark")
EVENT = Event("evidence recorded", "measuring")


async def figures(world: World) -> AsyncIterator[Figure]:
    """Measure one decision and one write."""
    on = await world.day()
    people = await world.officers(world.size.singles)
    yield await by_medians(
        Named("one decision, facts and rule (p50)", "evidence of that person", Goal(2.5)),
        [(partial(fetch, _EVIDENCE, [one]), partial(decide_person, one, on)) for one in people],
        groups=world.size.rounds,
    )
    yield await by_medians(
        Named("a write, decided again, committed (p50)", "a round trip", Goal(8.0)),
        [
            (partial(fetch, "SELECT 1"), partial(_write, one, on - timedelta(days=2000 + place), on))
            for place, one in enumerate(people[: world.size.singles // 2])
        ],
        groups=world.size.rounds,
    )


async def _write(person_id: int, completed_on: date, on: date) -> None:
    async with recorded(ACTOR, EVENT) as connection:
        await connection.execute(_RECORD, person_id, completed_on)
        await refresh_person(connection, person_id, on)
