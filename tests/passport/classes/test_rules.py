"""What does marking a sheet anew change, and of whom is nothing said?"""

from hypothesis import given
from hypothesis import strategies as st

from passport.classes.rules import Change, Outcome, changes, unmarked

OUTCOMES = st.sampled_from(Outcome)
BEFORE = st.dictionaries(st.integers(1, 40), st.none() | OUTCOMES, max_size=30)
AFTER = st.dictionaries(st.integers(1, 40), OUTCOMES, max_size=30)


@given(BEFORE, AFTER)
def test_a_change_is_of_somebody_on_the_sheet_whose_mark_is_another(
    before: dict[int, Outcome | None], after: dict[int, Outcome]
) -> None:
    found = {one.person_id: one for one in changes(before, after)}
    for person_id, was in before.items():
        is_other = person_id in after and after[person_id] is not was
        assert (person_id in found) is is_other
    assert found.keys() <= before.keys()


@given(BEFORE, AFTER)
def test_marking_the_same_again_changes_nothing(
    before: dict[int, Outcome | None], after: dict[int, Outcome]
) -> None:
    marked = {one: after.get(one, was) for one, was in before.items()}
    assert changes(marked, after) == ()


@given(st.none() | OUTCOMES, OUTCOMES)
def test_evidence_is_gained_and_lost_with_passing_and_with_nothing_else(
    before: Outcome | None, after: Outcome
) -> None:
    one = Change(1, before, after)
    assert one.gains - one.loses == (after is Outcome.PASSED) - (before is Outcome.PASSED)


def test_whoever_is_not_marked_is_named_in_the_order_of_the_sheet() -> None:
    assert unmarked([3, 1, 2], {1: Outcome.FAILED}) == (3, 2)
