"""What did somebody answer about earlier learning, and what is missing from it?"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from foundation.date_entry import DateEntry, limited, read_date_entry
from foundation.forms import typed
from foundation.parts import FieldError
from passport.prior.rules import LONGEST, LONGEST_PLACE

BOXES = ("day", "month", "year")


@dataclass(frozen=True, slots=True)
class ClaimForm:
    """The answers as given, so that nobody types them twice."""

    met: str = ""
    where: str = ""
    when: DateEntry = field(default_factory=DateEntry)
    what: str = ""

    def errors(self, codes: Collection[str]) -> tuple[FieldError, ...]:
        """Return what is missing or wrong, in the order of the questions."""
        found = (
            (self.met not in codes, "Select what you have met by it", "met"),
            (not self.where, "Enter where you learned it", "where"),
            (len(self.where) > LONGEST_PLACE, f"Where must be {LONGEST_PLACE} characters or fewer", "where"),
            (self.when.error is not None, self.when.error or "", f"when-{(*self.when.wrong, 'day')[0]}"),
            (not self.what, "Enter what you learned, and what shows it", "what"),
            (len(self.what) > LONGEST, f"What you learned must be {LONGEST} characters or fewer", "what"),
        )
        return tuple(FieldError(text, field) for is_wrong, text, field in found if is_wrong)


def read(answers: Mapping[str, object], on: date) -> ClaimForm:
    """Return what was answered."""
    return ClaimForm(
        typed(answers, "met"),
        typed(answers, "where"),
        read_day(answers, "when", "day you learned it", latest=on),
        typed(answers, "what"),
    )


def read_day(answers: Mapping[str, object], name: str, called: str, *, latest: date) -> DateEntry:
    """Return a day that has to be given, and that has come."""
    entry = read_date_entry(*(typed(answers, f"{name}-{box}") for box in BOXES), name=called)
    if entry.is_empty:
        return replace(entry, error=f"Enter the {called}", wrong=BOXES)
    return limited(entry, name=called, latest=latest)
