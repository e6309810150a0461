"""Whose roles may somebody see, give, agree to or end?"""

from access.identity import Identity
from access.permission_map import forces_of
from access.permissions import Permission
from access.roles import Role


def forces_within_reach(identity: Identity, permission: Permission) -> frozenset[int] | None:
    """Return the forces whose roles a permission reaches; None for an operator, whom it takes everywhere."""
    return None if identity.holds(Role.OPERATOR) else forces_of(identity, permission)


def is_within_reach(identity: Identity, permission: Permission, force_id: int | None) -> bool:
    """Say whether a permission reaches the roles of a force, or with None those that belong to no force."""
    forces = forces_within_reach(identity, permission)
    return forces is None or force_id in forces


def roles_to_give(identity: Identity) -> tuple[Role, ...]:
    """Return the roles that somebody may give: an operator all of them, a force lead those of the force but their own."""
    given = (role for role in Role if not role.follows_from_records and not role.is_machine)
    if identity.holds(Role.OPERATOR):
        return tuple(given)
    return tuple(role for role in given if not role.is_national and role is not Role.FORCE_LEAD)
