"""Whose passport may the person asking open?"""

from datetime import date

from access.guard import let_see
from access.identity import NOBODY, Identity
from access.permissions import Permission
from access.readings.looks import Look
from foundation.problems import NotFoundError
from people.persons.facts import NamedPerson, PersonNotFoundError, person_with_national_id


async def within_reach(reader: Identity, national_id: str, *, on: date, look: Look) -> NamedPerson:
    """Return the person with a national identifier, if the reader may see their passport today: written down first.

    :raises NotFoundError: nobody has it, or they are out of reach: the one looks exactly like the other.
    :raises NotRecordedError: that they look cannot be written down.
    """
    try:
        found = await person_with_national_id(national_id)
    except PersonNotFoundError:
        await let_see(
            reader, Permission.PASSPORT_READ, NOBODY, on=on, look=look
        )  # asked alike, so that no clock tells
        raise NotFoundError from None
    await let_see(reader, Permission.PASSPORT_READ, found.id, on=on, look=look)
    return found
