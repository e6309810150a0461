"""How is a person entered, corrected, numbered and protected?"""

from dataclasses import astuple, dataclass, fields, replace
from datetime import date

from asyncpg import Connection

from foundation.audit import Actor, Event, recorded
from foundation.clock import today
from foundation.database import connection
from foundation.problems import ConflictError
from people.persons.directory import refresh
from people.persons.facts import HeldNumber, NamedPerson, Number, PersonNotFoundError
from people.persons.rules import national_id
from people.posts.rules import Period
from people.records import Fact, subject_of
from people.records import end as end_record
from people.refusals import explained

PURPOSE = "keeping the workforce record"


class ChangedMeanwhileError(ConflictError):
    """Somebody else has changed this person's record in the meantime. Look at it again before you change it."""


@dataclass(frozen=True, slots=True)
class NewPerson:
    """What is said of a person who joins; `joined_on` is their first day of continuous service."""

    given_names: str
    family_name: str
    known_as: str | None = None
    email: str | None = None
    joined_on: date | None = None
    is_protected: bool = False


async def create(*, actor: Actor, person: NewPerson) -> NamedPerson:
    """Enter a person under a national identifier of their own, never used before and never again."""
    # Drawn beforehand, so that the line of audit can name whom it is about; numbers that are not used are lost.
    async with connection() as lent:
        given = await draw_national_id(lent)
        new_id = await lent.fetchval("SELECT nextval(pg_get_serial_sequence('people.person', 'id'))")
    entered = NamedPerson(
        new_id, given, person.given_names, person.family_name, person.known_as, person.email, person.joined_on,
        person.is_protected,
    )  # fmt: skip
    with explained():
        async with recorded(actor, Event("person entered", PURPOSE, new_id)) as writing:
            await writing.execute(
                """INSERT INTO people.person (id, national_id, given_names, family_name, known_as, email, joined_on,
                          is_protected)
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8)""",
                *astuple(entered),
            )
    return entered


async def draw_national_id(lent: Connection) -> str:
    """Draw the next national identifier; one that is drawn and not used is never drawn again."""
    while True:
        number = await lent.fetchval("SELECT nextval('people.national_number')")
        drawn = national_id(number)
        if drawn is not None:
            return drawn


async def correct(*, actor: Actor, before: NamedPerson, after: NamedPerson) -> NamedPerson:
    """Correct a person's name, address, joining day or protection; the audit says what kind of thing changed.

    :raises ChangedMeanwhileError: the record is no longer what it was before.
    """
    after = replace(after, id=before.id, national_id=before.national_id)
    changed = [f.name for f in fields(NamedPerson) if getattr(before, f.name) != getattr(after, f.name)]
    event = Event("person corrected", PURPOSE, before.id, {"changed": changed})
    with explained():
        async with recorded(actor, event) as writing:
            if await _locked(writing, before.id) != before:
                raise ChangedMeanwhileError
            await writing.execute(
                """UPDATE people.person SET given_names = $2, family_name = $3, known_as = $4, email = $5,
                          joined_on = $6, is_protected = $7 WHERE id = $1""",
                after.id, after.given_names, after.family_name, after.known_as, after.email, after.joined_on,
                after.is_protected,
            )  # fmt: skip
            await refresh(writing, [after.id], on=today())
    return after


async def give_number(*, actor: Actor, person_id: int, number: Number, period: Period) -> HeldNumber:
    """Give a person a number of a force.

    :raises ConflictError: somebody has this number on some of these days.
    """
    event = Event("number given", PURPOSE, person_id, {"force": number.force_id, "scheme": number.scheme})
    with explained():
        async with recorded(actor, event) as writing:
            new_id = await writing.fetchval(
                """INSERT INTO people.identifier (person_id, force_id, scheme, value, valid_from, valid_until,
                          recorded_by)
                   VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id""",
                person_id, number.force_id, number.scheme, number.value, period.starts_on, period.ends_on,
                actor.person_id,
            )  # fmt: skip
            await refresh(writing, [person_id], on=today())
    return HeldNumber(new_id, person_id, number, period)


async def end_number(*, actor: Actor, identifier_id: int, last_day: date, reason: str) -> int:
    """Record the last day of a number, which another may have afterwards; return the new record's number."""
    person_id = await subject_of(Fact.IDENTIFIER, identifier_id)
    with explained():
        async with recorded(actor, Event("number ended", PURPOSE, person_id)) as writing:
            by = actor.person_id
            new_id = await end_record(
                writing, Fact.IDENTIFIER, identifier_id, last_day=last_day, by=by, reason=reason
            )
            await refresh(writing, [person_id], on=today())
    return new_id


async def _locked(writing: Connection, person_id: int) -> NamedPerson:
    row = await writing.fetchrow(
        """SELECT id, national_id, given_names, family_name, known_as, email, joined_on, is_protected
             FROM people.person WHERE id = $1 FOR NO KEY UPDATE""",
        person_id,
    )
    if row is None:
        raise PersonNotFoundError
    return NamedPerson(*row)
