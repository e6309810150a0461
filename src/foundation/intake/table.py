"""Where do a file's columns stand, and what are its lines, one at a time and never more of it in memory?

A line of the file is one record: a quoted cell may run over several lines of text, and the record then goes by the
number of the first, counted as a text editor counts. Lines without any text are no lines.
"""

import csv
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice, product
from pathlib import Path
from typing import TextIO

from foundation.intake.errors import UnreadableFileError
from foundation.intake.survey import Limits, Survey

DELIMITERS = (",", ";", "\t", "|")
QUOTES = ('"', "'")
HEADER_WITHIN = 20
LINES_IN_A_CELL = 50

Line = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Column:
    """A column we look for, by any of the names it may have."""

    name: str
    headings: tuple[str, ...]
    is_required: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """A file whose header has been found."""

    path: Path
    survey: Survey
    limits: Limits
    delimiter: str
    quote: str
    header: tuple[str, ...]
    header_record: int
    places: Mapping[str, int]

    def lines(self) -> Iterator[Line]:
        """Read the lines below the header, each with the number of the line of text on which it begins.

        :raises UnreadableFileError: a line or cell has no end, or there are more lines than are taken.
        """
        with _open(self.path, self.survey) as stream:
            most = self.limits.lines
            reader = _Records(stream, self.limits, self.delimiter, self.quote)
            for count, line in enumerate(islice(reader, self.header_record, None), start=1):
                if most is not None and count > most:
                    raise UnreadableFileError(f"The file has more than {most:,} lines: hand it in in parts.")
                yield line


class _Records:
    """The records of a stream that are not blank, read with bounded memory."""

    def __init__(self, stream: TextIO, limits: Limits, delimiter: str, quote: str) -> None:
        self._stream, self._limits = stream, limits
        self._number = self._begun = 0
        self._reader = csv.reader(iter(self._text, ""), delimiter=delimiter, quotechar=quote)

    def __iter__(self) -> Iterator[Line]:
        try:
            for cells in self._reader:
                begun, self._begun = self._begun + 1, self._number
                if cells:
                    yield begun, cells
        except (csv.Error, UnicodeDecodeError) as fault:
            raise UnreadableFileError(f"Line {self._begun + 1} cannot be read: {fault}.") from fault

    def _text(self) -> str:
        text = self._stream.readline(self._limits.line)
        self._number += 1
        if len(text) >= self._limits.line:
            raise UnreadableFileError(f"Line {self._number} has no end: is this a table of text?")
        if "\0" in text:
            raise UnreadableFileError(f"Line {self._number} holds a NUL: it is no text, or it is damaged.")
        if self._number - self._begun > LINES_IN_A_CELL:
            raise UnreadableFileError(
                f"A quotation mark opened on line {self._begun + 1} is not closed within {LINES_IN_A_CELL} lines."
            )
        return text


def find_table(path: Path, survey: Survey, columns: tuple[Column, ...], limits: Limits) -> Table:
    """Find the header among a file's first lines, whatever separates its cells: the columns we look for tell.

    :raises UnreadableFileError: no line holds the columns we need, or one of them twice.
    """
    try:
        with _open(path, survey) as stream:
            start = "".join(islice(iter(lambda: stream.readline(limits.line), ""), HEADER_WITHIN))
    except UnicodeDecodeError as fault:
        raise UnreadableFileError(
            f"The file is not written in {survey.encoding}, or it is damaged."
        ) from fault
    found = [
        (len(_places(cells, columns)), -number, delimiter, quote, cells)
        for delimiter, quote in product(DELIMITERS, QUOTES)
        for number, cells in enumerate(_split(start, delimiter, quote), start=1)
    ]
    if not found:
        raise UnreadableFileError("The first line of the file cannot be read: is this a table of text?")
    # The first of equals: the usual separator and quotation mark, the line nearest the top.
    _, number, delimiter, quote, header = max(found, key=lambda one: one[:2])
    _check(header, columns, limits)
    places = _places(header, columns)
    return Table(path, survey, limits, delimiter, quote, tuple(header), -number, places)


def _split(start: str, delimiter: str, quote: str) -> list[list[str]]:
    """Split what can be: a line without end hides no header above it, and is told of where the lines are read."""
    found = []
    with suppress(csv.Error):
        for cells in csv.reader(start.splitlines(keepends=True), delimiter=delimiter, quotechar=quote):
            if cells:
                found.append(cells)  # noqa: PERF401 - what was read before the fault is kept
    return found


def _open(path: Path, survey: Survey) -> TextIO:
    return path.open(
        encoding=survey.encoding, errors="surrogateescape" if survey.damaged else "strict", newline=""
    )


def _heading(cell: str) -> str:
    return " ".join(cell.replace("\ufeff", "").replace("\u00a0", " ").replace("_", " ").split()).casefold()


def _places(header: list[str], columns: tuple[Column, ...]) -> dict[str, int]:
    headings = [_heading(cell) for cell in header]
    places: dict[str, int] = {}
    for column in columns:
        for name in map(_heading, column.headings):
            if name in headings:
                places.setdefault(column.name, headings.index(name))
    return places


def _check(header: list[str], columns: tuple[Column, ...], limits: Limits) -> None:
    if len(header) > limits.columns:
        raise UnreadableFileError(
            f"The file has {len(header):,} columns; at most {limits.columns} are taken."
        )
    places, headings = _places(header, columns), [_heading(cell) for cell in header]
    missing = [column for column in columns if column.is_required and column.name not in places]
    if missing:
        raise UnreadableFileError(f"{'; '.join(_absence(column, header) for column in missing)}.")
    for column in columns:
        place = places.get(column.name)
        if place is not None and headings.count(headings[place]) > 1:
            raise UnreadableFileError(f"The column “{header[place]}” is there twice: which one holds?")


def _absence(column: Column, header: list[str]) -> str:
    named = " or ".join(f"“{heading}”" for heading in column.headings)
    near = get_close_matches(column.headings[0], header, n=1)
    return f"There is no column {named}" + (f"; is it “{near[0]}”?" if near else "")
