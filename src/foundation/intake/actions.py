"""How is a file judged before anything is kept, then kept whole or not at all, once?"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import asyncpg
import msgspec
from asyncpg import Connection, Record

from foundation.audit import Actor, Event, recorded
from foundation.intake.cells import mended
from foundation.intake.errors import (
    IntakeEndedError,
    IntakeNotFoundError,
    LinesUnaccountedForError,
    OvertakenError,
)
from foundation.intake.facts import Report, report
from foundation.intake.kinds import Extract, Handed, Judged, Layout, Progress, Staged, Staging
from foundation.intake.survey import survey
from foundation.intake.table import Table, find_table
from foundation.intake.verdicts import KEPT
from foundation.jobs.asking import ask

PURPOSE = "importing a force's extract"
STAGED = "staged"
NAME = 200


def _unwatched(_done: int, _of: int) -> None:
    """Tell nobody."""


async def stage(extract: Extract, handed: Handed, *, actor: Actor, progress: Progress = _unwatched) -> Report:
    """Judge every line of a file and keep the verdicts, and nothing else, for somebody to look at.

    :raises MappingError: the mapping cannot be used; with its line.
    :raises UnreadableFileError: the file cannot be read as a table.
    """
    layout = extract.layout(handed.mapping)
    table = await asyncio.to_thread(_found, handed, layout)
    # Filled in as it is found out; written when the block ends.
    detail: dict[str, str | int | bool | list[str] | list[int] | None] = {"kind": extract.kind}
    async with recorded(actor, Event("intake.staged", PURPOSE, detail=detail)) as connection:
        await _take_time(connection)
        await _lock(connection, extract.kind, handed.force_code, "_shared")
        intake_id = await _enter(connection, extract.kind, handed, _Opened(table, layout.source), actor=actor)
        staging = Staging(intake_id, table, handed.mapping, handed.force_code, handed.effective_on, progress)
        counts = await _count(connection, intake_id, await extract.stage(connection, staging))
        detail |= {"intake": intake_id, "sha256": table.survey.sha256, **counts}
    return await report(intake_id)


async def commit(extract: Extract, intake_id: int, *, actor: Actor) -> Report:
    """Keep what was staged, as a whole or not at all, and ask for the licences to be decided again.

    :raises IntakeNotFoundError: there is no such intake.
    :raises IntakeEndedError: it was committed or discarded before.
    :raises OvertakenError: what is recorded has changed since it was staged.
    """
    detail: dict[str, str | int | bool | list[str] | list[int] | None] = {"intake": intake_id}
    async with _explained(), recorded(actor, Event("intake.committed", PURPOSE, detail=detail)) as connection:
        await _take_time(connection)
        row = await _claim(connection, extract.kind, intake_id)
        counts = msgspec.json.decode(row["counts"], type=dict[str, int])
        kept = sum(counts.get(verdict, 0) for verdict in KEPT)
        staged = Staged(
            intake_id=intake_id,
            force_code=row["force_code"],
            effective_on=row["effective_on"],
            source=row["source"],
            committed_by=actor.person_id,
            kept=kept,
        )
        await extract.commit(connection, staged)
        await _end(connection, intake_id, "committed", actor)
        await ask(connection, "licence.refresh", effect_key=f"licence.refresh after intake {intake_id}")
        detail |= {"kind": extract.kind, "sha256": row["sha256"], **counts}
    return await report(intake_id)


async def discard(intake_id: int, *, actor: Actor) -> Report:
    """Put a staged file aside; its report stays.

    :raises IntakeNotFoundError: there is no such intake.
    :raises IntakeEndedError: it was committed or discarded before.
    """
    async with recorded(
        actor, Event("intake.discarded", PURPOSE, detail={"intake": intake_id})
    ) as connection:
        await _staged(connection, intake_id)
        await _end(connection, intake_id, "discarded", actor)
    return await report(intake_id)


async def lines_in(extract: Extract, handed: Handed) -> int:
    """Count the lines of a file, and judge none of them: what cannot be read is refused while somebody waits.

    :raises MappingError: the mapping cannot be used; with its line.
    :raises UnreadableFileError: the file cannot be read as a table.
    """
    layout = extract.layout(handed.mapping)
    return await asyncio.to_thread(lambda: sum(1 for _ in _found(handed, layout).lines()))


def _found(handed: Handed, layout: Layout) -> Table:
    seen = survey(handed.path, handed.limits, declared=layout.encoding)
    return find_table(handed.path, seen, layout.columns, handed.limits)


async def _take_time(connection: Connection) -> None:
    # A file may be long; the limit on statements is meant for pages.
    await connection.execute("SET LOCAL statement_timeout = 0")


async def _lock(connection: Connection, kind: str, force_code: str, shared: str = "") -> None:
    """While one extract of a force is committed, no other of its kind is staged or committed."""
    await connection.execute(
        f"SELECT pg_advisory_xact_lock{shared}(hashtextextended($1, 0))", f"intake {kind} {force_code}"
    )


@dataclass(frozen=True, slots=True)
class _Opened:
    table: Table
    source: str


async def _enter(connection: Connection, kind: str, handed: Handed, opened: _Opened, *, actor: Actor) -> int:
    found = opened.table.survey
    entered = await connection.fetchval(
        """INSERT INTO foundation.intake
                  (kind, force_code, file_name, sha256, encoding, mapping, source, effective_on, header, staged_by)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id""",
        kind, handed.force_code, mended([handed.name], NAME)[0], found.sha256, found.words, handed.mapping.words,
        opened.source, handed.effective_on, mended(list(opened.table.header), handed.limits.cell), actor.person_id,
    )  # fmt: skip
    return int(entered)


async def _count(connection: Connection, intake_id: int, judged: Judged) -> dict[str, int]:
    rows = await connection.fetch(
        "SELECT verdict, count(*) AS lines FROM foundation.intake_line WHERE intake_id = $1 GROUP BY verdict",
        intake_id,
    )
    counts = {row["verdict"]: row["lines"] for row in rows}
    if sum(counts.values()) != judged.lines:
        raise LinesUnaccountedForError(f"{judged.lines} lines, {counts}")
    await connection.execute(
        "UPDATE foundation.intake SET state = $2, lines = $3, counts = $4, warnings = $5 WHERE id = $1",
        intake_id, STAGED, judged.lines, msgspec.json.encode(counts).decode(), list(judged.warnings),
    )  # fmt: skip
    return counts


async def _claim(connection: Connection, kind: str, intake_id: int) -> Record:
    """Return a staged intake that nothing has overtaken, and let nobody else have it."""
    row = await _staged(connection, intake_id, kind)
    await _lock(connection, kind, row["force_code"])
    overtaken = await connection.fetchval(
        """SELECT EXISTS (SELECT FROM foundation.intake WHERE kind = $1 AND force_code = $2
                             AND state = 'committed' AND finished_at > $3)""",
        kind, row["force_code"], row["staged_at"],
    )  # fmt: skip
    if overtaken:
        raise OvertakenError
    return row


async def _staged(connection: Connection, intake_id: int, kind: str | None = None) -> Record:
    row = await connection.fetchrow("SELECT * FROM foundation.intake WHERE id = $1 FOR UPDATE", intake_id)
    if row is None or kind not in {None, row["kind"]}:
        raise IntakeNotFoundError
    if row["state"] != STAGED:
        raise IntakeEndedError(f"This intake is already {row['state']}.")
    return row


async def _end(connection: Connection, intake_id: int, state: str, actor: Actor) -> None:
    await connection.execute(
        """UPDATE foundation.intake SET state = $2, finished_by = $3, finished_at = clock_timestamp() WHERE id = $1""",
        intake_id, state, actor.person_id,
    )  # fmt: skip


@asynccontextmanager
async def _explained() -> AsyncIterator[None]:
    """Say in words that somebody recorded the same thing between staging and committing."""
    try:
        yield
    except (asyncpg.ExclusionViolationError, asyncpg.UniqueViolationError) as refusal:
        raise OvertakenError from refusal
