"""Whom may a privacy officer look up, and whom did they mean?"""

from collections.abc import Sequence
from datetime import date

from access.facts import subjects
from access.guard import let_see
from access.identity import NOBODY, Identity
from access.permission_map import forces_of, may_see
from access.permissions import Permission
from access.readings.facts import has_looked
from access.readings.looks import Look
from access.readings.recording import note_listed
from foundation.problems import NotFoundError
from people.glass.asking import subject_meant
from people.persons.directory import find
from people.persons.facts import NamedPerson, PersonNotFoundError, person_with_national_id, persons
from people.privacy.facts import Alert, alerts_in

MOST = 20


async def found_in_force(officer: Identity, text: str, look: Look, *, on: date) -> Sequence[NamedPerson]:
    """Return the people of the officer's forces whose name or number a text begins; that they look is written down."""
    plain = text.replace("\0", " ").encode(errors="replace").decode()
    ids = [
        one.person_id
        for force in sorted(forces_of(officer, Permission.READINGS_OF_FORCE))
        for one in await find(plain, force_id=force, from_unit=officer.unit_id, limit=MOST)
    ]
    known = await subjects(ids, on)
    seen = [one for one in ids if may_see(officer, Permission.READINGS_OF_FORCE, known[one])]
    await note_listed(officer, Permission.READINGS_OF_FORCE, seen, look)
    named = await persons(seen)
    return [named[one] for one in seen]


async def within_reach(officer: Identity, national_id: str, *, on: date, look: Look | None) -> NamedPerson:
    """Return a person of the officer's force by national identifier; that they look is written down.

    :raises NotFoundError: nobody has it, or they are out of reach: the one looks exactly like the other.
    """
    try:
        found = await person_with_national_id(national_id)
    except PersonNotFoundError:
        await let_see(
            officer, Permission.READINGS_OF_FORCE, NOBODY, on=on, look=look
        )  # asked alike, so that no clock tells
        raise NotFoundError from None
    await let_see(officer, Permission.READINGS_OF_FORCE, found.id, on=on, look=look)
    return found


async def reader_meant(officer: Identity, text: str, subject_id: int, on: date) -> int | None:
    """Return whose name is to be held back from a person: somebody within reach, or whoever has looked already.

    Anybody else looks like nobody, or the list of names held back would tell who has which number.
    """
    found = await subject_meant(officer, text, on)
    if found is None:
        return None
    is_known = (
        officer.person_id == found.person_id
        or may_see(officer, Permission.READINGS_OF_FORCE, found)
        or await has_looked(found.person_id, subject_id)
    )
    return found.person_id if is_known else None


async def alert_within_reach(officer: Identity, alert_id: int) -> Alert:
    """Return one alert about somebody of the officer's force.

    :raises NotFoundError: there is none, or it is out of reach, or about themselves.
    """
    forces = forces_of(officer, Permission.READINGS_OF_FORCE)
    found = [one for one in await alerts_in(forces, but=officer.person_id) if one.id == alert_id]
    if not found:
        raise NotFoundError
    return found[0]
