"""Does the rule decide as the tables of examples say?"""

import re
from pathlib import Path

import pytest

from licence.standing.decisions import Decision, Reason, Standing, State
from licence.standing.rules import decide, outline
from tests.licence.standing.examples_policy import IDS, POLICY, TITLES
from tests.licence.standing.reader import A_DATE, Example, day_of, examples, facts

EXAMPLES = list(examples(Path(__file__).parent / "examples"))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.case)
def test_the_rule_decides_as_the_example_says(example: Example) -> None:
    decision = decide(facts(example.known), POLICY, example.on)
    assert decision.standing == example.standing
    assert tuple(one.reason.value for one in decision.because) == example.why
    focus = None
    for said in example.also:
        focus = check(said, decision, focus)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.case)
def test_the_night_decides_as_the_page_does(example: Example) -> None:
    night, page = (one(facts(example.known), POLICY, example.on) for one in (outline, decide))
    assert (night.standing, night.authorities, night.next_change_on) == (
        page.standing,
        page.authorities,
        page.next_change_on,
    )


def test_the_examples_show_every_standing_reason_and_state() -> None:
    decisions = [decide(facts(example.known), POLICY, example.on) for example in EXAMPLES]
    assert {one.standing for one in decisions} == set(Standing)
    assert {because.reason for one in decisions for because in one.because} == set(Reason)
    # What does not concern a person is told by the passport alone, never by a decision.
    assert {one.state for each in decisions for one in each.findings} == set(State) - {State.NOT_APPLICABLE}


def test_no_two_examples_share_a_name() -> None:
    assert len({example.case for example in EXAMPLES}) == len(EXAMPLES)


def check(said: str, decision: Decision, focus: int | None) -> int | None:
    """Hold one thing said in the last column against the decision; a due day belongs to the finding named before."""
    findings = {one.requirement_id: one for one in decision.findings}
    powers = {one.name: one for one in decision.authorities}
    if found := re.fullmatch(r"(?P<what>[a-z ]+): (?P<state>[a-z ]+)", said):
        focus = IDS[found["what"]]
        assert findings[focus].state == found["state"]
    elif found := re.fullmatch(rf"due (?P<day>{A_DATE})", said):
        assert focus is not None
        assert findings[focus].due_on == day_of(found["day"])
    elif found := re.fullmatch(
        r"(?P<done>[\d.]+) of (?P<asked>[\d.]+) hours(?:, (?P<missing>[\d.]+) missing)?", said
    ):
        assert focus is not None
        total = findings[focus].total
        assert total is not None
        assert (total.done, total.asked) == (float(found["done"]), float(found["asked"]))
        assert total.missing == float(found["missing"] or 0)
    elif found := re.fullmatch(rf"met on (?P<day>{A_DATE})", said):
        assert focus is not None
        assert findings[focus].met_on == day_of(found["day"])
    elif said == "no due day":
        assert focus is not None
        assert findings[focus].due_on is None
    elif found := re.fullmatch(rf"(?P<name>[a-z ]+) held through (?P<day>{A_DATE})", said):
        assert powers[found["name"]].held
        assert powers[found["name"]].until == day_of(found["day"])
    elif found := re.fullmatch(r"(?P<name>[a-z ]+?) stopped by (?P<what>.+)", said):
        check_stopped(decision, found["name"], found["what"])
    else:
        check_licence(said, decision)
    return focus


def check_stopped(decision: Decision, name: str, what: str) -> None:
    power = next(one for one in decision.authorities if one.name == name)
    assert not power.held
    assert power.stopped_by_standing is (what == "the standing")
    assert [TITLES[one] for one in power.stopped_by] == ([] if what == "the standing" else [what])


def check_licence(said: str, decision: Decision) -> None:
    told = {
        f"licence expires {spelled(decision.expires_on)}",
        f"licence lapses {spelled(decision.lapses_on)}",
        f"next change {spelled(decision.next_change_on)}",
        *(f"condition {one}" for one in decision.conditions),
    }
    if not decision.conditions:
        told.add("no conditions")
    if decision.expires_on is None:
        told.add("licence does not expire")
    assert said in told


def spelled(day: object) -> str:
    return f"{day:%-d %B %Y}" if day else "never"
