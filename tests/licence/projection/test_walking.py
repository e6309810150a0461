"""Does going from change to change say the same as going from night to night, whatever the life and the policy?"""

from datetime import date, timedelta
from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from licence.projection.walking import Cause, DecideOn, Move, Said, Walk, walk
from licence.standing.decisions import Decision, LicenceFacts, Standing
from licence.standing.rules import outline
from passport.policy.rules import LicencePolicy
from tests.licence.standing.strategies import lives, ons, policies

DAY = timedelta(days=1)


def decided_by(facts: LicenceFacts, policy: LicencePolicy) -> DecideOn:
    def decide_on(day: date) -> Decision:
        return outline(facts, policy, day)

    return decide_on


def said_by(one: Walk) -> Said:
    held = frozenset(power.name for power in one.last.authorities if power.held)
    last = one.last
    return Said(last.standing, held, one.since, last.policy_version, last.on, last.next_change_on)


@given(lives(), policies(), ons, st.integers(1, 150))
def test_one_long_walk_makes_the_moves_of_every_night(
    facts: LicenceFacts, policy: LicencePolicy, first: date, nights: int
) -> None:
    decide_on = decided_by(facts, policy)
    begun = walk(decide_on, first, None, may_differ=False)
    nightly, said, decisions = list[Move](), said_by(begun), 0
    for night in range(1, nights + 1):
        on = first + timedelta(days=night)
        if said.next_change_on <= on:
            one = walk(decide_on, on, said, may_differ=False)
            nightly += one.moves
            said, decisions = said_by(one), decisions + len(one.decisions)
    if said_by(begun).next_change_on > first + timedelta(days=nights):
        assert nightly == []
        return
    at_once = walk(decide_on, first + timedelta(days=nights), said_by(begun), may_differ=False)
    assert said_by(at_once) == said
    assert len(at_once.decisions) == decisions
    assert [(one.before, one.after, one.effective_on, one.cause) for one in at_once.moves] == [
        (one.before, one.after, one.effective_on, one.cause) for one in nightly
    ]


@given(lives(), policies(), ons, st.integers(0, 150))
def test_looking_again_at_unchanged_facts_moves_nothing_that_time_does_not(
    facts: LicenceFacts, policy: LicencePolicy, first: date, days: int
) -> None:
    decide_on = decided_by(facts, policy)
    said = said_by(walk(decide_on, first, None, may_differ=False))
    again = walk(decide_on, first + timedelta(days=days), said, may_differ=True)
    assert {one.cause for one in again.moves} <= {Cause.TIME}
    assert again.last.standing is decide_on(first + timedelta(days=days)).standing


@given(lives(), lives(), policies(), ons, st.integers(0, 60))
def test_every_move_begins_where_the_last_one_ended(
    before: LicenceFacts, after: LicenceFacts, policy: LicencePolicy, first: date, days: int
) -> None:
    said = said_by(walk(decided_by(before, policy), first, None, may_differ=False))
    walked = walk(decided_by(after, policy), first + timedelta(days=days), said, may_differ=True)
    ends: list[Standing | None] = [said.standing, *(one.after for one in walked.moves)]
    assert [one.before for one in walked.moves] == ends[:-1]
    assert walked.last.standing is ends[-1]
    assert all(said.decided_on <= one.effective_on <= first + timedelta(days=days) for one in walked.moves)


@given(lives(), policies(), ons)
def test_time_is_never_walked_backwards(facts: LicenceFacts, policy: LicencePolicy, on: date) -> None:
    decide_on = partial(outline, facts, policy)
    said = said_by(walk(decide_on, on, None, may_differ=False))
    assert walk(decide_on, on - 30 * DAY, said, may_differ=True).last.on == on
