"""Does the next conversation fall due when the person can be spoken with, and does somebody always know that it is late?"""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport.conversations.framework import framework, read
from passport.conversations.rules import (
    Above,
    Absence,
    Asked,
    Cadence,
    Facts,
    Flag,
    Next,
    State,
    Unled,
    away,
    cadence_of,
    flags,
    is_away,
    next_due,
)
from passport.policy.document import shipped_policy
from passport.policy.rules import AbsenceRule
from people.posts.rules import AbsenceKind, Kind, Period, Rank

DAY = timedelta(days=1)
RULES = (AbsenceRule(AbsenceKind.PARENTAL), AbsenceRule(AbsenceKind.LONG_TERM_SICKNESS, 28))
CADENCE = Cadence(105, 14, RULES)
ASKED = Asked(date(2026, 1, 1), frozenset({Kind.OFFICER, Kind.STAFF}), frozenset({Rank.CHIEF_CONSTABLE}))


def facts(
    held: str | None = None, *absences: tuple[str, str, str | None], since: str = "2020-01-06"
) -> Facts:
    return Facts(
        1,
        Kind.OFFICER,
        Rank.CONSTABLE,
        date.fromisoformat(since),
        date.fromisoformat(held) if held else None,
        [
            Absence(AbsenceKind(kind), Period(date.fromisoformat(a), date.fromisoformat(b) if b else None))
            for kind, a, b in absences
        ],
    )


@pytest.mark.parametrize(
    ("given_facts", "on", "state", "due_on", "late"),
    [
        (facts("2026-03-02"), "2026-06-15", State.DUE, "2026-06-15", 0),
        (facts("2026-03-02"), "2026-06-16", State.OVERDUE, "2026-06-15", 1),
        (facts(), "2026-03-01", State.DUE, "2026-04-16", 0),
        (facts(since="2026-03-02"), "2026-03-02", State.DUE, "2026-06-15", 0),
        (facts("2026-02-27", since="2026-03-02"), "2026-03-03", State.DUE, "2026-06-15", 0),
        (facts("2026-03-02", ("parental", "2026-04-01", "2026-04-10")), "2026-06-16", State.DUE, "2026-06-25", 0),
        (facts("2026-03-02", ("parental", "2026-04-01", None)), "2026-05-01", State.PAUSED, None, 0),
        (facts("2026-03-02", ("parental", "2026-06-15", "2026-06-16")), "2026-06-16", State.PAUSED, "2026-06-17", 0),
        (facts("2026-03-02", ("parental", "2026-06-16", "2026-06-30")), "2026-07-01", State.OVERDUE, "2026-06-15", 1),
        (facts("2026-03-02", ("long-term sickness", "2026-04-01", "2026-04-28")), "2026-05-01", State.DUE, "2026-06-15", 0),
        (facts("2026-03-02", ("long-term sickness", "2026-04-01", "2026-04-30")), "2026-05-01", State.DUE, "2026-06-17", 0),
        (facts("2026-03-02", ("secondment", "2026-04-01", None)), "2026-05-01", State.DUE, "2026-06-15", 0),
    ],
    ids=[
        "its last day is in time",
        "the day after is late",
        "the first is counted from when conversations are asked for",
        "or from joining",
        "one held in an earlier service does not count",
        "parental leave moves it by its days",
        "leave without an end pauses it",
        "leave that begins on the due day moves it",
        "leave after the due day leaves it late, by the days at work",
        "sickness counts from the day policy says, and not before",
        "by the days after that",
        "what policy does not count moves nothing",
    ],
)  # fmt: skip
def test_an_example_of_when_it_is_due(
    given_facts: Facts, on: str, state: State, due_on: str | None, late: int
) -> None:
    found = next_due(given_facts, CADENCE, ASKED, date.fromisoformat(on))
    assert (found.state, found.due_on, found.late) == (
        state,
        date.fromisoformat(due_on) if due_on else None,
        late,
    )


def test_nothing_is_due_of_whom_it_is_not_asked_nor_where_policy_says_no_interval() -> None:
    volunteer = Facts(1, Kind.VOLUNTEER, None, date(2020, 1, 6))
    chief = Facts(1, Kind.OFFICER, Rank.CHIEF_CONSTABLE, date(2020, 1, 6))
    for one, cadence in (
        (volunteer, CADENCE),
        (chief, CADENCE),
        (facts("2026-03-02"), Cadence(None, None, RULES)),
    ):
        assert next_due(one, cadence, ASKED, date(2026, 11, 22)).state is State.NOT_ASKED


BASE = date(2026, 2, 1)
days = st.integers(0, 300).map(lambda number: BASE + number * DAY)
kinds = st.sampled_from([AbsenceKind.PARENTAL, AbsenceKind.LONG_TERM_SICKNESS, AbsenceKind.SECONDMENT])
absences = st.lists(
    st.builds(
        lambda kind, first, length: Absence(
            kind, Period(first, None if length > 90 else first + length * DAY)
        ),
        kinds,
        days,
        st.integers(0, 100),
    ),
    max_size=4,
)


