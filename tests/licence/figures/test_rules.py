"""Can anybody be found behind a number that is hidden, by whoever subtracts all that is shown from the totals?"""

from collections.abc import Mapping, Sequence

from hypothesis import example, given
from hypothesis import strategies as st

from licence.figures.rules import (
    MOST_HIDDEN,
    OFF_BY,
    ROUNDED_TO,
    SMALL,
    Figures,
    Table,
    exactly,
    table,
    told,
    total,
)

Bounds = tuple[int, int]
EVERY_VALUE = (0, MOST_HIDDEN)
BOUNDLESS = (0, 10_000)


def bounds_of(shown: int | None, *, exact: int | None = None) -> Bounds:
    """Return what an attacker knows of one cell before subtracting."""
    if exact is not None:
        return exact, exact
    return EVERY_VALUE if shown is None else (shown - OFF_BY, shown + OFF_BY)


def of_total(shown: int | None) -> Bounds:
    """Return what an attacker takes a total to mean who believes that it was rounded and nothing else."""
    return BOUNDLESS if shown is None else (shown - OFF_BY, shown + OFF_BY)


def subtracted(cells: Sequence[Bounds], whole: Bounds) -> list[Bounds]:
    """Return what is left of each cell once all others were taken from their total."""
    least, most = sum(low for low, _ in cells), sum(high for _, high in cells)
    return [(max(low, whole[0] - (most - high)), min(high, whole[1] - (least - low))) for low, high in cells]


def attacked(shown: Table, known: Mapping[str, Sequence[int]]) -> list[tuple[int, Bounds]]:
    """Subtract along rows and columns until nothing new is learned; return what became of each hidden cell."""
    forces = list(shown.rows)
    cells = [
        [
            bounds_of(one, exact=known[force][place] if force in known else None)
            for place, one in enumerate(shown.rows[force].people)
        ]
        for force in forces
    ]
    for _ in range(4):
        for place, force in enumerate(forces):
            if force not in known:
                cells[place] = subtracted(cells[place], of_total(shown.rows[force].total))
        for place, whole in enumerate(shown.everyone.people):
            column = subtracted([row[place] for row in cells], of_total(whole))
            for row, found in zip(cells, column, strict=True):
                row[place] = found
    return [
        (place, cells[row][place])
        for row, force in enumerate(forces)
        for place, one in enumerate(shown.rows[force].people)
        if one is None and force not in known
    ]


def counts() -> st.SearchStrategy[dict[str, list[int]]]:
    """Draw tables of a few forces whose numbers lie about the edges of what is small and what is rounded."""
    number = st.one_of(st.integers(0, 14), st.sampled_from([4, 5, 7, 8, 12, 13, 17, 18, 100, 2412]))
    return st.integers(1, 6).flatmap(
        lambda columns: st.dictionaries(
            st.sampled_from("ABCDEF"),
            st.lists(number, min_size=columns, max_size=columns),
            min_size=1,
            max_size=6,
        )
    )


@given(counts())
@example({"A": [18, 4]})
@example({"A": [4, 4, 4]})
def test_a_hidden_number_may_still_be_anything_from_nought_to_four(made: dict[str, list[int]]) -> None:
    assert [found for found in attacked(table(made), {}) if found[1] != EVERY_VALUE] == []


@given(counts(), st.data())
def test_nor_does_a_force_that_knows_its_own_numbers_find_anybody_in_another(
    made: dict[str, list[int]], data: st.DataObject
) -> None:
    own = data.draw(st.sampled_from(sorted(made)))
    found = attacked(table(made), {own: made[own]})
    assert [each for each in found if each[1] != EVERY_VALUE] == []


@given(counts())
def test_every_number_told_is_a_five_near_the_truth(made: dict[str, list[int]]) -> None:
    shown = table(made)
    for force, row in made.items():
        for one, number in zip(shown.rows[force].people, row, strict=True):
            assert (one is None) == (number < SMALL)
            assert one is None or (one % ROUNDED_TO == 0 and abs(one - number) <= OFF_BY)


def test_the_attack_would_find_a_total_that_was_only_rounded() -> None:
    naive = Table({"A": Figures((15, None), 20)}, Figures((None, None), None))
    assert attacked(naive, {}) == [(1, (1, 4))]
    assert total([17, 4]) == 15, "21 is rounded to 20, and would say that the 4 is not nought"


def test_a_total_without_anything_hidden_is_rounded_as_it_is() -> None:
    assert total([12, 13, 100]) == 125
    assert total([4, 0]) is None
    assert told(4) is None
    assert told(0) is None


def test_whoever_answers_for_a_force_sees_it_as_it_is() -> None:
    assert exactly([1, 0, 7]) == Figures((1, 0, 7), 8)
