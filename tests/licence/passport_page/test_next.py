"""Does a passport say what to do next in the right order, how long it takes, and what need not be done twice?"""

from dataclasses import replace
from datetime import date

from licence.passport_page.judged import Judging
from licence.passport_page.picture import drawn
from licence.passport_page.urgency import HOURS_NOT_SAID
from licence.passport_page.view import View, view_of
from licence.standing.decisions import Absence, State
from licence.standing.voice import YOU
from passport.policy.rules import AppliesTo, Effect
from people.posts.rules import AbsenceKind, Period
from tests.licence.passport_page.samples import (
    FIRST_AID,
    POLICY,
    PPST,
    TODAY,
    facts,
    passport,
    requirement,
    shown,
)

BASIC, RESPONSE, ADVANCED = 11, 12, 13
DRIVES = replace(
    POLICY,
    requirements=(
        *POLICY.requirements,
        requirement(BASIC, "BASIC", "Basic driving", Effect.OPERATIONAL_STOP, authority="basic driving",
                    satisfied_by=(RESPONSE, ADVANCED), hours=3.0),
        requirement(RESPONSE, "RESPONSE", "Response driving", Effect.OPERATIONAL_STOP, authority="response driving",
                    satisfied_by=(ADVANCED,), hours=16.0, initial_hours=80.0),
        requirement(ADVANCED, "ADVANCED", "Advanced driving", Effect.ROLE_GATE,
                    applies_to=AppliesTo(profiles=frozenset({"roads"}))),
    ),
)  # fmt: skip
SUMMER = {number: [date(2026, 7, 1)] for number in (PPST, FIRST_AID, 3, 5, 6)}
SOON = date(2026, 1, 20)


def todo(met: dict[int, list[date]], *profiles: str) -> View:
    return view_of(passport(facts({**SUMMER, **met}, profiles=profiles), policy=DRIVES), today=TODAY)


def test_of_two_courses_the_higher_is_taken_once() -> None:
    [response] = todo({BASIC: [date(2025, 12, 1)], RESPONSE: [SOON]}).todo
    assert (response.code, response.also) == ("RESPONSE", "Basic driving")
    assert response.by.startswith("20 January 2027")
    assert response.otherwise == (
        "Response driving stops the next day. There is no grace. Basic driving stops the next day. There is no grace."
    )


def test_of_three_the_highest_is_taken_alone_and_says_what_follows_of_each() -> None:
    [advanced] = todo({BASIC: [SOON], RESPONSE: [SOON], ADVANCED: [SOON]}, "roads").todo
    assert (advanced.code, advanced.also) == ("ADVANCED", "Basic driving and Response driving")
    assert "Basic driving stops the next day." in advanced.otherwise
    assert "Response driving stops the next day." in advanced.otherwise


def test_a_higher_course_never_taken_stands_in_for_a_lower_that_ran_out() -> None:
    [response] = todo({BASIC: [date(2025, 10, 1)]}).todo
    assert (response.code, response.state, response.hours) == ("RESPONSE", State.OVERDUE, "80 hours")


def test_a_higher_course_that_is_not_asked_of_somebody_is_not_sent_to_them() -> None:
    assert [one.code for one in todo({BASIC: [SOON], RESPONSE: [SOON]}).todo] == ["RESPONSE"]


def test_what_policy_leaves_open_is_said() -> None:
    [advanced] = todo({ADVANCED: [SOON]}, "roads").todo
    assert advanced.hours == HOURS_NOT_SAID
    both = shown(facts({**SUMMER, PPST: [SOON], FIRST_AID: [SOON]}))
    assert both.takes == "All 2 together take 18 hours."
    with_open = todo({PPST: [SOON], ADVANCED: [SOON]}, "roads")
    assert with_open.takes == "All 2 together take 12 hours, and 1 thing for which policy names no hours."


def test_the_timeline_marks_what_comes_due_also_where_nothing_was_ever_recorded() -> None:
    newcomer = shown(facts({}, joined_on=date(2026, 11, 2), profiles=(), decided=()))
    assert newcomer.timeline is not None
    marks = {lane.label: [point.mark.day for point in lane.points] for lane in newcomer.timeline.lanes}
    assert marks["First aid"] == [date(2026, 11, 2)]
    assert "Due" in newcomer.timeline.marked


def test_the_timeline_shows_time_away_that_is_to_come() -> None:
    away = Absence(Period(date(2027, 2, 1), date(2027, 8, 31)), AbsenceKind.PARENTAL)
    known = facts(SUMMER, absences=(away,))
    drawing = drawn(known, passport(known).decision.findings, Judging(TODAY, POLICY, {}, YOU))
    assert drawing is not None
    [span] = [bar.span for lane in drawing.lanes if lane.label == "Time away" for bar in lane.bars]
    assert (span.first, span.last) == (date(2027, 2, 1), date(2027, 8, 31))
