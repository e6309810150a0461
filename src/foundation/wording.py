"""How do dates, times, numbers and spans read on a page, as the GOV.UK style guide has them?"""

from datetime import date, datetime
from functools import lru_cache

from foundation.clock import LONDON, london_day

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_FEW_DAYS = 14
_FEW_WEEKS_IN_DAYS = 70
_FEW_MONTHS = 24


def as_date(day: date) -> str:
    """5 November 2026; an instant is given its London day."""
    return _spelled(_london_day(day))


@lru_cache(maxsize=8192)
def _spelled(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def as_short_date(day: date) -> str:
    """5 Nov, for where the year is plain from what stands around."""
    local = _london_day(day)
    return f"{local.day} {_MONTHS[local.month - 1][:3]}"


def as_table_date(day: date) -> str:
    """5 Nov 2026, for narrow columns."""
    return _shortened(_london_day(day))


@lru_cache(maxsize=8192)
def _shortened(day: date) -> str:
    return f"{as_short_date(day)} {day.year}"


def as_month(day: date) -> str:
    """November 2026, whichever day of it is given."""
    local = _london_day(day)
    return f"{_MONTHS[local.month - 1]} {local.year}"


def as_short_month(day: date) -> str:
    """Nov 2026, for narrow columns."""
    local = _london_day(day)
    return f"{_MONTHS[local.month - 1][:3]} {local.year}"


def as_weekday_date(day: date) -> str:
    """Thursday 5 November 2026."""
    local = _london_day(day)
    return f"{_WEEKDAYS[local.weekday()]} {as_date(local)}"


def as_iso_date(day: date) -> str:
    """2026-11-05, for `<time datetime>` and addresses."""
    return _london_day(day).isoformat()


def as_time(instant: datetime) -> str:
    """9:30am, 9am, midday, midnight: the London clock."""
    local = _london(instant)
    if local.minute == 0 and local.hour in {0, 12}:
        return "midday" if local.hour else "midnight"
    minutes = f":{local.minute:02}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}"  # noqa: PLR2004 - noon


def as_date_and_time(instant: datetime) -> str:
    """5 November 2026 at 9:30am."""
    return f"{as_date(instant)} at {as_time(instant)}"


def as_date_range(first: date, last: date) -> str:
    """1 to 5 November 2026; what both ends share is said once."""
    first, last = _london_day(first), _london_day(last)
    if first == last:
        return as_date(first)
    if first.year != last.year:
        return f"{as_date(first)} to {as_date(last)}"
    if first.month != last.month:
        return f"{first.day} {_MONTHS[first.month - 1]} to {as_date(last)}"
    return f"{first.day} to {as_date(last)}"


def as_distance(day: date, today: date) -> str:
    """In 12 days, 3 weeks ago: whole units, rounded down, so that a due date never sounds further off than it is."""
    day, today = _london_day(day), _london_day(today)
    away = (day - today).days
    if abs(away) <= 1:
        return ("yesterday", "today", "tomorrow")[away + 1]
    span = as_span(min(day, today), max(day, today))
    return f"in {span}" if away > 0 else f"{span} ago"


def as_span(first: date, last: date) -> str:
    """12 days, 3 weeks, 5 months, 2 years: the whole units from one day to another."""
    days = (last - first).days
    if days < _FEW_DAYS:
        return as_count(days, "day")
    if days < _FEW_WEEKS_IN_DAYS:
        return as_count(days // 7, "week")
    months = (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)
    if months < _FEW_MONTHS:
        return as_count(months, "month")
    return as_count(months // 12, "year")


def as_number(number: float) -> str:
    """1,204."""
    return f"{number:,}"


def as_count(number: int, noun: str, plural: str | None = None) -> str:
    """1 officer, 1,204 officers; an irregular plural is given."""
    many = plural if plural is not None else f"{noun}s"
    return f"{as_number(number)} {noun if number == 1 else many}"


def as_percentage(part: int, whole: int) -> str:
    """87%; a part that is not nothing is never shown as 0%, nor one that is not all as 100%."""
    if whole == 0:
        return "0%"
    rounded = round(100 * part / whole)
    if 0 < part < whole:
        rounded = min(max(rounded, 1), 99)
    return f"{rounded}%"


def as_list(words: tuple[str, ...] | list[str]) -> str:
    """First aid, driving and Taser: no comma before the and."""
    *most, last = words or ("",)
    return f"{', '.join(most)} and {last}" if most else last


def as_sentence_case(word: str) -> str:
    """In grace: the first letter raised, the rest as it came, and underscores as spaces."""
    spaced = word.replace("_", " ")
    return spaced[:1].upper() + spaced[1:]


def _london(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError("an instant without a zone has no London time")
    return instant.astimezone(LONDON)


def _london_day(day: date) -> date:
    return london_day(_london(day)) if isinstance(day, datetime) else day
