"""Does a change of one part of a policy file change that part and nothing else, comments and order included?"""

import tomllib
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from passport.drafting import editing
from passport.drafting.comparing import Turn, compared
from passport.drafting.errors import NoSuchPartError
from passport.drafting.merging import merged
from passport.policy.draft import InForce, resolved
from passport.policy.rules import LicencePolicy
from passport.policy.shape import RequirementTable, ValidityTable
from passport.policy.toml import parse, reading_of
from tests.passport.drafting.desk import small_policy

TEXT = small_policy()
CODES = parse(TEXT).codes


def table(code: str, text: str = TEXT) -> RequirementTable:
    return next(one for one in reading_of(text).requirements.values() if one.code == code)


def with_months(code: str, months: int, text: str = TEXT) -> str:
    there = table(code, text)
    holds = there.validity or ValidityTable(months=1)
    wanted = there.model_copy(update={"validity": holds.model_copy(update={"months": months})})
    return editing.with_requirement(text, code, wanted)


def policy_of(text: str) -> LicencePolicy:
    draft = parse(text)
    ids = {code: place for place, code in enumerate(sorted({*CODES, *draft.codes}), start=1)}
    return resolved(draft, ids, in_force=InForce(draft.begins_on))


def test_what_is_put_back_as_it_was_changes_not_one_character() -> None:
    for code in CODES:
        assert editing.with_requirement(TEXT, code, table(code)) == TEXT


def test_a_change_touches_its_own_line_and_leaves_every_comment() -> None:
    changed = with_months("PPST", 24)
    differing = [
        (was, now) for was, now in zip(TEXT.splitlines(), changed.splitlines(), strict=True) if was != now
    ]
    assert differing == [("months = 12", "months = 24")]


@settings(max_examples=12, deadline=None)
@given(
    st.sampled_from(CODES),
    st.fixed_dictionaries(
        {
            "title": st.text(
                st.characters(categories=("L", "N", "Zs"), include_characters="\"'#=[]\\"), min_size=1
            ).filter(str.strip),
            "grace_days": st.sampled_from([0, 7]),
            "initial_days": st.integers(0, 400),
            "hours": st.sampled_from([None, 1.5, 8]),
            "hours_in_all": st.sampled_from([None, 12, 7.5]),
            "validity": st.sampled_from([None, ValidityTable(months=18)]),
        }
    ),
)
def test_whatever_a_requirement_becomes_the_file_says_that_and_the_rest_as_before(
    code: str, values: dict[str, object]
) -> None:
    wanted = table(code).model_copy(update=values)
    changed = editing.with_requirement(TEXT, code, wanted)
    assert table(code, changed) == wanted
    was, now = tomllib.loads(TEXT), tomllib.loads(changed)
    assert [one for one in was["requirement"] if one["code"] != code] == [
        one for one in now["requirement"] if one["code"] != code
    ]
    assert {**was, "requirement": 0} == {**now, "requirement": 0}


def test_a_requirement_that_ends_is_named_by_no_other() -> None:
    assert editing.naming(TEXT, "FIRST-AID") == ("CED",)
    ended = editing.without_requirement(TEXT, "FIRST-AID")
    assert "FIRST-AID" not in parse(ended).codes
    assert editing.naming(ended, "FIRST-AID") == ()


def test_what_is_not_there_cannot_be_changed() -> None:
    with pytest.raises(NoSuchPartError):
        editing.without_requirement(TEXT, "NONE")
    with pytest.raises(NoSuchPartError):
        editing.with_requirement(TEXT, "NONE", table("PPST"))
    with pytest.raises(NoSuchPartError):
        editing.with_term(TEXT, "none", reading_of(TEXT).terms["grace"])


def test_a_draft_is_brought_to_another_version_with_what_it_changed() -> None:
    fresh = table("PPST").model_copy(update={"code": "NEW-ONE"})
    draft = editing.with_requirement(with_months("PPST", 24), None, fresh)
    draft = editing.without_requirement(draft, "STOP-SEARCH")
    onto = editing.with_head(with_months("JRFT", 6), number=2, title="Two", begins_on=date(2027, 1, 1))
    brought = merged(TEXT, draft, onto)
    assert brought.both == ()
    assert (table("PPST", brought.text).validity, table("JRFT", brought.text).validity) == (
        table("PPST", draft).validity,
        table("JRFT", onto).validity,
    )
    assert parse(brought.text).codes == (
        *(one for one in CODES if one != "STOP-SEARCH"),
        "NEW-ONE",
    )
    assert parse(brought.text).title == "Two"


def test_what_both_changed_stands_as_the_draft_has_it_and_is_named() -> None:
    brought = merged(TEXT, with_months("PPST", 24), with_months("PPST", 18))
    assert brought.both == ("requirement PPST",)
    validity = table("PPST", brought.text).validity
    assert validity is not None
    assert validity.months == 24


def test_two_versions_are_compared_sentence_by_sentence() -> None:
    text = editing.without_requirement(with_months("PPST", 24), "STOP-SEARCH")
    found = compared(policy_of(TEXT), policy_of(text))
    assert {(one.key, one.turn) for one in found.requirements} == {
        ("PPST", Turn.CHANGED),
        ("STOP-SEARCH", Turn.ENDED),
    }
    ppst = found.requirements[0]
    assert ppst.was == ("Every officer and special constable, once every 12 months.",)
    assert ppst.now == ("Every officer and special constable, once every 24 months.",)
    assert found.terms == found.absences == ()
    assert compared(policy_of(TEXT), policy_of(TEXT)).is_empty
