"""How does a force's personnel extract become people, posts, numbers, lines and absences?"""

import asyncio
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

import msgspec
from asyncpg import Connection

from foundation.intake.cells import is_damaged, mended, tidy
from foundation.intake.dates import DateOrder, Dates, Habit, habit_of
from foundation.intake.errors import OvertakenError
from foundation.intake.kinds import Judged, Layout, Staged, Staging
from foundation.intake.mapping import Source
from foundation.intake.verdicts import KEPT, RETURNED, Judgement
from foundation.wording import as_count, as_number
from people.extracts.facts import (
    Force,
    force_named,
    held_collars,
    in_post_without,
    known_people,
    used_numbers,
)
from people.extracts.judging import Judging, Recorded
from people.extracts.lines import HrLines
from people.extracts.mapping import HrMapping, hr_mapping
from people.extracts.rules import Known, Stated
from people.extracts.writing import Commit, Writes, writes
from people.persons import directory
from people.persons.rules import national_id
from people.records import SAYS, Fact

STEP = 1_000
LINE_COLUMNS = ("intake_id", "line", "verdict", "reason", "raw", "staged")
# Numbers before posts: all of it is one transaction, but a refusal should name the first thing that is wrong.
ORDER = (Fact.IDENTIFIER, Fact.POST, Fact.LINE, Fact.ABSENCE)


@dataclass(frozen=True, slots=True)
class _Read:
    """A file's lines: what each says, or the verdict on it, and its cells."""

    stated: list[Stated]
    unfit: dict[int, Judgement]
    cells: dict[int, list[str]]
    numbers: frozenset[str]
    habit: Habit


@dataclass(frozen=True, slots=True)
class HrExtract:
    """The personnel extract, for the intake."""

    kind: str = "hr"

    def layout(self, mapping: Source) -> Layout:
        """Return the columns that the mapping names."""
        found = hr_mapping(mapping)
        return Layout(found.columns, "personnel system", found.table.encoding)

    async def stage(self, connection: Connection, staging: Staging) -> Judged:
        """Judge every line beside the others and what is recorded."""
        mapping, on = hr_mapping(staging.mapping), staging.effective_on
        force = await force_named(staging.force_code)
        read = await asyncio.to_thread(_read, staging, mapping)
        people = await known_people(connection, force.id, on)
        recorded = Recorded(force.id, people, await held_collars(connection, force.id, on))
        judging = await asyncio.to_thread(Judging, read.stated, recorded, read.numbers)
        await _keep_lines(connection, staging, read, judging)
        missing = await in_post_without(connection, force.id, on, sorted(read.numbers))
        return Judged(len(read.cells), tuple(_warnings(read, mapping, judging, missing)))

    async def commit(self, connection: Connection, staged: Staged) -> None:
        """Write what the lines say that is new or has changed."""
        force = await force_named(staged.force_code)
        lines = await _staged_lines(connection, staged.intake_id)
        known = await known_people(connection, force.id, staged.effective_on)
        new = await _enter_people(connection, [stated for stated in lines if stated.payroll not in known])
        commit = await _commit(connection, force, staged, _units(lines, known))
        found = writes(lines, known, new, commit)
        await _write(connection, found, staged, commit.at)
        await directory.refresh(connection, found.touched, on=staged.effective_on)


def _read(staging: Staging, mapping: HrMapping) -> _Read:
    places = staging.table.places
    started, payroll = places.get("started_on"), places["payroll"]
    cells = dict(staging.table.lines())
    width = len(staging.table.header)
    dated = Counter(one[started] for one in cells.values() if started is not None and len(one) == width)
    habit = habit_of(dated.items())
    reader = HrLines(staging.table, mapping, Dates(mapping.table.date_order, habit), on=staging.effective_on)
    stated, unfit = [], {}
    for done, (line, one) in enumerate(cells.items(), start=1):
        said = reader.read(line, one)
        if isinstance(said, Stated):
            stated.append(said)
        else:
            unfit[line] = said
        if done % STEP == 0 or done == len(cells):
            staging.progress(done, len(cells))
    numbers = frozenset(
        tidy(one[payroll]) for one in cells.values() if len(one) > payroll and not is_damaged(one)
    )
    return _Read(stated, unfit, cells, numbers - {""}, habit)


async def _keep_lines(connection: Connection, staging: Staging, read: _Read, judging: Judging) -> None:
    said = {stated.line: stated for stated in judging.accepted.values()}
    verdicts = read.unfit | judging.verdicts
    most = staging.table.limits.cell
    rows = []
    for line, cells in read.cells.items():
        verdict, reason = verdicts[line].verdict, verdicts[line].reason or None
        raw = mended(cells, most) if verdict in RETURNED else None
        staged = msgspec.json.encode(said[line]).decode() if verdict in KEPT else None
        kept_reason = mended([reason], most)[0] if reason else None
        rows.append((staging.intake_id, line, verdict.value, kept_reason, raw, staged))
    await connection.copy_records_to_table(
        "intake_line", schema_name="foundation", columns=LINE_COLUMNS, records=rows
    )


