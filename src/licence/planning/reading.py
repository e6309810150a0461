"""What does a forecast show to whoever asks, written down first where it names people?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from access.identity import Identity
from access.permissions import Permission
from access.readings.looks import Look
from access.readings.recording import note_listed
from access.scope import Scope, scope
from foundation.problems import NotFoundError
from licence.planning.asking import Asked, Behind
from licence.planning.demand import Demand, demand, demands, people_behind
from licence.planning.facts import Named, Waiting, counted_at, crowds, named, waiting
from passport.policy.facts import policy_for
from passport.policy.rules import LicencePolicy, Requirement

PAGE = 50


@dataclass(frozen=True, slots=True)
class Forecast:
    """What every requirement asks for, and when it was counted; nothing where it never was."""

    counted_at: datetime | None
    demands: Sequence[Demand]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody behind a number, by name."""

    named: Named
    waiting: Waiting


@dataclass(frozen=True, slots=True)
class People:
    """A page of the people behind a number: how many there are, and how many of this page may not be named."""

    asked: Requirement
    total: int
    people: Sequence[Person]
    unnamed: int
    page: int
    has_more: bool


async def forecast(reader: Identity, asked: Asked, *, on: date) -> Forecast:
    """Return the forecast for every requirement."""
    reach = scope(reader, Permission.DEMAND_READ)
    policy = await _policy(reach, on)
    return Forecast(await counted_at(reach), demands(await crowds(reach, asked.unit_id, on), policy, on))


async def demand_for(reader: Identity, asked: Asked, *, on: date) -> tuple[Demand, datetime | None]:
    """Return the forecast for one requirement, with the places there are, and when it was counted.

    :raises NotFoundError: policy asks no such thing.
    """
    reach = scope(reader, Permission.DEMAND_READ)
    requirement = _requirement(await _policy(reach, on), asked.code)
    own = await crowds(reach, asked.unit_id, on, requirement.id)
    return demand(requirement, own, on, most=asked.most, places=asked.places), await counted_at(reach)


async def people_for(
    reader: Identity, look: Look, asked: Asked, behind: Behind, *, on: date, page: int
) -> People:
    """Return a page of the people behind a number, after writing down who is about to be seen.

    :raises NotFoundError: policy asks no such thing. :raises NotRecordedError: the look cannot be written down.
    """
    reach = scope(reader, Permission.DEMAND_PEOPLE_READ)
    requirement = _requirement(await _policy(reach, on), asked.code)
    every = await waiting(reach, asked.unit_id, on, requirement.id)
    found = people_behind(every, behind.by, behind.index(on), most=asked.most)
    here = found[(page - 1) * PAGE : page * PAGE]
    names = await named(reach, [one.person_id for one in here])
    people = [Person(names[one.person_id], one) for one in here if one.person_id in names]
    await note_listed(reader, Permission.DEMAND_PEOPLE_READ, list(names), look)
    return People(requirement, len(found), people, len(here) - len(people), page, len(found) > page * PAGE)


async def _policy(reach: Scope, on: date) -> LicencePolicy:
    return await policy_for(min(reach.force_ids, default=None), on)


def _requirement(policy: LicencePolicy, code: str) -> Requirement:
    found = next((one for one in policy.requirements if one.code == code), None)
    if found is None:
        raise NotFoundError
    return found
