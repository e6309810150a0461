"""Is everybody placed once and in time, and is no other placing more level?"""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from licence.planning.rules import Placing, Window, as_due, levelled

MONTHS = 12


@st.composite
def windows(draw: st.DrawFn, months: int = MONTHS) -> Window:
    first = draw(st.integers(0, months - 1))
    return Window(first, draw(st.integers(first, months - 1)))


CROWDS = st.dictionaries(windows(), st.integers(0, 40), max_size=20)
FEW = st.lists(windows(months=4), max_size=6)
ROOM = st.integers(0, 30)


def placed(placing: Placing) -> Counter[Window]:
    found = Counter[Window]()
    for (window, month), number in placing.places.items():
        assert number > 0
        assert window.first <= month <= window.last
        found[window] += number
    return found


def every_placing(few: list[Window]) -> Iterator[Counter[int]]:
    return (Counter(months) for months in product(*(range(one.first, one.last + 1) for one in few)))


def shape(loads: Mapping[int, int], months: int) -> list[int]:
    return sorted((loads.get(month, 0) for month in range(months)), reverse=True)


@given(people=CROWDS)
def test_everybody_is_placed_exactly_once_within_their_window(people: dict[Window, int]) -> None:
    found = levelled(people, MONTHS)
    assert placed(found) == Counter({window: number for window, number in people.items() if number})
    assert found.short == {}


@given(people=CROWDS)
def test_no_month_is_fuller_than_the_fullest_was(people: dict[Window, int]) -> None:
    assert max(levelled(people, MONTHS).loads) <= max(as_due(people, MONTHS).loads)
    assert sum(levelled(people, MONTHS).loads) == sum(people.values())


@given(few=FEW)
def test_no_placing_at_all_has_its_months_more_level(few: list[Window]) -> None:
    found = levelled(Counter(few), 4)
    best = min(shape(one, 4) for one in every_placing(few))
    assert sorted(found.loads, reverse=True) == best


@given(few=FEW, most=st.integers(0, 3))
def test_with_few_places_as_many_as_possible_are_placed(few: list[Window], most: int) -> None:
    found = levelled(Counter(few), 4, most=most)
    none = [[*range(one.first, one.last + 1), None] for one in few]
    fits = (
        sum(month is not None for month in months)
        for months in product(*none)
        if all(number <= most for month, number in Counter(months).items() if month is not None)
    )
    assert sum(found.loads) == max(fits)
    assert max(found.loads) <= most


@given(people=CROWDS, most=ROOM)
def test_whoever_finds_no_place_is_told_of_and_nobody_twice(people: dict[Window, int], most: int) -> None:
    found = levelled(people, MONTHS, most=most)
    everybody = Counter({window: number for window, number in people.items() if number})
    assert placed(found) + Counter(found.short) == everybody
    assert max(found.loads) <= most


@given(people=CROWDS)
def test_the_order_in_which_people_come_changes_nothing(people: dict[Window, int]) -> None:
    assert levelled(dict(reversed(people.items())), MONTHS) == levelled(people, MONTHS)


def test_a_nations_force_is_levelled_at_once() -> None:
    """33,000 people due in one month, and as many spread over the year."""
    people = {Window(0, 4): 33_000} | {Window(max(0, month - 2), month): 2_750 for month in range(MONTHS)}
    found = levelled(people, MONTHS)
    assert sum(found.loads) == 66_000
    due_by_may = 33_000 + 5 * 2_750
    assert max(found.loads) == due_by_may / 5
