"""Is every standing described, and every way from one to another?"""

from datetime import date, timedelta
from pathlib import Path

from hypothesis import event, given

from licence.standing.decisions import PRACTISING, LicenceFacts, Standing
from licence.standing.rules import decide
from licence.standing.states import STANDINGS, TRANSITIONS, Owner, page, ways
from passport.policy.rules import LicencePolicy
from tests.licence.standing.strategies import lives, ons, policies

STATES_PAGE = Path(__file__).parents[3] / "docs" / "states.md"


def test_every_standing_is_described_once() -> None:
    assert [one.standing for one in STANDINGS] == list(Standing)
    assert {one.standing for one in STANDINGS if one.may_practise} == PRACTISING
    assert len({one.words for one in STANDINGS}) == len(STANDINGS)


def test_every_standing_can_be_reached_and_left() -> None:
    for standing in Standing:
        assert [one for other in Standing for one in ways(other, standing) if other is not standing]
        assert [one for other in Standing for one in ways(standing, other) if other is not standing]


def test_time_alone_can_do_no_more_than_expire() -> None:
    by_time = {to for one in TRANSITIONS if one.owner is Owner.TIME for to in one.go_to}
    assert by_time == {Standing.IN_GRACE, Standing.LAPSED, Standing.ACTIVE}
    assert [
        one.come_from for one in TRANSITIONS if one.owner is Owner.TIME and Standing.ACTIVE in one.go_to
    ] == [(Standing.PROVISIONAL,)]


def test_only_a_person_revokes() -> None:
    assert {one.owner for one in TRANSITIONS if Standing.REVOKED in one.go_to} == {Owner.PERSON}


@given(lives(), policies(), ons)
def test_every_change_from_day_to_day_is_in_the_table(
    facts: LicenceFacts, policy: LicencePolicy, on: date
) -> None:
    before = decide(facts, policy, on)
    for _ in range(4):
        after = decide(facts, policy, before.next_change_on)
        if after.standing is not before.standing:
            event(f"{before.standing} to {after.standing}")
            day = after.on - timedelta(days=1)
            assert decide(facts, policy, day).standing is before.standing
            assert ways(before.standing, after.standing), (before.standing, after.standing)
        before = after


def test_the_page_of_states_is_as_the_table_says() -> None:
    """The accident: a page that tells of transitions the rule no longer makes."""
    assert STATES_PAGE.read_text(encoding="utf-8") == page(), (
        "write it: python -m licence.standing.states docs/states.md"
    )
