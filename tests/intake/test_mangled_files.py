"""Whatever is done to a file: is it refused in words, or is every line of it in exactly one verdict?"""

import csv
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foundation.database import fetch_one
from foundation.intake.errors import UnreadableFileError
from foundation.intake.facts import lines
from foundation.intake.verdicts import Verdict
from tests import builders
from tests.intake.handing import HR, LEARNING, enter_requirements, staged

pytestmark = pytest.mark.anyio

CELLS = ["", " ", "=1+1", '"', "'", ";", "\t", "\n", "x4000004", "4000004", "4000012", "29/02/2023", "05/29/2024",
         "03/04/2024", "31/12/2099", "Seargent", "Zoë", "\ufeff", "é" * 3000, "NULL", "🚓", "Complete", "PPST-A", "=", ",,,"]  # fmt: skip
MANGLES = st.lists(
    st.one_of(
        st.tuples(st.just("cell"), st.integers(0, 30), st.integers(0, 12), st.sampled_from(CELLS) | st.text(max_size=8)),
        st.tuples(st.just("repeat"), st.integers(0, 30), st.integers(0, 12), st.just("")),
        st.tuples(st.just("cut"), st.integers(0, 30), st.integers(0, 12), st.just("")),
        st.tuples(st.just("bytes"), st.integers(0, 30), st.integers(0, 12), st.sampled_from(["\x80", "\xff\xfe", "\x00"])),
    ),
    max_size=12,
)  # fmt: skip


def head(path: Path, encoding: str) -> list[list[str]]:
    with path.open(encoding=encoding, newline="") as file:
        return [row for row, _ in zip(csv.reader(file), range(31), strict=False)]


ORIGINALS = {"hr": head(HR, "utf-8-sig"), "learning": head(LEARNING, "cp1252")}


def mangled(rows: list[list[str]], mangles: list[tuple[str, int, int, str]], *, quoted: bool) -> bytes:
    rows = [list(row) for row in rows]
    damage = b""
    for kind, row, cell, text in mangles:
        at = rows[1 + row % (len(rows) - 1)]
        if kind == "cell" and at:
            at[cell % len(at)] = text
        elif kind == "repeat":
            rows.append(list(at))
        elif kind == "cut":
            del at[cell:]
        elif kind == "bytes":
            damage += text.encode("latin-1") + b",\r\n"
    if quoted:
        written = "\r\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    else:
        written = "\r\n".join(",".join(row) for row in rows)
    return written.encode("utf-8", "replace") + b"\r\n" + damage


@pytest.mark.parametrize("kind", ["hr", "learning"])
@given(mangles=MANGLES, quoted=st.booleans())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_every_line_of_a_mangled_file_is_in_exactly_one_verdict(
    database: str, kind: str, mangles: list[tuple[str, int, int, str]], *, quoted: bool
) -> None:
    await enter_requirements()
    if kind == "learning":
        await _somebody()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "mangled.csv"
        path.write_bytes(mangled(ORIGINALS[kind], mangles, quoted=quoted))
        try:
            found = await staged(kind, path, on=date(2026, 11, 22))
        except UnreadableFileError:
            return
    shown = [line.line for verdict in Verdict for line in await lines(found.intake_id, verdict, limit=1000)]
    assert len(shown) == len(set(shown)) == found.lines == sum(found.counts.values())
    if quoted and not any(kind == "bytes" for kind, *_ in mangles):
        written = [row for row in mangled_rows(ORIGINALS[kind], mangles) if row]
        assert found.lines == len(written) - 1


def mangled_rows(rows: list[list[str]], mangles: list[tuple[str, int, int, str]]) -> list[list[str]]:
    """Say which records a quoted file holds: a line without cells is no line."""
    return [
        row
        for row in csv.reader(mangled(rows, mangles, quoted=True).decode().splitlines(keepends=True))
        if row
    ]


async def _somebody() -> None:
    row = await fetch_one("SELECT count(*) AS numbers FROM people.identifier")
    if row is not None and row["numbers"] == 0:
        for number in (
            "4000004",
            "4000012",
            *{row[0] for row in ORIGINALS["learning"][1:10]} - {"4000004", "4000012"},
        ):
            await builders.identifier(await builders.person(), number, scheme="payroll")
