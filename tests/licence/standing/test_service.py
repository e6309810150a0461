"""Whom does a requirement concern, and since when?"""

from datetime import date

import pytest

from licence.standing.decisions import Post
from licence.standing.service import first_day
from passport.policy.concerning import Traits, concerns
from passport.policy.rules import AppliesTo
from people.posts.rules import Kind, Period, Rank, RankBasis

SERGEANT = Traits(Kind.OFFICER, Rank.SERGEANT, frozenset({"response", "taser"}), "North", on_probation=False)
ON = date(2026, 10, 1)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (AppliesTo(), True),
        (AppliesTo(kinds=frozenset({Kind.OFFICER, Kind.PCSO})), True),
        (AppliesTo(kinds=frozenset({Kind.PCSO})), False),
        (AppliesTo(lowest_rank=Rank.SERGEANT), True),
        (AppliesTo(lowest_rank=Rank.INSPECTOR), False),
        (AppliesTo(highest_rank=Rank.SERGEANT), True),
        (AppliesTo(highest_rank=Rank.CONSTABLE), False),
        (AppliesTo(lowest_rank=Rank.CONSTABLE, highest_rank=Rank.INSPECTOR), True),
        (AppliesTo(profiles=frozenset({"taser", "dogs"})), True),
        (AppliesTo(profiles=frozenset({"dogs"})), False),
        (AppliesTo(units=frozenset({"North"})), True),
        (AppliesTo(units=frozenset({"South"})), False),
        (AppliesTo(on_probation=False), True),
        (AppliesTo(on_probation=True), False),
        (AppliesTo(kinds=frozenset({Kind.OFFICER}), units=frozenset({"South"})), False),
    ],
)
def test_every_trait_that_is_asked_for_must_agree(asked: AppliesTo, expected: bool) -> None:  # noqa: FBT001
    assert concerns(asked, SERGEANT) is expected


def test_those_without_a_rank_are_outside_every_range_of_ranks() -> None:
    staff = Traits(Kind.STAFF, None, frozenset(), None, on_probation=False)
    assert not concerns(AppliesTo(lowest_rank=Rank.CONSTABLE), staff)
    assert not concerns(AppliesTo(highest_rank=Rank.COMMISSIONER), staff)
    assert concerns(AppliesTo(), staff)


def test_londons_ranks_stand_beside_their_equals() -> None:
    commander = Traits(Kind.OFFICER, Rank.COMMANDER, frozenset(), None, on_probation=False)
    assert concerns(AppliesTo(lowest_rank=Rank.ASSISTANT_CHIEF_CONSTABLE), commander)


def post(starts_on: date, ends_on: date | None = None, *profiles: str, rank: Rank = Rank.CONSTABLE) -> Post:
    return Post(
        Period(starts_on, ends_on),
        Kind.OFFICER,
        rank,
        RankBasis.SUBSTANTIVE,
        frozenset(profiles),
        force_id=1,
        unit_id=None,
    )


OLD = post(date(2020, 1, 1), date(2024, 12, 31), "taser")
NEW = post(date(2025, 1, 1), None, "taser")


def test_it_goes_back_over_posts_that_touch() -> None:
    assert first_day(AppliesTo(), [NEW, OLD], None, ON) == date(2020, 1, 1)
    assert first_day(AppliesTo(profiles=frozenset({"taser"})), [OLD, NEW], None, ON) == date(2020, 1, 1)


def test_it_stops_at_a_day_without_a_post() -> None:
    gap = post(date(2020, 1, 1), date(2024, 12, 30))
    assert first_day(AppliesTo(), [gap, NEW], None, ON) == date(2025, 1, 1)


def test_it_stops_at_a_post_that_it_did_not_concern() -> None:
    elsewhere = post(date(2020, 1, 1), date(2024, 12, 31))
    assert first_day(AppliesTo(profiles=frozenset({"taser"})), [elsewhere, NEW], None, ON) == date(2025, 1, 1)


def test_a_post_to_come_says_nothing_yet() -> None:
    to_come = post(date(2026, 10, 2), None)
    now = post(date(2026, 9, 1), date(2026, 10, 1))
    assert first_day(AppliesTo(), [to_come, now], None, ON) == date(2026, 9, 1)


def test_probation_divides_a_post_in_two() -> None:
    after = AppliesTo(on_probation=False)
    during = AppliesTo(on_probation=True)
    assert first_day(after, [NEW], date(2026, 3, 1), ON) == date(2026, 3, 2)
    assert first_day(during, [NEW], date(2026, 12, 1), ON) == date(2025, 1, 1)
    assert first_day(after, [OLD, NEW], date(2022, 1, 1), ON) == date(2022, 1, 2)


def test_probation_is_served_as_a_constable() -> None:
    promoted = [post(date(2025, 1, 1), date(2025, 12, 31)), post(date(2026, 1, 1), rank=Rank.SERGEANT)]
    assert first_day(AppliesTo(on_probation=False), promoted, date(2026, 12, 1), ON) == date(2026, 1, 1)
