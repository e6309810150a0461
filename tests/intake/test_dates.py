"""Is a date read as it was meant, and asked about where that cannot be known?"""

from datetime import date

import pytest
from dateutil import parser
from hypothesis import given
from hypothesis import strategies as st

from foundation.intake.dates import DateOrder, Dates, Habit, habit_of

SETTLED = Habit(day_first=100)


def read(cell: str, order: DateOrder = DateOrder.DAY_FIRST, habit: Habit = SETTLED) -> date | str:
    reading = Dates(order, habit).read(cell)
    return reading.day or reading.fault or reading.question or ""


@pytest.mark.parametrize(
    "cell",
    ["04/03/2024", "4/3/2024", "04-03-2024", "04.03.24", "2024-03-04", "20240304", "2024-03-04T00:00:00", "4-Mar-24",
     "04 March 2024", "4th March 2024", "Mar 4, 2024", " 04/03/2024 ", "04/03/2024 00:00"],
)  # fmt: skip
def test_many_hands_write_the_same_day(cell: str) -> None:
    assert read(cell) == date(2024, 3, 4)


@pytest.mark.parametrize("cell", ["31/02/2019", "14/13/2025", "2025-02-29", "00/00/0000", "31-Nov-20"])
def test_a_day_that_no_calendar_has_is_a_fault(cell: str) -> None:
    assert "no day of the calendar" in str(read(cell))


@pytest.mark.parametrize("cell", ["soon", "45123", "12/2024", "1/1/1/2024", "٠٤/٠٣/٢٠٢٤x"])
def test_what_is_no_date_is_a_fault(cell: str) -> None:
    assert "is not a date" in str(read(cell))


def test_a_date_that_fits_only_the_other_order_is_asked_about() -> None:
    assert "month first it is 29 May 2024" in str(read("05/29/2024"))


def test_the_library_turns_the_date_around_without_a_word() -> None:
    """Traps F1: why dates are read by hand."""
    assert parser.parse("05/29/2024", dayfirst=True).date() == date(2024, 5, 29)


def test_a_file_without_exception_settles_its_order() -> None:
    month_first = Habit(month_first=20, either=50)
    assert read("04/03/2024", DateOrder.FROM_FILE, month_first) == date(2024, 4, 3)
    assert read("04/03/2024", DateOrder.FROM_FILE, Habit(day_first=20)) == date(2024, 3, 4)


@pytest.mark.parametrize(
    "habit", [Habit(either=500), Habit(day_first=500, month_first=1), Habit(month_first=19)]
)
def test_a_file_that_does_not_settle_its_order_is_asked(habit: Habit) -> None:
    answer = str(read("04/03/2024", DateOrder.FROM_FILE, habit))
    assert "is it 4 March 2024 or 3 April 2024?" in answer
    assert read("05/05/2024", DateOrder.FROM_FILE, habit) == date(2024, 5, 5)


def test_a_mapping_that_most_of_the_file_contradicts_settles_nothing() -> None:
    assert "is it 4 March 2024 or 3 April 2024?" in str(read("04/03/2024", habit=Habit(3, 400, 200)))


def test_the_habit_counts_each_date_as_often_as_it_comes() -> None:
    cells = [("29/05/2024", 3), ("05/29/2024", 2), ("04/03/2024", 5), ("05/05/2024", 9), ("2024-03-04", 7)]
    assert habit_of(cells) == Habit(day_first=3, month_first=2, either=5)


@given(st.dates(date(1970, 1, 1), date(2068, 12, 31)))
def test_whatever_day_is_written_is_the_day_that_is_read(day: date) -> None:
    for written in (f"{day:%d/%m/%Y}", f"{day:%Y-%m-%d}", f"{day:%d-%b-%Y}", f"{day:%d-%b-%y}"):
        assert read(written) == day
    assert read(f"{day:%m/%d/%Y}", DateOrder.MONTH_FIRST, Habit()) == day


@given(st.text(max_size=30))
def test_no_text_breaks_the_reading(cell: str) -> None:
    assert read(cell)
