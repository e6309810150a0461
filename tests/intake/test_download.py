"""Does a spreadsheet run nothing of what we hand out, and is nothing of it lost?"""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.intake.download import csv_line, safe, unsafe

CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40)
FORMULAE = st.builds(
    "".join, st.tuples(st.sampled_from(["", "'", " ", "''"]), st.sampled_from("=+-@\t\r＝＋－＠"), CELLS)
)


@pytest.mark.parametrize(
    "cell", ["=1+1", "+44", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", " =cmd|' /C calc'!A0", "'=1"]
)
def test_what_a_spreadsheet_would_run_becomes_text(cell: str) -> None:
    assert safe(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "O’Shaughnessy", "4000004", "31/02/2019", "'tis", " "])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert safe(cell) == cell


@given(CELLS | FORMULAE)
def test_what_was_made_safe_can_be_had_back(cell: str) -> None:
    assert unsafe(safe(cell)) == cell


@given(st.lists(CELLS | FORMULAE, min_size=1, max_size=6))
def test_a_line_handed_out_reads_back_as_the_same_cells(cells: list[str]) -> None:
    read = next(csv.reader(io.StringIO(csv_line(cells), newline="")))
    assert [unsafe(cell) for cell in read] == cells
