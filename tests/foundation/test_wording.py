"""Do dates, times, numbers and spans read as the GOV.UK style guide has them?"""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation import wording

A_DAY = date(2026, 11, 5)


def test_a_date_reads_as_people_say_it() -> None:
    assert wording.as_date(A_DAY) == "5 November 2026"
    assert wording.as_short_date(A_DAY) == "5 Nov"
    assert wording.as_table_date(A_DAY) == "5 Nov 2026"
    assert wording.as_weekday_date(A_DAY) == "Thursday 5 November 2026"
    assert wording.as_iso_date(A_DAY) == "2026-11-05"


def test_an_instant_just_before_midnight_utc_in_summer_is_already_the_next_london_day() -> None:
    assert wording.as_date(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == "1 July 2026"


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no London time"):
        wording.as_date(datetime(2026, 6, 30, 23, 30))  # noqa: DTZ001 - the accident under test


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [
        (9, 30, "9:30am"),
        (9, 0, "9am"),
        (0, 0, "midnight"),
        (0, 5, "12:05am"),
        (12, 0, "midday"),
        (12, 30, "12:30pm"),
        (17, 30, "5:30pm"),
        (23, 59, "11:59pm"),
    ],
)
def test_a_time_reads_as_people_say_it(hour: int, minute: int, words: str) -> None:
    assert wording.as_time(datetime(2026, 11, 5, hour, minute, tzinfo=UTC)) == words


def test_a_summer_time_is_the_london_clock() -> None:
    assert wording.as_date_and_time(datetime(2026, 6, 30, 8, 30, tzinfo=UTC)) == "30 June 2026 at 9:30am"


@pytest.mark.parametrize(
    ("last", "words"),
    [
        (date(2026, 11, 5), "5 November 2026"),
        (date(2026, 11, 9), "5 to 9 November 2026"),
        (date(2026, 12, 1), "5 November to 1 December 2026"),
        (date(2027, 1, 1), "5 November 2026 to 1 January 2027"),
    ],
)
def test_a_range_says_once_what_both_ends_share(last: date, words: str) -> None:
    assert wording.as_date_range(A_DAY, last) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 5), "today"),
        (date(2026, 11, 6), "tomorrow"),
        (date(2026, 11, 4), "yesterday"),
        (date(2026, 11, 17), "in 12 days"),
        (date(2026, 11, 19), "in 2 weeks"),
        (date(2026, 10, 15), "3 weeks ago"),
        (date(2027, 4, 5), "in 5 months"),
        (date(2027, 4, 4), "in 4 months"),
        (date(2028, 11, 4), "in 23 months"),
        (date(2028, 11, 5), "in 2 years"),
        (date(2023, 11, 6), "2 years ago"),
    ],
)
def test_a_distance_is_in_the_largest_whole_unit_people_use(day: date, words: str) -> None:
    assert wording.as_distance(day, A_DAY) == words


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)), st.dates(date(1950, 1, 1), date(2090, 1, 1)))
def test_a_distance_never_says_zero_of_anything(day: date, today: date) -> None:
    words = wording.as_distance(day, today)
    assert " 0 " not in f" {words} "
    assert words.startswith("in ") == ((day - today).days > 1)


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 officers"), (1, "1 officer"), (2, "2 officers"), (1204, "1,204 officers")]
)
def test_a_count_agrees_with_its_noun(number: int, words: str) -> None:
    assert wording.as_count(number, "officer") == words


def test_an_irregular_plural_is_given() -> None:
    assert wording.as_count(3, "person", "people") == "3 people"


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [(0, 0, "0%"), (0, 9, "0%"), (1, 1204, "1%"), (1203, 1204, "99%"), (9, 9, "100%"), (2, 3, "67%")],
)
def test_a_percentage_never_rounds_someone_away(part: int, whole: int, words: str) -> None:
    assert wording.as_percentage(part, whole) == words


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), ""),
        (("driving",), "driving"),
        (("first aid", "driving", "Taser"), "first aid, driving and Taser"),
    ],
)
def test_a_list_has_no_comma_before_the_and(words: tuple[str, ...], sentence: str) -> None:
    assert wording.as_list(words) == sentence


def test_a_word_is_raised_and_the_rest_of_it_kept() -> None:
    assert wording.as_sentence_case("in_grace") == "In grace"
    assert wording.as_sentence_case("CED authority") == "CED authority"
