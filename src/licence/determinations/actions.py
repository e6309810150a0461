"""How do people decide on licences: one by one, or the first ones of a force at once?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import asyncpg
from asyncpg import Connection

from foundation.audit import Actor, Event, recorded
from foundation.jobs.asking import ask
from licence.determinations.errors import (
    ConditionError,
    OwnLicenceError,
    ReasonsError,
    SameTwiceError,
    UnknownPersonError,
)
from licence.projection.settling import refresh_person
from licence.standing.decisions import DeterminationKind

CONDITIONAL = frozenset({DeterminationKind.RESTRICT, DeterminationKind.LIFT_RESTRICTION})


@dataclass(frozen=True, slots=True)
class NewDetermination:
    """A decision on a licence: by one person, agreed to by a second, with reasons."""

    person_id: int
    kind: DeterminationKind
    effective_on: date
    reasons: str
    approved_by: int
    condition: str | None = None


@dataclass(frozen=True, slots=True)
class Granted:
    """How many licences were granted at once, and who was left out because nobody decides about themselves."""

    people: int
    left_out: tuple[int, ...]


async def determine(*, actor: Actor, decided_by: int, new: NewDetermination, today: date) -> int:
    """Record a decision on one licence, and return its number; the standing follows in the same transaction.

    :raises OwnLicenceError: the holder decided or agreed. :raises SameTwiceError: one person did both.
    :raises ConditionError: a condition is missing, or given where none belongs. :raises ReasonsError: no reasons.
    """
    _check(decided_by, new)
    event = Event(
        f"licence {new.kind}",
        "deciding on a licence",
        new.person_id,
        {
            "effective_on": new.effective_on.isoformat(),
            "decided_by": decided_by,
            "approved_by": new.approved_by,
        },
    )
    async with recorded(actor, event) as connection:
        number = await _insert(connection, decided_by, new)
        await refresh_person(connection, new.person_id, today)
        return number


def _check(decided_by: int, new: NewDetermination) -> None:
    if decided_by == new.approved_by:
        raise SameTwiceError
    if new.person_id in {decided_by, new.approved_by}:
        raise OwnLicenceError
    if (new.kind in CONDITIONAL) != bool(new.condition):
        raise ConditionError
    if not new.reasons.strip():
        raise ReasonsError


async def _insert(connection: Connection, decided_by: int, new: NewDetermination) -> int:
    try:
        return int(
            await connection.fetchval(
                """INSERT INTO licence.determination
                          (person_id, kind, effective_on, condition, reasons, recorded_by, approved_by)
                   VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id""",
                new.person_id, new.kind, new.effective_on, new.condition, new.reasons, decided_by, new.approved_by,
            )
        )  # fmt: skip
    except asyncpg.ForeignKeyViolationError as unknown:
        raise UnknownPersonError from unknown


# Whoever serves on the day as an officer or special constable, and has never had a licence granted.
_GRANT_ALL = """
INSERT INTO licence.determination (person_id, kind, effective_on, reasons, recorded_by, approved_by)
SELECT post.person_id, 'grant', $2, $5, $3, $4
  FROM people.post
 WHERE post.force_id = $1 AND post.superseded_at IS NULL AND post.kind IN ('officer', 'special constable')
   AND post.valid_from <= $2 AND (post.valid_until IS NULL OR post.valid_until >= $2)
   AND post.person_id <> ALL ($6::int[])
   AND NOT EXISTS (SELECT FROM licence.determination AS earlier WHERE earlier.person_id = post.person_id
                      AND earlier.kind = 'grant' AND earlier.superseded_at IS NULL)
 ORDER BY post.person_id RETURNING person_id
"""


async def grant_initial(
    *, actor: Actor, force_id: int, on: date, decided_by: int, approved_by: int, reasons: str
) -> Granted:
    """Grant licences to everybody who serves in a force on a day and has none; never to the two who decide.

    :raises SameTwiceError: the same person decided and agreed. :raises ReasonsError: no reasons are given.
    """
    if decided_by == approved_by:
        raise SameTwiceError
    if not reasons.strip():
        raise ReasonsError
    two = (decided_by, approved_by)
    detail: dict[str, str | int | bool | list[str] | list[int] | None] = {
        "force_id": force_id, "effective_on": on.isoformat(), "decided_by": decided_by, "approved_by": approved_by,
    }  # fmt: skip
    event = Event("licences granted", "granting the first licences of a force", None, detail)
    async with recorded(actor, event) as connection:
        values = (force_id, on, *two, reasons)
        left_out = await _who_of(connection, two, force_id, on)
        granted = await connection.fetch(_GRANT_ALL, *values, list(two))
        detail["people"] = len(granted)
        await ask(connection, "licence.refresh")
    return Granted(len(granted), left_out)


async def _who_of(connection: Connection, two: Sequence[int], force_id: int, on: date) -> tuple[int, ...]:
    """Return which of the two would have been granted a licence themselves."""
    rows = await connection.fetch(
        """SELECT DISTINCT person_id FROM people.post
            WHERE person_id = ANY($1) AND force_id = $2 AND superseded_at IS NULL
              AND kind IN ('officer', 'special constable')
              AND valid_from <= $3 AND (valid_until IS NULL OR valid_until >= $3)
              AND NOT EXISTS (SELECT FROM licence.determination AS earlier WHERE earlier.person_id = post.person_id
                                 AND earlier.kind = 'grant' AND earlier.superseded_at IS NULL)
            ORDER BY person_id""",
        list(two), force_id, on,
    )  # fmt: skip
    return tuple(row[0] for row in rows)
