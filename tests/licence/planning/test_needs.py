"""Which places does somebody need, by when, and which of two courses is taken once?"""

from dataclasses import replace
from datetime import date, timedelta

from licence.planning.needs import Need, hours_of, needs_of
from licence.standing.decisions import (
    Absence,
    Determination,
    DeterminationKind,
    Dispensation,
    DispensationKind,
    LicenceFacts,
)
from licence.standing.rules import decide
from passport.policy.rules import Anchor, Effect, Validity
from people.posts.rules import AbsenceKind, Period
from tests.licence.passport_page.samples import CHECK, FIRST_AID, POLICY, PPST, STAGE_TWO, TASER, TODAY, facts
from tests.licence.passport_page.test_next import BASIC, DRIVES, RESPONSE

A_YEAR = TODAY + timedelta(days=365)
SUMMER = date(2027, 7, 1)


def needs(known: LicenceFacts, until: date = A_YEAR) -> dict[int, Need]:
    return {one.requirement_id: one for one in needs_of(decide(known, POLICY, TODAY), POLICY, until=until)}


def test_what_is_due_within_the_year_takes_a_place_and_what_hangs_on_nothing_does_not() -> None:
    found = needs(facts())
    assert found.keys() == {PPST, FIRST_AID, TASER}
    assert not found.keys() & {CHECK, STAGE_TWO}
    assert {one.due_on for one in found.values()} == {SUMMER}


def test_what_falls_due_later_is_not_counted_yet() -> None:
    assert needs(facts(), until=date(2027, 6, 30)) == {}


def test_what_is_late_still_takes_a_place() -> None:
    late = needs(facts({PPST: [date(2025, 3, 1)], FIRST_AID: [date(2026, 7, 1)]}))
    assert late[PPST].due_on == date(2026, 3, 1)


def test_evidence_that_waits_to_be_verified_takes_no_second_place() -> None:
    known = facts({PPST: [date(2025, 3, 1)]}, awaiting={PPST: [date(2026, 11, 1)]})
    assert PPST not in needs(known)


def test_a_waiver_takes_no_place_and_the_forces_failure_still_does() -> None:
    old = {PPST: [date(2025, 3, 1)]}
    period = Period(date(2026, 1, 1), date(2026, 12, 31))
    waived = Dispensation(PPST, DispensationKind.WAIVER, period)
    failed = Dispensation(PPST, DispensationKind.FORCE_FAILURE, period)
    assert PPST not in needs(facts(old, dispensations=[waived]))
    assert PPST in needs(facts(old, dispensations=[failed]))


def test_whoever_is_away_needs_a_place_only_when_their_clock_runs_again() -> None:
    open_ended = Absence(Period(date(2026, 6, 1)), AbsenceKind.PARENTAL)
    back_in_march = Absence(Period(date(2026, 10, 1), date(2027, 2, 28)), AbsenceKind.PARENTAL)
    assert PPST not in needs(facts(absences=[open_ended]))
    later = needs(facts({PPST: [date(2026, 1, 10)]}, absences=[back_in_march]))
    assert later[PPST].due_on == date(2027, 1, 10) + timedelta(days=151)


def test_whoever_gave_the_licence_back_needs_none() -> None:
    surrendered = Determination(date(2026, 10, 1), DeterminationKind.SURRENDER)
    assert needs(facts(decided=[surrendered])) == {}


def test_the_higher_of_two_courses_takes_the_one_place_as_soon_as_the_lower_is_due() -> None:
    known = facts({BASIC: [date(2026, 1, 20)], RESPONSE: []}, profiles=())
    found = needs_of(decide(known, DRIVES, TODAY), DRIVES, until=A_YEAR)
    driving = [one for one in found if one.requirement_id in {BASIC, RESPONSE}]
    assert [one.requirement_id for one in driving] == [RESPONSE]
    assert driving[0].is_first


def test_the_first_time_takes_its_own_hours() -> None:
    response = DRIVES.by_id[RESPONSE]
    assert (hours_of(response, is_first=True), hours_of(response, is_first=False)) == (80.0, 16.0)
    assert hours_of(POLICY.by_id[TASER], is_first=True) is None


def test_an_anniversary_opens_with_its_window() -> None:
    anchored = Validity(12, Anchor.ANNIVERSARY, renewal_window_days=60, minimum_gap_days=240)
    asked = [replace(one, validity=anchored) if one.id == PPST else one for one in POLICY.requirements]
    policy = replace(POLICY, requirements=tuple(asked))
    found = {
        one.requirement_id: one for one in needs_of(decide(facts(), policy, TODAY), policy, until=A_YEAR)
    }
    assert found[PPST].opens_on == SUMMER - timedelta(days=60)
    assert found[FIRST_AID].opens_on == SUMMER
    assert POLICY.by_id[PPST].effect is Effect.LICENCE_CORE
