"""Does renewing within the window lose no day, and one day before it lose some?"""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from licence.planning.windows import opens_on
from licence.standing.anniversaries import furthest
from licence.standing.decisions import Finding, State
from licence.standing.due import months_after, through
from passport.policy.rules import Anchor, AppliesTo, Effect, Requirement, Validity

DAY = timedelta(days=1)
DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))
MONTHS = st.sampled_from([6, 12, 24, 36, 60])


def asked(validity: Validity, *, initial_days: int = 90) -> Requirement:
    return Requirement(
        1, "PPST", "Safety", Effect.LICENCE_CORE, AppliesTo(), validity, "", "A", initial_days=initial_days
    )


def finding(met_on: date | None, due_on: date) -> Finding:
    return Finding(1, Effect.LICENCE_CORE, State.MET, due_on, met_on=met_on)


def reach(validity: Validity, met_on: date, renewed_on: date) -> date:
    found = furthest(validity, [met_on, renewed_on])
    assert found is not None
    return found.due_on


@given(met_on=DAYS, months=MONTHS, window=st.integers(0, 120), gap=st.integers(0, 150))
def test_an_anniversary_renewed_in_its_window_is_kept(
    met_on: date, months: int, window: int, gap: int
) -> None:
    validity = Validity(months, Anchor.ANNIVERSARY, renewal_window_days=window, minimum_gap_days=gap)
    due_on = through(validity, met_on)
    opens = opens_on(asked(validity), finding(met_on, due_on), due_on)
    for day in (opens, opens + (due_on - opens) / 2):
        assert reach(validity, met_on, day) >= reach(validity, met_on, due_on)
    assert opens <= due_on


@given(met_on=DAYS, months=st.sampled_from([12, 24, 36]), month=st.integers(1, 12))
def test_a_fixed_day_is_kept_within_the_year_before_it_and_no_earlier(
    met_on: date, months: int, month: int
) -> None:
    validity = Validity(months, Anchor.FIXED_DATE, fixed_day=(month, 28))
    due_on = through(validity, met_on)
    opens = opens_on(asked(validity), finding(met_on, due_on), due_on)
    assert through(validity, opens) == through(validity, due_on)
    if opens - DAY > met_on:
        assert through(validity, opens - DAY) < through(validity, due_on)


@given(met_on=DAYS, months=MONTHS)
def test_what_counts_from_the_day_it_is_done_is_best_done_on_the_last(met_on: date, months: int) -> None:
    due_on = months_after(met_on, months)
    assert opens_on(asked(Validity(months)), finding(met_on, due_on), due_on) == due_on


def test_the_first_time_may_be_as_soon_as_it_is_asked_for() -> None:
    due_on = date(2026, 12, 31)
    assert opens_on(asked(Validity(12)), finding(None, due_on), due_on) == date(2026, 10, 2)
