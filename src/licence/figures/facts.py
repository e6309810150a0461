"""How many hold each standing in every force, as the projection counts them?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from foundation.database import fetch
from licence.standing.decisions import Standing
from people.forces.facts import forces_on

COLUMNS = (
    Standing.ACTIVE, Standing.PROVISIONAL, Standing.IN_GRACE, Standing.LAPSED, Standing.PAUSED, Standing.SUSPENDED,
    Standing.NOT_HELD, Standing.REVOKED, Standing.SURRENDERED,
)  # fmt: skip
"""What is counted, in this order: every standing, those that most hold first."""


@dataclass(frozen=True, slots=True)
class ForceCounts:
    """How many of a force hold each standing. What leaves this room of it, `rules` says."""

    force_id: int
    code: str
    name: str
    people: Sequence[int]


async def counted(on: date) -> Sequence[ForceCounts]:
    """Return the counts of every force that there is on a day, by name; one without licences counts nought."""
    counts = await _by_force()
    return tuple(
        ForceCounts(force.id, force.code, force.name, [counts.get((force.id, each), 0) for each in COLUMNS])
        for force in await forces_on(on)
    )


async def _by_force() -> Mapping[tuple[int, str], int]:
    rows = await fetch(
        """SELECT force_id, standing, sum(people)::integer AS people FROM licence.standing_count
            WHERE rank <> '' GROUP BY force_id, standing"""
    )
    return {(row["force_id"], row["standing"]): row["people"] for row in rows}
