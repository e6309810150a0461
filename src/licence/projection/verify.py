"""Does what is kept of licences say what the rule says now? Any difference is an alarm."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import structlog
from prometheus_client import Gauge

from foundation.database import fetch, snapshot
from licence.projection.rows import Stored, kept_of, named_differences
from licence.projection.settling import decided
from licence.projection.storing import stored_of
from licence.standing.decisions import LicenceFacts
from licence.standing.facts import read
from licence.standing.policies import Governing, in_force

log = structlog.get_logger()

DIFFERENCES = Gauge(
    "attested_standing_differences", "Stored standings that differed from the rule at the last check."
)
SAMPLE = 2000
"""People looked at each night; each week it is everybody."""

CHUNK = 2000

# Somebody whose facts have just changed, or who is due tonight, is not wrong yet: the next sweep looks at them.
_SETTLED = """
SELECT person_id FROM licence.licence_standing AS kept
 WHERE next_change_on > $1 AND NOT EXISTS (SELECT FROM people.change WHERE change.person_id = kept.person_id)
   AND ($2::int[] IS NULL OR person_id = ANY($2)) ORDER BY {order}
"""
_SAMPLE = _SETTLED.format(order="random() LIMIT $3")
_EVERYBODY = _SETTLED.format(order="person_id LIMIT $3")
_MISSING = """
SELECT count(*) AS people FROM people.person
 WHERE NOT EXISTS (SELECT FROM licence.licence_standing WHERE person_id = person.id)
   AND NOT EXISTS (SELECT FROM people.change WHERE person_id = person.id)
"""


@dataclass(frozen=True, slots=True)
class Difference:
    """One column of one person's row that says other than the rule."""

    person_id: int
    column: str
    stored: str
    decided: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What a check found: people checked, people with no row at all, and every difference.

    `ahead` are people who stand decided for a later day already, where that was asked.
    """

    on: date
    checked: int
    missing: int
    differences: tuple[Difference, ...]
    ahead: int = 0

    @property
    def is_sound(self) -> bool:
        """Say whether what is kept can be relied upon."""
        return not self.differences and not self.missing


async def verify(
    on: date, *, everyone: bool = False, told: Callable[[int, int], None] | None = None
) -> Verified:
    """Decide again about a sample, or everyone, compare, and raise an alarm on any difference; change nothing."""
    rows = await fetch(_EVERYBODY if everyone else _SAMPLE, on, None, None if everyone else SAMPLE)
    people = sorted(row[0] for row in rows)
    differences: list[Difference] = []
    checked = 0
    for start in range(0, len(people), CHUNK):
        looked_at, found = await _compared(people[start : start + CHUNK], on)
        checked += looked_at
        differences += found
        if told:
            told(min(start + CHUNK, len(people)), len(people))
    missing = (await fetch(_MISSING))[0]["people"]
    return _alarmed(Verified(on, checked, missing, tuple(differences)))


def _alarmed(verified: Verified) -> Verified:
    DIFFERENCES.set(len({one.person_id for one in verified.differences}) + verified.missing)
    if not verified.is_sound:
        log.error(
            "stored standings differ from the rule",
            differences=len(verified.differences),
            missing=verified.missing,
            columns=sorted({one.column for one in verified.differences}),
        )
    return verified


async def _compared(person_ids: Sequence[int], on: date) -> tuple[int, list[Difference]]:
    """Compare at one instant, so that nobody's change between two reads looks like a difference."""
    async with snapshot() as connection:
        await connection.execute("SET LOCAL statement_timeout = 0")
        rows = await connection.fetch(_EVERYBODY, on, person_ids, None)
        stored = await stored_of(connection, [row[0] for row in rows])
        rows_read = await read(list(stored))
        governing = await in_force(rows_read.policy_mark)
        known = rows_read.facts(governing.force_duties)
    found = [
        one for number, facts in known.items() for one in _differences(stored[number], facts, governing, on)
    ]
    return len(known), found


def _differences(stored: Stored, facts: LicenceFacts, governing: Governing, on: date) -> Iterator[Difference]:
    decision = decided(facts, governing, max(on, stored.said.decided_on))
    kept = kept_of(decision, facts, governing)
    for name in named_differences(stored.kept, kept):
        yield Difference(facts.person_id, name, str(getattr(stored.kept, name)), str(getattr(kept, name)))
    if decision.next_change_on < stored.said.next_change_on:
        yield Difference(
            facts.person_id, "next_change_on", str(stored.said.next_change_on), str(decision.next_change_on)
        )
