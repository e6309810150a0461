"""Through which day does meeting a requirement hold, counted from the days on which it was met?"""

from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from passport.policy.rules import Anchor, Validity

FOREVER = date(9000, 1, 1)
"""Stands for "no end" while days are compared. Payroll systems write 31 December 9999 for it, which is later still."""

NEVER = date.min
"""Stands for "at no time" while days are compared."""

MONTHS = 12
SHORTEST_MONTH = 28


def told(day: date) -> date | None:
    """Return a day as it is told: one without end is none."""
    return None if day >= FOREVER else day


class Reach(NamedTuple):
    """Meeting a requirement on a day holds it through another."""

    due_on: date
    met_on: date


@lru_cache(maxsize=65536)
def months_after(day: date, months: int) -> date:
    """Return the same day-number some months on, or the last day of that month where it has no such day."""
    year, month = divmod(day.year * MONTHS + day.month - 1 + months, MONTHS)
    if year >= FOREVER.year:
        return FOREVER
    if day.day <= SHORTEST_MONTH:
        return date(year, month + 1, day.day)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def fixed_day_from(day: date, fixed_day: tuple[int, int]) -> date:
    """Return the first (month, day) of a calendar year that falls on or after a day; 29 February may be the 28th."""
    month, number = fixed_day
    for year in (day.year, day.year + 1):
        found = date(year, month, min(number, monthrange(year, month)[1]))
        if found >= day:
            return found
    raise ValueError(fixed_day)


def through(validity: Validity, met_on: date) -> date:
    """Return the last day on which one completion, taken by itself, holds."""
    if validity.months is None:
        return FOREVER
    due_on = months_after(met_on, validity.months)
    if validity.anchor is Anchor.FIXED_DATE and validity.fixed_day is not None and due_on < FOREVER:
        return fixed_day_from(due_on, validity.fixed_day)
    return due_on
