"""Is a file read whatever its letters, separators and blanks, and refused quickly where it is no table?"""

import resource
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from foundation.intake.errors import UnreadableFileError
from foundation.intake.survey import FOR_PAGES, Limits, survey
from foundation.intake.table import Column, Line, Table, find_table

COLUMNS = (
    Column("number", ("Payroll No", "Employee")),
    Column("name", ("Surname",)),
    Column("note", ("Note",), False),
)
NAMES = ["O’Shaughnessy-Ní", "Zoë", "Renée", "Siân", "José", "Müller"]


def opened(path: Path, limits: Limits | None = None, declared: str | None = None) -> Table:
    limits = limits or Limits()
    return find_table(path, survey(path, limits, declared=declared), COLUMNS, limits)


@pytest.fixture
def table(tmp_path: Path) -> Callable[..., Table]:
    def write(text: str | bytes, encoding: str = "utf-8", **options: str) -> Table:
        path = tmp_path / "extract.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return opened(path, **options)  # type: ignore[arg-type]

    return write


Opener = Callable[..., Table]


def lines(found: Table) -> list[Line]:
    return list(found.lines())


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman"]
)
def test_names_keep_their_letters_in_any_encoding(table: Opener, encoding: str) -> None:
    text = "Payroll No,Surname\n" + "".join(f"{number},{name}\n" for number, name in enumerate(NAMES))
    found = table(text, encoding)
    assert [cells[1] for _, cells in lines(found)] == NAMES


def test_the_encoding_is_judged_by_all_of_the_file_and_not_by_its_head(table: Opener) -> None:
    plain = "Payroll No,Surname\n" + "1,Smith\n" * 400_000
    assert table(plain.encode() + "2,Zoë\n".encode("cp1252")).survey.encoding == "cp1252"
    assert table(plain.encode() + "2,Zoë\n".encode()).survey.encoding == "utf-8"


def test_a_few_damaged_bytes_do_not_garble_every_other_name(table: Opener) -> None:
    good = "".join(f"{number},Zoë Siân\n" for number in range(50))
    found = table(f"Payroll No,Surname\n{good}".encode() + b"99,Ren\xe9e\n")
    assert found.survey.encoding == "utf-8"
    assert found.survey.damaged
    assert lines(found)[0][1] == ["0", "Zoë Siân"]


def test_a_mapping_may_name_the_encoding_but_the_bytes_are_believed_first(table: Opener) -> None:
    assert table("Payroll No,Surname\n1,Zoë\n", "cp850", declared="cp850").survey.encoding == "cp850"
    assert table("Payroll No,Surname\n1,Zoë\n", "utf-8", declared="cp850").survey.encoding == "utf-8"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_whatever_separates_the_cells_the_columns_tell(table: Opener, separator: str) -> None:
    found = table(
        f"Payroll No{separator}Surname\n1{separator}“Smith, Jones; and | Co”\n".replace(separator, separator)
    )
    assert found.delimiter == separator


@pytest.mark.parametrize(
    "header",
    [" PAYROLL  NO ,surname", '"Payroll_No","Surname"', "Surname,Employee", "'Payroll No','Surname'"],
)
def test_a_header_is_found_however_it_is_cased_spaced_or_quoted(table: Opener, header: str) -> None:
    assert set(table(f"{header}\n1,2\n").places) == {"number", "name"}


def test_a_title_above_the_header_is_no_line(table: Opener) -> None:
    found = table("Report of 22/11/2026\n\nPayroll No,Surname\n1,Smith\n")
    assert lines(found) == [(4, ["1", "Smith"])]


def test_a_line_goes_by_where_it_begins_in_the_text(table: Opener) -> None:
    found = table('Payroll No,Surname,Note\r\n1,Smith,"two\r\nlines"\r\n\r\n2,Jones,"a ""word"""\r\n')
    assert lines(found) == [(2, ["1", "Smith", "two\r\nlines"]), (5, ["2", "Jones", 'a "word"'])]


def test_a_column_we_do_not_need_may_be_there_twice_but_one_we_need_may_not(table: Opener) -> None:
    assert table("Payroll No,Surname,Other,Other\n1,2,3,4\n").places["number"] == 0
    with pytest.raises(UnreadableFileError, match="“Surname” is there twice"):
        table("Payroll No,Surname,Surname\n1,2,3\n")


def test_a_missing_column_is_named_with_the_nearest(table: Opener) -> None:
    with pytest.raises(UnreadableFileError, match="no column “Surname”; is it “Sur-name”"):
        table("Payroll No,Sur-name\n1,2\n")


def test_a_quotation_mark_that_is_never_closed_hides_no_lines(table: Opener) -> None:
    found = table('Payroll No,Surname\n1,"Smith\n' + "2,Jones\n" * 1000)
    with pytest.raises(UnreadableFileError, match="opened on line 2 is not closed"):
        lines(found)


@pytest.mark.parametrize("text", ["", " \n", "\ufeff"])
def test_an_empty_file_is_refused(table: Opener, text: str) -> None:
    with pytest.raises(UnreadableFileError):
        table(text)


def test_a_page_takes_no_more_than_its_limits(tmp_path: Path) -> None:
    path = tmp_path / "extract.csv"
    path.write_text("Payroll No,Surname\n" + "1,Smith\n" * 50_001)
    with pytest.raises(UnreadableFileError, match="more than 50,000 lines"):
        lines(opened(path, FOR_PAGES))
    path.write_text("Payroll No,Surname\n" + "1,Smith and more\n" * 800_000)
    with pytest.raises(UnreadableFileError, match="larger than 10 MB"):
        opened(path, FOR_PAGES)


@pytest.mark.parametrize(
    ("start", "words"),
    [
        (b"Payroll No,Surname\n1,", "has no end"),
        (b"Payroll No,Surname\n1,a\0b\n", "NUL"),
        (b"Payroll No,Surname\n" + b"," * 1_000_000, "has no end"),
        (b"Payroll No,Surname" + b",a" * 300 + b"\n", "302 columns"),
        (b"Payroll No,Surname\n" + b"a" * 1_000_000 + b"\n1,Smith\n", "Line 2 has no end"),
        (b"a" * 1_000_000, "first line of the file cannot be read"),
    ],
    ids=[
        "a line of a gigabyte",
        "a NUL",
        "a million columns",
        "300 columns",
        "a long line below the header",
        "one long line",
    ],
)
def test_what_is_no_table_is_refused_at_once_and_in_little_memory(
    tmp_path: Path, start: bytes, words: str
) -> None:
    path = tmp_path / "bomb.csv"
    with path.open("wb") as file:
        file.write(start)
        if words == "has no end":
            # A hole in the file: a gigabyte to read, nothing to store. Letters come first, or the NULs would be found.
            file.write(b"x" * 3_000_000)
            file.truncate(1 << 30)
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    with pytest.raises(UnreadableFileError, match=words):
        lines(opened(path))
    assert time.process_time() - began < 2
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000
