"""What did a what-if come to on a day, as far as whoever asks may be told?"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from foundation.database import fetch
from licence.figures.rules import Figures, exactly, table, told
from licence.standing.decisions import Standing
from licence.whatif.counting import Counted, Places
from licence.whatif.facts import WhatIf, counted_of
from licence.whatif.rules import Change

CHANGES = tuple(Change)
Key = TypeVar("Key", int, str)


@dataclass(frozen=True, slots=True)
class Row:
    """A force, rank or unit and how many of it each change concerns, in the order of `CHANGES`; None is hidden.

    `key` is the rank or the unit's number, by which its people are listed.
    """

    name: str
    figures: Figures
    key: str | int | None = None


@dataclass(frozen=True, slots=True)
class Standings:
    """How many hold a standing on the day, as policy stands and under the draft.

    How many of them come to it and leave it is told of one's own forces alone.
    """

    standing: Standing
    before: int | None
    after: int | None
    comes: int | None = None
    leaves: int | None = None


@dataclass(frozen=True, slots=True)
class PlacesOf:
    """The training places of a requirement either way: owed or due soon, a year, and the hours of a year."""

    requirement: str
    near_before: int | None
    near_after: int | None
    year_before: int | None
    year_after: int | None
    hours_before: int | None
    hours_after: int | None


@dataclass(frozen=True, slots=True)
class Told:
    """What a what-if came to on a day. `is_exact` says that the numbers are those of one's own forces, unrounded."""

    day: date
    is_exact: bool
    everyone: Row
    forces: Sequence[Row]
    ranks: Sequence[Row]
    units: Sequence[Row]
    standings: Sequence[Standings]
    places: Sequence[PlacesOf]


@dataclass(frozen=True, slots=True)
class Sums:
    """Everything that the chunks of a finished what-if counted, added up."""

    standings: Mapping[tuple[date, int, str, str], int]
    changes: Mapping[tuple[date, int, int | None, str, str], int]
    places: Mapping[tuple[date, int, str], Places]


_FINISHED: dict[tuple[int, datetime], Sums] = {}
MOST_REMEMBERED = 8


async def told_of(found: WhatIf, day: date, *, own: Collection[int], is_national: bool) -> Told:
    """Return what may be told: everything exactly of one's own forces, or for a national body rounded and hidden."""
    sums = await _sums(found)
    within = None if is_national else frozenset(own)
    names = await _names()
    by_force, by_rank, by_unit = _grouped(sums, day, within)
    forces = {number: names.force(number) for number in by_force}
    shown = _rounded if is_national else _exact
    return Told(
        day=day,
        is_exact=not is_national,
        everyone=_everyone(by_force, is_national=is_national),
        forces=shown(by_force, forces),
        ranks=shown(by_rank, {rank: rank or "No rank" for rank in by_rank}),
        units=[] if is_national else _exact(by_unit, {number: names.unit(number) for number in by_unit}),
        standings=_standings(sums, day, within, is_national=is_national),
        places=_places(sums, day, within, is_national=is_national),
    )


async def _sums(found: WhatIf) -> Sums:
    if found.finished_at is None:
        return _added(await counted_of(found.id))
    key = (found.id, found.finished_at)
    if key not in _FINISHED:
        while len(_FINISHED) >= MOST_REMEMBERED:
            del _FINISHED[next(iter(_FINISHED))]
        _FINISHED[key] = _added(await counted_of(found.id))
    return _FINISHED[key]


def _added(every: Sequence[Counted]) -> Sums:
    standings: Counter[tuple[date, int, str, str]] = Counter()
    changes: Counter[tuple[date, int, int | None, str, str]] = Counter()
    places: defaultdict[tuple[date, int, str], Places] = defaultdict(Places)
    for one in every:
        for day, force_id, before, after, people in one.standings:
            standings[day, force_id, before, after] += people
        for day, force_id, unit_id, rank, change, people in one.changes:
            changes[day, force_id, unit_id, rank, change] += people
        for day, force_id, code, some in one.places:
            places[day, force_id, code].add(some)
    return Sums(standings, changes, places)


