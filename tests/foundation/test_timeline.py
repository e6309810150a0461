"""Does everything dated stand in its place on the line of years?"""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from foundation.timeline import Lane, Span, draw_timeline

TODAY = date(2026, 11, 5)
DAYS = st.dates(date(1980, 1, 1), date(2060, 1, 1))


def test_a_whole_year_fills_the_line() -> None:
    drawing = draw_timeline(
        "A year", [Lane("First aid", [Span(date(2026, 1, 1), date(2026, 12, 31), "Met")])], today=TODAY
    )
    (bar,) = drawing.lanes[0].bars
    assert (bar.left, bar.width) == (0.0, 100.0)
    assert (drawing.first, drawing.last) == (date(2026, 1, 1), date(2026, 12, 31))


def test_touching_spans_leave_no_gap() -> None:
    spans = [
        Span(date(2026, 7, 1), date(2026, 12, 31), "Overdue"),
        Span(date(2026, 1, 1), date(2026, 6, 30), "Met"),
    ]
    first, second = draw_timeline("A year", [Lane("First aid", spans)], today=TODAY).lanes[0].bars
    assert first.span.words == "Met"
    assert abs(first.left + first.width - second.left) < 0.02


def test_a_single_day_in_thirty_years_still_shows() -> None:
    day = Span(TODAY, TODAY, "Met")
    drawing = draw_timeline(
        "Long", [Lane("A", [day])], today=TODAY, first=date(2000, 1, 1), last=date(2029, 12, 31)
    )
    assert drawing.lanes[0].bars[0].width == 0.6


def test_what_lies_outside_is_left_out_and_today_with_it() -> None:
    before = Span(date(2001, 1, 1), date(2002, 1, 1), "Met")
    drawing = draw_timeline(
        "Then", [Lane("A", [before])], today=TODAY, first=date(2010, 1, 1), last=date(2012, 1, 1)
    )
    assert drawing.lanes[0].bars == ()
    assert drawing.today_left is None


def test_a_career_of_forty_years_has_no_crowd_of_years() -> None:
    drawing = draw_timeline("Long", [], today=TODAY, first=date(1986, 1, 1), last=date(2026, 12, 31))
    assert len(drawing.ticks) <= 12


@given(st.lists(st.tuples(DAYS, st.integers(0, 4000)), max_size=8), DAYS)
def test_every_bar_stays_on_the_line(spans: list[tuple[date, int]], today: date) -> None:
    lane = Lane("A", [Span(first, first + timedelta(days=days), "Met") for first, days in spans])
    drawing = draw_timeline("Any", [lane], today=today)
    assert len(drawing.lanes[0].bars) == len(spans)
    assert all(bar.left >= 0 and bar.left + bar.width <= 100.01 for bar in drawing.lanes[0].bars)
    assert drawing.today_left is not None
