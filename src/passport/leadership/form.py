"""What did somebody answer about leadership, and what is missing from it?"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from foundation.date_entry import DateEntry, date_entry_of, limited, read_date_entry
from foundation.forms import typed
from foundation.parts import FieldError
from passport.leadership.actions import Draft
from passport.leadership.rules import LONGEST_TEXT, LONGEST_TITLE, Example, Verdict

EARLIEST = date(1974, 4, 1)


@dataclass(frozen=True, slots=True)
class ExampleForm:
    """What was typed about an example, exactly as typed."""

    title: str = ""
    entry: DateEntry = field(default_factory=DateEntry)
    text: str = ""
    standards: tuple[str, ...] = ()

    def errors(self) -> tuple[FieldError, ...]:
        """Return what stands in the way of keeping it; a draft needs no more than a title."""
        found = []
        if not self.title:
            found.append(FieldError("Give it a title, so that you find it again", "title"))
        if len(self.title) > LONGEST_TITLE:
            found.append(FieldError(f"The title must be {LONGEST_TITLE} characters or fewer", "title"))
        if self.entry.error:
            found.append(FieldError(self.entry.error, f"on-{self.entry.wrong[0]}"))
        if len(self.text) > LONGEST_TEXT:
            found.append(FieldError(f"What you did must be {LONGEST_TEXT:,} characters or fewer", "text"))
        return tuple(found)

    @property
    def draft(self) -> Draft:
        """Return what is to be kept."""
        return Draft(self.title, self.entry.meant, self.text, self.standards)


def filled(example: Example) -> ExampleForm:
    """Fill the boxes with what was kept."""
    day = example.happened_on
    return ExampleForm(
        example.title, date_entry_of(day) if day else DateEntry(), example.text, example.standards
    )


def read_example(data: Mapping[str, str], *, on: date, standards: Collection[str]) -> ExampleForm:
    """Read the boxes; a standard that is not on offer is left out."""
    boxes = (typed(data, f"on-{box}") for box in ("day", "month", "year"))
    entry = limited(read_date_entry(*boxes, name="day"), name="day", earliest=EARLIEST, latest=on)
    return ExampleForm(
        title=" ".join(typed(data, "title").split()),
        entry=entry,
        text=typed(data, "text"),
        standards=tuple(code for code in standards if typed(data, f"standard-{code}")),
    )


@dataclass(frozen=True, slots=True)
class JudgementForm:
    """What was answered about one standard, exactly as typed."""

    standard: str = ""
    verdict: Verdict | None = None
    words: str = ""

    def errors(self) -> tuple[FieldError, ...]:
        """Return what is missing."""
        found = []
        if self.verdict is None:
            found.append(FieldError("Select what you say of this standard", f"{self.standard}-verdict"))
        if not self.words:
            found.append(FieldError("Say what you saw, or what is missing", f"{self.standard}-words"))
        if len(self.words) > LONGEST_TEXT:
            found.append(FieldError(f"Enter {LONGEST_TEXT:,} characters or fewer", f"{self.standard}-words"))
        return tuple(found)


def read_judgement(data: Mapping[str, str], standards: Collection[str]) -> JudgementForm:
    """Read what was answered about a standard."""
    standard = typed(data, "standard")
    return JudgementForm(
        standard if standard in standards else "",
        next((one for one in Verdict if one == typed(data, "verdict")), None),
        typed(data, "words"),
    )
