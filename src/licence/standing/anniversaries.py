"""Through which days do all the completions of a requirement hold it, where an earlier anniversary may be kept?

Anniversaries are reckoned in whole numbers, for the histories of a whole force pass through.
"""

from calendar import monthrange
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from licence.standing.due import FOREVER, MONTHS, NEVER, Reach, through
from passport.policy.rules import Anchor, Validity


def reaches(validity: Validity, days: Iterable[date], since: date = NEVER) -> Sequence[Reach]:
    """Return every day through which the completions can be held to reach, with the completion that reaches it.

    Because it is a set of possibilities, another completion can only add to it: more evidence never worsens. Those that
    rest on a completion before `since` are left out.
    """
    if validity.anchor is Anchor.ANNIVERSARY and validity.months is not None:
        kept = anniversaries(validity, validity.months, sorted({day.toordinal() for day in days}))
        first = since.toordinal()
        return [
            Reach(date.fromordinal(due_on), date.fromordinal(met_on))
            for due_on, met_on in kept
            if met_on >= first
        ]
    return [Reach(through(validity, day), day) for day in days if day >= since]


def furthest(validity: Validity, days: Iterable[date]) -> Reach | None:
    """Return the furthest day through which completions, in any order, keep an anniversary."""
    return furthest_of(validity, sorted({day.toordinal() for day in days}))


def furthest_of(validity: Validity, numbers: Sequence[int]) -> Reach | None:
    """Return the same of days that are numbered, and in their order."""
    if not numbers or validity.months is None:
        return None
    due_on, met_on = furthest_anniversary(validity, validity.months, numbers)
    return Reach(date.fromordinal(due_on), date.fromordinal(met_on))


PLACES = 32
"""Places that a month has in the calendar: a day-number in each, also in those that are too short for it."""

LONGEST_MONTH = 31

MANY = 16
"""Completions of which all anniversaries are found more quickly than the furthest alone."""


class _Places(dict[int, int]):
    """From a day to its place in the calendar: its month, counted from the beginning, and its number in it."""

    def __missing__(self, number: int) -> int:
        day = date.fromordinal(number)
        self[number] = place = (day.year * MONTHS + day.month - 1) * PLACES + day.day
        return place


class _Days(dict[int, int]):
    """From a place in the calendar to the day there, or the last of a month that is too short for it."""

    def __missing__(self, place: int) -> int:
        count, number = divmod(place, PLACES)
        year, month = divmod(count, MONTHS)
        day = (
            FOREVER if year >= FOREVER.year else date(year, month + 1, min(number, _length(year, month + 1)))
        )
        self[place] = found = day.toordinal()
        return found


class _LastPlaces(dict[int, int]):
    """From a day to the last place in the calendar that comes to it: on the last day of a month there may be several."""

    def __missing__(self, number: int) -> int:
        day = date.fromordinal(number)
        is_last = day.day == _length(day.year, day.month)
        self[number] = place = PLACE[number] - day.day + (LONGEST_MONTH if is_last else day.day)
        return place


def _length(year: int, month: int) -> int:
    return monthrange(year, month)[1]


PLACE, DAY_AT, LAST_PLACE = _Places(), _Days(), _LastPlaces()


def anniversaries(validity: Validity, months: int, days: Sequence[int]) -> list[tuple[int, int]]:
    """Let each completion, oldest first, start its own anniversary and keep every earlier one that it renews in time.

    Each is told as its due day and the completion that it rests on. A kept anniversary goes on from its place in the
    calendar, so that 29 February returns in the next leap year.
    """
    window, gap, step = validity.renewal_window_days, validity.minimum_gap_days, months * PLACES
    kept: list[tuple[int, int]] = []
    running: list[tuple[int, int]] = []  # the place that each is due at, and the completion it rests on
    for day in days:
        running = [one for one in running if DAY_AT[one[0]] >= day]  # what is past, nothing later renews
        found = {PLACE[day] + step}
        for place, met_on in running:
            if DAY_AT[place] - window <= day and day - met_on >= gap:
                found.add(place + step)
        running += [(place, day) for place in found]
        kept += [(DAY_AT[place], day) for place in found]
    return kept


def furthest_anniversary(validity: Validity, months: int, days: Sequence[int]) -> tuple[int, int]:
    """Return the furthest of the anniversaries that completions keep, oldest first, and the completion it rests on."""
    if len(days) == 1:
        return DAY_AT[PLACE[days[0]] + months * PLACES], days[0]
    if len(days) > MANY:
        return max(anniversaries(validity, months, days))
    longest = months * LONGEST_MONTH + validity.renewal_window_days
    furthest_from = _looking_back(validity, months * PLACES, longest, days)
    best = (0, 0)
    for at in range(len(days) - 1, -1, -1):
        if days[at] + longest < best[0]:
            break
        best = max(best, (DAY_AT[furthest_from(at, UNLIMITED)], days[at]))
    return best


UNLIMITED = FOREVER.toordinal() * PLACES


def _looking_back(
    validity: Validity, step: int, longest: int, days: Sequence[int]
) -> Callable[[int, int], int]:
    """Return what finds the furthest anniversary resting on a completion: of all it might keep, only one leads there."""
    window, gap = validity.renewal_window_days, validity.minimum_gap_days

    def furthest_from(at: int, most: int) -> int:
        """Return the furthest place, but at most so far; 0 where there is none."""
        day = days[at]
        best = PLACE[day] + step
        if best > most:
            best = 0
        latest = min(most - step, LAST_PLACE[day + window])
        oldest = day - longest
        while at and best < latest + step:
            at -= 1
            met_on = days[at]
            if met_on < oldest:
                break
            if day - met_on >= gap:
                place = furthest_from(at, latest)
                if place and place + step > best and DAY_AT[place] >= day:
                    best = place + step
        return best

    return furthest_from
