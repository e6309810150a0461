"""How does the extract of a force's learning system become evidence?"""

import asyncio
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from asyncpg import Connection

from foundation.intake.dates import DateOrder, Dates, Habit, habit_of
from foundation.intake.errors import OvertakenError
from foundation.intake.kinds import Judged, Layout, Staged, Staging
from foundation.intake.mapping import Source
from foundation.wording import as_count, as_number
from passport.learning.facts import holders, requirement_ids
from passport.learning.in_hours import in_hours
from passport.learning.lines import Known, LearningLines, StagedRow
from passport.learning.mapping import LearningMapping, learning_mapping
from people.extracts.facts import force_named

CHUNK = 5_000
COLUMNS = (
    "line", "verdict", "reason", "raw", "person_id", "requirement_id", "completed_on", "hundredths", "reference"
)  # fmt: skip

_STAGED = """
CREATE TEMPORARY TABLE staged_learning (
    line integer, verdict text, reason text, raw text[],
    person_id integer, requirement_id smallint, completed_on date, hundredths integer, reference text
) ON COMMIT DROP
"""

# One pass over what is plain: beside the other lines of the same completion, then beside what is recorded of it.
# LIMIT keeps the planner to one look into the index for each line: joined freely, and before the statistics of a fresh
# table are gathered, it was seen to compare every line with every record.
# Blank hours never take away hours that are known. What was corrected or withdrawn here is not brought back unasked.
_JUDGE = """
WITH plain AS (
    SELECT line, person_id, requirement_id, completed_on, reference,
           max(hundredths) OVER same AS hundredths, min(hundredths) OVER same AS least, min(line) OVER same AS first
      FROM staged_learning WHERE verdict IS NULL
    WINDOW same AS (PARTITION BY person_id, requirement_id, completed_on)
), judged AS MATERIALIZED (
    SELECT plain.*, current.hours, coalesce(current.id, awaiting.id) AS recorded_id, CASE
        WHEN least <> hundredths THEN 'suspicious'
        WHEN line <> first THEN 'duplicate'
        WHEN is_gone THEN 'suspicious'
        WHEN current.id IS NULL AND awaiting.id IS NULL THEN 'new'
        WHEN current.id IS NULL THEN 'changed'
        WHEN hundredths IS NULL OR hundredths / 100.0 = current.hours THEN 'unchanged'
        WHEN current.supersedes IS NOT NULL AND current.intake_id IS NULL THEN 'suspicious'
        ELSE 'changed' END AS verdict
      FROM plain
      LEFT JOIN LATERAL (
            SELECT id, hours, supersedes, intake_id FROM passport.evidence
             WHERE person_id = plain.person_id AND requirement_id = plain.requirement_id
               AND completed_on = plain.completed_on AND superseded_at IS NULL AND is_verified LIMIT 1
           ) AS current ON true
      LEFT JOIN LATERAL (
            SELECT id FROM passport.evidence
             WHERE person_id = plain.person_id AND requirement_id = plain.requirement_id
               AND completed_on = plain.completed_on AND superseded_at IS NULL AND NOT is_verified LIMIT 1
           ) AS awaiting ON true
      LEFT JOIN LATERAL (
            SELECT true AS is_gone FROM passport.evidence
             WHERE current.id IS NULL AND awaiting.id IS NULL AND person_id = plain.person_id
               AND requirement_id = plain.requirement_id AND completed_on = plain.completed_on
               AND superseded_at IS NOT NULL LIMIT 1
           ) AS gone ON true
)
INSERT INTO foundation.intake_line (intake_id, line, verdict, reason, raw, staged)
SELECT $1::bigint, line, verdict, CASE
        WHEN verdict = 'duplicate' THEN 'The same as line ' || first
        WHEN least <> hundredths THEN 'Lines from ' || first || ' give this completion different hours: which holds?'
        WHEN verdict = 'suspicious' AND recorded_id IS NULL
        THEN 'This was corrected or withdrawn here: has the learning system been put right?'
        WHEN verdict = 'suspicious' THEN 'Its hours were corrected here to ' || hours || ': which holds?'
        WHEN verdict = 'changed' AND hours IS NULL THEN 'Confirms, or adds hours to, what is recorded'
        WHEN verdict = 'changed' THEN 'Recorded with ' || hours || ' hours' END,
       NULL,
       CASE WHEN verdict IN ('new', 'changed')
            THEN jsonb_build_array(person_id, requirement_id, completed_on, hundredths, reference, recorded_id) END
  FROM judged
UNION ALL
SELECT $1::bigint, line, verdict, reason, raw, NULL FROM staged_learning WHERE verdict IS NOT NULL
"""

_KEPT = """
CREATE TEMPORARY TABLE kept_learning ON COMMIT DROP AS
SELECT (staged->>0)::int AS person_id, (staged->>1)::smallint AS requirement_id, (staged->>2)::date AS completed_on,
       (staged->>3)::int / 100.0 AS hours, staged->>4 AS reference, (staged->>5)::bigint AS supersedes
  FROM foundation.intake_line WHERE intake_id = $1 AND verdict IN ('new', 'changed')
"""

