"""Which of a table's numbers may be told to everybody, so that nobody can be found behind one?

Numbers under five are hidden, nought included, and all others rounded to five (trust section 3). Totals are rounded for
themselves, and moved where one would betray what is hidden: whoever subtracts all that is shown from a total is left
with every number from nought to four. That holds for somebody who knows their own force's numbers, too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

SMALL = 5
ROUNDED_TO = 5
MOST_HIDDEN = SMALL - 1
OFF_BY = ROUNDED_TO // 2
"""A number rounded to five is off by two at most."""
KNOWN_BESIDES = MOST_HIDDEN
"""By how much whoever knows one force exactly subtracts more precisely than everybody else."""


@dataclass(frozen=True, slots=True)
class Figures:
    """A row of numbers for everybody, in the order of the columns, and their total; None is a number that is hidden."""

    people: Sequence[int | None]
    total: int | None


@dataclass(frozen=True, slots=True)
class Table:
    """The rows by force, and the columns' totals with the total of all."""

    rows: Mapping[str, Figures]
    everyone: Figures


def told(number: int) -> int | None:
    """Return a number as everybody may be told it; None for a small one."""
    return None if number < SMALL else _rounded(number)


def table(counts: Mapping[str, Sequence[int]]) -> Table:
    """Return what everybody may be told of the counts by force; every row has the same columns.

    The total of all is added up from what the rows tell: it can say no more than they do.
    """
    rows = {force: Figures(tuple(told(one) for one in row), total(row)) for force, row in counts.items()}
    columns = zip(*counts.values(), strict=True)
    below = tuple(total(column, known=KNOWN_BESIDES) for column in columns)
    sums = [row.total for row in rows.values() if row.total is not None]
    return Table(rows, Figures(below, sum(sums) if sums else None))


def exactly(row: Sequence[int]) -> Figures:
    """Return a row as whoever answers for the force may see it."""
    return Figures(tuple(row), sum(row))


def total(numbers: Sequence[int], *, known: int = 0) -> int | None:
    """Return the total of numbers as everybody may be told it: the nearest five that narrows none of them down.

    Every number told leaves five values open, a hidden one those from nought to four; so does it still when all others
    are subtracted from the total. Where no five would do, the total is hidden, which depends on what is told alone.
    """
    least, most = _limits([told(one) for one in numbers], known=known)
    whole = sum(numbers)
    if least > most or whole < SMALL:
        return None
    return min(max(_rounded(whole), least), most) or None


def _limits(shown: Sequence[int | None], *, known: int) -> tuple[int, int]:
    """Return the least and the greatest total that narrow nothing down."""
    rounded = [one for one in shown if one is not None]
    fewest = sum(rounded) - OFF_BY * len(rounded)
    most = fewest + MOST_HIDDEN * len(shown)
    return _rounded_up(fewest + OFF_BY + known), _rounded_down(most - OFF_BY - known)


def _rounded(number: int) -> int:
    return _rounded_down(number + OFF_BY)


def _rounded_down(number: int) -> int:
    return number // ROUNDED_TO * ROUNDED_TO


def _rounded_up(number: int) -> int:
    return -_rounded_down(-number)
