"""Whom does a sweep have to look at, and how is one chunk of them held and settled, whoever else is sweeping?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import groupby

import asyncpg
import structlog
from asyncpg import Connection

from foundation.database import fetch, transaction
from licence.projection.errors import ManyFailedError
from licence.projection.settling import Tally, settle

SIZE = 2000
"""People to a transaction: a fraction of a second's work, so that nobody who writes waits longer for a row."""

POISON = (
    ArithmeticError,
    LookupError,
    TypeError,
    ValueError,
    asyncpg.DataError,
    asyncpg.IntegrityConstraintViolationError,
)
"""What one person's record can do to a whole chunk; a lost connection, say, is nobody's record."""

MANY = 20
"""People in one chunk who may fail before the sweep gives up: then it is the program that fails, not their records."""

log = structlog.get_logger()

_NEWCOMERS_LOCK = 7_246_386  # any number, so long as it is always this one


class Whom(StrEnum):
    """Why people are looked at.

    Rows that arrive and rows that change never share a transaction: each kind then counts its standings in one ordered
    statement, and two sweeps cannot hold each other up for ever.
    """

    NEWCOMERS = "newcomers"
    DUE = "due"
    EVERYONE = "everyone"


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some people to bring to a day. `waits` says to wait for rows that others hold, rather than leave them those."""

    whom: Whom
    person_ids: list[int]
    on: date
    waits: bool

    async def carry_out(self) -> "Settled":
        """Settle the people, and say how many they were."""
        return Settled(len(self.person_ids), await settle_chunk(self))


@dataclass(frozen=True, slots=True)
class Settled:
    """A chunk that is done: how many people it had, and what came of them."""

    people: int
    tally: Tally


_FOUND = {
    # Everybody is looked through only where fewer have a standing than there are people.
    Whom.NEWCOMERS: """SELECT id FROM people.person AS person
        WHERE (SELECT count(*) FROM people.person)
              > (SELECT coalesce(sum(people), 0) FROM licence.standing_count)
          AND NOT EXISTS (SELECT FROM licence.licence_standing WHERE person_id = person.id) ORDER BY id""",
    Whom.DUE: """SELECT person_id FROM licence.licence_standing WHERE next_change_on <= $1
        UNION SELECT person_id FROM people.change JOIN licence.licence_standing USING (person_id) ORDER BY person_id""",
    Whom.EVERYONE: "SELECT person_id FROM licence.licence_standing ORDER BY person_id",
}
_CHANGED = {
    Whom.NEWCOMERS: """SELECT DISTINCT person_id FROM people.change
        WHERE NOT EXISTS (SELECT FROM licence.licence_standing AS kept WHERE kept.person_id = change.person_id)
        ORDER BY person_id""",
    Whom.DUE: "SELECT DISTINCT person_id FROM people.change JOIN licence.licence_standing USING (person_id) ORDER BY 1",
}
_STILL_NEW = """SELECT id FROM unnest($1::int[]) AS id
    WHERE NOT EXISTS (SELECT FROM licence.licence_standing WHERE person_id = id) ORDER BY id"""
_STILL_DUE = """SELECT person_id FROM licence.licence_standing AS kept
    WHERE person_id = ANY($1) AND (next_change_on <= $2
          OR EXISTS (SELECT FROM people.change WHERE change.person_id = kept.person_id))
    ORDER BY person_id FOR UPDATE"""


async def found(whom: Whom, on: date, *, changed_only: bool = False) -> list[int]:
    """Return the people whom a sweep has to look at; `changed_only` leaves out those whom time alone may move."""
    if changed_only:
        return [row[0] for row in await fetch(_CHANGED[whom])]
    return [row[0] for row in await fetch(_FOUND[whom], *([on] if whom is Whom.DUE else []))]


def cut(whom: Whom, person_ids: Sequence[int], on: date, *, waits: bool) -> Iterator[Chunk]:
    """Cut people into chunks. Newcomers are cut by their numbers, so that every sweep cuts them alike."""
    if whom is Whom.NEWCOMERS:
        for _, some in groupby(person_ids, key=lambda number: number // SIZE):
            yield Chunk(whom, list(some), on, waits)
        return
    for start in range(0, len(person_ids), SIZE):
        yield Chunk(whom, list(person_ids[start : start + SIZE]), on, waits)


async def settle_chunk(chunk: Chunk) -> Tally:
    """Settle a chunk in one transaction; one person who cannot be settled is named in the log and holds up nobody else.

    :raises ManyFailedError: so many cannot be settled that it is no longer about them.
    """
    try:
        return await _settle(chunk)
    except POISON:
        if len(chunk.person_ids) == 1:
            log.exception("a licence could not be decided", person_id=chunk.person_ids[0])
            return Tally(failed=list(chunk.person_ids))
    tally, half = Tally(), len(chunk.person_ids) // 2
    for some in (chunk.person_ids[:half], chunk.person_ids[half:]):
        tally.add(await settle_chunk(replace(chunk, person_ids=some)))
        if len(tally.failed) > MANY:
            raise ManyFailedError
    return tally


async def _settle(chunk: Chunk) -> Tally:
    """Hold those of a chunk who still have to be looked at, and settle them."""
    async with transaction() as connection:
        # A sweep has all night; the pages' patience of a few seconds is not for it.
        await connection.execute("SET LOCAL statement_timeout = 0")
        person_ids = await _held(connection, chunk)
        if not person_ids:
            return Tally()
        may_differ = chunk.whom is Whom.EVERYONE
        return await settle(connection, person_ids, chunk.on, may_differ=may_differ)


async def _held(connection: Connection, chunk: Chunk) -> list[int]:
    if chunk.whom is Whom.EVERYONE:
        return chunk.person_ids
    if chunk.whom is Whom.DUE:
        skipping = "" if chunk.waits else " SKIP LOCKED"
        return [row[0] for row in await connection.fetch(_STILL_DUE + skipping, chunk.person_ids, chunk.on)]
    if not await _holds_newcomers(connection, chunk):
        return []
    return [row[0] for row in await connection.fetch(_STILL_NEW, chunk.person_ids)]


async def _holds_newcomers(connection: Connection, chunk: Chunk) -> bool:
    """Hold a stretch of newcomers, who have no row to hold yet."""
    lock = (_NEWCOMERS_LOCK, chunk.person_ids[0] // SIZE)
    if chunk.waits:
        await connection.execute("SELECT pg_advisory_xact_lock($1, $2)", *lock)
        return True
    return bool(await connection.fetchval("SELECT pg_try_advisory_xact_lock($1, $2)", *lock))
