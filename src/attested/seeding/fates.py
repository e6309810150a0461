"""How does each person stand today: up to date, or behind with one thing, and whose fault is it?"""

import math
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from attested.seeding.asked import Asked
from attested.seeding.days import Day


class Plight(StrEnum):
    """Why somebody is behind."""

    IN_GRACE = "in grace"
    LAPSED = "lapsed"
    AWAITING = "awaiting verification"
    FORCE_FAILED = "force failed"
    WAIVED = "waived"


@dataclass(frozen=True, slots=True)
class Fate:
    """The one requirement that somebody is behind with, the day it fell due, and why."""

    asked: Asked
    plight: Plight
    due_on: Day


PLIGHTS = (
    (Plight.IN_GRACE, 0.060),
    (Plight.LAPSED, 0.026),
    (Plight.AWAITING, 0.012),
    (Plight.FORCE_FAILED, 0.008),
    (Plight.WAIVED, 0.006),
)


def fate(core: tuple[Asked, ...], on: Day, chance: Random) -> Fate | None:
    """Draw what somebody is behind with, if with anything; only what is licence core and falls due can be."""
    drawn = chance.random()
    for plight, share in PLIGHTS:
        if drawn < share:
            return _behind(core, plight, on, chance) if core else None
        drawn -= share
    return None


def _behind(core: tuple[Asked, ...], plight: Plight, on: Day, chance: Random) -> Fate:
    asked = core[int(chance.random() * len(core))]
    if plight is Plight.LAPSED:
        return Fate(asked, plight, on - asked.grace - 3 - int(math.pow(chance.random(), 2) * 150))
    if plight is Plight.IN_GRACE and not asked.grace:
        return Fate(asked, plight, on + 1 + int(chance.random() * 7))
    return Fate(asked, plight, on - 2 - int(chance.random() * max(1, asked.grace - 5)))
