"""About whom does somebody mean to open a case?"""

from dataclasses import dataclass
from datetime import date

from access.confidential import Asker
from access.facts import subjects
from licence.vetting.errors import NoCaseForOneselfError, NotAVettingOfficerError
from licence.vetting.reach import within_reach
from people.persons.facts import PersonNotFoundError, person_with_national_id


@dataclass(frozen=True, slots=True)
class Meant:
    """Somebody about whom the asker may open a case, and the force they serve in."""

    person_id: int
    force_id: int


async def person_meant(asker: Asker, text: str, *, on: date) -> Meant:
    """Return the person with a national identifier.

    :raises NoCaseForOneselfError: nobody has it, or the asker may not deal with them: the one looks like the other.
    """
    try:
        found = await person_with_national_id(text)
    except PersonNotFoundError:
        raise NoCaseForOneselfError from None
    force_id = (await subjects([found.id], on))[found.id].force_id
    if force_id is None or found.id not in await within_reach(asker, [found.id], on=on):
        raise NoCaseForOneselfError
    return Meant(found.id, force_id)


async def officer_meant(text: str) -> int:
    """Return the colleague with a national identifier; whether they are a vetting officer is looked at later.

    :raises NotAVettingOfficerError: nobody has it.
    """
    try:
        return (await person_with_national_id(text)).id
    except PersonNotFoundError:
        raise NotAVettingOfficerError from None
