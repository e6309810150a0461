"""Who is the person with this number, and which numbers do they have?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from foundation.database import fetch
from foundation.problems import NotFoundError
from people.persons.rules import read_national_id
from people.persons.tables import Person
from people.posts.rules import Period
from people.records import as_known


class PersonNotFoundError(NotFoundError):
    """There is no such person."""


class Scheme(StrEnum):
    """Which of a force's numbers a number is."""

    PAYROLL = "payroll"
    COLLAR = "collar"


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """A person as the record has them."""

    id: int
    national_id: str
    given_names: str
    family_name: str
    known_as: str | None
    email: str | None
    joined_on: date | None
    is_protected: bool

    @property
    def name(self) -> str:
        """Return the name that colleagues use."""
        return f"{self.known_as or self.given_names} {self.family_name}"


@dataclass(frozen=True, slots=True)
class Number:
    """A number that a force gives, in one of its schemes."""

    force_id: int
    scheme: Scheme
    value: str


@dataclass(frozen=True, slots=True)
class HeldNumber:
    """A number that a person has for a period; `id` numbers the record that says so."""

    id: int
    person_id: int
    number: Number
    period: Period


_COLUMNS = (
    Person.id, Person.national_id, Person.given_names, Person.family_name,
    Person.known_as, Person.email, Person.joined_on, Person.is_protected,
)  # fmt: skip


async def person(person_id: int) -> NamedPerson:
    """Return a person.

    :raises PersonNotFoundError: there is none with this number.
    """
    found = await persons([person_id])
    if person_id not in found:
        raise PersonNotFoundError
    return found[person_id]


async def persons(person_ids: Sequence[int]) -> dict[int, NamedPerson]:
    """Return many people by their numbers; those who do not exist are left out."""
    if not person_ids:
        return {}
    rows = await Person.select(*_COLUMNS).where(Person.id.is_in(list(person_ids)))
    return {row["id"]: NamedPerson(**row) for row in rows}


async def person_with_national_id(text: str) -> NamedPerson:
    """Return the person with a national identifier, however it was typed.

    :raises PersonNotFoundError: nobody has it, or it cannot be one.
    """
    row = await Person.select(*_COLUMNS).where(Person.national_id == (read_national_id(text) or "")).first()
    if row is None:
        raise PersonNotFoundError
    return NamedPerson(**row)


async def person_with_number(number: Number, day: date) -> int | None:
    """Return who has a force's number on a day, or None."""
    rows = await fetch(
        """SELECT person_id FROM people.identifier
            WHERE force_id = $1 AND scheme = $2 AND value = $3 AND superseded_at IS NULL
              AND valid_from <= $4 AND coalesce(valid_until >= $4, true)""",
        number.force_id, number.scheme, number.value, day,
    )  # fmt: skip
    return rows[0]["person_id"] if rows else None


async def numbers_on(person_id: int, day: date, *, known: datetime | None = None) -> tuple[HeldNumber, ...]:
    """Return the numbers that forces have given a person, as on a day."""
    rows = await fetch(
        f"""SELECT id, force_id, scheme, value, valid_from, valid_until FROM people.identifier
             WHERE person_id = $1 AND valid_from <= $2 AND coalesce(valid_until >= $2, true) AND {as_known("$3")}
             ORDER BY force_id, scheme DESC, value""",  # noqa: S608 - our own names
        person_id, day, known,
    )  # fmt: skip
    return tuple(
        HeldNumber(
            row["id"],
            person_id,
            Number(row["force_id"], Scheme(row["scheme"]), row["value"]),
            Period(row["valid_from"], row["valid_until"]),
        )
        for row in rows
    )
