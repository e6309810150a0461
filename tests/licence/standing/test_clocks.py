"""Does a clock that was stopped end on the day that counting on the fingers gives?"""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licence.standing.clocks import DAY, Span, counted, covering, extended, first_outside, merged, span_of
from licence.standing.decisions import Absence
from licence.standing.due import FOREVER
from passport.policy.rules import AbsenceRule
from people.posts.rules import AbsenceKind, Period

START = date(2026, 1, 1)


def day(number: int) -> date:
    return START + timedelta(days=number)


spans = st.tuples(st.integers(-20, 80), st.integers(0, 15)).map(
    lambda one: Span(day(one[0]), day(one[0] + one[1]))
)
many_spans = st.lists(spans, max_size=5)


@given(many_spans)
def test_merging_loses_and_adds_no_day(given_spans: list[Span]) -> None:
    joined = merged(given_spans)
    for number in range(-25, 100):
        assert bool(covering(joined, day(number))) == any(
            one.first <= day(number) <= one.last for one in given_spans
        )
    for before, after in pairwise(joined):
        assert before.last + DAY < after.first


@given(st.integers(0, 30), st.integers(0, 60), many_spans)
def test_a_due_day_is_reached_when_so_many_days_have_run(
    begun: int, allowed: int, given_spans: list[Span]
) -> None:
    stops = merged(given_spans)
    due_on = extended(day(begun), day(begun + allowed), stops)
    ran = sum(covering(stops, day(number)) is None for number in range(begun + 1, (due_on - START).days + 1))
    assert ran == allowed


@given(st.integers(0, 30), st.integers(0, 60), many_spans, spans)
def test_another_stop_never_brings_a_due_day_nearer(
    begun: int, allowed: int, known: list[Span], more: Span
) -> None:
    due_on = day(begun + allowed)
    assert extended(day(begun), due_on, merged([*known, more])) >= extended(day(begun), due_on, merged(known))


@pytest.mark.parametrize(
    ("stop", "due"),
    [
        ((1, 3), 13),  # within
        ((-5, 0), 10),  # over by the day it began
        ((-5, 1), 11),  # one day of it counts
        ((10, 12), 13),  # begun on the due day itself
        ((11, 12), 10),  # begun after it
    ],
)
def test_only_days_after_the_start_and_stops_begun_by_the_due_day_count(
    stop: tuple[int, int], due: int
) -> None:
    assert extended(day(0), day(10), [Span(day(stop[0]), day(stop[1]))]) == day(due)


def test_a_stop_without_an_end_leaves_nothing_due() -> None:
    assert extended(day(0), day(10), [Span(day(5), FOREVER)]) == FOREVER
    assert extended(day(0), day(10), [Span(day(11), FOREVER)]) == day(10)
    assert extended(day(0), FOREVER, [Span(day(5), day(6))]) == FOREVER


def test_payroll_writes_no_end_as_the_last_day_of_9999() -> None:
    assert span_of(Period(day(0), date(9999, 12, 31))) == span_of(Period(day(0))) == Span(day(0), FOREVER)


def test_the_first_day_outside_is_past_all_that_touch() -> None:
    stops = merged([Span(day(0), day(3)), Span(day(4), day(6)), Span(day(9), FOREVER)])
    assert first_outside(day(-1), stops) == day(-1)
    assert first_outside(day(0), stops) == first_outside(day(6), stops) == day(7)
    assert first_outside(day(9), stops) == FOREVER


@pytest.mark.parametrize(
    ("length", "counts"), [(27, ()), (28, (Span(day(28), day(28)),)), (30, (Span(day(28), day(30)),))]
)
def test_sickness_counts_from_the_day_after_the_days_it_must_last(
    length: int, counts: tuple[Span, ...]
) -> None:
    sick = Absence(Period(day(0), day(length)), AbsenceKind.LONG_TERM_SICKNESS)
    elsewhere = Absence(Period(day(0), day(length)), AbsenceKind.CAREER_BREAK)
    assert counted([sick, elsewhere], [AbsenceRule(AbsenceKind.LONG_TERM_SICKNESS, 28)]) == counts