def _warnings(read: _Read, mapping: HrMapping, judging: Judging, missing: int) -> list[str]:
    found = []
    if missing:
        people = as_count(missing, "person", "people")
        found.append(f"{people} in post in this force not in the file: nothing of theirs was ended.")
    if judging.waiting_for_supervisor:
        people = as_count(judging.waiting_for_supervisor, "person", "people")
        found.append(f"{people} kept without a supervisor, whose own line is rejected or in question.")
    order = mapping.table.date_order
    if read.habit.either and order is not DateOrder.FROM_FILE:
        found.append(
            f"{as_count(read.habit.either, 'date')} could be read either way and taken {order.value}, as the mapping says; "
            f"of the others {as_number(read.habit.day_first)} can only be day first, "
            f"{as_number(read.habit.month_first)} only month first."
        )
    return found


async def _staged_lines(connection: Connection, intake_id: int) -> list[Stated]:
    rows = await connection.fetch(
        "SELECT staged FROM foundation.intake_line WHERE intake_id = $1 AND verdict = ANY($2) ORDER BY line",
        intake_id, list(KEPT),
    )  # fmt: skip
    return [msgspec.json.decode(row["staged"], type=Stated) for row in rows]


def _units(lines: list[Stated], known: dict[str, Known]) -> set[str]:
    theirs = [known[stated.payroll] for stated in lines if stated.payroll in known]
    held = {one.post.unit for one in theirs if one.post and one.post.unit}
    return held | {stated.unit for stated in lines if stated.unit}


async def _commit(connection: Connection, force: Force, staged: Staged, units: set[str]) -> Commit:
    await connection.execute(
        """INSERT INTO people.unit (force_id, name) SELECT $1, name FROM unnest($2::text[]) AS name ORDER BY name
           ON CONFLICT (force_id, name) DO NOTHING""",
        force.id, sorted(units),
    )  # fmt: skip
    rows = await connection.fetch("SELECT name, id FROM people.unit WHERE force_id = $1", force.id)
    at: datetime = await connection.fetchval("SELECT clock_timestamp()")
    return Commit(
        force_id=force.id,
        on=staged.effective_on,
        at=at,
        by=staged.committed_by,
        units={row["name"]: row["id"] for row in rows},
        used_numbers=await used_numbers(connection, force.id),
    )


async def _enter_people(connection: Connection, lines: list[Stated]) -> dict[str, int]:
    """Enter everyone first seen, each under a national identifier of their own; return their numbers."""
    identifiers = await _draw_national_ids(connection, len(lines))
    ids = await _draw(connection, "pg_get_serial_sequence('people.person', 'id')", len(lines))
    entered = [
        (number, identifier, one.given_names, one.family_name, one.known_as, one.email, one.started_on)
        for number, identifier, one in zip(ids, identifiers, lines, strict=True)
    ]
    columns = ("id", "national_id", "given_names", "family_name", "known_as", "email", "joined_on")
    await connection.copy_records_to_table("person", schema_name="people", columns=columns, records=entered)
    return {one.payroll: number for number, one in zip(ids, lines, strict=True)}


async def _draw_national_ids(connection: Connection, count: int) -> list[str]:
    found: list[str] = []
    while len(found) < count:
        drawn = await _draw(connection, "'people.national_number'", count - len(found))
        found += [identifier for identifier in map(national_id, drawn) if identifier is not None]
    return found


async def _draw(connection: Connection, sequence: str, count: int) -> list[int]:
    rows = await connection.fetch(
        f"SELECT nextval({sequence}) AS number FROM generate_series(1, $1::int)",  # noqa: S608 - our own sequences
        count,
    )
    return [row["number"] for row in rows]


async def _write(connection: Connection, found: Writes, staged: Staged, at: datetime) -> None:
    reason = f"intake {staged.intake_id}"
    for fact, ids in found.superseded.items():
        gone = await connection.execute(
            f"""UPDATE {fact} SET superseded_at = $2, superseded_by = $3, superseded_reason = $4
                 WHERE id = ANY($1) AND superseded_at IS NULL""",  # noqa: S608 - our own names
            ids, at, staged.committed_by, reason,
        )  # fmt: skip
        if gone != f"UPDATE {len(ids)}":
            raise OvertakenError
    await connection.execute(
        """UPDATE people.person SET family_name = family, given_names = given, known_as = coalesce(known, known_as),
                  email = coalesce(mail, person.email), joined_on = coalesce(joined, joined_on)
             FROM unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::text[], $6::date[])
                  AS said(id, family, given, known, mail, joined)
            WHERE person.id = said.id""",
        *([list(column) for column in zip(*found.people, strict=True)] or [[] for _ in range(6)]),
    )
    for fact in ORDER:
        schema, _, table = fact.partition(".")
        columns = (*SAYS[fact].split(", "), "valid_from", "valid_until", "recorded_at", "recorded_by")
        await connection.copy_records_to_table(
            table, schema_name=schema, columns=columns, records=found.records[fact]
        )
