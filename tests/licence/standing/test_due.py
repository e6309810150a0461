"""Do days come out as a calendar on the wall would have them?"""

from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from licence.standing.anniversaries import furthest, reaches
from licence.standing.due import (
    FOREVER,
    Reach,
    fixed_day_from,
    months_after,
    through,
    told,
)
from passport.policy.rules import Anchor, Validity

days = st.dates(date(2000, 1, 1), date(2060, 12, 31))
FIXED = Validity(12, Anchor.FIXED_DATE, fixed_day=(3, 31))
ANNIVERSARY = Validity(12, Anchor.ANNIVERSARY, renewal_window_days=60, minimum_gap_days=30)


@given(days, st.integers(0, 600))
def test_months_are_added_as_an_independent_calendar_adds_them(day: date, months: int) -> None:
    assert months_after(day, months) == day + relativedelta(months=months)


@given(days, days, st.integers(0, 120))
def test_a_later_day_never_falls_due_earlier(one: date, other: date, months: int) -> None:
    assert (one <= other) <= (months_after(one, months) <= months_after(other, months))


@pytest.mark.parametrize(
    ("day", "months", "due"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2025, 12, 15), 1, date(2026, 1, 15)),
        (date(2025, 11, 5), 12, date(2026, 11, 5)),
        (date(2025, 11, 30), 1, date(2025, 12, 30)),
    ],
)
def test_the_same_day_number_is_due_or_the_last_of_the_month(day: date, months: int, due: date) -> None:
    assert months_after(day, months) == due


def test_what_lies_beyond_all_calendars_never_falls_due() -> None:
    assert months_after(date(8999, 12, 31), 1) == FOREVER
    assert months_after(date(8999, 11, 30), 1) == date(8999, 12, 30)
    assert (told(FOREVER), told(date(8999, 12, 30))) == (None, date(8999, 12, 30))
    assert through(FIXED, date(8999, 12, 31)) == FOREVER


@given(days)
def test_a_fixed_day_is_the_first_such_day_not_before(day: date) -> None:
    found = fixed_day_from(day, (3, 31))
    assert (found.month, found.day) == (3, 31)
    assert timedelta(0) <= found - day < timedelta(days=366)


@pytest.mark.parametrize(
    ("day", "fixed", "found"),
    [
        (date(2026, 3, 31), (3, 31), date(2026, 3, 31)),
        (date(2026, 4, 1), (3, 31), date(2027, 3, 31)),
        (date(2026, 3, 1), (2, 29), date(2027, 2, 28)),
        (date(2027, 3, 1), (2, 29), date(2028, 2, 29)),
    ],
)
def test_a_fixed_day_is_met_on_the_day_itself(day: date, fixed: tuple[int, int], found: date) -> None:
    assert fixed_day_from(day, fixed) == found


@given(days)
def test_validity_without_months_holds_for_good(day: date) -> None:
    for anchor in Anchor:
        assert through(Validity(None, anchor, fixed_day=(3, 31)), day) == FOREVER
        assert reaches(Validity(None, anchor), [day]) == [Reach(FOREVER, day)]


def test_each_anchor_counts_in_its_way() -> None:
    day = date(2025, 5, 10)
    assert through(Validity(12), day) == date(2026, 5, 10)
    assert through(FIXED, day) == date(2027, 3, 31)
    assert through(ANNIVERSARY, day) == date(2026, 5, 10)
    assert through(Validity(12, fixed_day=(3, 31)), day) == date(2026, 5, 10)


FIRST = date(2025, 5, 10)


@pytest.mark.parametrize(
    ("renewed", "due"),
    [
        (date(2026, 3, 10), date(2027, 3, 10)),  # a day before the window of 60 days opens
        (date(2026, 3, 11), date(2027, 5, 10)),  # its first day
        (date(2026, 5, 10), date(2027, 5, 10)),  # its last day
        (date(2026, 5, 11), date(2027, 5, 11)),  # a day late
    ],
)
def test_an_anniversary_is_kept_within_its_window(renewed: date, due: date) -> None:
    assert furthest(ANNIVERSARY, [FIRST, renewed]) == Reach(due, renewed)


@pytest.mark.parametrize(("gap", "due"), [(335, date(2027, 5, 10)), (336, date(2027, 4, 10))])
def test_an_anniversary_is_kept_only_after_the_least_gap(gap: int, due: date) -> None:
    asked = Validity(12, Anchor.ANNIVERSARY, renewal_window_days=60, minimum_gap_days=gap)
    assert furthest(asked, [FIRST, date(2026, 4, 10)]) == Reach(due, date(2026, 4, 10))


def test_a_second_course_in_one_window_keeps_the_anniversary_once() -> None:
    kept = [FIRST, date(2026, 4, 1), date(2026, 5, 5)]
    assert furthest(ANNIVERSARY, kept) == Reach(date(2027, 5, 10), date(2026, 5, 5))
    assert furthest(ANNIVERSARY, []) is None


@given(st.lists(days, min_size=1, max_size=6))
def test_an_anniversary_does_not_depend_on_the_order_nor_on_repetition(known: list[date]) -> None:
    assert furthest(ANNIVERSARY, known) == furthest(ANNIVERSARY, [*reversed(known), *known])
    assert furthest(ANNIVERSARY, known) == max(reaches(ANNIVERSARY, known))


@given(
    st.dates(date(2016, 1, 1), date(2017, 3, 1)),
    st.lists(st.integers(1, 420), min_size=1, max_size=12),
    st.builds(
        Validity,
        st.sampled_from([1, 12, 24]),
        st.just(Anchor.ANNIVERSARY),
        st.sampled_from([0, 20, 60, 400]),
        st.sampled_from([0, 10, 240]),
    ),
)
def test_the_furthest_anniversary_is_the_furthest_of_all_that_are_kept(
    first: date, apart: list[int], validity: Validity
) -> None:
    known = [first + timedelta(days=sum(apart[:place])) for place in range(len(apart) + 1)]
    assert furthest(validity, known) == max(reaches(validity, known))


def test_so_it_is_of_more_completions_than_anybody_needs() -> None:
    known = [FIRST + timedelta(days=10 * number) for number in range(100)]
    assert furthest(ANNIVERSARY, known) == max(reaches(ANNIVERSARY, known))


@given(st.lists(days, min_size=1, max_size=6), days)
def test_another_completion_never_takes_a_reach_away(known: list[date], another: date) -> None:
    for validity in (ANNIVERSARY, FIXED, Validity(12), Validity(1, Anchor.ANNIVERSARY, 400)):
        assert set(reaches(validity, known)) <= set(reaches(validity, [*known, another]))


@given(days, st.integers(1, 12))
def test_an_anniversary_renewed_on_its_last_day_each_year_is_always_the_first_one(
    first: date, years: int
) -> None:
    known = [first + relativedelta(years=number) for number in range(years + 1)]
    assert furthest(ANNIVERSARY, known) == Reach(first + relativedelta(years=years + 1), known[-1])


def test_a_leap_day_is_kept_by_renewing_on_its_stand_in() -> None:
    renewed = [date(2024, 2, 29), date(2025, 2, 28), date(2026, 2, 28), date(2027, 2, 28)]
    assert furthest(ANNIVERSARY, renewed) == Reach(date(2028, 2, 29), date(2027, 2, 28))
