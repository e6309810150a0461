"""Whose record did somebody mean, and which pane may they review?"""

from datetime import date

from access.facts import subjects
from access.identity import Identity, Subject
from access.permission_map import forces_of
from access.permissions import Permission
from access.readings.looks import Look
from access.readings.recording import note_listed, note_opened
from people.glass.errors import GlassNotFoundError
from people.glass.facts import Glass, broken_in, glass_of
from people.persons.facts import (
    Number,
    PersonNotFoundError,
    Scheme,
    person_with_national_id,
    person_with_number,
)


async def subject_meant(identity: Identity, text: str, on: date) -> Subject | None:
    """Return the person meant by a national identifier, or by a collar or payroll number of one's own force."""
    found = await _number_meant(identity, text, on)
    return None if found is None else (await subjects([found], on)).get(found)


async def _number_meant(identity: Identity, text: str, on: date) -> int | None:
    try:
        return (await person_with_national_id(text)).id
    except PersonNotFoundError:
        pass
    for scheme in Scheme if identity.force_id is not None else ():
        found = await person_with_number(Number(identity.force_id or 0, scheme, text), on)
        if found is not None:
            return found
    return None


async def to_review(identity: Identity, look: Look, *, before: int | None = None) -> tuple[Glass, ...]:
    """Return what was broken in the reviewer's forces, the last first; that they look is written down."""
    found = await broken_in(forces_of(identity, Permission.GLASS_REVIEW), before=before)
    shown = tuple(one for one in found if identity.person_id not in {one.breaker_id, one.subject_id})
    await note_listed(identity, Permission.GLASS_REVIEW, [one.subject_id for one in shown], look)
    return shown


async def one_to_review(identity: Identity, glass_id: int, look: Look | None) -> Glass:
    """Return one pane that the reviewer may review or see; that they look is written down.

    :raises GlassNotFoundError: there is none, or it is out of reach, or about themselves.
    """
    found = await glass_of(forces_of(identity, Permission.GLASS_REVIEW), glass_id)
    if found is None or identity.person_id in {found.breaker_id, found.subject_id}:
        raise GlassNotFoundError
    if look is not None:
        await note_opened(identity, identity.acts_as, found.subject_id, look)
    return found
