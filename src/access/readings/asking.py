"""Which day and which page of readings does an address ask for?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from foundation.date_entry import DateEntry, limited, read_date_entry
from foundation.parts import FieldError
from foundation.requests import EXACT

EARLIEST = date(2020, 1, 1)


@dataclass(frozen=True, slots=True)
class Asked:
    """The one day asked for, if it is one, the boxes as typed, and the page."""

    entry: DateEntry
    before: int | None

    @property
    def on(self) -> date | None:
        """Return the day asked for."""
        return self.entry.meant

    @property
    def errors(self) -> tuple[FieldError, ...]:
        """Return what is wrong with the day that was typed."""
        if self.entry.error is None:
            return ()
        return (FieldError(self.entry.error, f"on-{self.entry.wrong[0]}"),)

    @property
    def status(self) -> int:
        """Return how the page answers."""
        return 400 if self.errors else 200

    def further(self, path: str, before: int | None) -> str | None:
        """Return the address of the page beyond a reading, on the same day."""
        if before is None:
            return None
        day = f"&on={self.on.isoformat()}" if self.on else ""
        return f"{path}?before={before}{day}"


def asked(query: Mapping[str, str], *, today: date) -> Asked:
    """Read an address: `on` as 2026-03-03 or in three boxes, and `before`; what is no page asks for the first."""
    whole = query.get("on", "").strip()
    year, month, day = (
        (*whole.split("-", 2), "", "")[:3]
        if whole
        else (query.get(f"on-{box}", "") for box in ("year", "month", "day"))
    )
    entry = limited(read_date_entry(day, month, year, name="day"), name="day", latest=today)
    before = query.get("before", "")
    is_number = before.isascii() and before.isdigit() and len(before) <= len(str(EXACT))
    return Asked(entry, int(before) if is_number else None)
