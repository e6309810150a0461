"""What does a planner ask for, and how does it stand in an address?"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from foundation.forms import typed
from foundation.parts import FieldError
from licence.planning.demand import By
from licence.planning.months import MONTHS, index_of, month

LARGEST = 99_999
LARGEST_UNIT = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Asked:
    """A requirement by its code, a unit, the places there are in a month and in a class; each may be left out."""

    code: str = ""
    unit_id: int | None = None
    most: int | None = None
    places: int | None = None

    @property
    def applied(self) -> int:
        """Return how many filters are set."""
        return sum(each is not None for each in (self.unit_id, self.most, self.places))

    def of(self, code: str) -> "Asked":
        """Ask the same of a requirement."""
        return replace(self, code=code)


@dataclass(frozen=True, slots=True)
class Behind:
    """The people behind one number: of which kind, and of which month; those due may be of all twelve together."""

    by: By
    month: date | None = None

    def index(self, on: date) -> int | None:
        """Return the month, counted from this one."""
        return index_of(self.month, on) if self.month else None


def address(asked: Asked, path: str, behind: Behind | None = None, *, page: int = 1) -> str:
    """Return where something is found with what was asked."""
    words = {
        "requirement": asked.code or None,
        "unit": asked.unit_id,
        "most": asked.most,
        "places": asked.places,
        "by": behind.by if behind else None,
        "month": f"{behind.month:%Y-%m}" if behind and behind.month else None,
        "page": page if page > 1 else None,
    }
    query = urlencode({name: str(value) for name, value in words.items() if value is not None})
    return f"{path}?{query}" if query else path


def read_asked(query: Mapping[str, str]) -> tuple[Asked, Mapping[str, str], tuple[FieldError, ...]]:
    """Return what an address asks for, what was typed into its boxes, and what is wrong with that."""
    boxes = {"most": "Places in a month", "places": "Places in a class"}
    written = {name: typed(query, name)[:10] for name in boxes}
    errors = tuple(
        FieldError(f"{label} must be a whole number from 1 to {LARGEST:,}", name)
        for name, label in boxes.items()
        if written[name] and _number(written[name], LARGEST) is None
    )
    return (
        Asked(
            typed(query, "requirement")[:40],
            _number(typed(query, "unit"), LARGEST_UNIT),
            _number(written["most"], LARGEST),
            _number(written["places"], LARGEST),
        ),
        written,
        errors,
    )


def read_behind(query: Mapping[str, str], on: date) -> Behind | None:
    """Return the number that an address asks the people of; nothing where it makes no sense."""
    by = next((each for each in By if each == query.get("by")), None)
    if by is None:
        return None
    month_typed = typed(query, "month")
    if by is By.SHORT or (by is By.DUE and not month_typed):
        return Behind(by)
    day = read_month(month_typed, on)
    return Behind(by, day) if day else None


def read_month(text: str, on: date) -> date | None:
    """Return the first day of a month of the forecast, written as 2027-03."""
    return next((one for at in range(MONTHS) if f"{(one := month(at, on)):%Y-%m}" == text), None)


def _number(text: str, largest: int) -> int | None:
    is_number = text.isascii() and text.isdigit() and len(text) <= len(str(largest))
    return int(text) if is_number and 1 <= int(text) <= largest else None
