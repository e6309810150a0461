"""Which day and which instant does an address mean?"""

from datetime import UTC, date, datetime

import pytest

from foundation.problems import InvalidError
from licence.passport_page.asking import asked, day_for_program, instant_for_program

TODAY = date(2026, 11, 5)


def test_nothing_asked_is_today_as_known_now() -> None:
    question = asked({}, today=TODAY)
    assert (question.on, question.known, question.error) == (TODAY, None, None)


def test_the_address_and_the_boxes_mean_the_same() -> None:
    by_boxes = asked({"on-day": "3", "on-month": "Mar", "on-year": "2026"}, today=TODAY)
    assert by_boxes.on == asked({"on": "2026-03-03"}, today=TODAY).on == date(2026, 3, 3)


def test_an_instant_that_cannot_be_read_is_told_with_what_was_typed() -> None:
    question = asked({"known": "last <week>"}, today=TODAY)
    assert (question.on, question.known, question.wrong_field) == (TODAY, None, "another-day")
    assert question.error is not None
    assert question.error.startswith("“last <week>” is no day or instant")
    assert asked({"known": "2026-03-04"}, today=TODAY).error is None


def test_what_was_typed_is_kept() -> None:
    entry = asked({"on-day": " 31", "on-month": "Feb", "on-year": "2026"}, today=TODAY).entry
    assert (entry.day, entry.month, entry.year) == ("31", "Feb", "2026")


def test_a_day_of_knowledge_is_its_last_moment_in_london() -> None:
    summer = instant_for_program("2026-07-04", today=TODAY)
    assert summer == datetime(2026, 7, 4, 22, 59, 59, 999999, tzinfo=UTC)
    assert instant_for_program("2026-03-04T09:30:00+01:00", today=TODAY) == datetime(
        2026, 3, 4, 8, 30, tzinfo=UTC
    )
    assert instant_for_program(None, today=TODAY) is None


@pytest.mark.parametrize(
    "text", ["yesterday", "2026-02-30", "2026-03-04T09:30:00", "0001-01-01", "9999-12-31"]
)
def test_an_instant_that_cannot_be_used_is_refused(text: str) -> None:
    with pytest.raises(InvalidError):
        instant_for_program(text, today=TODAY)


@pytest.mark.parametrize("day", [date.min, date(1974, 3, 31), date(2037, 1, 1), date.max])
def test_a_day_out_of_reach_is_refused(day: date) -> None:
    with pytest.raises(InvalidError):
        day_for_program(day, today=TODAY)
