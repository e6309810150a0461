"""What did somebody answer about their development, and what is missing from it?"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from foundation.date_entry import DateEntry, date_entry_of, limited, read_date_entry
from foundation.forms import typed
from foundation.parts import FieldError
from passport.cpd.rules import LONGEST_TEXT, LONGEST_TITLE, MOST_HOURS, Words

SUPERVISOR, COLLEAGUE = "supervisor", "colleague"
EARLIEST = date(1974, 4, 1)
LABELS = {"what": "what happened", "so_what": "so what", "now_what": "now what"}


@dataclass(frozen=True, slots=True)
class EntryForm:
    """What was typed about an entry, exactly as typed."""

    title: str = ""
    entry: DateEntry = field(default_factory=DateEntry)
    what: str = ""
    so_what: str = ""
    now_what: str = ""
    hours: str = ""
    standards: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()

    @property
    def counted(self) -> Decimal | None:
        """Return the hours that were meant; what is no number is none."""
        try:
            found = Decimal(self.hours.replace(",", "."))
        except InvalidOperation:
            return None
        return found.quantize(Decimal("0.01")) if found.is_finite() and 0 < found <= MOST_HOURS else None

    def errors(self) -> tuple[FieldError, ...]:
        """Return what stands in the way of keeping it; a draft needs no more than a title."""
        found = []
        if not self.title:
            found.append(FieldError("Give it a title, so that you find it again", "title"))
        if len(self.title) > LONGEST_TITLE:
            found.append(FieldError(f"The title must be {LONGEST_TITLE} characters or fewer", "title"))
        if self.entry.error:
            found.append(FieldError(self.entry.error, f"on-{self.entry.wrong[0]}"))
        for name, label in LABELS.items():
            if len(getattr(self, name)) > LONGEST_TEXT:
                words = f"{label[:1].upper()}{label[1:]} must be {LONGEST_TEXT:,} characters or fewer"
                found.append(FieldError(words, name))
        if self.hours and self.counted is None:
            found.append(
                FieldError(f"Hours must be a number up to {MOST_HOURS}, such as 1.5, or left empty", "hours")
            )
        return tuple(found)

    @property
    def words(self) -> Words:
        """Return what is to be kept."""
        return Words(
            self.title, self.entry.meant, self.what, self.so_what, self.now_what, self.counted,
            self.standards, self.profiles,
        )  # fmt: skip


def filled(words: Words) -> EntryForm:
    """Fill the boxes with what was kept."""
    return EntryForm(
        title=words.title,
        entry=date_entry_of(words.happened_on) if words.happened_on else DateEntry(),
        what=words.what,
        so_what=words.so_what,
        now_what=words.now_what,
        hours=f"{words.hours.normalize():f}" if words.hours is not None else "",
        standards=words.standards,
        profiles=words.profiles,
    )


def read_entry(
    data: Mapping[str, str], *, on: date, standards: Collection[str], profiles: Collection[str]
) -> EntryForm:
    """Read the boxes; a standard or profile that is not on offer is left out."""
    boxes = (typed(data, f"on-{box}") for box in ("day", "month", "year"))
    entry = limited(read_date_entry(*boxes, name="day"), name="day", earliest=EARLIEST, latest=on)
    return EntryForm(
        title=" ".join(typed(data, "title").split()),
        entry=entry,
        what=typed(data, "what"),
        so_what=typed(data, "so_what"),
        now_what=typed(data, "now_what"),
        hours=typed(data, "hours"),
        standards=tuple(code for code in standards if typed(data, f"standard-{code}")),
        profiles=tuple(name for name in profiles if typed(data, f"profile-{name}")),
    )


@dataclass(frozen=True, slots=True)
class ShareForm:
    """With whom an entry is to be shared, exactly as typed."""

    to: str = ""
    colleague: str = ""

    def errors(self) -> tuple[FieldError, ...]:
        """Return what is missing."""
        if self.to not in {SUPERVISOR, COLLEAGUE}:
            return (FieldError("Select with whom you share it", "to"),)
        if self.to == COLLEAGUE and not self.colleague:
            return (FieldError("Enter your colleague’s national identifier", "colleague"),)
        return ()


def read_share(data: Mapping[str, str]) -> ShareForm:
    """Read with whom an entry is to be shared."""
    return ShareForm(typed(data, "to"), typed(data, "colleague"))


def read_text(data: Mapping[str, str], name: str) -> tuple[str, tuple[FieldError, ...]]:
    """Read words that must be said, and say what is wrong with them."""
    text = typed(data, name)
    if not text:
        return text, (FieldError("Enter what you want to add", name),)
    return text, too_long(text, name)


def too_long(text: str, name: str) -> tuple[FieldError, ...]:
    """Say that words are too many."""
    if len(text) <= LONGEST_TEXT:
        return ()
    return (FieldError(f"Enter {LONGEST_TEXT:,} characters or fewer", name),)
