"""Is every standing described, and every way from one to another?"""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import event, given

from licence.standing.decisions import (
    PRACTISING,
    Determination,
    DeterminationKind,
    LicenceFacts,
    Post,
    Standing,
)
from licence.standing.rules import decide
from licence.standing.states import STANDINGS, TRANSITIONS, Owner, page, ways
from passport.policy.rules import LicencePolicy
from people.posts.rules import Kind, Period, Rank, RankBasis
from tests.licence.passport_page.samples import POLICY
from tests.licence.standing.strategies import FIRST, lives, ons, policies

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


LONG, SHORT = Period(FIRST, None), Period(FIRST, FIRST)
GRANT, REVOKE = DeterminationKind.GRANT, DeterminationKind.REVOKE


@pytest.mark.parametrize(
    ("kind", "period", "decided", "ends"),
    [
        (Kind.STAFF, LONG, (GRANT, REVOKE), (Standing.NOT_HELD, Standing.REVOKED)),
        (Kind.STAFF, LONG, (REVOKE, GRANT), (Standing.REVOKED, Standing.NOT_HELD)),
        (Kind.OFFICER, SHORT, (GRANT, REVOKE), (Standing.SURRENDERED, Standing.REVOKED)),
        (Kind.OFFICER, SHORT, (REVOKE, GRANT), (Standing.REVOKED, Standing.SURRENDERED)),
    ],
)
def test_revoked_and_granted_anew_lead_where_the_table_says_in_every_post(
    kind: Kind,
    period: Period,
    decided: tuple[DeterminationKind, ...],
    ends: tuple[Standing, Standing],
) -> None:
    """The accident: a licence granted anew to whoever was in no post, once in forty runs of the test above."""
    days = (FIRST + timedelta(days=10), FIRST + timedelta(days=20))
    post = Post(period, kind, Rank.CONSTABLE, RankBasis.SUBSTANTIVE, frozenset(), 1, None)
    determinations = tuple(map(Determination, days, decided))
    facts = LicenceFacts(1, None, posts=(post,), determinations=determinations)
    assert tuple(decide(facts, POLICY, day).standing for day in days) == ends
    assert ways(*ends)


def test_the_page_of_states_is_as_the_table_says() -> None:
    """The accident: a page that tells of transitions the rule no longer makes."""
    assert STATES_PAGE.read_text(encoding="utf-8") == page(), (
        "write it: python -m licence.standing.states docs/states.md"
    )
