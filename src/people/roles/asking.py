"""What may be chosen when a role is given, and whom did somebody mean?"""

from datetime import date

from access.facts import subjects
from access.identity import Identity
from access.permissions import Permission
from access.predicates import is_of_my_force
from access.roles import Role
from foundation.problems import InvalidError, NotFoundError
from people.forces.facts import NamedForce, forces_on, units_of
from people.persons.facts import (
    Number,
    PersonNotFoundError,
    Scheme,
    person_with_national_id,
    person_with_number,
)
from people.roles.facts import GrantedRole, granted_role
from people.roles.form import Choices
from people.roles.reach import forces_within_reach, is_within_reach, roles_to_give

LARGEST = 2**31 - 1


class PersonUnknownError(InvalidError):
    """Nobody has this number. Enter the national identifier, or the collar or payroll number of the force."""


async def choices_for(identity: Identity, on: date) -> Choices:
    """Return what somebody may choose from when giving a role."""
    within = forces_within_reach(identity, Permission.ROLE_GRANT)
    forces = tuple(force for force in await forces_on(on) if within is None or force.id in within)
    units = await units_of(forces[0].id) if len(forces) == 1 else ()
    return Choices(roles_to_give(identity), forces, units)


async def person_meant(text: str, force: NamedForce | None, on: date, *, giver: Identity) -> int:
    """Return the person meant by a national identifier or, within a force, by a collar or payroll number.

    A force lead finds only whom the force's own directory shows them, so that nobody learns here who serves elsewhere.

    :raises PersonUnknownError: nobody has it, or they are out of reach.
    """
    found = await _with_number(text, force, on)
    if not giver.holds(Role.OPERATOR):
        about = (await subjects([found], on))[found]
        own = found == giver.person_id or found in giver.manager_ids
        if not own and not is_of_my_force(giver, Role.FORCE_LEAD, about):
            raise PersonUnknownError
    return found


async def _with_number(text: str, force: NamedForce | None, on: date) -> int:
    try:
        return (await person_with_national_id(text)).id
    except PersonNotFoundError:
        pass
    for scheme in Scheme if force is not None else ():
        found = await person_with_number(Number(force.id, scheme, text), on) if force else None
        if found is not None:
            return found
    raise PersonUnknownError


async def within_reach(identity: Identity, permission: Permission, grant_id: int) -> GrantedRole:
    """Return one grant of a role, if the permission reaches it.

    :raises NotFoundError: there is none, or it is out of reach: the one looks exactly like the other.
    """
    found = await granted_role(grant_id) if grant_id <= LARGEST else None
    if found is None or not is_within_reach(identity, permission, found.force_id):
        raise NotFoundError
    return found
