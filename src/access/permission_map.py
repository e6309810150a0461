"""Which role may do what, to whom? This page is the whole answer."""

from access.identity import Identity, Subject
from access.permissions import Permission
from access.predicates import PREDICATES, Relation
from access.roles import Role

Grants = tuple[tuple[Role, Relation], ...]

# Whoever is not signed in may do these and nothing else.
WITHOUT_SIGNING_IN = frozenset({Permission.PUBLIC, Permission.SIGN_IN})

PERMISSION_MAP: dict[Permission, Grants] = {
    Permission.PUBLIC: ((Role.OFFICER, Relation.NOBODY),),
    Permission.SIGN_IN: ((Role.OFFICER, Relation.NOBODY),),
    Permission.OWN_SESSION: ((Role.OFFICER, Relation.SELF),),
    Permission.PASSPORT_READ: (
        (Role.OFFICER, Relation.SELF),
        (Role.SUPERVISOR, Relation.MY_REPORTS),
        (Role.LICENSING_DESK, Relation.MY_FORCE),
    ),
    Permission.TEAM_READ: ((Role.SUPERVISOR, Relation.MY_REPORTS),),
    Permission.DESK_READ: ((Role.LICENSING_DESK, Relation.MY_FORCE),),
    Permission.DESK_EXPORT: ((Role.LICENSING_DESK, Relation.MY_FORCE),),
    Permission.PERSON_FIND: ((Role.LICENSING_DESK, Relation.MY_FORCE),),
    Permission.POLICY_READ: ((Role.OFFICER, Relation.NOBODY),),
    Permission.NOTICE_READ: ((Role.OFFICER, Relation.SELF),),
    Permission.INTAKE_READ: ((Role.LEARNING, Relation.MY_FORCE), (Role.LICENSING_DESK, Relation.MY_FORCE)),
    Permission.INTAKE_WRITE: ((Role.LEARNING, Relation.MY_FORCE), (Role.LICENSING_DESK, Relation.MY_FORCE)),
    Permission.JOB_READ: ((Role.OPERATOR, Relation.NOBODY),),
    Permission.JOB_REQUEUE: ((Role.OPERATOR, Relation.NOBODY),),
}


def may_use(identity: Identity | None, permission: Permission) -> bool:
    """Say whether somebody may come through a door at all; whose records they then see is another question."""
    if identity is None:
        return permission in WITHOUT_SIGNING_IN
    return any(identity.holds(role) for role, _ in PERMISSION_MAP[permission])


def may_see(identity: Identity, permission: Permission, subject: Subject) -> bool:
    """Say whether a permission reaches a subject, under any role that the person holds."""
    return any(
        identity.holds(role) and PREDICATES[relation](identity, role, subject)
        for role, relation in PERMISSION_MAP[permission]
    )


def forces_of(identity: Identity, permission: Permission) -> frozenset[int]:
    """Return the forces whose records a permission reaches as a whole."""
    return frozenset().union(
        *(
            identity.forces(role)
            for role, relation in PERMISSION_MAP[permission]
            if relation is Relation.MY_FORCE and identity.holds(role)
        )
    )
