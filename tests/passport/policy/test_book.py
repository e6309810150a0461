"""Which policy does a force follow on a day, at both ends of every version and of every setting of its own?"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport.policy.book import Approved, Book, Override, State
from passport.policy.draft import PolicyDraft, closed
from passport.policy.errors import NoPolicyInForceError
from passport.policy.rules import LicencePolicy, Overridable
from passport.policy.toml import parse
from tests.passport.policy.files import SOUND, numbered, with_change

KENT, SURREY = 1, 2
FIRST, SECOND = date(2026, 1, 1), date(2026, 7, 1)
IDS = {"SAFETY": 4, "CED": 5, "CED-TRAINER": 6, "CHECK": 7}


def level(value: str, since: date, until: date | None = None, force_id: int = KENT) -> Override:
    return Override(force_id, "SAFETY", Overridable.LEVEL, value, since, until)


def opened(*overrides: Override, second: str = SOUND) -> Book:
    drafts: Mapping[str, PolicyDraft] = {"a": parse(SOUND), "b": parse(numbered(8, second))}
    versions = (Approved(7, "a", FIRST), Approved(8, "b", SECOND))
    return Book(State(versions, overrides, IDS, {"KENT": KENT, "SURREY": SURREY}), drafts)


def safety(policy: LicencePolicy) -> str | None:
    return policy.by_id[IDS["SAFETY"]].level


@pytest.mark.parametrize(
    ("on", "number", "superseded_on"),
    [
        (date(2026, 1, 1), 7, SECOND),
        (date(2026, 6, 30), 7, SECOND),
        (date(2026, 7, 1), 8, None),
        (date(2099, 1, 1), 8, None),
    ],
)
def test_a_version_is_in_force_from_its_day_until_the_next_ones(
    on: date, number: int, superseded_on: date | None
) -> None:
    policy = opened().policy(None, on)
    assert (policy.version, policy.superseded_on) == (number, superseded_on)


def test_before_the_first_version_nothing_is_in_force() -> None:
    with pytest.raises(NoPolicyInForceError, match="No policy is in force on 31 December 2025"):
        opened().policy(None, date(2025, 12, 31))


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 2, 28), "5.4"),
        (date(2026, 3, 1), "3.7"),
        (date(2026, 3, 31), "3.7"),
        (date(2026, 4, 1), "5.4"),
    ],
)
def test_what_a_force_sets_holds_from_its_first_day_through_its_last(on: date, expected: str) -> None:
    book = opened(level("3.7", date(2026, 3, 1), date(2026, 3, 31)))
    assert safety(book.policy(KENT, on)) == expected
    assert safety(book.policy(SURREY, on)) == "5.4"
    assert safety(book.policy(None, on)) == "5.4"


@pytest.mark.parametrize(
    ("on", "until"),
    [
        (date(2026, 2, 1), date(2026, 3, 1)),
        (date(2026, 3, 1), date(2026, 4, 1)),
        (date(2026, 3, 31), date(2026, 4, 1)),
        (date(2026, 4, 1), SECOND),
    ],
)
def test_a_policy_knows_the_first_day_on_which_it_is_another(on: date, until: date) -> None:
    book = opened(level("3.7", date(2026, 3, 1), date(2026, 3, 31)))
    assert book.policy(KENT, on).superseded_on == until
    assert book.policy(SURREY, on).superseded_on == SECOND


def test_what_a_force_sets_goes_on_through_the_next_version() -> None:
    book = opened(level("3.7", date(2026, 3, 1)))
    policy = book.policy(KENT, date(2026, 9, 1))
    assert (policy.version, safety(policy), policy.force_code) == (8, "3.7", "KENT")
    assert policy.by_id[IDS["SAFETY"]].set_by_force == {Overridable.LEVEL}


def test_what_a_force_sets_falls_away_where_the_next_version_does_not_allow_it() -> None:
    strict = with_change('["level", "grace_days", "validity_months"]', '["grace_days"]')
    book = opened(level("3.7", date(2026, 3, 1)), second=strict)
    assert safety(book.policy(KENT, date(2026, 6, 30))) == "3.7"
    assert safety(book.policy(KENT, SECOND)) == "5.4"
    assert book.policy(KENT, SECOND) is book.policy(None, SECOND)


@pytest.mark.parametrize(
    ("setting", "value"),
    [(Overridable.VALIDITY_MONTHS, "24"), (Overridable.GRACE_DAYS, "0")],
)
def test_a_force_sets_numbers_too(setting: Overridable, value: str) -> None:
    asked = (
        opened(Override(KENT, "SAFETY", setting, value, FIRST, None)).policy(KENT, FIRST).by_id[IDS["SAFETY"]]
    )
    found = asked.validity.months if setting is Overridable.VALIDITY_MONTHS else asked.grace_days
    assert (found, set(asked.set_by_force)) == (int(value), {setting})


def test_the_same_question_is_answered_with_the_same_object() -> None:
    book = opened(level("3.7", date(2026, 3, 1), date(2026, 3, 31)))
    for force_id in (None, KENT, SURREY):
        assert book.policy(force_id, date(2026, 3, 5)) is book.policy(force_id, date(2026, 3, 6))
    assert book.policy(SURREY, FIRST) is book.policy(None, FIRST)
    assert book.policies(FIRST) == {
        KENT: book.policy(KENT, FIRST),
        SURREY: book.policy(SURREY, FIRST),
    }


def test_references_become_numbers_that_every_version_shares() -> None:
    for on in (FIRST, SECOND):
        ced = opened().policy(None, on).by_id[IDS["CED"]]
        assert (ced.code, ced.prerequisites, ced.satisfied_by) == (
            "CED",
            (IDS["SAFETY"],),
            (IDS["CED-TRAINER"],),
        )


CODES = st.sampled_from("ABCDEF")
LINKS = st.dictionaries(CODES, st.lists(CODES, max_size=3).map(tuple)).map(
    lambda links: {**dict.fromkeys("ABCDEF", ()), **links}
)


@given(LINKS)
def test_whatever_meets_the_higher_meets_the_lower(links: dict[str, tuple[str, ...]]) -> None:
    reached = closed(links)
    for code, higher in reached.items():
        assert code not in higher
        assert len(set(higher)) == len(higher)
        assert set(links[code]) - {code} <= set(higher)
        for one in higher:
            assert set(reached[one]) - {code} <= set(higher), "what meets the higher one is missing"


@given(LINKS)
def test_nothing_is_met_by_what_no_link_leads_to(links: dict[str, tuple[str, ...]]) -> None:
    for code, higher in closed(links).items():
        ways = {code}
        for _ in links:
            ways |= {further for one in ways for further in links[one]}
        assert set(higher) == ways - {code}


@given(LINKS)
def test_following_the_links_again_finds_nothing_more(links: dict[str, tuple[str, ...]]) -> None:
    once = closed(links)
    assert {code: set(higher) for code, higher in closed(once).items()} == {
        code: set(higher) for code, higher in once.items()
    }


def test_a_policy_is_compared_by_identity_so_that_what_follows_from_it_can_be_kept() -> None:
    policy = opened().policy(None, FIRST)
    assert policy != replace(policy)
