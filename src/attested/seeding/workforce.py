"""Who serves in a force, of which kind, in which unit and at which rank?"""

from collections.abc import Iterator, Sequence
from random import Random

from attested.seeding.members import Desk, Member, Order
from attested.seeding.shape import (
    LEADERS_TO_MANAGER,
    LEAVERS,
    STAFF_TO_LEADER,
    Function,
    Strength,
    Unit,
    apportioned,
    ranks_of,
    strength_of,
    units_of,
)
from people.posts.rules import Kind, Rank

SPECIAL_SERGEANTS = 0.08
DESK = (
    ("Professional Standards", "Licensing Manager"),
    ("Professional Standards", "Licensing Officer"),
    ("Learning and Development", "Head of Learning and Development"),
    ("Digital Services", "Service Desk Manager"),
)
"""The staff posts that every force has, in the order of `Desk`."""
APPOINTED = (
    ("Professional Standards", "Head of Professional Standards"),
    ("People Services", "Head of People Services"),
    ("Professional Standards", "Data Protection Officer"),
    ("Professional Standards", "Vetting Manager"),
    ("Professional Standards", "Vetting Adjudicator"),
    ("People Services", "Occupational Health Adviser"),
    ("People Services", "Wellbeing Coordinator"),
    ("Learning and Development", "Promotion Board Chair"),
    ("Digital Services", "National Standards Liaison"),
)
"""Further staff posts that carry a role, in a force that is large enough."""


def enlist(order: Order) -> tuple[tuple[Unit, ...], list[Member]]:
    """Fill the units of a force; members stand in the order of their numbers, the chief first."""
    strength = strength_of(order.people)
    units = units_of(strength.officers, order.first_unit)
    places = [*_officers(strength, units, order.slug), *_others(strength, units)]
    chance = order.random("workforce")
    members = [
        Member(order.first_person + number, kind, rank, _level(kind, rank), unit)
        for number, (kind, rank, unit) in enumerate(places)
    ]
    _entitle(members, units)
    _mark_leavers(members, chance)
    return units, members


def desk_of(members: Sequence[Member]) -> Desk:
    """Find those whose names stand under decisions."""
    by_title = {one.title: one.id for one in members}
    return Desk(*(by_title[title] for _, title in DESK))


Place = tuple[Kind, Rank | None, Unit]


def _officers(strength: Strength, units: Sequence[Unit], slug: str) -> Iterator[Place]:
    """Spread each rank over the units by their size, so that every team finds its sergeant near by."""
    ranks = ranks_of(strength.officers, slug)
    for rank in dict.fromkeys(ranks):
        count = ranks.count(rank)
        if rank.order > Rank.CHIEF_SUPERINTENDENT.order:
            yield from ((Kind.OFFICER, rank, units[0]) for _ in range(count))
        else:
            yield from _spread(Kind.OFFICER, rank, count, units)


def _others(strength: Strength, units: Sequence[Unit]) -> Iterator[Place]:
    for kind, count in strength.kinds:
        if kind is Kind.SPECIAL_CONSTABLE:
            sergeants = round(count * SPECIAL_SERGEANTS)
            yield from _spread(kind, Rank.SERGEANT, sergeants, units)
            yield from _spread(kind, Rank.CONSTABLE, count - sergeants, units)
        else:
            yield from _spread(kind, None, count, units)


def _spread(kind: Kind, rank: Rank | None, count: int, units: Sequence[Unit]) -> Iterator[Place]:
    shares = apportioned(count, [unit.function.weight(kind) * unit.share for unit in units])
    for unit, share in zip(units, shares, strict=True):
        yield from ((kind, rank, unit) for _ in range(share))


def _level(kind: Kind, rank: Rank | None) -> int:
    if kind is Kind.SPECIAL_CONSTABLE or rank is None:
        return 1
    return rank.order


def _entitle(members: Sequence[Member], units: Sequence[Unit]) -> None:
    """Give staff their titles: the desk first, then a leader to every few and a manager to every few leaders."""
    staff = [one for one in members if one.kind is Kind.STAFF]
    for one, (function, title) in zip(staff, (*DESK, *APPOINTED), strict=False):
        one.unit = next(unit for unit in units if unit.function.name == function)
        one.title, one.level = title, 2
    for unit in units:
        of_unit = [one for one in staff if one.unit is unit and one.title is None]
        for place, one in enumerate(of_unit):
            _entitle_one(one, place, unit.function)
    for one in members:
        if one.kind is Kind.PCSO:
            one.title = "Police Community Support Officer"
        elif one.kind is Kind.VOLUNTEER:
            one.title = "Police Support Volunteer"


def _entitle_one(one: Member, place: int, function: Function) -> None:
    if place % STAFF_TO_LEADER:
        one.title = function.titles[place % len(function.titles)]
    elif place % (STAFF_TO_LEADER * LEADERS_TO_MANAGER):
        one.title, one.level = f"{function.name} Team Leader", 2
    else:
        one.title, one.level = f"{function.name} Manager", 3


def _mark_leavers(members: Sequence[Member], chance: Random) -> None:
    """Let a few have left; whoever the desk or the chief is, stays. The day is found with the rest of the career."""
    titles = {title for _, title in (*DESK, *APPOINTED)}
    for one in members[1:]:
        if one.level == 1 and chance.random() < LEAVERS and one.title not in titles:
            one.left_on = 0
