"""Which evidence in doubt may somebody see and answer for, written down before it is shown?"""

from collections.abc import Sequence

from access.identity import Identity
from access.permission_map import forces_of
from access.permissions import Permission
from access.readings.looks import Look
from access.readings.recording import note_listed
from foundation.clock import today
from foundation.problems import NotFoundError
from passport.providers.facts import Doubt, doubts_in
from people.persons.meant import within_reach

KEEP = Permission.PROVIDER_KEEP


async def read_doubts(reader: Identity, look: Look, *, evidence_id: int | None = None) -> Sequence[Doubt]:
    """Return what is in doubt of the people within reach."""
    found = await doubts_in(forces_of(reader, KEEP), evidence_id=evidence_id)
    reached = await within_reach(reader, KEEP, {one.person_id for one in found}, on=today())
    await note_listed(reader, KEEP, reached, look)
    return [one for one in found if one.person_id in reached]


async def read_doubt(reader: Identity, evidence_id: int, look: Look) -> Doubt:
    """Return one doubt.

    :raises NotFoundError: nothing of this number is in doubt, or it is out of reach.
    """
    found = await read_doubts(reader, look, evidence_id=evidence_id)
    if not found:
        raise NotFoundError
    return found[0]


def force_of(asker: Identity) -> int:
    """Return the force whose providers somebody keeps.

    :raises NotFoundError: none as a whole.
    """
    forces = forces_of(asker, KEEP)
    if not forces:
        raise NotFoundError
    return min(forces)
