"""Is somebody decided both ways, at less than the price of two decisions, exactly as if they were decided twice?"""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from licence.standing.comparing import Stand, both_ways
from licence.standing.decisions import Decision, LicenceFacts
from licence.standing.rules import outline
from passport.policy.rules import LicencePolicy, Requirement
from tests.licence.standing.strategies import IDS, lives, ons, policies, requirements

SETTINGS = (
    "validity", "validity", "grace_days", "initial_days", "introduced_on", "effect", "applies_to", "prerequisites",
    "satisfied_by", "authority", "duty", "extended_by_absence",
    "hours_in_all",
)  # fmt: skip


@st.composite
def changed(draw: st.DrawFn, one: Requirement) -> Requirement:
    """Change one setting of a requirement."""
    name, other = draw(st.sampled_from(SETTINGS)), draw(requirements(one.id))
    return replace(one, **{name: getattr(other, name)})


@st.composite
def pairs(draw: st.DrawFn) -> tuple[LicencePolicy, LicencePolicy]:
    """Draw a policy and a draft: mostly the same with some of it changed, left out or added, now and then another one."""
    policy = draw(policies())
    if draw(st.integers(0, 9)) == 0:
        return policy, draw(policies())
    kept = [one for one in policy.requirements if draw(st.integers(0, 5))]
    drafted = [draw(changed(one)) if draw(st.booleans()) else one for one in kept]
    missing = [one for one in IDS if one not in policy.by_id]
    drafted += [draw(requirements(one)) for one in missing[: draw(st.sampled_from([0, 0, 1]))]]
    return policy, replace(policy, version=2, requirements=tuple(drafted))


def as_compared(decided: Decision | Stand) -> object:
    powers = {(one.name, one.held) for one in decided.authorities}
    return decided.standing, {*decided.findings}, powers


@given(lives(), pairs(), ons)
def test_both_ways_says_of_each_policy_what_it_says_alone(
    facts: LicenceFacts, drawn: tuple[LicencePolicy, LicencePolicy], on: date
) -> None:
    before, after = drawn
    both = both_ways(facts, before, after, on)
    assert as_compared(both.before) == as_compared(outline(facts, before, on))
    assert as_compared(both.after) == as_compared(outline(facts, after, on))
