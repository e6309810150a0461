"""Can what the force owes its people ever be held for or against them?"""

from dataclasses import replace
from datetime import date

from licence.standing.decisions import LicenceFacts, Standing, State
from licence.standing.history import Completions
from licence.standing.rules import decide
from passport.policy.rules import Duty, LicencePolicy
from tests.licence.standing.examples_policy import IDS, POLICY
from tests.licence.standing.reader import facts

OFFICER = facts(("joined 1 January 2015", "officer from 1 January 2015 in taser", "granted 1 January 2024"))
TRAINED = {IDS["safety training"]: [date(2026, 6, 1)], IDS["first aid"]: [date(2026, 6, 1)]}
OFFER, ON = IDS["wellbeing offer"], date(2026, 10, 1)


def with_evidence(known: dict[int, list[date]]) -> LicenceFacts:
    return replace(OFFICER, completions=Completions.of(known))


def test_an_offer_is_met_through_its_last_day_and_late_the_day_after() -> None:
    offered = with_evidence({**TRAINED, OFFER: [date(2025, 10, 1)]})
    states = {
        day: next(one.state for one in decide(offered, POLICY, day).findings if one.requirement_id == OFFER)
        for day in (ON, date(2026, 10, 2))
    }
    assert states == {ON: State.DUE_SOON, date(2026, 10, 2): State.FORCE_OVERDUE}


def asking(code: str, **changed: object) -> LicencePolicy:
    """The policy of the examples, one of its requirements changed."""
    return replace(
        POLICY,
        requirements=tuple(
            replace(one, **changed) if one.code == code else one  # type: ignore[arg-type]
            for one in POLICY.requirements
        ),
    )


def test_an_offer_meets_nothing_that_is_asked_of_the_officer() -> None:
    policy = asking("safety-training", satisfied_by=(OFFER,))
    untrained = with_evidence({IDS["first aid"]: [date(2026, 6, 1)], OFFER: [date(2026, 6, 1)]})
    assert decide(untrained, policy, ON).standing is Standing.LAPSED


def test_an_offer_missing_stops_no_power_even_where_policy_makes_it_a_prerequisite() -> None:
    policy = asking("taser", prerequisites=(OFFER,))
    decision = decide(with_evidence({**TRAINED, IDS["taser"]: [date(2026, 6, 1)]}), policy, ON)
    assert [one.held for one in decision.authorities] == [True]
    assert decision.standing is Standing.ACTIVE
    assert POLICY.by_id[OFFER].duty is Duty.FORCE
