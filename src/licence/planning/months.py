"""Which twelve months does a forecast speak of, and in which of them does a day lie?"""

from datetime import date

from licence.planning.rules import Window

MONTHS = 12
"""This month and the eleven after it."""


def month(index: int, on: date) -> date:
    """Return the first day of a month, counted from the month of a day."""
    year, number = divmod(on.year * MONTHS + on.month - 1 + index, MONTHS)
    return date(year, number + 1, 1)


def index_of(day: date, on: date) -> int:
    """Return the month that a day lies in, counted from the month of another; what is past counts as now."""
    return max(0, (day.year - on.year) * MONTHS + day.month - on.month)


def after(on: date) -> date:
    """Return the first day that a forecast no longer speaks of."""
    return month(MONTHS, on)


def window_of(opens_on: date, due_on: date, on: date, *, is_first: bool = False) -> Window:
    """Return the months between two days."""
    last = index_of(due_on, on)
    return Window(min(index_of(opens_on, on), last), last, is_first)
