"""Is a made-up force the same every time, in true proportion, and without a day in the future?"""

from collections import Counter
from datetime import date, timedelta

import pytest

from attested.seeding.days import number_of
from attested.seeding.force import make
from attested.seeding.members import Order
from attested.seeding.names import names
from attested.seeding.orders import ImplausiblePeopleError, KnownForce, Wish, orders
from attested.seeding.shape import ranks_of, strength_of
from attested.seeding.sheets import Book, Into
from passport.policy.document import SHIPPED
from passport.policy.draft import InForce, resolved
from passport.policy.rules import LicencePolicy
from passport.policy.toml import parse
from people.posts.rules import Rank

ON = date(2026, 11, 22)
WARWICKSHIRE, LONDON = (
    KnownForce(39, "E23000017", "warwickshire"),
    KnownForce(25, "E23000001", "metropolitan"),
)


@pytest.fixture(scope="module")
def policy() -> LicencePolicy:
    """The policy that the system ships with, its requirements numbered from one."""
    draft = parse(SHIPPED.read_text(encoding="utf-8"))
    ids = {code: number for number, code in enumerate(draft.codes, start=1)}
    return resolved(draft, ids, in_force=InForce(date(2014, 1, 1)))


def ordered(policy: LicencePolicy, *, seed: int = 1, people: int = 400) -> Order:
    return orders(Wish(people, seed, ON), [WARWICKSHIRE, LONDON], policy)[0]


def rows(book: Book, into: Into) -> list[list[str]]:
    return [
        line.split("\t")
        for sheet in book.sheets
        if sheet.into is into
        for line in sheet.text.decode().splitlines()
    ]


def test_the_same_seed_makes_the_same_rows(policy: LicencePolicy) -> None:
    assert make(ordered(policy)) == make(ordered(policy))


def test_another_seed_makes_other_rows(policy: LicencePolicy) -> None:
    assert make(ordered(policy, seed=2)) != make(ordered(policy))


def test_nothing_completed_recorded_or_decided_lies_in_the_future(policy: LicencePolicy) -> None:
    book = make(ordered(policy))
    today = ON.isoformat()
    for into, columns in (
        (Into.EVIDENCE, (3, 5)),
        (Into.CORRECTION, (3, 5, 8)),
        (Into.OFFER, (1, 2)),
        (Into.DETERMINATION, (2, 7)),
        (Into.POST, (9, 11)),
        (Into.LINE, (3, 5)),
        (Into.PERSON, (6,)),
    ):
        found = [row[column][:10] for row in rows(book, into) for column in columns]
        assert found, into
        assert max(day for day in found if day != "\\N") < today, into


def test_the_history_spans_ten_years(policy: LicencePolicy) -> None:
    first = min(row[3] for row in rows(make(ordered(policy)), Into.EVIDENCE))
    assert date(2015, 6, 1) <= date.fromisoformat(first) <= date(2017, 3, 1)


def test_nobody_below_the_chief_is_without_a_supervisor(policy: LicencePolicy) -> None:
    book = make(ordered(policy))
    led = {row[0] for row in rows(book, Into.LINE) if row[2] == "f" and row[4] == "\\N"}
    here = {row[0] for row in rows(book, Into.POST) if row[10] == "\\N"}
    assert len(here - led) == 1


def test_teams_are_of_a_size_that_one_person_can_lead(policy: LicencePolicy) -> None:
    book = make(ordered(policy, people=1500))
    teams = Counter(row[1] for row in rows(book, Into.LINE) if row[2] == "f" and row[4] == "\\N")
    ordinary = sum(1 for size in teams.values() if size <= 12)
    assert ordinary / len(teams) > 0.9
    assert sum(teams.values()) / len(teams) > 5


def test_every_kind_of_absence_is_there_and_some_are_away_now(policy: LicencePolicy) -> None:
    away = rows(make(ordered(policy, people=1500)), Into.ABSENCE)
    assert {row[1] for row in away} == {
        "parental", "long-term sickness", "career break", "secondment", "suspended from duty",
    }  # fmt: skip
    now = [row for row in away if row[3] == "\\N" or row[3] >= ON.isoformat()]
    assert 10 < len(now) < 120


def test_the_nation_is_in_true_proportion(policy: LicencePolicy) -> None:
    small, large = orders(Wish(40_000, 1, ON), [WARWICKSHIRE, LONDON], policy)
    assert small.people + large.people == 40_000
    assert large.people / small.people == pytest.approx(33_293 / 1_121, rel=0.01)


def test_numbers_of_people_and_units_run_on_from_force_to_force(policy: LicencePolicy) -> None:
    small, large = orders(Wish(10_000, 1, ON), [WARWICKSHIRE, LONDON], policy)
    units = rows(make(small), Into.UNIT)
    assert large.first_person == small.first_person + small.people
    assert large.first_unit == max(int(row[0]) for row in units) + 1


@pytest.mark.parametrize("people", [10, 6_000, 2_000_000])
def test_so_few_or_so_many_are_not_believable(policy: LicencePolicy, people: int) -> None:
    with pytest.raises(ImplausiblePeopleError):
        orders(Wish(people, 1, ON), [WARWICKSHIRE, LONDON], policy)


def test_ranks_form_a_pyramid_with_one_chief() -> None:
    counted = Counter(ranks_of(2_000, "kent"))
    assert counted[Rank.CHIEF_CONSTABLE] == 1
    assert (
        counted[Rank.CONSTABLE]
        > counted[Rank.SERGEANT]
        > counted[Rank.INSPECTOR]
        > counted[Rank.SUPERINTENDENT]
    )
    assert sum(counted.values()) == 2_000


def test_london_has_its_own_chief_officers() -> None:
    ranks = ranks_of(33_000, "metropolitan")
    assert Rank.COMMISSIONER in ranks
    assert Rank.CHIEF_CONSTABLE not in ranks


def test_three_in_five_are_officers() -> None:
    strength = strength_of(250_000)
    assert strength.officers == pytest.approx(148_452, rel=0.01)
    assert strength.staff > 10 * strength.pcsos


def test_no_two_people_share_a_mailbox(policy: LicencePolicy) -> None:
    chance = ordered(policy).random("people")
    boxes = [name.mailbox for name in names(5_000, chance)]
    assert len(set(boxes)) == len(boxes)


def test_a_day_is_its_number() -> None:
    assert number_of(ON) - number_of(ON - timedelta(days=40)) == 40
