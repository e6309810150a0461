"""What has been kept for too long on a day?"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

NOT_DECIDED = "not decided"
UNITS = ("day", "month", "year")


class KeepUnreadableError(ValueError):
    """A time to keep something is a number of days, months or years, or `not decided`."""


@dataclass(frozen=True, slots=True)
class Keep:
    """How long something is kept: a number of days, months or years."""

    number: int
    unit: str

    def before(self, on: date) -> date:
        """Return the day before which everything has been kept too long on a day; what is from that day still is not."""
        if self.unit == "day":
            return on - timedelta(self.number)
        months = self.number * (12 if self.unit == "year" else 1)
        year, month = divmod(on.year * 12 + on.month - 1 - months, 12)
        return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))


def read_keep(words: str) -> Keep | None:
    """Read how long something is kept, as `6 years`; None while that is not decided.

    :raises KeepUnreadableError: it is anything else.
    """
    if words == NOT_DECIDED:
        return None
    number, _, unit = words.partition(" ")
    unit = unit.removesuffix("s")
    if not number.isdecimal() or int(number) < 1 or unit not in UNITS:
        raise KeepUnreadableError(f"{words!r} is no number of days, months or years, nor {NOT_DECIDED!r}")
    return Keep(int(number), unit)
