"""What did somebody answer about care, and what is missing from it?"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from foundation.date_entry import DateEntry, date_entry_of, limited, read_date_entry
from foundation.forms import typed
from foundation.parts import FieldError
from wellbeing.support.rules import EARLIEST_EVENT, LONGEST_NOTE, EventKind, Purpose, Reply

BOXES = ("day", "month", "year")
OFFERED, ATTENDED = "day of the offer", "day of the event"


@dataclass(frozen=True, slots=True)
class OfferForm:
    """The day of an offer as it was typed."""

    entry: DateEntry

    def errors(self) -> tuple[FieldError, ...]:
        """Return what is missing or wrong."""
        return _of_day(self.entry, "offered")


@dataclass(frozen=True, slots=True)
class NoteForm:
    """A note as it was typed."""

    text: str = ""

    def errors(self) -> tuple[FieldError, ...]:
        """Return what is missing or wrong."""
        if not self.text:
            return (FieldError("Enter the note", "text"),)
        if len(self.text) > LONGEST_NOTE:
            return (FieldError(f"The note must be {LONGEST_NOTE:,} characters or fewer", "text"),)
        return ()


@dataclass(frozen=True, slots=True)
class EventForm:
    """An event as the person themselves typed it."""

    kind: EventKind | None = None
    entry: DateEntry = field(default_factory=DateEntry)

    def errors(self) -> tuple[FieldError, ...]:
        """Return what is missing or wrong, in the order of the questions."""
        kind = () if self.kind else (FieldError("Select what kind of event it was", "kind"),)
        return (*kind, *_of_day(self.entry, "attended"))


def today_offered(on: date) -> OfferForm:
    """Return the form before anybody has answered: an offer of today."""
    return OfferForm(date_entry_of(on))


def read_offer(answers: Mapping[str, object], on: date) -> OfferForm:
    """Return the day of an offer as it was typed: within the last year, and not to come."""
    return OfferForm(
        limited(_entry(answers, "offered", OFFERED), name=OFFERED, earliest=_year_before(on), latest=on)
    )


def read_note(answers: Mapping[str, object]) -> NoteForm:
    """Return a note as it was typed."""
    return NoteForm(typed(answers, "text").replace("\0", "").replace("\r\n", "\n"))


def read_event(answers: Mapping[str, object], on: date) -> EventForm:
    """Return an event as it was typed."""
    entry = _entry(answers, "attended", ATTENDED)
    kind = next((each for each in EventKind if each == typed(answers, "kind")), None)
    return EventForm(kind, limited(entry, name=ATTENDED, earliest=on - EARLIEST_EVENT, latest=on))


def read_reply(answers: Mapping[str, object]) -> Reply | None:
    """Return what was answered to an offer."""
    return next((each for each in Reply if each == typed(answers, "reply")), None)


def read_purpose(answers: Mapping[str, object]) -> Purpose | None:
    """Return the purpose that was stated."""
    return next((each for each in Purpose if each == typed(answers, "purpose")), None)


def _entry(answers: Mapping[str, object], name: str, called: str) -> DateEntry:
    entry = read_date_entry(*(typed(answers, f"{name}-{box}") for box in BOXES), name=called)
    return replace(entry, error=f"Enter the {called}", wrong=BOXES) if entry.is_empty else entry


def _of_day(entry: DateEntry, name: str) -> tuple[FieldError, ...]:
    return (FieldError(entry.error, f"{name}-{(*entry.wrong, 'day')[0]}"),) if entry.error else ()


def _year_before(on: date) -> date:
    return date(on.year - 1, on.month, min(on.day, 28))
