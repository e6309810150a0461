"""Which claims may somebody see, written down before they are shown, and what may be claimed?"""

from collections.abc import Sequence

from access.identity import Identity
from access.permission_map import forces_of
from access.permissions import Permission
from access.readings.looks import Look
from access.readings.recording import note_listed
from foundation.clock import today
from foundation.problems import NotFoundError
from passport.policy.facts import policy_for
from passport.prior.errors import NoForceError
from passport.prior.facts import Claim, claim_with, claims_in
from people.persons.meant import within_reach

ASSESS = Permission.PRIOR_ASSESS


async def titles_for(claimant: Identity) -> list[tuple[str, str]]:
    """Return what policy asks in somebody's force: codes and titles, by title."""
    asked = (await policy_for(claimant.force_id, today())).requirements
    return sorted(((one.code, one.title) for one in asked), key=lambda one: one[1])


def force_of(claimant: Identity) -> int:
    """Return the force whose assessors judge somebody's claims.

    :raises NoForceError: they serve in none.
    """
    if claimant.force_id is None:
        raise NoForceError
    return claimant.force_id


async def own_claim(claimant: Identity, claim_id: int) -> Claim:
    """Return one of somebody's own claims.

    :raises NotFoundError: there is none, or it is another's.
    """
    found = await claim_with(claim_id)
    if found is None or found.person_id != claimant.person_id:
        raise NotFoundError
    return found


async def read_waiting(assessor: Identity, look: Look) -> Sequence[Claim]:
    """Return the claims of the people within an assessor's reach."""
    found = await claims_in(forces_of(assessor, ASSESS))
    reached = await within_reach(assessor, ASSESS, {one.person_id for one in found}, on=today())
    await note_listed(assessor, ASSESS, reached, look)
    return [one for one in found if one.person_id in reached]


async def read_one(assessor: Identity, claim_id: int, look: Look) -> Claim:
    """Return one claim, if it is of somebody within an assessor's reach.

    :raises NotFoundError: there is none, or it is out of reach: the one looks exactly like the other.
    """
    found = await claim_with(claim_id)
    if found is None or found.force_id not in forces_of(assessor, ASSESS):
        raise NotFoundError
    if not await within_reach(assessor, ASSESS, [found.person_id], on=today()):
        raise NotFoundError
    await note_listed(assessor, ASSESS, [found.person_id], look)
    return found
