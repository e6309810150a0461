"""What does the desk's page show, given what was counted?"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from foundation.parts import Column, Tone
from licence.desk.facts import Counted, Unit
from licence.desk.rules import WITHIN, Asked
from licence.desk.writing import HEADINGS
from licence.standing.decisions import Standing
from people.posts.rules import Rank

K = TypeVar("K", bound=Hashable)
LIST = "/desk/licences"
SHOWN = (Standing.LAPSED, Standing.IN_GRACE, Standing.ACTIVE, Standing.PROVISIONAL)
"""The standings that the tables break down; the others are counted on their cards."""
TONES = {Standing.LAPSED: Tone.STOP, Standing.IN_GRACE: Tone.SOON, Standing.ACTIVE: Tone.GOOD}


@dataclass(frozen=True, slots=True)
class Card:
    """A count that leads to its list."""

    number: int
    label: str
    href: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Cell:
    """A number in a table, with the list behind it."""

    label: str
    number: int
    href: str


@dataclass(frozen=True, slots=True)
class Row:
    """A unit or a rank, with its numbers."""

    name: str
    href: str
    cells: Sequence[Cell]


def standing_cards(counts: Iterable[Counted]) -> Sequence[Card]:
    """Return a card for every standing that anybody holds, those to act on first."""
    by_standing = _sums(counts, lambda one: one.standing)
    order = (*SHOWN, *(standing for standing in Standing if standing not in SHOWN))
    return [
        Card(
            by_standing[standing],
            str(standing).capitalize(),
            Asked(standing=standing).address(LIST),
            TONES.get(standing, Tone.PLAIN),
        )
        for standing in order
        if by_standing[standing] or standing in SHOWN[:2]
    ]


def lapsing_cards(counts: Mapping[int, int]) -> Sequence[Card]:
    """Return a card for each look ahead."""
    return [
        Card(
            number,
            f"Lapse within {days} days",
            Asked(within=days).address(LIST),
            Tone.SOON if number else Tone.PLAIN,
        )
        for days, number in counts.items()
    ]


def by_unit(counts: Sequence[Counted], units: Sequence[Unit]) -> Sequence[Row]:
    """Return a row for every unit in which anybody holds a licence or should, by name."""
    held = _sums(counts, lambda one: (one.unit_id, one.standing))
    there = {one.unit_id for one in counts}
    return [
        Row(
            unit.name,
            Asked(unit_id=unit.id).address(LIST),
            [
                Cell(
                    str(each).capitalize(),
                    held[unit.id, each],
                    Asked(unit_id=unit.id, standing=each).address(LIST),
                )
                for each in SHOWN
            ],
        )
        for unit in units
        if unit.id in there
    ]


def by_rank(counts: Sequence[Counted]) -> Sequence[Row]:
    """Return a row for every rank that anybody holds, highest first."""
    held = _sums(counts, lambda one: (one.rank, one.standing))
    there = {Rank(one.rank) for one in counts}
    return [
        Row(
            str(rank).capitalize(),
            Asked(rank=rank).address(LIST),
            [
                Cell(str(each).capitalize(), held[rank, each], Asked(rank=rank, standing=each).address(LIST))
                for each in SHOWN
            ],
        )
        for rank in sorted(there, key=lambda rank: -rank.order)
    ]


def _sums(counts: Iterable[Counted], by: Callable[[Counted], K]) -> "Counter[K]":
    sums: Counter[K] = Counter()
    for one in counts:
        sums[by(one)] += one.people
    return sums


Options = Sequence[tuple[str, str]]
COLUMNS = tuple(Column(name) for name in HEADINGS)
FOUND_COLUMNS = tuple(Column(name) for name in ("Name", "Number", "Unit", "Rank", "Standing"))


def standing_options() -> Options:
    """Return the standings that the list may be asked for."""
    return [("", "Any"), *((str(each), str(each).capitalize()) for each in Standing)]


def within_options() -> Options:
    """Return the looks ahead that the list may be asked for."""
    return [("", "Any time"), *((str(days), f"{days} days") for days in WITHIN)]


def unit_options(units: Iterable[Unit]) -> Options:
    """Return the units that the list may be asked for."""
    return [("", "All units"), *((str(unit.id), unit.name) for unit in units)]


def rank_options() -> Options:
    """Return the ranks that the list may be asked for."""
    return [("", "All ranks"), *((str(rank), str(rank).capitalize()) for rank in Rank)]
