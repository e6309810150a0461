"""What did a privacy officer answer, and what is missing?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from foundation.date_entry import DateEntry, limited, read_date_entry
from foundation.forms import typed
from foundation.parts import FieldError

LONGEST_WORDS = 1000
LONGEST_DELAY = timedelta(days=366)
BOXES = ("day", "month", "year")


@dataclass(frozen=True, slots=True)
class HoldingBack:
    """Whose name, through which day, and why, as given."""

    reader: str = ""
    until: DateEntry = DateEntry()  # noqa: RUF009 - frozen
    reason: str = ""

    def errors(self) -> tuple[FieldError, ...]:
        """Return what is missing, in the order of the questions."""
        missing_day = self.until.error or ("Enter the last day" if self.until.is_empty else None)
        found = (
            (
                not self.reader,
                "Enter the national identifier, or the force number, of whoever looked",
                "reader",
            ),
            (missing_day is not None, missing_day or "", f"until-{(*self.until.wrong, 'day')[0]}"),
            *words_wrong(self.reason, "Enter why the name is held back", "reason"),
        )
        return tuple(FieldError(text, field) for is_wrong, text, field in found if is_wrong)


def read_holding_back(form: Mapping[str, object], on: date) -> HoldingBack:
    """Read the answers of whoever holds a name back."""
    day, month, year = (typed(form, f"until-{box}") for box in BOXES)
    until = limited(
        read_date_entry(day, month, year, name="last day"),
        name="last day",
        earliest=on,
        latest=on + LONGEST_DELAY,
    )
    return HoldingBack(typed(form, "reader")[:40], until, typed(form, "reason"))


def words_wrong(words: str, missing: str, field: str) -> tuple[tuple[bool, str, str], ...]:
    """Return what may be wrong with a free answer."""
    too_long = f"What you write must be {LONGEST_WORDS} characters or fewer"
    return ((not words, missing, field), (len(words) > LONGEST_WORDS, too_long, field))
