"""Whom of a class may a trainer deal with, and whom do they find to add?"""

from collections.abc import Collection, Sequence
from datetime import date

from access.identity import Identity
from access.permission_map import forces_of
from access.permissions import Permission
from access.readings.looks import Look
from access.readings.recording import note_listed
from passport.classes.facts import Listed, Place, Sheet, class_of, places_on
from people.persons.directory import Found, find
from people.persons.meant import within_reach

MOST_FOUND = 10


async def sheet_for(
    reader: Identity, permission: Permission, class_id: int, look: Look, *, on: date
) -> Sheet:
    """Return a class with those on it whom the reader may deal with, and themselves, written down before it is shown.

    :raises NotFoundError: there is none, or it is another force's. :raises NotRecordedError: it cannot be written down.
    """
    about = await class_of(forces_of(reader, permission), class_id)
    places = await places_on(class_id)
    reached = await within_reach(reader, permission, [one.person_id for one in places], on=on)
    await note_listed(reader, permission, reached, look)
    return Sheet(about, _seen(places, {*reached, reader.person_id}))


async def found_by(asker: Identity, about: Listed, text: str, look: Look) -> tuple[Found, ...]:
    """Find people of the class's force by name or number, written down before they are shown."""
    found = await find(
        text,
        force_id=about.force_id,
        from_unit=asker.unit_id,
        closed=asker.manager_ids | {asker.person_id},
        limit=MOST_FOUND,
    )
    await note_listed(asker, Permission.CLASS_WRITE, [one.person_id for one in found], look)
    return found


def _seen(places: Sequence[Place], reached: Collection[int]) -> tuple[Place, ...]:
    return tuple(one for one in places if one.person_id in reached)
