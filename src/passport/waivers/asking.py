"""Whom, and which requirement, does somebody mean who proposes a dispensation?"""

from access.identity import Identity
from access.permission_map import forces_of
from access.permissions import Permission
from foundation.clock import today
from foundation.problems import NotFoundError
from passport.policy.facts import policy_for
from passport.waivers.errors import NobodyMeantError
from passport.waivers.form import ProposalForm
from passport.waivers.writing import NewProposal
from people.persons.meant import people_meant


def force_of(asker: Identity) -> int:
    """Return the force in which somebody proposes.

    :raises NotFoundError: in none as a whole.
    """
    forces = forces_of(asker, Permission.WAIVER_PROPOSE)
    if not forces:
        raise NotFoundError
    return min(forces)


async def titles_for(asker: Identity) -> list[tuple[str, str]]:
    """Return what policy asks in the asker's force: codes and titles, by title."""
    asked = (await policy_for(force_of(asker), today())).requirements
    return sorted(((one.code, one.title) for one in asked), key=lambda one: one[1])


async def person_meant(asker: Identity, text: str) -> int:
    """Return the person meant by a number of the force.

    :raises NobodyMeantError: nobody, several, or somebody out of the asker's reach.
    """
    meant = await people_meant(asker, Permission.WAIVER_PROPOSE, force_of(asker), text, on=today())
    if len(meant.person_ids) != 1 or meant.unknown:
        raise NobodyMeantError
    return meant.person_ids[0]


async def new_proposal(asker: Identity, given: ProposalForm) -> NewProposal:
    """Return what a form without faults asks for.

    :raises NobodyMeantError: nobody within reach has the number.
    """
    if given.sort is None or given.since.meant is None:
        raise ValueError("the form has faults")
    return NewProposal(
        person_id=await person_meant(asker, given.who),
        force_id=force_of(asker),
        requirement=given.asks,
        kind=given.sort,
        reason=given.why,
        since=given.since.meant,
        until=given.until.meant,
        evidence_needed=given.needed or None,
    )