def _grouped(
    sums: Sums, day: date, within: frozenset[int] | None
) -> tuple[dict[int, list[int]], dict[str, list[int]], dict[int, list[int]]]:
    """Return the counts of each change by force, by rank and by unit; every force that has people has a row."""
    forces: dict[int, list[int]] = {}
    ranks: dict[str, list[int]] = {}
    units: dict[int, list[int]] = {}
    for when, force_id, _, _ in sums.standings:
        if when == day and (within is None or force_id in within):
            forces.setdefault(force_id, [0] * len(CHANGES))
    for (when, force_id, unit_id, rank, change), people in sums.changes.items():
        if when != day or (within is not None and force_id not in within):
            continue
        place = CHANGES.index(Change(change))
        forces.setdefault(force_id, [0] * len(CHANGES))[place] += people
        ranks.setdefault(rank, [0] * len(CHANGES))[place] += people
        units.setdefault(unit_id or 0, [0] * len(CHANGES))[place] += people
    return forces, ranks, units


def _everyone(by_force: Mapping[int, Sequence[int]], *, is_national: bool) -> Row:
    if not by_force:
        return Row("Everybody", exactly([0] * len(CHANGES)))
    if is_national:
        return Row("Everybody", table({str(number): counts for number, counts in by_force.items()}).everyone)
    return Row("Everybody", exactly([sum(column) for column in zip(*by_force.values(), strict=True)]))


def _exact(counts: Mapping[Key, Sequence[int]], names: Mapping[Key, str]) -> Sequence[Row]:
    rows = [Row(names[key], exactly(row), key) for key, row in counts.items() if any(row)]
    return sorted(rows, key=lambda one: one.name)


def _rounded(counts: Mapping[Key, Sequence[int]], names: Mapping[Key, str]) -> Sequence[Row]:
    rows = table({names[key]: row for key, row in counts.items()}).rows if counts else {}
    shown = [Row(name, rows[name]) for name in sorted(rows)]
    return [row for row in shown if any(one is not None for one in row.figures.people)]


def _standings(
    sums: Sums, day: date, within: frozenset[int] | None, *, is_national: bool
) -> Sequence[Standings]:
    before, after, stay = Counter[str](), Counter[str](), Counter[str]()
    for (when, force_id, was, becomes), people in sums.standings.items():
        if when == day and (within is None or force_id in within):
            before[was] += people
            after[becomes] += people
            if was == becomes:
                stay[was] += people
    return [
        Standings(
            each,
            _number(before[each], is_national=is_national),
            _number(after[each], is_national=is_national),
            comes=None if is_national else after[each] - stay[each],
            leaves=None if is_national else before[each] - stay[each],
        )
        for each in Standing
        if before[each] or after[each]
    ]


def _places(sums: Sums, day: date, within: frozenset[int] | None, *, is_national: bool) -> Sequence[PlacesOf]:
    """Return the requirements whose places differ, by code."""
    by_code: defaultdict[str, Places] = defaultdict(Places)
    for (when, force_id, code), some in sums.places.items():
        if when == day and (within is None or force_id in within):
            by_code[code].add(some)
    return [
        PlacesOf(
            code,
            *(_number(round(value), is_national=is_national) for value in (
                one.near_before, one.near_after, one.year_before, one.year_after, one.hours_before, one.hours_after,
            )),
        )
        for code, one in sorted(by_code.items())
        if (one.near_before, round(one.year_before), round(one.hours_before))
        != (one.near_after, round(one.year_after), round(one.hours_after))
    ]  # fmt: skip


def _number(number: int, *, is_national: bool) -> int | None:
    return told(number) if is_national else number


@dataclass(frozen=True, slots=True)
class _Names:
    """What forces and units are called."""

    forces: Mapping[int, str]
    units: Mapping[int, str]

    def force(self, number: int) -> str:
        return self.forces.get(number, "A force that is no more")

    def unit(self, number: int) -> str:
        return self.units.get(number, "No unit")


async def _names() -> _Names:
    forces = await fetch(
        "SELECT DISTINCT ON (force_id) force_id, name FROM people.force_name ORDER BY force_id, valid_from DESC"
    )
    units = await fetch("SELECT id, name FROM people.unit")
    return _Names({row[0]: row[1] for row in forces}, {row[0]: row[1] for row in units})
