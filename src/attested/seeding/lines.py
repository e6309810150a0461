"""Who supervises whom, and who covered while they were away?

Every line goes from a level of the force to a higher one, on every day, so that none can ever come back to itself.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from attested.seeding.days import Day
from attested.seeding.members import Member, Order
from attested.seeding.shape import TEAM

HAD_ANOTHER = 0.5
"""The share of people whose supervisor before this one is still on record."""
LATEST_COVER = 60
"""How many days ahead cover is arranged where nobody knows when the supervisor returns."""


@dataclass(frozen=True, slots=True)
class Led:
    """One person under a supervisor, from a day through a day."""

    person_id: int
    supervisor_id: int
    starts_on: Day
    ends_on: Day | None
    is_cover: bool = False


@dataclass(frozen=True, slots=True)
class _Team:
    leader: Member
    others: Sequence[Member]
    members: Sequence[Member]


def draw(members: Sequence[Member], order: Order) -> Iterator[Led]:
    """Put everyone but the chief under somebody of a higher level, in teams of about eight."""
    chance = order.random("lines")
    for team in _teams(members):
        team.leader.leads = True
        for one in team.members:
            yield from _lines(one, team, order, chance)


def _teams(members: Sequence[Member]) -> Iterator[_Team]:
    """Divide those of one level in one unit among those above them, contiguously and evenly."""
    at_level: dict[tuple[int, int], list[Member]] = defaultdict(list)
    groups: dict[tuple[int, int], list[Member]] = defaultdict(list)
    for one in members:
        groups[one.unit.id, one.level].append(one)
        if one.left_on is None:
            at_level[one.unit.id, one.level].append(one)
            at_level[0, one.level].append(one)
    top = max(one.level for one in members)
    for (unit, level), group in groups.items():
        above = _above(at_level, unit, level, top)
        leaders = above[: max(1, round(len(group) / TEAM))]
        for place, leader in enumerate(leaders):
            share = group[len(group) * place // len(leaders) : len(group) * (place + 1) // len(leaders)]
            yield _Team(leader, [one for one in above if one is not leader], share)


def _above(
    at_level: dict[tuple[int, int], list[Member]], unit: int, level: int, top: int
) -> Sequence[Member]:
    """Return who may lead a group: the next level that their unit has, or else the next that the force has."""
    for place in (unit, 0):
        for higher in range(level + 1, top + 1):
            found = at_level[place, higher]
            # Across the force, groups of many units would all fall to the same few: each begins elsewhere.
            if found:
                turn = unit % len(found) if place == 0 else 0
                return [*found[turn:], *found[:turn]]
    return ()


def _lines(one: Member, team: _Team, order: Order, chance: Random) -> Iterator[Led]:
    last = order.on if one.left_on is None else one.left_on
    since = max(one.stints[-1].starts_on, team.leader.stints[-1].starts_on, last - 900)
    since = min(max(since, one.joined_on), last)
    yield Led(one.id, team.leader.id, since, one.left_on)
    if team.others and chance.random() < HAD_ANOTHER:
        before = team.others[int(chance.random() * len(team.others))]
        first = max(one.joined_on, before.rank_since, since - 900)
        if first < since:
            yield Led(one.id, before.id, first, since - 1)
    if one.left_on is None and team.others:
        yield from _cover(one, team, since, order)


def _cover(one: Member, team: _Team, since: Day, order: Order) -> Iterator[Led]:
    """Let a colleague of the leader's level lead while the leader was away."""
    for away in team.leader.away:
        if away.starts_on <= since or away.starts_on < order.on - 730:
            continue
        instead = team.others[away.starts_on % len(team.others)]
        ends_on = order.on + LATEST_COVER if away.ends_on is None else away.ends_on
        yield Led(one.id, instead.id, away.starts_on, ends_on, is_cover=True)