@given(held=days, off=absences, on=days)
def test_it_is_due_on_the_last_day_of_the_interval_as_a_calendar_counts_it(
    held: date, off: list[Absence], on: date
) -> None:
    one = Facts(1, Kind.OFFICER, Rank.CONSTABLE, BASE, held, off)
    found = next_due(one, CADENCE, ASKED, max(on, held))
    spans = away(off, RULES)
    day, present = held, 0
    while present < 105 and day < held + 2000 * DAY:
        day += DAY
        present += not is_away(spans, day)
    assert found.due_on == (day if present == 105 else None)
    if found.state is State.OVERDUE and found.due_on is not None:
        passed = (found.due_on + n * DAY for n in range(1, (max(on, held) - found.due_on).days + 1))
        assert found.late == sum(not is_away(spans, each) for each in passed)


@given(held=days, off=absences, more=absences, on=days)
def test_more_absence_never_brings_it_forward(
    held: date, off: list[Absence], more: list[Absence], on: date
) -> None:
    def due(absent: list[Absence]) -> date:
        one = Facts(1, Kind.OFFICER, Rank.CONSTABLE, BASE, held, absent)
        return next_due(one, CADENCE, ASKED, max(on, held)).due_on or date.max

    assert due(off) <= due(off + more)


@given(held=days, off=absences, on=days)
def test_a_conversation_held_today_is_not_late_tomorrow(held: date, off: list[Absence], on: date) -> None:
    one = Facts(1, Kind.OFFICER, Rank.CONSTABLE, BASE, on, off)
    assert next_due(one, CADENCE, ASKED, on + DAY).state is not State.OVERDUE


LED = Above(7, is_in_post=True, above_id=8)


@pytest.mark.parametrize(
    ("next_one", "above", "told"),
    [
        (Next(State.DUE, BASE), LED, {}),
        (Next(State.OVERDUE, BASE, None, 1), LED, {Flag.OVERDUE: {7}}),
        (Next(State.OVERDUE, BASE, None, 13), LED, {Flag.OVERDUE: {7}}),
        (Next(State.OVERDUE, BASE, None, 14), LED, {Flag.OVERDUE: {7}, Flag.STILL: {8}}),
        (Next(State.PAUSED, BASE), Above(), {}),
        (Next(State.DUE, BASE), Above(), {Flag.UNLED: set()}),
        (Next(State.DUE, BASE), Above(7, is_in_post=False, above_id=8), {Flag.UNLED: set()}),
        (Next(State.DUE, BASE), Above(7, is_in_post=True, is_away=True, above_id=8), {Flag.UNLED: {8}}),
        (Next(State.OVERDUE, BASE, None, 1), Above(), {Flag.UNLED: set(), Flag.OVERDUE: set()}),
    ],
)
def test_whoever_has_to_see_to_it_is_told(next_one: Next, above: Above, told: dict[Flag, set[int]]) -> None:
    assert flags(next_one, above, CADENCE) == told


@given(
    st.builds(
        Above,
        st.none() | st.just(7),
        st.booleans(),
        st.booleans(),
        st.none() | st.just(8),
    ),
    st.integers(0, 40),
)
def test_nobody_is_orphaned(above: Above, late: int) -> None:
    """Either somebody can hold it, and is told once it is late, or it is flagged that nobody can."""
    found = flags(Next(State.OVERDUE, BASE, None, late), above, CADENCE)
    assert (Flag.UNLED in found) == (above.unled is not None)
    assert above.unled is not None or found[Flag.OVERDUE] == {above.supervisor_id}
    if above.supervisor_id is None:
        assert above.unled is Unled.NOBODY


def test_the_policy_that_is_shipped_asks_every_fifteen_weeks_as_an_assumption() -> None:
    policy = shipped_policy()
    assert cadence_of(policy).interval == 105
    assert {one.key: one.evidence_tag for one in policy.stated}["conversation_interval"] == "A"


def test_the_framework_has_the_topics_of_the_white_paper_each_with_its_source() -> None:
    found = framework()
    assert [one.code for one in found.topics] == [
        "performance", "development", "mentoring", "wellbeing", "behaviours",
    ]  # fmt: skip
    assert all(one.source and one.prompt for one in found.topic)
    assert found.titles["behaviours"] == "Behaviours and values"


def test_two_topics_of_one_code_are_refused() -> None:
    topic = '[[topic]]\ncode = "a"\ntitle = "A"\nprompt = "?"\nsource = "s"\ntag = "A"\n'
    head = '[framework]\ntitle = "t"\nsource = "s"\ntag = "A"\nasked_from = 2026-01-01\nasked_of = ["officer"]\nnot_asked_of = []\n'
    with pytest.raises(ValueError, match="share a code"):
        read(head + topic + topic)
