"""How long does a force's extract take to import, beside a bare COPY of the same rows into the same table?"""

import csv
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, product
from pathlib import Path
from time import perf_counter

from attested.importing import Asked, commit, stage
from benchmarks.measuring import Figure, Goal, Named, figure
from benchmarks.world import KEPT, World
from foundation.audit import Actor
from foundation.database import connection, fetch, transaction
from foundation.intake.verdicts import Verdict

FORCE = "avon-and-somerset"
COURSES = {
    "PPST-A": "PPST",
    "FAID-M2": "FIRST-AID",
    "JRFT": "JRFT",
    "SS-01": "STOP-SEARCH",
    "DAM": "DA-MATTERS",
}
HEADER = (
    "LMS User",
    "Course Code",
    "Course Name",
    "Completed",
    "Status",
    "Score",
    "Expires",
    "Trainer",
    "Hours",
)
ACTOR = Actor.system("benchmark")
COLUMNS = ("person_id", "requirement_id", "completed_on", "is_verified", "source")


NEARLY_ALL = 0.999
"""A few may be asked about: somebody on leave, say, who is said to have been at a course."""


class NotAllNewError(RuntimeError):
    """Some lines of the benchmark's extract were not new: what was timed is not what is meant."""


@dataclass(frozen=True, slots=True)
class Completion:
    """One row, as the extract and as COPY say it."""

    person_id: int
    payroll: str
    course: str
    requirement_id: int
    day: date


async def figures(world: World) -> AsyncIterator[Figure]:
    """Measure the import and the COPY in turn, each time of rows that nobody has seen."""
    on = await world.day()
    newest = (await fetch("SELECT max(id) FROM passport.evidence"))[0][0]
    imported: list[float] = []
    copied: list[float] = []
    for turn in range(2 * (world.size.rounds + 1)):
        rows = await _completions(world.size.import_lines, on)
        path = _written(rows, KEPT / "extract.csv")
        took = await (_import(path, on, len(rows)) if turn % 2 else _copy(rows))
        (imported if turn % 2 else copied).append(took)
    named = Named(
        f"import of {world.size.import_lines:,} records of evidence",
        "COPY of them, triggers and all",
        Goal(3.0),
    )
    yield figure(named, copied[1:], imported[1:])
    await _forget(newest)
    await world.settled()


async def _forget(newest: int) -> None:
    """Take what was imported back, past the triggers that keep evidence: the nation is to be like one at work."""
    async with transaction() as lent:
        await lent.execute("SET LOCAL session_replication_role = replica")
        await lent.execute("DELETE FROM passport.evidence WHERE id > $1", newest)
        await lent.execute("DELETE FROM people.change")


async def _completions(wanted: int, on: date) -> list[Completion]:
    """Make up completions that are not on record yet."""
    people = await fetch(
        """SELECT person_id, value FROM people.identifier JOIN people.force ON force.id = force_id
            WHERE slug = $1 AND scheme = 'payroll' AND superseded_at IS NULL AND identifier.valid_until IS NULL ORDER BY person_id""",
        FORCE,
    )
    ids = {row["code"]: row["id"] for row in await fetch("SELECT code, id FROM passport.requirement")}
    taken = {
        tuple(row)
        for row in await fetch(
            """SELECT person_id, requirement_id, completed_on FROM passport.evidence
                WHERE superseded_at IS NULL AND person_id = ANY($1)""",
            [row["person_id"] for row in people],
        )
    }
    found: list[Completion] = []
    for days in count(1):
        day = on - timedelta(days=30 + days)
        for (course, code), person in product(COURSES.items(), people):
            if (person["person_id"], ids[code], day) not in taken:
                found.append(Completion(person["person_id"], person["value"], course, ids[code], day))
            if len(found) == wanted:
                return found
    return found


def _written(rows: Sequence[Completion], path: Path) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows(
            (row.payroll, row.course, row.course, f"{row.day:%d/%m/%Y}", "Complete", "", "", "", "6")
            for row in rows
        )
    return path


async def _copy(rows: Sequence[Completion]) -> float:
    """COPY the rows, and take them back: what is measured must not be there the next time."""
    records = [(row.person_id, row.requirement_id, row.day, True, "benchmark") for row in rows]
    async with connection() as lent:
        copying = lent.transaction()
        await copying.start()
        began = perf_counter()
        await lent.copy_records_to_table("evidence", schema_name="passport", columns=COLUMNS, records=records)
        took = perf_counter() - began
        await copying.rollback()
    return took


async def _import(path: Path, on: date, lines: int) -> float:
    began = perf_counter()
    staged = await stage(Asked("learning", path, FORCE, on), actor=ACTOR)
    done = await commit(staged.intake_id, actor=ACTOR)
    took = perf_counter() - began
    if done.counts[Verdict.NEW] < lines * NEARLY_ALL:
        raise NotAllNewError(str(done.counts))
    return took
