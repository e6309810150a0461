"""What came of a file: the counts, each line, and what goes back to the force?"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, datetime

import msgspec
from asyncpg import Record

from foundation.database import fetch, fetch_one
from foundation.intake.download import csv_line
from foundation.intake.errors import IntakeNotFoundError
from foundation.intake.verdicts import RETURNED, Verdict

PAGE = 100
BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Report:
    """An intake as a whole. The counts, one for each verdict, add up to `lines`: the file's records below its header."""

    intake_id: int
    kind: str
    force_code: str
    file_name: str
    sha256: str
    encoding: str
    mapping: str
    state: str
    effective_on: date
    lines: int
    counts: dict[Verdict, int]
    warnings: tuple[str, ...]
    header: tuple[str, ...]
    staged_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class JudgedLine:
    """One line: where it begins in the file, its verdict and the reason or question; its cells if it goes back."""

    line: int
    verdict: Verdict
    reason: str | None
    cells: tuple[str, ...]


async def report(intake_id: int) -> Report:
    """Return what came of a file.

    :raises IntakeNotFoundError: there is no such intake.
    """
    row = await fetch_one("SELECT * FROM foundation.intake WHERE id = $1", intake_id)
    if row is None:
        raise IntakeNotFoundError
    return _report(row)


async def recent(force_code: str, *, limit: int = 20) -> tuple[Report, ...]:
    """Return a force's last intakes, the newest first."""
    rows = await fetch(
        "SELECT * FROM foundation.intake WHERE force_code = $1 ORDER BY staged_at DESC LIMIT $2",
        force_code,
        limit,
    )
    return tuple(_report(row) for row in rows)


async def lines(
    intake_id: int, verdict: Verdict, *, after_line: int = 0, limit: int = PAGE
) -> tuple[JudgedLine, ...]:
    """Return the lines of a verdict in the order of the file, a page at a time."""
    rows = await fetch(
        """SELECT line, verdict, reason, raw FROM foundation.intake_line
            WHERE intake_id = $1 AND verdict = $2 AND line > $3 ORDER BY line LIMIT $4""",
        intake_id, verdict, after_line, limit,
    )  # fmt: skip
    return tuple(_line(row) for row in rows)


async def rejected_csv(intake_id: int) -> AsyncIterator[str]:
    """Return, line by line, a file of what goes back: rejected and suspicious lines with their reasons and cells.

    :raises IntakeNotFoundError: there is no such intake.
    """
    found = await report(intake_id)
    yield csv_line(("Line", "Verdict", "Reason", *found.header))
    after = 0
    while True:
        rows = await fetch(
            """SELECT line, verdict, reason, raw FROM foundation.intake_line
                WHERE intake_id = $1 AND verdict = ANY($2) AND line > $3 ORDER BY line LIMIT $4""",
            intake_id, list(RETURNED), after, BATCH,
        )  # fmt: skip
        for row in rows:
            yield csv_line((str(row["line"]), row["verdict"], row["reason"] or "", *(row["raw"] or ())))
        if len(rows) < BATCH:
            return
        after = rows[-1]["line"]


def _report(row: Record) -> Report:
    counts = msgspec.json.decode(row["counts"], type=dict[str, int])
    return Report(
        intake_id=row["id"],
        kind=row["kind"],
        force_code=row["force_code"],
        file_name=row["file_name"],
        sha256=row["sha256"],
        encoding=row["encoding"],
        mapping=row["mapping"],
        state=row["state"],
        effective_on=row["effective_on"],
        lines=row["lines"],
        counts={verdict: counts.get(verdict, 0) for verdict in Verdict},
        warnings=tuple(row["warnings"]),
        header=tuple(row["header"]),
        staged_at=row["staged_at"],
        finished_at=row["finished_at"],
    )


def _line(row: Record) -> JudgedLine:
    return JudgedLine(row["line"], Verdict(row["verdict"]), row["reason"], tuple(row["raw"] or ()))