# Few lines correct a record, which the planner cannot know: joined freely, it would read all the evidence there is.
_SUPERSEDE = """
UPDATE passport.evidence SET superseded_at = clock_timestamp(), superseded_by = $1, superseded_reason = $2
 WHERE id = ANY (ARRAY(SELECT supersedes FROM kept_learning WHERE supersedes IS NOT NULL)) AND superseded_at IS NULL
"""

# Hours that the extract leaves blank stay those of the record it takes the place of.
_RECORD = """
INSERT INTO passport.evidence (person_id, requirement_id, completed_on, is_verified, hours, source, reference,
                               recorded_by, supersedes, intake_id, provider_id)
SELECT kept.person_id, kept.requirement_id, kept.completed_on, true, coalesce(kept.hours, old.hours), $2,
       kept.reference, $1, kept.supersedes, $3, old.provider_id
  FROM kept_learning AS kept
  LEFT JOIN LATERAL (SELECT hours, provider_id FROM passport.evidence WHERE id = kept.supersedes LIMIT 1) AS old ON true
"""


@dataclass(frozen=True, slots=True)
class LearningExtract:
    """The learning system's extract, for the intake. What it prints as the day of expiry is left to policy."""

    kind: str = "learning"

    def layout(self, mapping: Source) -> Layout:
        """Return the columns that the mapping names."""
        found = learning_mapping(mapping)
        return Layout(found.columns, found.table.source, found.table.encoding)

    async def stage(self, connection: Connection, staging: Staging) -> Judged:
        """Judge every line: by itself, beside the others, and beside what is recorded."""
        mapping = learning_mapping(staging.mapping)
        force = await force_named(staging.force_code)
        known = Known(
            await holders(connection, force.id),
            await requirement_ids(connection),
            frozenset(await in_hours(force.id, staging.effective_on)),
        )
        habit = await asyncio.to_thread(_habit, staging)
        dates = Dates(mapping.table.date_order, habit)
        lines = LearningLines(staging.table, mapping, known, dates, on=staging.effective_on)
        await connection.execute(_STAGED)
        read = await _copy(connection, staging, lines)
        await connection.execute("ANALYZE staged_learning")
        await connection.execute("SET LOCAL enable_memoize = off")  # no completion is looked up twice
        await connection.execute(_JUDGE, staging.intake_id)
        await _give_back_cells(connection, staging)
        return Judged(read, tuple(_warnings(mapping, habit)))

    async def commit(self, connection: Connection, staged: Staged) -> None:
        """Record what is new, and correct what has changed."""
        await connection.execute(_KEPT, staged.intake_id)
        corrected = await connection.fetchval("SELECT count(supersedes) FROM kept_learning")
        gone = await connection.execute(
            _SUPERSEDE, staged.committed_by, f"corrected by intake {staged.intake_id}"
        )
        added = await connection.execute(_RECORD, staged.committed_by, staged.source, staged.intake_id)
        if gone != f"UPDATE {corrected}" or added != f"INSERT 0 {staged.kept}":
            raise OvertakenError


async def _copy(connection: Connection, staging: Staging, lines: LearningLines) -> int:
    """Read the file in pieces, so that no more than one of them is ever in memory."""
    rows: Iterator[StagedRow] = lines.staged(staging.table.lines())
    about, read = staging.table.survey.line_ends, 0
    while piece := await asyncio.to_thread(_take, rows):
        await connection.copy_records_to_table("staged_learning", columns=COLUMNS, records=piece)
        read += len(piece)
        staging.progress(read, max(about, read))
    return read


def _take(rows: Iterator[StagedRow]) -> list[StagedRow]:
    return list(islice(rows, CHUNK))


def _habit(staging: Staging) -> Habit:
    """Count how the whole file writes its dates, before any of them is read."""
    place, width = staging.table.places["completed_on"], len(staging.table.header)
    return habit_of(
        Counter(cells[place] for _, cells in staging.table.lines() if len(cells) == width).items()
    )


async def _give_back_cells(connection: Connection, staging: Staging) -> None:
    """Keep the cells of lines that became suspicious only beside others: they go back to the force as they came."""
    rows = await connection.fetch(
        "SELECT line FROM foundation.intake_line WHERE intake_id = $1 AND verdict = 'suspicious' AND raw IS NULL",
        staging.intake_id,
    )
    wanted = {row["line"] for row in rows}
    if wanted:
        await connection.executemany(
            "UPDATE foundation.intake_line SET raw = $3 WHERE intake_id = $1 AND line = $2",
            [(staging.intake_id, line, cells) for line, cells in staging.table.lines() if line in wanted],
        )


def _warnings(mapping: LearningMapping, habit: Habit) -> Iterator[str]:
    order = mapping.table.date_order
    if habit.either and order is not DateOrder.FROM_FILE:
        yield (
            f"{as_count(habit.either, 'date')} could be read either way and taken {order.value}, as the mapping says; "
            f"of the others {as_number(habit.day_first)} can only be day first, "
            f"{as_number(habit.month_first)} only month first."
        )
