"""Which proposals may somebody see, written down before they are shown?"""

from collections.abc import Sequence

from access.identity import Identity
from access.permission_map import forces_of
from access.permissions import Permission
from access.readings.looks import Look
from access.readings.recording import note_listed
from foundation.clock import today
from foundation.problems import NotFoundError
from passport.waivers.facts import Proposal, proposal_of, proposals_of
from people.persons.meant import within_reach

READ = Permission.WAIVER_READ


async def read_list(reader: Identity, look: Look, *, before: int | None) -> Sequence[Proposal]:
    """Return a page of the proposals about people within reach."""
    found = await proposals_of(forces_of(reader, READ), before=before)
    reached = await within_reach(reader, READ, {one.person_id for one in found}, on=today())
    await note_listed(reader, READ, reached, look)
    return [one for one in found if one.person_id in reached]


async def read_one(
    reader: Identity, proposal_id: int, look: Look, *, permission: Permission = READ
) -> Proposal:
    """Return one proposal, if it is about somebody within a permission's reach.

    :raises NotFoundError: there is none, or it is out of reach: the one looks exactly like the other.
    """
    found = await proposal_of(forces_of(reader, permission), proposal_id)
    if found is None or not await within_reach(reader, permission, [found.person_id], on=today()):
        raise NotFoundError
    await note_listed(reader, permission, [found.person_id], look)
    return found
