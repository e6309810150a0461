"""On which days was what met, and how many hours did it take where hours are added up?"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

DAY_BITS = 22
"""Every day of the calendar is a number of so many bits."""

_LAST_DAY = date.max.toordinal()
_DAY = (1 << DAY_BITS) - 1


class _Days(dict[int, date]):
    """From the days left until the end of the calendar to the day, each worked out once."""

    def __missing__(self, left: int) -> date:
        self[left] = day = date.fromordinal(_LAST_DAY - left)
        return day


_DAYS = _Days()


def packed(requirement_id: int, day: date) -> int:
    """Return a requirement and a day on which it was met as one whole number."""
    return requirement_id << DAY_BITS | _LAST_DAY - day.toordinal()


@dataclass(frozen=True, slots=True)
class Completions:
    """The days on which requirements were met, each with its requirement in one whole number, in ascending order.

    The days are counted back from the end of the calendar, so that the order is that of the evidence index: by
    requirement, newest first. A person's whole history is then one list of numbers, and dates are made only of those
    that are looked at.
    """

    rows: Sequence[int] = ()

    @classmethod
    def of(cls, days_by_requirement: Mapping[int, Iterable[date]]) -> "Completions":
        """Put the days of each requirement, given in any order, into theirs."""
        return cls(
            tuple(sorted({packed(asked, day) for asked, days in days_by_requirement.items() for day in days}))
        )

    @property
    def requirement_ids(self) -> Sequence[int]:
        """Return the requirement of each row."""
        return [one >> DAY_BITS for one in self.rows]

    @property
    def days(self) -> Sequence[date]:
        """Return the day of each row."""
        return [_DAYS[one & _DAY] for one in self.rows]

    def newest(self) -> dict[int, date]:
        """Map each requirement to the newest day on which it was met."""
        newest = {one >> DAY_BITS: one for one in reversed(self.rows)}
        return {asked: _DAYS[one & _DAY] for asked, one in newest.items()}

    def days_of(self, requirement_id: int) -> Sequence[date]:
        """Return the days on which one requirement was met, newest first."""
        return [_DAYS[one & _DAY] for one in self._rows_of(requirement_id)]

    def numbers_of(self, requirement_id: int) -> Sequence[int]:
        """Return the same days by their numbers in the calendar, oldest first."""
        return [_LAST_DAY - (one & _DAY) for one in reversed(self._rows_of(requirement_id))]

    def _rows_of(self, requirement_id: int) -> Sequence[int]:
        start = bisect_left(self.rows, requirement_id << DAY_BITS)
        end = bisect_left(self.rows, (requirement_id + 1) << DAY_BITS, start)
        return self.rows[start:end]

    def up_to(self, day: date) -> "Completions":
        """Leave out what is dated after a day."""
        left = _LAST_DAY - day.toordinal()
        return Completions(tuple([one for one in self.rows if one & _DAY >= left]))


NO_COMPLETIONS = Completions()

HOURS_BITS = 17
"""Every number of hours that evidence can have is, in hundredths of an hour, a number of so many bits."""

HUNDREDTHS = 100
_HUNDREDTHS = (1 << HOURS_BITS) - 1


def in_hundredths(hours: float) -> int:
    """Return hours in whole hundredths of an hour."""
    return round(hours * HUNDREDTHS)


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours of completions, each with its requirement and its day in one whole number, in ascending order.

    They are kept of those requirements only that add hours up: the rest of a history needs none.
    """

    rows: Sequence[int] = ()

    @classmethod
    def of(cls, hours: Mapping[int, Mapping[date, float]]) -> "Hours":
        """Put the hours of each requirement, by the days on which they were done, into their order."""
        return cls(
            tuple(
                sorted(
                    packed(asked, day) << HOURS_BITS | in_hundredths(number)
                    for asked, days in hours.items()
                    for day, number in days.items()
                )
            )
        )

    def of_requirement(self, requirement_id: int) -> Iterator[tuple[date, int]]:
        """Return the days of one requirement, newest first, and the hundredths of an hour of each."""
        for one in self.rows:
            if one >> (HOURS_BITS + DAY_BITS) == requirement_id:
                yield _DAYS[one >> HOURS_BITS & _DAY], one & _HUNDREDTHS


NO_HOURS = Hours()
