"""Which forces are wanted, of how many people each?"""

from collections.abc import Sequence
from csv import DictReader
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

from attested.seeding.days import number_of
from attested.seeding.members import Order
from attested.seeding.shape import FUNCTIONS, apportioned, areas_of, strength_of
from foundation.problems import InvalidError
from passport.policy.rules import LicencePolicy

ONE_FORCE_AT_MOST = 5_000
FEWEST, FEWEST_IN_NATION, MOST = 60, 9_000, 1_000_000
SMALL_FORCE = "E23000017"
"""Warwickshire: one of the smallest, so that a force of 1,500 is nearly true to life."""


class ImplausiblePeopleError(InvalidError):
    """A force needs 60 people at least, a nation 9,000; and a million is the most."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for: how many people, made up from which number, as on which day, and of which force alone."""

    people: int
    seed: int
    on: date
    force: str | None = None

    @property
    def only_force(self) -> str | None:
        """Return the code of the one force to make up, or None for all of them."""
        return self.force or (SMALL_FORCE if self.people <= ONE_FORCE_AT_MOST else None)

    @property
    def noted(self) -> dict[str, str | int | None]:
        """Return what the audit notes of a wish, and by which the same wish is known again."""
        return {"seed": self.seed, "people": self.people, "force": self.only_force}


@dataclass(frozen=True, slots=True)
class KnownForce:
    """A force that there is: its number in the database, its code and slug."""

    id: int
    code: str
    slug: str


def orders(wish: Wish, forces: Sequence[KnownForce], policy: LicencePolicy) -> list[Order]:
    """Order each force in its true proportion, the numbers of people and units running on from one to the next.

    :raises ImplausiblePeopleError: so many, or so few, could not be spread believably.
    """
    chosen = [one for one in forces if wish.only_force in {None, one.code, one.slug}]
    fewest = FEWEST if wish.only_force else FEWEST_IN_NATION
    if not chosen or not fewest <= wish.people <= MOST:
        raise ImplausiblePeopleError
    officers = _officers_by_code()
    shares = apportioned(wish.people, [officers[one.code] for one in chosen])
    made, first_person, first_unit = [], 1, 1
    for force, people in zip(chosen, shares, strict=True):
        made.append(
            Order(
                wish.seed, number_of(wish.on), force.id, force.slug, people, first_person, first_unit, policy,
                tuple(one.id for one in forces if one is not force), with_roles=True,
                is_alone=len(chosen) == 1,
            )
        )  # fmt: skip
        first_person += people
        first_unit += _units(people)
    return made


def _units(people: int) -> int:
    areas = len(areas_of(strength_of(people).officers))
    return 1 + sum(areas if function.by_area else 1 for function in FUNCTIONS)


def _officers_by_code() -> dict[str, float]:
    """Return the strength that each force is seeded by (domain section 1.3; estimates where none is published)."""
    text = files("people.forces").joinpath("forces.csv").read_text(encoding="utf-8")
    return {row["code"]: float(row["officers_seed_fte"]) for row in DictReader(text.splitlines())}
