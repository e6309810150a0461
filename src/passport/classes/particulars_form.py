"""What did a trainer say of the day and the hours of a class that was signed, and what is wrong with it?"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from foundation.date_entry import DateEntry, date_entry_of, limited, read_date_entry
from foundation.forms import typed
from foundation.parts import FieldError
from passport.classes.facts import Listed, Taught
from passport.classes.form import BOXES
from passport.classes.particulars import Particulars
from passport.classes.rules import EARLIEST, LONGEST_REASON

_HOURS = re.compile(r"[0-9]{1,3}(\.[0-9]{1,2})?")
DAY = "day of the class"


@dataclass(frozen=True, slots=True)
class ParticularsForm:
    """The answers as given."""

    held_on: DateEntry
    hours: tuple[str, ...]
    why: str = ""

    def lines(self, about: Listed) -> Sequence[tuple[Taught, str]]:
        """Return what the class met, each with its hours as typed."""
        return list(zip(about.taught, self.hours, strict=True))

    def errors(self) -> tuple[FieldError, ...]:
        """Return what is missing or wrong, in the order of the questions."""
        found = []
        if self.held_on.error:
            found.append(FieldError(self.held_on.error, f"held-{(*self.held_on.wrong, 'day')[0]}"))
        found += [
            FieldError("Enter the hours as a number, such as 6 or 7.5", f"hours-{line}")
            for line, hours in enumerate(self.hours, 1)
            if hours and _meant(hours) is None
        ]
        if not self.why:
            found.append(FieldError("Say why: whoever reads the record later has to understand it", "why"))
        if len(self.why) > LONGEST_REASON:
            found.append(FieldError(f"It must be {LONGEST_REASON} characters or fewer", "why"))
        return tuple(found)

    def meant(self, about: Listed) -> Particulars:
        """Return what a form without faults asks for; hours that are left empty stay as they are."""
        meant = {one.requirement: _meant(hours) for one, hours in self.lines(about)}
        return Particulars(self.held_on.meant, {code: one for code, one in meant.items() if one is not None})


def filled(about: Listed) -> ParticularsForm:
    """Fill the boxes with what the sheet says."""
    hours = tuple(f"{one.hours.normalize():f}" if one.hours else "" for one in about.taught)
    return ParticularsForm(date_entry_of(about.held_on), hours)


def read(answers: Mapping[str, object], about: Listed, on: date) -> ParticularsForm:
    """Read the boxes."""
    entry = read_date_entry(*(typed(answers, f"held-{box}") for box in BOXES), name=DAY)
    if entry.is_empty:
        entry = replace(entry, error=f"Enter the {DAY}", wrong=BOXES)
    hours = tuple(typed(answers, f"hours-{line}") for line, _ in enumerate(about.taught, 1))
    held_on = limited(entry, name=DAY, earliest=min(on - EARLIEST, about.held_on), latest=on)
    return ParticularsForm(held_on, hours, typed(answers, "why"))


def _meant(hours: str) -> Decimal | None:
    return Decimal(hours) if _HOURS.fullmatch(hours) and Decimal(hours) else None
