"""How is what comes due for everybody kept, so that a forecast for a force is one look at a table?

It is what the rule says, kept for counting: nothing is decided by it. Every night it is worked out anew for those about
whom anything has been recorded or decided since, and for everybody at least once a week.
"""

from collections.abc import Sequence
from datetime import date, timedelta

import msgspec

from foundation.database import transaction
from licence.planning.needs import Need, needs_of
from licence.projection.crew import fewer_looks_for_cycles
from licence.standing.facts import read
from licence.standing.policies import in_force
from licence.standing.rules import decide

CHUNK = 1000
AHEAD = timedelta(days=366 + 31)
"""So far ahead is looked: the twelve months of a forecast, on each day until the next count."""

AT_LEAST_EVERY = timedelta(days=7)

# Whatever a need rests on carries the instant at which it was recorded or replaced; what time alone changes is decided
# again when its day has come, and everybody once a week in any case.
_STALE = """
WITH kept AS (SELECT person_id, counted_on, counted_at FROM licence.coming_due)
SELECT person_id FROM licence.licence_standing AS standing LEFT JOIN kept USING (person_id)
 WHERE kept.person_id IS NULL OR decided_at > counted_at OR counted_on <= $1
UNION SELECT person_id FROM passport.evidence JOIN kept USING (person_id)
 WHERE greatest(recorded_at, superseded_at) > counted_at
UNION SELECT person_id FROM passport.dispensation JOIN kept USING (person_id)
 WHERE greatest(recorded_at, superseded_at) > counted_at
UNION SELECT person_id FROM people.post JOIN kept USING (person_id)
 WHERE greatest(recorded_at, superseded_at) > counted_at
UNION SELECT person_id FROM people.absence JOIN kept USING (person_id)
 WHERE greatest(recorded_at, superseded_at) > counted_at
 ORDER BY person_id
"""
_STORE = """
INSERT INTO licence.coming_due AS kept (person_id, requirement_ids, opens_on, due_on, is_first, counted_on, counted_at)
SELECT row.*, $2, $3 FROM jsonb_to_recordset($1::jsonb) AS row (
       person_id integer, requirement_ids smallint[], opens_on date[], due_on date[], is_first boolean[])
 ORDER BY person_id
ON CONFLICT (person_id) DO UPDATE SET (requirement_ids, opens_on, due_on, is_first, counted_on, counted_at) =
   ROW (excluded.requirement_ids, excluded.opens_on, excluded.due_on, excluded.is_first, excluded.counted_on,
        excluded.counted_at) WHERE kept.counted_at <= excluded.counted_at
"""


class _Row(msgspec.Struct):
    person_id: int
    requirement_ids: list[int]
    opens_on: list[date]
    due_on: list[date]
    is_first: list[bool]


async def count_coming(on: date) -> int:
    """Work out anew what comes due for those of whom it may have changed; return how many that was."""
    async with transaction() as connection:
        # A night's work has all night; the pages' patience of a few seconds is not for it.
        await connection.execute("SET LOCAL statement_timeout = 0")
        stale = [row[0] for row in await connection.fetch(_STALE, on - AT_LEAST_EVERY)]
    with fewer_looks_for_cycles():
        for start in range(0, len(stale), CHUNK):
            await count_people(stale[start : start + CHUNK], on)
    return len(stale)


async def count_people(person_ids: Sequence[int], on: date) -> None:
    """Work out anew what comes due for some people."""
    async with transaction() as connection:
        await connection.execute("SET LOCAL statement_timeout = 0")
        # The instant comes before the facts: what is recorded while they are read is looked at again.
        counted_at = await connection.fetchval("SELECT clock_timestamp()")
        rows = await _counted(person_ids, on)
        await connection.execute(_STORE, msgspec.json.encode(rows).decode(), on, counted_at)


async def _counted(person_ids: Sequence[int], on: date) -> list[_Row]:
    found = await read(person_ids)
    governing = await in_force(found.policy_mark)
    rows = []
    for number, facts in found.facts(governing.force_duties).items():
        policy = governing.of(facts, on)
        rows.append(_row(number, needs_of(decide(facts, policy, on), policy, until=on + AHEAD)))
    return rows


def _row(person_id: int, needs: Sequence[Need]) -> _Row:
    return _Row(
        person_id,
        [one.requirement_id for one in needs],
        [one.opens_on for one in needs],
        [one.due_on for one in needs],
        [one.is_first for one in needs],
    )
