"""Whose pathways does somebody look at: their own, or those of a person in their line?"""

from dataclasses import dataclass
from datetime import date

from access.facts import subjects
from access.guard import let_see
from access.identity import NOBODY, Identity
from access.permissions import Permission
from access.readings.looks import Look
from foundation.problems import NotFoundError
from licence.standing.voice import YOU, Voice, about
from people.persons.facts import PersonNotFoundError, person_with_national_id

READ = Permission.PATHWAY_READ


@dataclass(frozen=True, slots=True)
class Whose:
    """The person, the force whose policy asks, and in which words they are spoken of; no number means oneself."""

    person_id: int
    force_id: int | None
    voice: Voice
    national_id: str | None = None

    @property
    def them(self) -> str:
        """Say you, or them."""
        return "you" if self.voice.is_own else "them"

    @property
    def their(self) -> str:
        """Say your, or their."""
        return "your" if self.voice.is_own else "their"

    @property
    def they(self) -> str:
        """Say you, or they."""
        return "you" if self.voice.is_own else "they"


def oneself(reader: Identity) -> Whose:
    """Return whoever asks, about themselves."""
    return Whose(reader.person_id, reader.force_id, YOU)


async def in_line(reader: Identity, national_id: str, *, on: date, look: Look) -> Whose:
    """Return somebody whom the reader supervises, by national identifier: that they look is written down first.

    :raises NotFoundError: nobody has it, or they are out of reach: the one looks exactly like the other.
    :raises NotRecordedError: that they look cannot be written down.
    """
    try:
        found = await person_with_national_id(national_id)
    except PersonNotFoundError:
        await let_see(reader, READ, NOBODY, on=on, look=look)  # asked alike, so that no clock tells
        raise NotFoundError from None
    await let_see(reader, READ, found.id, on=on, look=look)
    force_id = (await subjects([found.id], on))[found.id].force_id
    return Whose(found.id, force_id, about(found.name), found.national_id)
