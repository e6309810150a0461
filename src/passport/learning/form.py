"""What did somebody write about what they, or somebody else, met, and what is missing from it?"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from litestar.datastructures import UploadFile

from foundation.date_entry import DateEntry, date_entry_of, limited, read_date_entry
from foundation.forms import typed
from foundation.parts import FieldError
from foundation.wording import as_date
from passport.learning.chains import Chain
from passport.learning.rules import (
    EARLIEST,
    LEAST_HOURS,
    LONGEST_REASON,
    LONGEST_REFERENCE,
    LONGEST_SOURCE,
    MOST_HOURS,
)

BOXES = ("day", "month", "year")
LONGEST_NUMBER = 15
DAY = "day it was completed"
_HOURS = re.compile(r"[0-9]{1,3}(\.[0-9]{1,2})?")


@dataclass(frozen=True, slots=True)
class Limits:
    """Between which days something can have been completed."""

    earliest: date
    latest: date


def limits(joined_on: date | None, today: date) -> Limits:
    """Return the days between which a person can have completed something that is recorded here."""
    return Limits(joined_on or EARLIEST, today)


HOURS_NEEDED = "Enter the hours: they add up to what is asked, and without them this counts for nothing"


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours as they were typed, and what they mean, if they mean any."""

    text: str = ""
    meant: Decimal | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class RecordForm:
    """What was met, as it was typed: kept to the letter, so that nobody types it twice."""

    code: str = ""
    entry: DateEntry = field(default_factory=DateEntry)
    hours: Hours = field(default_factory=Hours)
    source: str = ""
    reference: str = ""
    again: int | None = None
    file: UploadFile | None = None

    def errors(self, *, is_offered: bool, adds_up: bool) -> tuple[FieldError, ...]:
        """Return what is missing or wrong, in the order of the questions."""
        found = (
            (not is_offered, "Select what was met", "requirement"),
            *_day_and_hours(self.entry, self.hours),
            (adds_up and not self.hours.text, HOURS_NEEDED, "hours"),
            (not self.source, "Enter where it was done, or with whom", "source"),
            *_too_long(self.source, LONGEST_SOURCE, "source"),
            *_too_long(self.reference, LONGEST_REFERENCE, "reference"),
        )
        return _told(found)


@dataclass(frozen=True, slots=True)
class CorrectionForm:
    """What a record should have said, as it was typed."""

    entry: DateEntry
    hours: Hours
    reference: str
    reason: str

    def errors(self, chain: Chain) -> tuple[FieldError, ...]:
        """Return what is missing or wrong, in the order of the questions."""
        last = chain.last
        is_same = (
            self.entry.meant == last.completed_on
            and self.hours.meant == last.hours
            and self.reference == (last.reference or "")
        )
        found = (
            *_day_and_hours(self.entry, self.hours),
            (
                not self.hours.text and last.hours is not None,
                "Enter the hours. To take them away, withdraw the record and record it again",
                "hours",
            ),
            *_too_long(self.reference, LONGEST_REFERENCE, "reference"),
            (is_same, "Change what is wrong: nothing here differs from what is recorded", "on-day"),
            *_reason(self.reason),
        )
        return _told(found)


def blank(code: str = "") -> RecordForm:
    """Return the form before anybody has answered."""
    return RecordForm(code)


def once_more(chain: Chain) -> RecordForm:
    """Return the form filled with what ended, to be put right and recorded again."""
    last = chain.last
    return RecordForm(
        chain.code,
        date_entry_of(last.completed_on),
        _known(last.hours),
        last.source,
        last.reference or "",
        chain.last.id,
    )


def read_record(answers: Mapping[str, object], within: Limits) -> RecordForm:
    """Return what was answered."""
    file = answers.get("file")
    return RecordForm(
        typed(answers, "requirement")[:60],
        _day(answers, within),
        read_hours(typed(answers, "hours")),
        typed(answers, "source"),
        typed(answers, "reference"),
        _number(typed(answers, "again")),
        file if isinstance(file, UploadFile) else None,
    )


def as_recorded(chain: Chain) -> CorrectionForm:
    """Return the form of a correction filled with what the record says."""
    last = chain.last
    return CorrectionForm(date_entry_of(last.completed_on), _known(last.hours), last.reference or "", "")


def read_correction(answers: Mapping[str, object], within: Limits) -> CorrectionForm:
    """Return what was answered."""
    return CorrectionForm(
        _day(answers, within),
        read_hours(typed(answers, "hours")),
        typed(answers, "reference"),
        read_reason(answers),
    )


def read_files(answers: Mapping[str, object]) -> list[int]:
    """Return the numbers of the files that were shown; whatever is no number is none of theirs."""
    return [_number(word) or 0 for word in typed(answers, "files").split()]


def read_reason(answers: Mapping[str, object]) -> str:
    """Return the reason that was given."""
    return typed(answers, "reason").replace("\r\n", "\n")


def reason_errors(reason: str) -> tuple[FieldError, ...]:
    """Return what is wrong with a reason."""
    return _told(_reason(reason))


def read_hours(text: str) -> Hours:
    """Read hours of learning such as 7.5; nothing typed is no error, for they may be left out."""
    if not text:
        return Hours()
    if not _HOURS.fullmatch(text):
        return Hours(text, error="Hours must be a number, such as 7.5")
    meant = Decimal(text)
    if not LEAST_HOURS <= meant <= MOST_HOURS:
        return Hours(text, error=f"Hours must be between {LEAST_HOURS} and {MOST_HOURS}")
    return Hours(text, meant)


def _number(text: str) -> int | None:
    is_one = text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER
    return int(text) if is_one else None


def _known(hours: Decimal | None) -> Hours:
    return Hours() if hours is None else Hours(f"{hours.normalize():f}", hours)


def _day(answers: Mapping[str, object], within: Limits) -> DateEntry:
    entry = read_date_entry(*(typed(answers, f"on-{box}") for box in BOXES), name=DAY)
    if entry.is_empty:
        return replace(entry, error=f"Enter the {DAY}", wrong=BOXES)
    if entry.meant is not None and entry.meant > within.latest:
        return replace(entry, meant=None, error=f"The {DAY} must be today or in the past", wrong=BOXES)
    if entry.meant is not None and entry.meant < within.earliest:
        since = as_date(within.earliest)
        words = f"The {DAY} must be on or after {since}: what lies before joining is not recorded here"
        return replace(entry, meant=None, error=words, wrong=BOXES)
    return limited(entry, name=DAY)


def _day_and_hours(entry: DateEntry, hours: Hours) -> tuple[tuple[bool, str, str], ...]:
    return (
        (entry.error is not None, entry.error or "", f"on-{(*entry.wrong, 'day')[0]}"),
        (hours.error is not None, hours.error or "", "hours"),
    )


def _too_long(text: str, most: int, name: str) -> tuple[tuple[bool, str, str], ...]:
    return ((len(text) > most, f"It must be {most} characters or fewer", name),)


def _reason(reason: str) -> tuple[tuple[bool, str, str], ...]:
    return (
        (not reason, "Enter why, for whoever reads it later", "reason"),
        *_too_long(reason, LONGEST_REASON, "reason"),
    )


def _told(found: tuple[tuple[bool, str, str], ...]) -> tuple[FieldError, ...]:
    return tuple(FieldError(text, name) for is_wrong, text, name in found if is_wrong)
