"""When did each person join, move, rise and leave, over the last ten years?"""

import math
from collections.abc import Sequence
from random import Random

from attested.seeding.days import YEAR, Day
from attested.seeding.members import Member, Order, Stint
from attested.seeding.shape import Function, Unit
from people.posts.rules import Kind, Rank, RankBasis

YOUNG = 0.38
"""The share of constables with less than five years' service, after the recruitment of 2019 to 2023."""
YEARS_BETWEEN_MOVES = 4.0
SHORTEST_POST = 120
TRANSFEREES = 0.01
TEMPORARY, ACTING = 0.04, 0.03
LADDER = tuple(
    sorted(
        (rank for rank in Rank if rank.order <= Rank.CHIEF_SUPERINTENDENT.order), key=lambda one: one.order
    )
)


def live(members: Sequence[Member], units: Sequence[Unit], order: Order) -> None:
    """Give every member a service and the posts they have held."""
    chance = order.random("careers")
    by_kind = {kind: _units_for(kind, units) for kind in Kind}
    for one in members:
        one.joined_on = order.on - _service(one, chance)
        if one.left_on is not None:
            one.left_on = _left_on(one, order.on, chance)
        one.profiles = _profiles(one, one.unit.function, chance)
        one.stints = _stints(one, by_kind[one.kind], order, chance)


def _service(one: Member, chance: Random) -> int:
    """Return days of service: long for those of high rank, short for many constables."""
    if one.rank is None:
        years = 0.1 + math.pow(chance.random(), 1.6) * 28
    elif one.level == 1 and chance.random() < YOUNG:
        years = 0.05 + chance.random() * 5
    else:
        least = 1 + 3.5 * min(one.level - 1, 5)
        years = least + chance.random() * (30 - least)
    return max(20, round(years * YEAR))


def _left_on(one: Member, on: Day, chance: Random) -> Day:
    return max(one.joined_on + 10, on - 1 - int(math.pow(chance.random(), 2) * 900))


def _profiles(one: Member, function: Function, chance: Random) -> frozenset[str]:
    """Return what an officer of constable to inspector rank is trained for in a unit; staff and higher ranks for less."""
    if one.kind is Kind.PCSO:
        return frozenset({"neighbourhood"})
    if one.rank is None or one.level > Rank.INSPECTOR.order:
        return frozenset()
    keen = 0.4 if one.kind is Kind.SPECIAL_CONSTABLE else 1.0
    return frozenset(
        name for name, share in function.profiles if share == 1 or chance.random() < share * keen
    )


def _units_for(kind: Kind, units: Sequence[Unit]) -> list[Unit]:
    """Return the units that a kind of people moves between, the larger ones more often."""
    return [unit for unit in units for _ in range(round(unit.function.weight(kind) * unit.share / 2))]


def _stints(one: Member, units: Sequence[Unit], order: Order, chance: Random) -> list[Stint]:
    """Return the posts of a career, the last being where they are now."""
    last_day = order.on if one.left_on is None else one.left_on
    starts = _starts(one, last_day, order, chance)
    one.rank_since = _rank_since(one, starts, chance)
    stints = []
    for place, starts_on in enumerate(starts):
        is_last = place == len(starts) - 1
        ends_on = one.left_on if is_last else starts[place + 1] - 1
        stints.append(_stint(one, (starts_on, ends_on), units, is_last=is_last, chance=chance, order=order))
    return stints


def _starts(one: Member, last_day: Day, order: Order, chance: Random) -> list[Day]:
    """Return the first days of the posts: the first on joining, moves within the ten years of history."""
    starts, day = [one.joined_on], max(one.joined_on, order.begins_on)
    while True:
        day += SHORTEST_POST + int(chance.expovariate(1 / (YEARS_BETWEEN_MOVES * YEAR)))
        if day >= last_day - 5:
            return starts
        starts.append(day)


def _rank_since(one: Member, starts: Sequence[Day], chance: Random) -> Day:
    """Return the day from which the present rank is held: that of one of the last moves."""
    if one.level == 1 or len(starts) == 1:
        return starts[0]
    return starts[max(1, len(starts) - 1 - int(chance.random() * 2))]


def _stint(
    one: Member,
    days: tuple[Day, Day | None],
    units: Sequence[Unit],
    *,
    is_last: bool,
    chance: Random,
    order: Order,
) -> Stint:
    starts_on, ends_on = days
    rank = one.rank
    if rank is not None and starts_on < one.rank_since and one.kind is Kind.OFFICER:
        rank = LADDER[min(rank.order, len(LADDER)) - 2]
    if is_last:
        return Stint(starts_on, ends_on, order.force_id, one.unit, rank, _basis(one, chance), one.profiles)
    if starts_on == one.joined_on and order.other_forces and chance.random() < TRANSFEREES:
        elsewhere = order.other_forces[int(chance.random() * len(order.other_forces))]
        return Stint(starts_on, ends_on, elsewhere, None, rank, RankBasis.SUBSTANTIVE, frozenset())
    unit = units[int(chance.random() * len(units))] if units else one.unit
    profiles = _profiles(one, unit.function, chance)
    return Stint(starts_on, ends_on, order.force_id, unit, rank, RankBasis.SUBSTANTIVE, profiles)


def _basis(one: Member, chance: Random) -> RankBasis:
    if one.kind is not Kind.OFFICER or one.level == 1:
        return RankBasis.SUBSTANTIVE
    drawn = chance.random()
    if drawn < TEMPORARY:
        return RankBasis.TEMPORARY
    return RankBasis.ACTING if drawn < TEMPORARY + ACTING else RankBasis.SUBSTANTIVE
