"""Which day does a cell mean, and may we be sure of it?

Written by hand: dateutil reads 05/29/2024 day first as 29 May without a word (traps F1), and what we need of a
date we cannot read surely is precisely the word.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from foundation.wording import as_date

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*([ap]m|z|[+-]\d\d:?\d\d)?$", re.IGNORECASE)
_NUMBERS = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})$")
_YEAR_FIRST = re.compile(r"(\d{4})[/.\-]?(\d{2})[/.\-]?(\d{2})$")
_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ \-/]([a-z]{3,9})\.?,?[ \-/](\d{4}|\d{2})$", re.IGNORECASE)
_NAME_FIRST = re.compile(r"([a-z]{3,9})\.?[ \-](\d{1,2})(?:st|nd|rd|th)?,?[ \-](\d{4})$", re.IGNORECASE)
CENTURY = 100
PIVOT = 69  # as strptime has it: 68 is 2068, 69 is 1969
HABIT_OF = 20


class DateOrder(StrEnum):
    """Which of two numbers is the day. `as the file does` counts the dates that can be read in one way only."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"
    FROM_FILE = "as the file does"


@dataclass(frozen=True, slots=True)
class Habit:
    """How many dates of a file can only be day first, only be month first, or be either."""

    day_first: int = 0
    month_first: int = 0
    either: int = 0

    def order(self) -> DateOrder | None:
        """Return the order that the file keeps to without exception, if it shows one."""
        if self.day_first >= HABIT_OF and not self.month_first:
            return DateOrder.DAY_FIRST
        if self.month_first >= HABIT_OF and not self.day_first:
            return DateOrder.MONTH_FIRST
        return None


@dataclass(frozen=True, slots=True)
class Reading:
    """The day a cell means; or what is wrong with the cell; or what has to be asked about it."""

    day: date | None = None
    fault: str | None = None
    question: str | None = None


class Dates:
    """The dates of one file, each distinct cell read once."""

    def __init__(self, order: DateOrder, habit: Habit) -> None:
        self.habit = habit
        self._order = _settled(order, habit)
        self._read: dict[str, Reading] = {}

    def read(self, cell: str) -> Reading:
        """Read a cell that is not blank."""
        found = self._read.get(cell)
        if found is None:
            found = self._read[cell] = self._reading(cell.strip())
        return found

    def _reading(self, text: str) -> Reading:
        bare = _TIME.sub("", text)
        numbers = _NUMBERS.match(bare)
        if numbers is None:
            return _written_out(bare, text)
        first, second, year = int(numbers[1]), int(numbers[2]), _full(numbers[3])
        by_day, by_month = _day(year, second, first), _day(year, first, second)
        if by_day is None and by_month is None:
            return Reading(fault=f"“{text}” is no day of the calendar")
        if by_day is not None and by_month is not None and by_day != by_month:
            return self._either(text, by_day, by_month)
        day = by_day or by_month
        wanted = by_month if self._order is DateOrder.MONTH_FIRST else by_day
        if day is None or (wanted is None and self._order is not None):
            return Reading(question=_swapped(text, self._order, day))
        return Reading(day=day)

    def _either(self, text: str, by_day: date, by_month: date) -> Reading:
        if self._order is None:
            return Reading(
                question=f"“{text}”: is it {as_date(by_day)} or {as_date(by_month)}? Of this file's dates"
                f" {self.habit.day_first:,} can only be day first and {self.habit.month_first:,} only month first"
            )
        return Reading(day=by_day if self._order is DateOrder.DAY_FIRST else by_month)


def habit_of(cells: Iterable[tuple[str, int]]) -> Habit:
    """Count the habit of a file from its distinct dates and how often each comes."""
    day_first = month_first = either = 0
    for cell, times in cells:
        numbers = _NUMBERS.match(_TIME.sub("", cell.strip()))
        if numbers is None:
            continue
        first, second, year = int(numbers[1]), int(numbers[2]), _full(numbers[3])
        by_day, by_month = _day(year, second, first), _day(year, first, second)
        if by_day and by_month:
            either += times if by_day != by_month else 0
        elif by_day:
            day_first += times
        elif by_month:
            month_first += times
    return Habit(day_first, month_first, either)


def _settled(order: DateOrder, habit: Habit) -> DateOrder | None:
    """Return the order to read by, or None where neither the mapping nor the file settles it."""
    if order is DateOrder.FROM_FILE:
        return habit.order()
    against = habit.month_first if order is DateOrder.DAY_FIRST else habit.day_first
    agreeing = habit.day_first if order is DateOrder.DAY_FIRST else habit.month_first
    # A mapping that most of the file contradicts describes another file.
    return None if against > agreeing else order


def _written_out(bare: str, text: str) -> Reading:
    if found := _YEAR_FIRST.match(bare):
        day = _day(int(found[1]), int(found[2]), int(found[3]))
    elif found := _NAMED.match(bare):
        day = _day(_full(found[3]), _month(found[2]), int(found[1]))
    elif found := _NAME_FIRST.match(bare):
        day = _day(int(found[3]), _month(found[1]), int(found[2]))
    else:
        return Reading(fault=f"“{_short(text)}” is not a date")
    return Reading(day=day) if day else Reading(fault=f"“{_short(text)}” is no day of the calendar")


def _swapped(text: str, order: DateOrder | None, day: date | None) -> str:
    other = DateOrder.MONTH_FIRST if order is DateOrder.DAY_FIRST else DateOrder.DAY_FIRST
    meant = f" {other.value} it is {as_date(day)}" if day else ""
    return f"“{text}” is no day read {order.value if order else ''};{meant}. Is that the day?"


def _month(name: str) -> int:
    short = name[:3].lower()
    return MONTHS.index(short) + 1 if short in MONTHS else 0


def _full(year: str) -> int:
    number = int(year)
    if len(year) > 2:  # noqa: PLR2004 - two figures leave the century open
        return number
    return number + 20 * CENTURY if number < PIVOT else number + 19 * CENTURY


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"  # noqa: PLR2004 - enough to know the cell by
