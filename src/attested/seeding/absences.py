"""Who was away, why and for how long, over the five years that a force's system remembers?"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from attested.seeding.days import YEAR, Day
from attested.seeding.members import Away, Member, Order
from people.posts.rules import AbsenceKind

REMEMBERED_YEARS = 5
GAP = 30


@dataclass(frozen=True, slots=True)
class Habit:
    """How often a kind of absence begins in a person's year, how long it lasts, and whether its end is known ahead."""

    kind: AbsenceKind
    a_year: float
    shortest: int
    longest: int
    ends_ahead: bool = True


HABITS = (
    Habit(AbsenceKind.LONG_TERM_SICKNESS, 0.022, 29, 260, ends_ahead=False),
    Habit(AbsenceKind.PARENTAL, 0.015, 90, 365),
    Habit(AbsenceKind.SECONDMENT, 0.006, 180, 730),
    Habit(AbsenceKind.CAREER_BREAK, 0.002, 180, 1095),
    Habit(AbsenceKind.SUSPENDED_FROM_DUTY, 0.005, 30, 400, ends_ahead=False),
)
A_YEAR = sum(habit.a_year for habit in HABITS)


def absent(members: Sequence[Member], order: Order) -> None:
    """Give some members the absences they had; those under way may end after the day, or have no end yet."""
    chance = order.random("absences")
    for one in members:
        first = max(one.joined_on + 30, order.on - round(REMEMBERED_YEARS * YEAR))
        last = order.on - 1 if one.left_on is None else one.left_on
        day = first + int(chance.expovariate(A_YEAR) * YEAR)
        while day < last:
            away = _away(day, order.on, one.left_on, chance)
            one.away.append(away)
            if away.ends_on is None:
                break
            day = away.ends_on + GAP + int(chance.expovariate(A_YEAR) * YEAR)


def _away(day: Day, on: Day, left_on: Day | None, chance: Random) -> Away:
    habit = _habit(chance.random() * A_YEAR)
    ends_on = day + habit.shortest + int(math.pow(chance.random(), 2) * (habit.longest - habit.shortest))
    if left_on is not None:
        return Away(habit.kind, day, min(ends_on, left_on))
    return Away(habit.kind, day, None if ends_on >= on and not habit.ends_ahead else ends_on)


def _habit(drawn: float) -> Habit:
    for habit in HABITS:
        drawn -= habit.a_year
        if drawn < 0:
            return habit
    return HABITS[0]
