"""Which day is asked about, as known when, and what is wrong with what was typed?"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from foundation.audit import Detail
from foundation.clock import LONDON
from foundation.date_entry import DateEntry, date_entry_of, limited, read_date_entry
from foundation.problems import InvalidError

EARLIEST = date(1974, 4, 1)
"""The forces of today were made on this day; nothing recorded here is older."""

YEARS_AHEAD = 10
LONGEST_SHOWN = 40
NO_INSTANT = "is no day or instant from which to look: write “known” as 2026-03-04 or as 2026-03-04T09:30:00Z"
_AN_ISO_DAY = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """The day to look at, the instant to look from (none means now), and the boxes as they were typed."""

    on: date
    known: datetime | None
    entry: DateEntry
    misread: str | None = None

    @property
    def error(self) -> str | None:
        """Return what is wrong with the day that was typed, or with the instant."""
        return self.entry.error or self.misread

    @property
    def wrong_field(self) -> str:
        """Return where on the page it is put right."""
        return f"on-{self.entry.wrong[0]}" if self.entry.error else "another-day"

    def refused(self, error: str, *, today: date) -> "Asked":
        """Return today instead of a day about which nothing can be said, with what was typed and the reason."""
        entry = replace(self.entry, meant=None, error=error, wrong=("day", "month", "year"))
        return Asked(today, self.known, entry)


def asked(query: Mapping[str, str], *, today: date) -> Asked:
    """Read an address: `on` as 2026-03-03, or its three boxes; a day or an instant that cannot be used leaves today."""
    entry = limited(_entry(query), name="day", earliest=EARLIEST, latest=latest(today))
    text = query.get("known", "").strip()
    known = _known(text, today)
    misread = f"“{text[:LONGEST_SHOWN]}” {NO_INSTANT}" if text and known is None else None
    if entry.is_empty:
        return Asked(today, known, date_entry_of(today), misread)
    return Asked(entry.meant or today, known, entry, misread)


def day_for_program(on: date | None, *, today: date) -> date:
    """Return the day that a program asks about.

    :raises InvalidError: it is out of reach.
    """
    if on is None:
        return today
    if not EARLIEST <= on <= latest(today):
        raise InvalidError(errors={"on": f"must lie between {EARLIEST} and {latest(today)}"})
    return on


def instant_for_program(known: str | None, *, today: date) -> datetime | None:
    """Return the instant from which a program looks: the end of a day in London, or an instant with its offset.

    :raises InvalidError: it is neither, or out of reach.
    """
    if not known:
        return None
    instant = _known(known, today)
    if instant is None:
        raise InvalidError(
            errors={"known": "must be a day such as 2026-03-04, or an instant with its offset"}
        )
    return instant


def whichever(on: date, known: datetime | None) -> Detail:
    """Return the day and the instant as a line of audit has them."""
    return {"on": on.isoformat(), "known": known.isoformat() if known else None}


def latest(today: date) -> date:
    """Return the last day that may be asked about: policy has nothing to say of later ones."""
    return date(today.year + YEARS_AHEAD, 12, 31)


def _entry(query: Mapping[str, str]) -> DateEntry:
    whole = query.get("on", "").strip()
    if whole:
        year, month, day = (*whole.split("-", 2), "", "")[:3]
        return read_date_entry(day, month, year, name="day")
    boxes = (query.get(f"on-{box}", "") for box in ("day", "month", "year"))
    day, month, year = boxes
    return read_date_entry(day, month, year, name="day")


def _known(text: str, today: date) -> datetime | None:
    """Read a day, meaning its last moment in London, or an instant; what cannot be read is no instant."""
    try:
        if len(text) == _AN_ISO_DAY:
            return _end_of(date.fromisoformat(text), today)
        instant = datetime.fromisoformat(text)
    except ValueError:
        return None
    is_within = instant.tzinfo is not None and EARLIEST <= instant.date() <= latest(today)
    return instant.astimezone(UTC) if is_within else None


def _end_of(day: date, today: date) -> datetime | None:
    if not EARLIEST <= day <= latest(today):
        return None
    following = datetime.combine(day + timedelta(days=1), time(), LONDON)
    return following.astimezone(UTC) - timedelta(microseconds=1)
