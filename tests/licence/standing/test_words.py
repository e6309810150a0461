"""Has everything that a decision can say its words, to the holder and about them?"""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given

from licence.standing.decisions import Authority, Because, Decision, LicenceFacts, Reason, Standing, State
from licence.standing.rules import decide
from licence.standing.voice import YOU, about
from licence.standing.words import (
    HEADLINES,
    REASONS,
    STATES,
    authority_in_words,
    finding_in_words,
    reason,
    sentences,
)
from passport.policy.rules import LicencePolicy
from tests.licence.standing.examples_policy import POLICY
from tests.licence.standing.reader import Example, examples, facts
from tests.licence.standing.strategies import lives, ons, policies

EXAMPLES = {one.case: one for one in examples(Path(__file__).parent / "examples")}


def told_of(case: str) -> Decision:
    example: Example = EXAMPLES[case]
    return decide(facts(example.known), POLICY, example.on)


def test_every_reason_standing_and_state_has_words() -> None:
    assert set(REASONS) == set(Reason)
    assert set(HEADLINES) == set(Standing)
    assert set(STATES) == set(State)


@pytest.mark.parametrize("code", Reason)
@pytest.mark.parametrize("voice", [YOU, about("PC Smith")], ids=["to", "about"])
def test_a_reason_reads_as_sentences_with_and_without_its_dates(code: Reason, voice: object) -> None:
    speaking = YOU if voice is YOU else about("PC Smith")
    dated = reason(Because(code, 1, date(2026, 11, 6), date(2026, 12, 3)), POLICY, speaking)
    bare = reason(Because(code), POLICY, speaking)
    for said in (dated, bare):
        assert said[0].isupper() or said.startswith("safety training")
        assert said.endswith(".")
        assert "None" not in said
        assert "  " not in said


def test_the_holder_is_told_until_when_there_is_grace() -> None:
    told = sentences(told_of("The day after, it is in grace"), POLICY, YOU)
    assert told.headline == "You may practise. Your licence is in grace until 3 December 2026."
    assert told.reasons == ("safety training was due by 5 November 2026. Its grace ends on 3 December 2026.",)
    assert told.next_steps[0] == "safety training: Ask your training team for a place on safety training."


def test_a_supervisor_is_told_of_somebody_by_name() -> None:
    told = sentences(told_of("The day after grace"), POLICY, about("PC Jones"))
    assert told.headline == "PC Jones may not practise. PC Jones’ licence has lapsed."
    assert told.reasons == ("safety training is overdue. The last day to meet it was 3 December 2026.",)


def test_staff_are_told_that_they_need_none() -> None:
    assert (
        sentences(told_of("Staff need no licence"), POLICY, YOU).headline
        == "You need no licence to practise."
    )
    assert (
        sentences(told_of("Staff need no licence"), POLICY, about("Ann Lee")).headline
        == "Ann Lee needs no licence to practise."
    )


def test_of_whom_nothing_is_recorded_nothing_is_said() -> None:
    unknown = decide(LicenceFacts(1, None), POLICY, date(2026, 11, 5))
    assert not unknown.may_practise
    assert sentences(unknown, POLICY, YOU).headline == "Nothing is recorded of your service."
    then = sentences(unknown, POLICY, about("Ann Lee"), is_then=True)
    assert then.headline == "Nothing had been recorded of Ann Lee’s service."
    assert "needs no licence" not in f"{then.headline} {then.reasons}"


def test_a_condition_is_told() -> None:
    assert sentences(told_of("A condition"), POLICY, YOU).conditions == (
        "Condition on the licence: no driving.",
    )


def test_what_the_force_owes_is_asked_of_the_force() -> None:
    steps = sentences(told_of("The force never offered its check"), POLICY, YOU).next_steps
    assert "wellbeing offer: the force has to provide it." in steps


def test_a_stopped_power_names_what_stops_it() -> None:
    power = told_of("A prerequisite out of date stops it, whatever its grace").authorities[0]
    assert authority_in_words(power, POLICY, YOU) == "You may not use taser: safety training is not current."
    held = Authority("taser", held=True, until=date(2026, 11, 5))
    assert (
        authority_in_words(held, POLICY, about("PC Smith"))
        == "PC Smith may use taser through 5 November 2026."
    )
    stopped = Authority("taser", held=False, until=None, stopped_by_standing=True)
    assert authority_in_words(stopped, POLICY, YOU).endswith("while the licence does not let you practise.")


@given(lives(), policies(), ons)
def test_every_decision_can_be_told(life: LicenceFacts, policy: LicencePolicy, on: date) -> None:
    decision = decide(life, policy, on)
    told = sentences(decision, policy, about("PC Smith"))
    said = [
        told.headline,
        *told.reasons,
        *told.next_steps,
        *(finding_in_words(one, policy) for one in decision.findings),
    ]
    assert all(one.endswith(".") and "None" not in one and "{" not in one for one in said)
