"""How is a dated record superseded, and what takes its place?"""

from datetime import date, datetime
from enum import StrEnum
from typing import cast

import asyncpg
from asyncpg import Connection

from foundation.database import fetch_one
from foundation.problems import ConflictError, InvalidError, NotFoundError


class Fact(StrEnum):
    """The append-only tables of the people's floor."""

    IDENTIFIER = "people.identifier"
    POST = "people.post"
    LINE = "people.line"
    ABSENCE = "people.absence"


# What a record says, apart from its days and from who recorded it when.
SAYS = {
    Fact.IDENTIFIER: "person_id, force_id, scheme, value",
    Fact.POST: "person_id, force_id, unit_id, kind, rank, rank_basis, job_title, profiles, fte",
    Fact.LINE: "person_id, supervisor_id, is_cover",
    Fact.ABSENCE: "person_id, kind",
}


class NoRecordError(NotFoundError):
    """There is no such record."""


class SupersededMeanwhileError(ConflictError):
    """Somebody else has changed this record in the meantime. Look at it again before you change it."""


class EndsBeforeItBeginsError(InvalidError):
    """A record cannot end before its first day. If it never was true, withdraw it."""


def as_known(parameter: str) -> str:
    """Return the SQL that keeps the records standing at an instant, or those standing now where it is null."""
    return f"""(CASE WHEN {parameter}::timestamptz IS NULL THEN superseded_at IS NULL
                ELSE recorded_at <= {parameter} AND coalesce(superseded_at > {parameter}, true) END)"""


async def subject_of(fact: Fact, record_id: int) -> int:
    """Return whom a record is about, which never changes.

    :raises NoRecordError: there is no such record.
    """
    row = await fetch_one(f"SELECT person_id FROM {fact} WHERE id = $1", record_id)  # noqa: S608 - our own names
    if row is None:
        raise NoRecordError
    return int(row["person_id"])


async def withdraw(
    connection: Connection, fact: Fact, record_id: int, *, by: int | None, reason: str
) -> datetime:
    """Supersede a record that was never true, or of which others take the place; return the instant.

    :raises SupersededMeanwhileError: it is no longer the current record, or never was one.
    """
    gone = await connection.fetchval(
        f"""UPDATE {fact} SET superseded_at = clock_timestamp(), superseded_by = $2, superseded_reason = $3
             WHERE id = $1 AND superseded_at IS NULL RETURNING superseded_at""",  # noqa: S608 - our own names
        record_id,
        by,
        reason,
    )
    if gone is None:
        raise SupersededMeanwhileError
    return cast("datetime", gone)


async def end(
    connection: Connection, fact: Fact, record_id: int, *, last_day: date | None, by: int | None, reason: str
) -> int:
    """Supersede a record by one that says the same through another last day; return the new record's number.

    The one is superseded at the very instant at which the other is recorded, so that nothing was ever unknown.

    :raises SupersededMeanwhileError: it is no longer the current record.
    :raises EndsBeforeItBeginsError: the last day lies before the first.
    """
    try:
        ended = await connection.fetchval(_ENDING[fact], [record_id], last_day, by, reason)
    except asyncpg.CheckViolationError as refusal:
        raise EndsBeforeItBeginsError from refusal
    if ended is None:
        raise SupersededMeanwhileError
    return int(ended)


def _ending(fact: Fact) -> str:
    says = SAYS[fact]
    return f"""
        WITH gone AS (
            UPDATE {fact} SET superseded_at = clock_timestamp(), superseded_by = $3, superseded_reason = $4
             WHERE id = ANY($1) AND superseded_at IS NULL RETURNING *)
        INSERT INTO {fact} ({says}, valid_from, valid_until, recorded_at, recorded_by)
        SELECT {says}, valid_from, $2::date, superseded_at, $3 FROM gone RETURNING id"""  # noqa: S608


_ENDING = {fact: _ending(fact) for fact in Fact}
