"""How are days counted and written while millions of rows are made up?"""

from datetime import date

Day = int
"""A day by its number, counted from 1 January 1970: sums of days are then sums of numbers."""

EPOCH = date(1970, 1, 1).toordinal()
YEAR = 365.25
MONTH = YEAR / 12

WRITTEN: list[str] = [date.fromordinal(EPOCH + number).isoformat() for number in range(36525)]
"""Every day of a century as PostgreSQL reads it, by its number."""


def number_of(day: date) -> Day:
    """Return the number of a day."""
    return day.toordinal() - EPOCH


def date_of(day: Day) -> date:
    """Return the day that a number stands for."""
    return date.fromordinal(EPOCH + day)


def written(day: Day | None) -> str:
    """Return a day as COPY reads it; none is its null."""
    return "\\N" if day is None else WRITTEN[day]
