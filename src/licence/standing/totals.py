"""Through which day do the hours of a requirement come to what it asks for, and how many of them count on a day?"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from licence.standing.case import Case
from licence.standing.clocks import DAY, Clock, Span
from licence.standing.decisions import Total
from licence.standing.due import FOREVER, NEVER, Reach
from licence.standing.history import HUNDREDTHS
from licence.standing.plan import Asked

Move = Callable[[Reach], date]
"""Moves the last day on which something counts by whatever stopped the clock."""


class Part(NamedTuple):
    """Hours done at one time: the last day on which they count, with the day they were done and what is not moved."""

    last: date
    reach: Reach
    hundredths: int


class Holding(NamedTuple):
    """Hours hold a requirement through a day; `rests_on` says since when they do, and where the day comes from."""

    last: date
    rests_on: Reach


def parts(asked: Asked, case: Case, move: Move, *, awaiting: bool = False) -> Sequence[Part]:
    """Return all that was done by the day; `awaiting` adds what nobody has verified, for days on which nothing is."""
    facts, done = case.facts, dict[tuple[int, date], int]()
    for hours in (facts.hours_awaiting, facts.hours) if awaiting else (facts.hours,):
        for one in asked.accepts:
            done.update({(one, day): number for day, number in hours.of_requirement(one) if day <= case.on})
    reaches = ((asked.terms[day][2], number) for (_, day), number in done.items())
    return [Part(move(reach), reach, number) for reach, number in reaches]


def holding(done: Sequence[Part], in_all: int) -> Holding | None:
    """Return the furthest day on which the hours that count come to so many, or nothing where they never did.

    It is a day on which some of them count for the last time. These days are looked at from the latest back: on each
    more hours still count, less those that were done only after it.
    """
    begun, total = sorted(done, key=_day_of), 0
    for part in sorted(done, reverse=True):
        total += part.hundredths
        while begun and _day_of(begun[-1]) > part.last:
            total -= begun.pop().hundredths
        if total >= in_all:
            return Holding(part.last, Reach(part.reach.due_on, _came_together(done, part.last, in_all)))
    return None


def held(asked: Asked, case: Case, move: Move) -> list[tuple[date, Reach]]:
    """Return the day through which hours hold a requirement and what it rests on, in the form that completions have."""
    found = holding(parts(asked, case, move), asked.in_all)
    return [] if found is None else [found]


def would_hold(asked: Asked, case: Case, clock: Clock) -> date:
    """Return the day through which hours would hold a requirement if those that await verification were verified."""
    found = holding(parts(asked, case, clock.due_on, awaiting=True), asked.in_all)
    return NEVER if found is None else found.last


def total(asked: Asked, case: Case, move: Move, told: date) -> Total:
    """Say how many hours count today, and how many are missing: today, or after the due day that is told.

    The days on which some of them stop counting are noted: what is said here changes on them.
    """
    done = parts(asked, case, move)
    case.moments += [part.last + DAY for part in done if case.on <= part.last < FOREVER]
    today, found = _counting(done, case.on), holding(done, asked.in_all)
    is_met = found is not None and found.last >= case.on
    if is_met and told >= FOREVER:
        missing = 0
    else:
        missing = asked.in_all - (_counting(done, told + DAY) if is_met else today)
    since = min((_day_of(part) for part in done if part.last >= case.on), default=None)
    return Total(today / HUNDREDTHS, asked.in_all / HUNDREDTHS, max(0, missing) / HUNDREDTHS, since)


def stretches(done: Iterable[Part], in_all: int) -> Iterator[Span]:
    """Return the days through which the hours that counted came to so many."""
    changes = Counter[date]()
    for part in done:
        changes[_day_of(part)] += part.hundredths
        changes[part.last + DAY] -= part.hundredths
    so_far, first = 0, None
    for day in sorted(changes):
        so_far += changes[day]
        if so_far >= in_all:
            first = first or day
        elif first is not None:
            yield Span(first, day - DAY)
            first = None


def _counting(done: Iterable[Part], day: date) -> int:
    return sum(part.hundredths for part in done if _day_of(part) <= day <= part.last)


def _came_together(done: Iterable[Part], last: date, in_all: int) -> date:
    """Return the day on which the hours that count on a day came to so many."""
    so_far, day = 0, NEVER
    for part in sorted((one for one in done if _day_of(one) <= last <= one.last), key=_day_of):
        so_far, day = so_far + part.hundredths, _day_of(part)
        if so_far >= in_all:
            break
    return day


def _day_of(part: Part) -> date:
    return part.reach.met_on
