"""For which forces may somebody hand files in?"""

from collections.abc import Sequence

from access.identity import Identity
from access.permission_map import forces_of
from access.permissions import Permission
from foundation.clock import today
from people.forces.facts import NamedForce, forces_on


async def forces_for(identity: Identity) -> Sequence[NamedForce]:
    """Return the forces for which somebody may hand files in, by name."""
    allowed = forces_of(identity, Permission.INTAKE_WRITE)
    return [force for force in await forces_on(today()) if force.id in allowed]
