"""Which requests does a privacy officer see: those of the force, never their own nor their manager's?"""

from collections.abc import Sequence
from dataclasses import dataclass

from access.identity import Identity
from access.permission_map import forces_of
from access.permissions import Permission
from attested.subject_access.facts import Asked, answered_in, open_in, request_of
from foundation.problems import NotFoundError

PERMISSION = Permission.SUBJECT_ACCESS_HANDLE


@dataclass(frozen=True, slots=True)
class Requests:
    """The requests of a force: those to be answered, the most urgent first, and those answered last."""

    open: Sequence[Asked]
    answered: Sequence[Asked]


async def requests_of(identity: Identity) -> Requests:
    """Return the requests of the forces for which somebody answers."""
    forces, but = forces_of(identity, PERMISSION), _not_theirs(identity)
    return Requests(await open_in(forces, but=but), await answered_in(forces, but=but))


async def within_reach(identity: Identity, number: int) -> Asked:
    """Return one of them.

    :raises NotFoundError: there is none, or it is not theirs to handle.
    """
    found = await request_of(number)
    if found is None or found.person_id in _not_theirs(identity):
        raise NotFoundError
    if found.force_id not in forces_of(identity, PERMISSION):
        raise NotFoundError
    return found


def _not_theirs(identity: Identity) -> frozenset[int]:
    return identity.manager_ids | {identity.person_id}
