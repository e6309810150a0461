"""How long is each bar of a chart, in hundredths of the width?"""

from collections.abc import Sequence
from dataclasses import dataclass

from foundation.parts import Tone


@dataclass(frozen=True, slots=True)
class Series:
    """What one bar of every row says, for example how many are due."""

    words: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class Row:
    """A row's label, and the number that each series has there; `note` tells the numbers beside the picture."""

    label: str
    numbers: Sequence[float]
    note: str = ""


@dataclass(frozen=True, slots=True)
class DrawnRow:
    """A row with the width of each of its bars."""

    label: str
    note: str
    widths: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """A drawing ready for the page; `limit_left` is where a line stands that no bar should pass."""

    caption: str
    series: tuple[Series, ...]
    rows: tuple[DrawnRow, ...]
    limit_left: float | None = None
    limit_words: str = ""


def draw_bars(
    caption: str,
    series: Sequence[Series],
    rows: Sequence[Row],
    *,
    limit: float | None = None,
    limit_words: str = "",
) -> Bars:
    """Draw rows of bars to one scale, from nought to the longest of them, or to the limit where that is longer."""
    longest = max([*(number for row in rows for number in row.numbers), limit or 0], default=0) or 1
    return Bars(
        caption,
        tuple(series),
        tuple(
            DrawnRow(row.label, row.note, tuple(_width(one, longest) for one in row.numbers)) for row in rows
        ),
        None if limit is None else _width(limit, longest),
        limit_words,
    )


def _width(number: float, longest: float) -> float:
    """What is not nothing still shows."""
    return max(round(100 * number / longest, 2), 0.6) if number else 0.0
