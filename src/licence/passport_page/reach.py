"""Whose passport may the person asking open?"""

from datetime import date

from access.guard import let_see
from access.identity import Identity
from access.permissions import Permission
from foundation.problems import NotFoundError
from people.persons.facts import NamedPerson, PersonNotFoundError, person_with_national_id


async def within_reach(reader: Identity, national_id: str, *, on: date) -> NamedPerson:
    """Return the person with a national identifier, if the reader may see their passport today.

    :raises NotFoundError: nobody has it, or they are out of reach: the one looks exactly like the other.
    """
    try:
        found = await person_with_national_id(national_id)
    except PersonNotFoundError:
        raise NotFoundError from None
    await let_see(reader, Permission.PASSPORT_READ, found.id, on=on)
    return found
