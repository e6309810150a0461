"""What do the desk's pages show, given what was counted and listed?"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from foundation.forms import one_of
from foundation.parts import Column, Tone
from foundation.wording import as_list, as_sentence_case, as_table_date
from licence.desk.asking import address
from licence.desk.facts import Counted, Licence, Unit
from licence.desk.rules import NO_UNIT, WITHIN, Asked
from licence.desk.writing import last_day
from licence.standing.decisions import Standing
from people.posts.rules import Rank

K = TypeVar("K", bound=Hashable)
Options = Sequence[tuple[str, str]]
LIST = "/desk/licences"
LONGEST_SEARCH = 100
SHOWN = (Standing.LAPSED, Standing.IN_GRACE, Standing.ACTIVE, Standing.PROVISIONAL)
"""The standings that have a column of their own; the others are counted together."""
TONES = {Standing.LAPSED: Tone.STOP, Standing.IN_GRACE: Tone.SOON, Standing.ACTIVE: Tone.GOOD}
COLUMNS = tuple(Column(name) for name in ("Name", "Rank and unit", "Standing", "Why", "Last day"))
HEADINGS_OF_COUNTS = (*(as_sentence_case(each) for each in SHOWN), "All")
FOUND_COLUMNS = tuple(Column(name) for name in ("Name", "Number", "Unit", "Rank", "Standing"))
STANDINGS: Options = [("", "Any"), *((str(each), as_sentence_case(each)) for each in Standing)]
LOOKS_AHEAD: Options = [("", "Any time"), *((str(days), f"{days} days") for days in WITHIN)]
RANKS: Options = [("", "All ranks"), *((str(rank), as_sentence_case(rank)) for rank in Rank)]


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
            as_sentence_case(standing),
            address(Asked(standing=standing), LIST),
            TONES.get(standing, Tone.PLAIN) if by_standing[standing] else Tone.PLAIN,
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
            address(Asked(within=days), LIST),
            Tone.SOON if number else Tone.PLAIN,
        )
        for days, number in counts.items()
    ]


def by_unit(counts: Sequence[Counted], units: Sequence[Unit]) -> Sequence[Row]:
    """Return a row for every unit in which anybody holds a licence or should, by name; those of no unit last."""
    held = _sums(counts, lambda one: (one.unit_id, one.standing))
    there = {one.unit_id for one in counts}
    return [
        _row(unit.name, Asked(unit_id=unit.id), {each: held[unit.id, each] for each in Standing})
        for unit in (*units, Unit(NO_UNIT, "No unit"))
        if unit.id in there
    ]


def by_rank(counts: Sequence[Counted]) -> Sequence[Row]:
    """Return a row for every rank that anybody holds, highest first."""
    held = _sums(counts, lambda one: (one.rank, one.standing))
    there = {Rank(one.rank) for one in counts}
    return [
        _row(as_sentence_case(rank), Asked(rank=rank), {each: held[rank, each] for each in Standing})
        for rank in sorted(there, key=lambda rank: (-rank.order, rank))
    ]


def _row(name: str, asked: Asked, numbers: Mapping[Standing, int]) -> Row:
    cells = [
        Cell(str(each), numbers[each], address(Asked(each, None, asked.unit_id, asked.rank), LIST))
        for each in SHOWN
    ]
    held = sum(numbers.values())
    everyone = Cell("licence" if held == 1 else "licences", held, address(asked, LIST))
    return Row(name, address(asked, LIST), (*cells, everyone))


def _sums(counts: Iterable[Counted], by: Callable[[Counted], K]) -> "Counter[K]":
    sums: Counter[K] = Counter()
    for one in counts:
        sums[by(one)] += one.people
    return sums


def lapse(licence: Licence, today: date) -> str:
    """Say through which day a licence is valid, or was: everywhere the last day, never the day after."""
    last = last_day(licence)
    if last is None:
        return "No date"
    return f"{'Lapses' if last >= today else 'Lapsed'} after {as_table_date(last)}"


def due(licence: Licence, today: date) -> str:
    """Say what is due next, or was."""
    if licence.next_due_on is None:
        return ""
    return f"{'Next due' if licence.next_due_on >= today else 'Was due'} {as_table_date(licence.next_due_on)}"


def title(asked: Asked) -> str:
    """Return what a list is called."""
    if asked.standing in {Standing.NOT_HELD, Standing.IN_GRACE}:
        named = f"Licences {asked.standing}"
    else:
        named = f"{as_sentence_case(asked.standing)} licences" if asked.standing else "Licences"
    return named if asked.within is None else f"{named} that lapse within {asked.within} days"


def about(asked: Asked, units: Iterable[Unit]) -> str:
    """Return which unit and rank a list is limited to, or nothing."""
    unit = next((unit.name for unit in units if unit.id == asked.unit_id), None)
    parts = [
        as_sentence_case(asked.rank) if asked.rank else None,
        "No unit" if asked.unit_id == NO_UNIT else unit,
    ]
    return as_list([part for part in parts if part])


def offered() -> Mapping[str, tuple[str, Callable[[str], bool]]]:
    """Return what each filter in an address may say, by name, with its label."""
    return {
        "standing": ("Standing", one_of(STANDINGS)),
        "within": ("Lapse within", one_of(LOOKS_AHEAD)),
        "unit": ("Unit", lambda text: text.isascii() and text.isdigit()),
        "rank": ("Rank", one_of(RANKS)),
    }


def unit_options(units: Iterable[Unit]) -> Options:
    """Return the units that the list may be asked for."""
    return [("", "All units"), *((str(unit.id), unit.name) for unit in units), (str(NO_UNIT), "No unit")]
