"""Are the frameworks whole: five stages, each with its programme, and codes that stand for one thing only?"""

import pytest

from passport.policy.document import shipped_policy
from passport.standards.book import FrameworkError, frameworks, read, stages, standards, titles
from people.posts.rules import Rank


def test_there_are_five_stages_and_every_rank_belongs_to_one() -> None:
    found = [group.stage for group in stages() if group.stage]
    assert [one.number for one in found] == [1, 2, 3, 4, 5]
    for rank in Rank:
        assert sum(one.is_of(rank) for one in found) == 1, rank


def test_the_programme_of_each_stage_is_a_requirement_of_policy() -> None:
    codes = {one.code for one in shipped_policy().requirements}
    assert {group.stage.programme for group in stages() if group.stage} <= codes


def test_every_standard_has_a_code_of_its_own_and_a_source() -> None:
    assert len(standards()) == sum(len(one.standards) for one in frameworks()) > 30
    assert all(one.source for one in frameworks())


def test_a_standard_that_is_gone_keeps_its_code() -> None:
    assert titles(["CVF-COURAGE", "GONE-1"]) == ["Courage", "GONE-1"]


@pytest.mark.parametrize("text", ["code = ", 'code = "X"', 'code = "X"\ntitle = 1'])
def test_a_page_that_is_no_framework_is_named(text: str) -> None:
    with pytest.raises(FrameworkError, match="some-page"):
        read(text, "some-page")
