"""Which day did a person mean by three boxes, and what do we say when they meant none?"""

import re
from dataclasses import dataclass, replace
from datetime import date

from foundation.wording import as_date

_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR_DIGITS = 4


@dataclass(frozen=True, slots=True)
class DateEntry:
    """What was typed, exactly as typed; the day it means, or what is wrong and in which boxes."""

    day: str = ""
    month: str = ""
    year: str = ""
    meant: date | None = None
    error: str | None = None
    wrong: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.day or self.month or self.year)


def date_entry_of(day: date) -> DateEntry:
    """Fill the boxes with a day we know."""
    return DateEntry(str(day.day), str(day.month), str(day.year), meant=day)


def read_date_entry(day: str, month: str, year: str, *, name: str = "date") -> DateEntry:
    """Read three boxes. Nothing typed is no error: the caller knows whether a day is needed.

    `name` is what the day is called in an error, without its article: "date of the training".
    """
    typed = DateEntry(day.strip(), month.strip(), year.strip())
    if typed.is_empty:
        return typed
    missing = tuple(box for box in ("day", "month", "year") if not getattr(typed, box))
    if missing:
        return _wrong(typed, f"The {name} must include a {' and '.join(missing)}", missing)
    if not re.fullmatch(r"[0-9]{4}", typed.year):
        return _wrong(typed, f"The {name}’s year must include {_YEAR_DIGITS} numbers", ("year",))
    try:
        meant = date(int(typed.year), _month(typed.month), int(typed.day))
    except ValueError:
        return _wrong(typed, f"The {name} must be a real date", ("day", "month", "year"))
    return replace(typed, meant=meant)


def limited(
    entry: DateEntry, *, name: str = "date", earliest: date | None = None, latest: date | None = None
) -> DateEntry:
    """Refuse a day outside the limits, both of which are allowed days."""
    if entry.meant is None:
        return entry
    if earliest is not None and entry.meant < earliest:
        return _wrong(entry, f"The {name} must be on or after {as_date(earliest)}", ("day", "month", "year"))
    if latest is not None and entry.meant > latest:
        return _wrong(entry, f"The {name} must be on or before {as_date(latest)}", ("day", "month", "year"))
    return entry


def _month(typed: str) -> int:
    """Accept 3, 03, Mar and March: people copy what they read elsewhere."""
    if typed.isascii() and typed.isdigit():
        return int(typed)
    return _MONTH_NAMES.index(typed[:3].lower()) + 1


def _wrong(entry: DateEntry, error: str, boxes: tuple[str, ...]) -> DateEntry:
    return replace(entry, meant=None, error=error, wrong=boxes)
