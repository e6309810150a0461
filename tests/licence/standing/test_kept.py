"""Does a passport go on showing what is no longer asked?"""

from datetime import date

from hypothesis import given

from licence.standing.decisions import LicenceFacts, State
from licence.standing.kept import passport_findings
from licence.standing.rules import decide
from passport.policy.rules import LicencePolicy
from tests.licence.standing.examples_policy import IDS, POLICY
from tests.licence.standing.reader import facts
from tests.licence.standing.strategies import lives, ons, policies

OFFICER = ("joined 1 January 2015", "officer from 1 January 2015", "granted 1 January 2024")


def test_training_that_no_post_asks_for_any_more_is_shown_as_not_applicable() -> None:
    known = facts((*OFFICER, "taser on 5 November 2024", "taser on 5 November 2025"))
    shown = {one.requirement_id: one for one in passport_findings(known, POLICY, date(2026, 10, 1))}
    taser = shown[IDS["taser"]]
    assert (taser.state, taser.met_on, taser.due_on) == (
        State.NOT_APPLICABLE,
        date(2025, 11, 5),
        date(2026, 11, 5),
    )
    assert taser.met_by == IDS["taser"]
    assert IDS["drone flying"] not in shown


def test_a_higher_skill_is_named_as_what_met_the_lower() -> None:
    known = facts((*OFFICER, "advanced driving on 5 November 2024"))
    shown = {one.requirement_id: one for one in passport_findings(known, POLICY, date(2026, 10, 1))}
    assert shown[IDS["response driving"]].met_by == IDS["advanced driving"]


@given(lives(), policies(), ons)
def test_a_passport_shows_what_is_asked_and_then_what_was_met(
    life: LicenceFacts, policy: LicencePolicy, on: date
) -> None:
    asked, shown = decide(life, policy, on).findings, passport_findings(life, policy, on)
    assert shown[: len(asked)] == asked
    assert all(one.state is State.NOT_APPLICABLE and one.met_on is not None for one in shown[len(asked) :])
    assert len({one.requirement_id for one in shown}) == len(shown)
