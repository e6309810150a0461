"""Is the day a person typed read as they meant it, and kept as they typed it?"""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.date_entry import date_entry_of, limited, read_date_entry


@pytest.mark.parametrize("month", ["3", "03", "Mar", "march", "MARCH"])
def test_a_month_may_be_a_number_or_a_name(month: str) -> None:
    assert read_date_entry(" 4", month, "2026").meant == date(2026, 3, 4)


@pytest.mark.parametrize(
    ("day", "month", "year", "error", "wrong"),
    [
        ("", "3", "2026", "The date must include a day", ("day",)),
        ("4", "", "", "The date must include a month and year", ("month", "year")),
        ("31", "2", "2026", "The date must be a real date", ("day", "month", "year")),
        ("4", "Smarch", "2026", "The date must be a real date", ("day", "month", "year")),
        ("four", "3", "2026", "The date must be a real date", ("day", "month", "year")),
        ("4", "3", "26", "The date’s year must include 4 numbers", ("year",)),
        ("4", "3", "٢٠٢٦", "The date’s year must include 4 numbers", ("year",)),
        ("4", "3", "0000", "The date must be a real date", ("day", "month", "year")),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    day: str, month: str, year: str, error: str, wrong: tuple[str, ...]
) -> None:
    entry = read_date_entry(day, month, year)
    assert (entry.error, entry.wrong, entry.meant) == (error, wrong, None)
    assert (entry.day, entry.month, entry.year) == (day, month, year)


def test_nothing_typed_is_no_error() -> None:
    entry = read_date_entry(" ", "", "")
    assert entry.is_empty
    assert entry.error is None


def test_a_day_at_either_limit_is_allowed_and_the_next_is_not() -> None:
    first, last = date(2026, 3, 1), date(2026, 3, 31)
    assert limited(date_entry_of(first), earliest=first, latest=last).error is None
    assert limited(date_entry_of(last), earliest=first, latest=last).error is None
    early = limited(date_entry_of(date(2026, 2, 28)), earliest=first, latest=last)
    assert early.error == "The date must be on or after 1 March 2026"
    assert early.day == "28"
    late = limited(date_entry_of(date(2026, 4, 1)), name="training date", earliest=first, latest=last)
    assert late.error == "The training date must be on or before 31 March 2026"


@given(st.text(max_size=6), st.text(max_size=6), st.text(max_size=6))
def test_whatever_is_typed_is_answered(day: str, month: str, year: str) -> None:
    entry = read_date_entry(day, month, year)
    assert entry.is_empty or (entry.meant is None) != (entry.error is None)


@given(st.dates(date(1000, 1, 1)))
def test_a_day_we_fill_in_reads_back_as_itself(day: date) -> None:
    filled = date_entry_of(day)
    assert read_date_entry(filled.day, filled.month, filled.year).meant == day
