"""Which files were handed in for a force, by whom, and what became of each line?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import msgspec
from asyncpg import Record

from foundation.database import fetch, fetch_one
from foundation.intake.errors import IntakeNotFoundError
from foundation.intake.verdicts import Verdict

FILES = 20
LINES = 50
LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class File:
    """A file that was handed in. The counts, one for each verdict, add up to `lines`."""

    id: int
    kind: str
    force: str
    file_name: str
    state: str
    effective_on: date
    encoding: str
    mapping: str
    sha256: str
    header: tuple[str, ...]
    lines: int
    counts: dict[Verdict, int]
    warnings: tuple[str, ...]
    staged_at: datetime
    staged_by: str | None
    finished_at: datetime | None
    finished_by: str | None


@dataclass(frozen=True, slots=True)
class FileLine:
    """One line: where it begins in the file, whom or what it is about if it is to be kept, and the reason or question.

    `cells` are what stands on the line, where it goes back to the force.
    """

    line: int
    about: str
    reason: str | None
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FilePage:
    """A page of files, newest first, and whether there are older ones."""

    files: Sequence[File]
    has_more: bool


@dataclass(frozen=True, slots=True)
class LinePage:
    """A page of lines in the order of the file, whom they are known to be about, and whether there are more either way."""

    lines: Sequence[FileLine]
    person_ids: Sequence[int]
    has_earlier: bool
    has_later: bool


# $1 is the forces that the reader may see: what is out of reach is not there.
_FILES = """
SELECT intake.*, named.name AS force,
       coalesce(stager.known_as, stager.given_names) || ' ' || stager.family_name AS stager,
       coalesce(finisher.known_as, finisher.given_names) || ' ' || finisher.family_name AS finisher
  FROM people.force JOIN foundation.intake ON force_code = force.code
 CROSS JOIN LATERAL (SELECT name FROM people.force_name WHERE force_id = force.id
                      ORDER BY valid_from DESC LIMIT 1) AS named
  LEFT JOIN people.person AS stager ON stager.id = staged_by
  LEFT JOIN people.person AS finisher ON finisher.id = finished_by
 WHERE force.id = ANY($1::smallint[]) AND state <> 'staging'
"""


async def files_of(force_ids: frozenset[int], *, before: int | None = None) -> FilePage:
    """Return the files of some forces, the newest first."""
    rows = await fetch(
        f"{_FILES} AND intake.id < $2 ORDER BY intake.id DESC LIMIT $3",
        sorted(force_ids),
        before or LARGEST,
        FILES + 1,
    )
    return FilePage([_file(row) for row in rows[:FILES]], len(rows) > FILES)


async def file_of(force_ids: frozenset[int], file_id: int) -> File:
    """Return one file.

    :raises IntakeNotFoundError: there is none of this number, or it belongs to a force out of reach.
    """
    rows = await fetch(f"{_FILES} AND intake.id = $2", sorted(force_ids), min(file_id, LARGEST))
    if not rows:
        raise IntakeNotFoundError
    return _file(rows[0])


async def force_of(file: File) -> int:
    """Return the number of the force that handed a file in.

    :raises IntakeNotFoundError: the file is there no more.
    """
    row = await fetch_one(
        "SELECT force.id FROM foundation.intake JOIN people.force ON force.code = force_code WHERE intake.id = $1",
        file.id,
    )
    if row is None:
        raise IntakeNotFoundError
    number: int = row["id"]
    return number


# A line of the personnel system names its person; one of the learning system, the number of somebody recorded.
_LINES = """
WITH shown AS (
    SELECT line, reason, raw, staged FROM foundation.intake_line
     WHERE intake_id = $1 AND verdict = $2 AND line {beyond} $3 ORDER BY line {order} LIMIT $4
)
SELECT line, CASE jsonb_typeof(staged)
           WHEN 'object' THEN concat_ws(', ', (staged->>'given_names') || ' ' || (staged->>'family_name'),
                                        staged->>'payroll', coalesce(staged->>'rank', staged->>'kind'), staged->>'unit')
           WHEN 'array' THEN concat_ws(', ', directory.name, requirement.code) || ' on ' ||
                             to_char((staged->>2)::date, 'FMDD FMMonth YYYY') END AS about, reason, raw,
       CASE jsonb_typeof(staged) WHEN 'array' THEN (staged->>0)::integer ELSE (
           SELECT identifier.person_id FROM foundation.intake JOIN people.force ON force.code = force_code
             JOIN people.identifier ON identifier.force_id = force.id
            WHERE intake.id = $1 AND scheme = 'payroll' AND value = staged->>'payroll' AND superseded_at IS NULL
            ORDER BY identifier.valid_from DESC LIMIT 1) END AS person_id
  FROM shown LEFT JOIN people.directory
    ON directory.person_id = CASE jsonb_typeof(staged) WHEN 'array' THEN (staged->>0)::integer END
  LEFT JOIN passport.requirement
    ON requirement.id = CASE jsonb_typeof(staged) WHEN 'array' THEN (staged->>1)::smallint END
 ORDER BY line
"""


async def lines_of(
    file_id: int, verdict: Verdict, *, after: int | None = None, before: int | None = None
) -> LinePage:
    """Return a page of the lines with a verdict: from the first, or beyond a line, or up to one."""
    back = before is not None
    found = await fetch(
        _LINES.format(beyond="<" if back else ">", order="DESC" if back else "ASC"),
        file_id,
        verdict,
        before if before is not None else after or 0,
        LINES + 1,
    )
    beyond = len(found) > LINES
    rows = found[1:] if back and beyond else found[:LINES]
    lines = [
        FileLine(row["line"], row["about"] or "", row["reason"], tuple(row["raw"] or ())) for row in rows
    ]
    people = sorted({row["person_id"] for row in rows if row["person_id"] is not None})
    return LinePage(lines, people, beyond if back else after is not None, back or beyond)


def _file(row: Record) -> File:
    counts = msgspec.json.decode(row["counts"], type=dict[str, int])
    return File(
        id=row["id"],
        kind=row["kind"],
        force=row["force"],
        file_name=row["file_name"],
        state=row["state"],
        effective_on=row["effective_on"],
        encoding=row["encoding"],
        mapping=row["mapping"],
        sha256=row["sha256"],
        header=tuple(row["header"]),
        lines=row["lines"],
        counts={verdict: counts.get(verdict, 0) for verdict in Verdict},
        warnings=tuple(row["warnings"]),
        staged_at=row["staged_at"],
        staged_by=row["stager"],
        finished_at=row["finished_at"],
        finished_by=row["finisher"],
    )
