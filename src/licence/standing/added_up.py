"""Does some version of policy add up hours, so that the facts have to bring them?"""

from collections.abc import Awaitable, Callable, Sequence
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from asyncpg import Record

from foundation.database import fetch
from licence.standing.history import DAY_BITS, HOURS_BITS, HUNDREDTHS

# Evidence that is verified and evidence that is not lie in an index each, neither of which knows the hours.
_SPENT = f"""SELECT person_id, is_verified, (requirement_id::bigint << {DAY_BITS} | date '9999-12-31' - completed_on)
                           << {HOURS_BITS} | round(hours * {HUNDREDTHS})::bigint AS spent
                      FROM passport.evidence WHERE person_id {{among}} AND {{known}} AND {{verified}} AND hours IS NOT NULL
                       AND requirement_id = ANY (ARRAY(SELECT requirement_id FROM passport.requirement_in_hours))"""  # noqa: S608 - our own numbers
HOURS = f"""
  LEFT JOIN (SELECT {{whose}} array_agg(spent) FILTER (WHERE is_verified) AS done,
                    array_agg(spent) FILTER (WHERE NOT is_verified) AS awaiting
               FROM ({_SPENT.replace("{verified}", "is_verified")}
                      UNION ALL {_SPENT.replace("{verified}", "NOT is_verified")}) AS counted
              {{gathered}}) AS hours {{matched}}"""  # noqa: S608 - our own columns
"""The source of hours in the statement of the facts: of those requirements that some version of policy adds up."""

_ANY = "SELECT EXISTS (SELECT FROM passport.requirement_in_hours)"


class Bring(StrEnum):
    """What the facts bring of evidence."""

    DAYS = "days"
    HOURS = "days and hours"


class _Seen(NamedTuple):
    """What was to be brought under a mark of the policy. Once some version has added up hours, one always has."""

    mark: UUID | None = None
    bring: Bring = Bring.HOURS


class _Remembered:
    last = _Seen()


async def with_hours_if_added_up(
    ask: Callable[[Bring], Awaitable[Sequence[Record]]], *, mark_at: int
) -> Sequence[Record]:
    """Ask for rows with hours only where policy adds any up; again, should it have come to that since it was last seen.

    `mark_at` is the place in a row of the mark of the policy, read in the same instant.
    """
    seen = _Remembered.last  # while we wait, somebody else may see a later one
    rows = await ask(seen.bring)
    if not rows or (seen.mark is not None and rows[0][mark_at] == seen.mark):
        return rows
    bring = Bring.HOURS if (await fetch(_ANY))[0][0] else Bring.DAYS
    _Remembered.last = _Seen(rows[0][mark_at], bring)
    return await ask(bring) if (seen.bring, bring) == (Bring.DAYS, Bring.HOURS) else rows
