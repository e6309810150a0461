"""Through which day does meeting a requirement hold, counted from the days on which it was met?"""

from calendar import monthrange
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
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


def reaches(validity: Validity, days: Iterable[date]) -> Sequence[Reach]:
    """Return every day through which the completions can be held to reach, with the completion that reaches it.

    Because it is a set of possibilities, another completion can only add to it: more evidence never worsens.
    """
    if validity.anchor is Anchor.ANNIVERSARY and validity.months is not None:
        return [Reach(*one[:2]) for one in anniversaries(validity, validity.months, sorted(set(days)))]
    return [Reach(through(validity, day), day) for day in days]


def furthest(validity: Validity, days: Collection[date]) -> Reach | None:
    """Return the furthest day through which completions, in any order, keep an anniversary."""
    if not days or validity.months is None:
        return None
    if len(days) == 1:
        return Reach(months_after(*days, validity.months), *days)
    due_on, met_on, _, _ = max(anniversaries(validity, validity.months, sorted(set(days))))
    return Reach(due_on, met_on)


def anniversaries(
    validity: Validity, months: int, days: Sequence[date]
) -> list[tuple[date, date, date, int]]:
    """Let each completion, oldest first, start its own anniversary and keep every earlier one that it renews in time.

    Each is told as its due day, the completion it rests on, the day that first set it and how often it has run. A kept
    anniversary is counted from the day that first set it, so that 29 February returns in the next leap year.
    """
    window, gap = timedelta(days=validity.renewal_window_days), timedelta(days=validity.minimum_gap_days)
    kept: list[tuple[date, date, date, int]] = []
    running: list[tuple[date, date, date, int]] = []
    for day in days:
        found = [(months_after(day, months), day, day, 1)]
        running = [one for one in running if one[0] >= day]  # what is past, nothing later renews
        for due_on, met_on, first, times in running:
            if due_on - window <= day and day - met_on >= gap:
                again = (months_after(first, months * (times + 1)), day, first, times + 1)
                if again not in found:
                    found.append(again)
        running += found
        kept += found
    return kept
