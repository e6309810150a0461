"""For which force's learning system does somebody answer?"""

from access.identity import Identity
from access.permission_map import forces_of
from access.permissions import Permission
from foundation.problems import NotFoundError


def force_of(asker: Identity) -> int:
    """Return the force for whose learning system somebody answers.

    :raises NotFoundError: for none as a whole.
    """
    forces = forces_of(asker, Permission.STATEMENT_MAP)
    if not forces:
        raise NotFoundError
    return min(forces)
