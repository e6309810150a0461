"""Which classes does a force hold, and who is on the sheet of one?"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from asyncpg import Record

from foundation.clock import today
from foundation.database import fetch
from foundation.problems import NotFoundError
from passport.classes.rules import Outcome, State
from passport.policy.facts import policy_for

PAGE = 25


@dataclass(frozen=True, slots=True)
class Taught:
    """What a class meets: the requirement's code and title, and the hours of learning.

    `licensed_until` is the last day on which its provider was licensed for it, where that lies before the class.
    """

    requirement: str
    title: str
    hours: Decimal | None
    licensed_until: date | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody on a class, and how they did, once that is said."""

    person_id: int
    national_id: str
    name: str
    numbers: str
    unit: str | None
    outcome: Outcome | None
    marked_by: str | None


@dataclass(frozen=True, slots=True)
class Listed:
    """A class in a list: what it meets, and how many are on it."""

    id: int
    force_id: int
    held_on: date
    place: str
    provider_id: int | None
    provider: str | None
    taught: tuple[Taught, ...]
    people: int
    passed: int
    made_by: str
    signed_by: str | None
    signed_at: datetime | None
    cancelled_at: datetime | None
    cancelled_by: str | None
    cancelled_reason: str | None

    @property
    def state(self) -> State:
        """Return how the class stands today."""
        if self.cancelled_at is not None:
            return State.CANCELLED
        if self.signed_at is not None:
            return State.SIGNED
        return State.TO_COME if self.held_on > today() else State.TO_SIGN


@dataclass(frozen=True, slots=True)
class Sheet:
    """A class with its places, in the order in which a sheet is read: by name."""

    about: Listed
    places: tuple[Place, ...]

    def outcomes(self) -> dict[int, Outcome | None]:
        """Return how everybody is marked."""
        return {one.person_id: one.outcome for one in self.places}


# As evidence is in doubt (passport.providers.facts): a licence has ended, and no other holds on the day.
_LICENSED_UNTIL = """
(SELECT max(valid_until) FILTER (WHERE valid_until < held_on) FROM passport.provider_licence AS licence
  WHERE licence.provider_id = held.provider_id AND licence.requirement_id = requirement.id
 HAVING NOT bool_or(valid_from <= held_on AND coalesce(valid_until >= held_on, true)))"""
_CLASSES = f"""
SELECT held.id, held.force_id, held_on, place, provider_id, provider.name AS provider,
       ARRAY(SELECT (code, hours, {_LICENSED_UNTIL}) FROM passport.class_requirement JOIN passport.requirement ON requirement.id = requirement_id
              WHERE class_id = held.id ORDER BY code) AS taught,
       (SELECT count(*) FROM passport.class_place WHERE class_id = held.id) AS people,
       (SELECT count(*) FROM passport.class_place WHERE class_id = held.id AND outcome = 'passed') AS passed,
       coalesce(maker.known_as, maker.given_names) || ' ' || maker.family_name AS made_by,
       coalesce(signer.known_as, signer.given_names) || ' ' || signer.family_name AS signed_by, signed_at,
       cancelled_at, coalesce(ender.known_as, ender.given_names) || ' ' || ender.family_name AS cancelled_by,
       cancelled_reason
  FROM passport.training_class AS held JOIN people.person AS maker ON maker.id = made_by
  LEFT JOIN people.person AS signer ON signer.id = signed_by
  LEFT JOIN people.person AS ender ON ender.id = cancelled_by
  LEFT JOIN passport.provider ON provider.id = provider_id
 WHERE held.force_id = ANY($1::smallint[])
"""  # noqa: S608 - our own condition
_PLACES = """
SELECT person_id, person.national_id, directory.name, directory.numbers, unit.name AS unit, outcome,
       coalesce(marker.known_as, marker.given_names) || ' ' || marker.family_name AS marked_by
  FROM passport.class_place JOIN people.person ON person.id = person_id
  JOIN people.directory USING (person_id) LEFT JOIN people.unit ON unit.id = directory.unit_id
  LEFT JOIN people.person AS marker ON marker.id = marked_by
 WHERE class_id = $1 ORDER BY person.family_name, person.given_names, person_id
"""


async def classes_of(force_ids: Collection[int], *, before: int | None = None) -> Sequence[Listed]:
    """Return the classes of some forces, the latest made first, 25 a page."""
    rows = await fetch(
        f"{_CLASSES} AND ($2::integer IS NULL OR held.id < $2) ORDER BY held.id DESC LIMIT {PAGE}",
        sorted(force_ids),
        before,
    )
    return [await _listed(row) for row in rows]


async def class_of(force_ids: Collection[int], class_id: int) -> Listed:
    """Return one class.

    :raises NotFoundError: there is none, or it is another force's: the one looks exactly like the other.
    """
    rows = await fetch(f"{_CLASSES} AND held.id = $2", sorted(force_ids), class_id)
    if not rows:
        raise NotFoundError
    return await _listed(rows[0])


async def places_on(class_id: int) -> tuple[Place, ...]:
    """Return everybody on a class."""
    return tuple(
        Place(**{**dict(row.items()), "outcome": Outcome(row["outcome"]) if row["outcome"] else None})
        for row in await fetch(_PLACES, class_id)
    )


async def _listed(row: Record) -> Listed:
    policy = await policy_for(row["force_id"], max(row["held_on"], today()))
    titles = {asked.code: asked.title for asked in policy.requirements}
    taught = tuple(Taught(code, titles.get(code, code), hours, until) for code, hours, until in row["taught"])
    return Listed(**{**dict(row.items()), "taught": taught})


@dataclass(frozen=True, slots=True)
class Provider:
    """Who delivers training for a force besides the force itself."""

    id: int
    name: str


async def providers_of(force_id: int) -> tuple[Provider, ...]:
    """Return the providers of a force, by name."""
    rows = await fetch("SELECT id, name FROM passport.provider WHERE force_id = $1 ORDER BY name", force_id)
    return tuple(Provider(*row) for row in rows)
