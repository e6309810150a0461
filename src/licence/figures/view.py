"""How do the figures read on the page and in the file?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from foundation.intake.download import csv_line
from foundation.wording import as_number, as_sentence_case
from licence.figures.facts import COLUMNS
from licence.figures.reading import ForceFigures, Told
from licence.figures.rules import SMALL, Figures

PATH = "/national"
HIDDEN = f"<{SMALL}"
"""Stands for a number that is hidden, nought among them."""
WITHHELD = "Not shown"
"""Stands for a total that would betray a hidden number, or is hidden itself."""
HEADINGS = ("All", *(as_sentence_case(each) for each in COLUMNS))
EVERYONE = "All forces"


@dataclass(frozen=True, slots=True)
class Row:
    """A force or all of them, with each number as it is shown."""

    name: str
    cells: Sequence[str]
    is_exact: bool = False


def rows(told: Told) -> Sequence[Row]:
    """Return a row for every force of which anything can be shown: one's own first, then by name."""
    shown = sorted((one for one in told.forces if not one.says_nothing), key=lambda one: not one.is_exact)
    return [Row(one.name, _cells(one.figures), one.is_exact) for one in shown]


def everyone(told: Told) -> Row:
    """Return the row of all forces together."""
    return Row(EVERYONE, _cells(told.everyone))


def silent(told: Told) -> Sequence[str]:
    """Return the forces of which nothing can be shown."""
    return [one.name for one in told.forces if one.says_nothing]


def _cells(figures: Figures) -> Sequence[str]:
    told = [HIDDEN if one is None else as_number(one) for one in figures.people]
    return (WITHHELD if figures.total is None else as_number(figures.total), *told)


def as_file(told: Told) -> str:
    """Return the figures as CSV: what the page shows, with every force."""
    lines = [csv_line(("Code", "Force", *HEADINGS, "Rounded"))]
    lines += [_line(one) for one in told.forces]
    return "".join((*lines, csv_line(("", EVERYONE, *_plain(told.everyone), "yes"))))


def _line(one: ForceFigures) -> str:
    return csv_line((one.code, one.name, *_plain(one.figures), "no" if one.is_exact else "yes"))


def _plain(figures: Figures) -> Iterable[str]:
    yield WITHHELD if figures.total is None else str(figures.total)
    yield from (HIDDEN if one is None else str(one) for one in figures.people)
