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
    Permission.WHO_AM_I: (
        (Role.OFFICER, Relation.SELF),
        (Role.HR_FEED, Relation.NOBODY),
        (Role.LEARNING_FEED, Relation.NOBODY),
        (Role.INCIDENT_FEED, Relation.NOBODY),
    ),
    Permission.PASSPORT_READ: (
        (Role.OFFICER, Relation.SELF),
        (Role.SUPERVISOR, Relation.MY_REPORTS),
        (Role.LICENSING_DESK, Relation.MY_FORCE),
        (Role.RESPONSIBLE_OFFICER, Relation.MY_FORCE),
        (Role.CASE_OFFICER, Relation.ANY_FORCE),
    ),
    Permission.EVIDENCE_READ: (
        (Role.OFFICER, Relation.SELF),
        (Role.SUPERVISOR, Relation.MY_REPORTS),
        (Role.LEARNING, Relation.MY_FORCE),
        (Role.LICENSING_DESK, Relation.MY_FORCE),
        (Role.RESPONSIBLE_OFFICER, Relation.MY_FORCE),
        (Role.CASE_OFFICER, Relation.ANY_FORCE),
    ),
    Permission.EVIDENCE_RECORD: (
        (Role.OFFICER, Relation.SELF),
        (Role.SUPERVISOR, Relation.MY_REPORTS),
        (Role.LEARNING, Relation.MY_FORCE),
    ),
    Permission.EVIDENCE_VERIFY: (
        (Role.SUPERVISOR, Relation.MY_REPORTS),
        (Role.LEARNING, Relation.MY_FORCE),
    ),
    Permission.TEAM_READ: ((Role.SUPERVISOR, Relation.MY_REPORTS),),
    Permission.DESK_READ: (
        (Role.LICENSING_DESK, Relation.MY_FORCE),
        (Role.RESPONSIBLE_OFFICER, Relation.MY_FORCE),
    ),
    Permission.DESK_EXPORT: ((Role.LICENSING_DESK, Relation.MY_FORCE),),
    Permission.PERSON_FIND: (
        (Role.LICENSING_DESK, Relation.MY_FORCE),
        (Role.RESPONSIBLE_OFFICER, Relation.MY_FORCE),
    ),
    Permission.CLASS_READ: (
        (Role.LEARNING, Relation.MY_FORCE),
        (Role.LICENSING_DESK, Relation.MY_FORCE),
    ),
    Permission.CLASS_WRITE: ((Role.LEARNING, Relation.MY_FORCE),),
    Permission.WAIVER_READ: (
        (Role.LEARNING, Relation.MY_FORCE),
        (Role.LICENSING_DESK, Relation.MY_FORCE),
        (Role.RESPONSIBLE_OFFICER, Relation.MY_FORCE),
    ),
    Permission.WAIVER_PROPOSE: (
        (Role.LEARNING, Relation.MY_FORCE),
        (Role.LICENSING_DESK, Relation.MY_FORCE),
    ),
    Permission.WAIVER_AGREE: (
        (Role.LICENSING_DESK, Relation.MY_FORCE),
        (Role.RESPONSIBLE_OFFICER, Relation.MY_FORCE),
    ),
    Permission.PRIOR_OWN: ((Role.OFFICER, Relation.SELF),),
    Permission.PRIOR_ASSESS: ((Role.LEARNING, Relation.MY_FORCE),),
    Permission.PROVIDER_KEEP: ((Role.LEARNING, Relation.MY_FORCE),),
    Permission.STATEMENT_SEND: ((Role.LEARNING_FEED, Relation.MY_FORCE),),
    Permission.STATEMENT_MAP: ((Role.LEARNING, Relation.MY_FORCE),),
    Permission.POLICY_READ: ((Role.OFFICER, Relation.NOBODY),),
    Permission.POLICY_DRAFT: ((Role.STANDARDS_BODY, Relation.NOBODY),),
    Permission.POLICY_APPROVE: ((Role.STANDARDS_BODY, Relation.NOBODY),),
    Permission.WHAT_IF_READ: (
        (Role.STANDARDS_BODY, Relation.NOBODY),
        (Role.FORCE_LEAD, Relation.MY_FORCE),
        (Role.LICENSING_DESK, Relation.MY_FORCE),
        (Role.RESPONSIBLE_OFFICER, Relation.MY_FORCE),
    ),
    Permission.WHAT_IF_RUN: ((Role.STANDARDS_BODY, Relation.NOBODY), (Role.FORCE_LEAD, Relation.MY_FORCE)),
    Permission.WHAT_IF_NAMES: (
        (Role.LICENSING_DESK, Relation.MY_FORCE),
        (Role.RESPONSIBLE_OFFICER, Relation.MY_FORCE),
    ),
    Permission.WHAT_IF_EXPORT: ((Role.LICENSING_DESK, Relation.MY_FORCE),),
    Permission.SETTING_READ: ((Role.LEARNING, Relation.MY_FORCE), (Role.FORCE_LEAD, Relation.MY_FORCE)),
    Permission.SETTING_PROPOSE: ((Role.LEARNING, Relation.MY_FORCE), (Role.FORCE_LEAD, Relation.MY_FORCE)),
    Permission.SETTING_APPROVE: ((Role.FORCE_LEAD, Relation.MY_FORCE),),
    Permission.ACCESS_READ: ((Role.OFFICER, Relation.NOBODY),),
    Permission.NOTICE_READ: ((Role.OFFICER, Relation.SELF),),
    Permission.INTAKE_READ: (
        (Role.LEARNING, Relation.MY_FORCE),
        (Role.LICENSING_DESK, Relation.MY_FORCE),
        (Role.HR_FEED, Relation.MY_FORCE),
        (Role.LEARNING_FEED, Relation.MY_FORCE),
    ),
    Permission.INTAKE_WRITE: (
        (Role.LEARNING, Relation.MY_FORCE),
        (Role.LICENSING_DESK, Relation.MY_FORCE),
        (Role.HR_FEED, Relation.MY_FORCE),
        (Role.LEARNING_FEED, Relation.MY_FORCE),
    ),
    Permission.JOB_READ: ((Role.OPERATOR, Relation.NOBODY),),
    Permission.JOB_REQUEUE: ((Role.OPERATOR, Relation.NOBODY),),
    Permission.ROLE_READ: (
        (Role.FORCE_LEAD, Relation.MY_FORCE),
        (Role.PRIVACY_OFFICER, Relation.MY_FORCE),
        (Role.OPERATOR, Relation.NOBODY),
    ),
    Permission.ROLE_GRANT: ((Role.FORCE_LEAD, Relation.MY_FORCE), (Role.OPERATOR, Relation.NOBODY)),
    Permission.ROLE_APPROVE: (
        (Role.FORCE_LEAD, Relation.MY_FORCE),
        (Role.PRIVACY_OFFICER, Relation.MY_FORCE),
    ),
    Permission.READINGS_OWN: ((Role.OFFICER, Relation.SELF),),
    Permission.READINGS_OF_FORCE: ((Role.PRIVACY_OFFICER, Relation.MY_FORCE),),
    Permission.READINGS_JUDGE: ((Role.PRIVACY_OFFICER, Relation.MY_FORCE),),
    Permission.GLASS_BREAK: (
        (Role.SUPERVISOR, Relation.NOBODY),
        (Role.LICENSING_DESK, Relation.NOBODY),
        (Role.RESPONSIBLE_OFFICER, Relation.NOBODY),
        (Role.CASE_OFFICER, Relation.NOBODY),
    ),
    Permission.GLASS_REVIEW: ((Role.PRIVACY_OFFICER, Relation.MY_FORCE),),
    Permission.EXPORT_READ: (
        (Role.LICENSING_DESK, Relation.MY_FORCE),
        (Role.PRIVACY_OFFICER, Relation.MY_FORCE),
    ),
    Permission.EXPORT_ASK: ((Role.LICENSING_DESK, Relation.MY_FORCE),),
    Permission.RETURNED_ASK: ((Role.LEARNING, Relation.MY_FORCE), (Role.LICENSING_DESK, Relation.MY_FORCE)),
    Permission.EXPORT_APPROVE: (
        (Role.LICENSING_DESK, Relation.MY_FORCE),
        (Role.PRIVACY_OFFICER, Relation.MY_FORCE),
    ),
    Permission.SUBJECT_ACCESS_OWN: ((Role.OFFICER, Relation.SELF),),
    Permission.SUBJECT_ACCESS_HANDLE: ((Role.PRIVACY_OFFICER, Relation.MY_FORCE),),
    Permission.EXEMPTION_CLINICAL: ((Role.OCCUPATIONAL_HEALTH, Relation.MY_FORCE),),
    Permission.EXEMPTION_VETTING: ((Role.VETTING_OFFICER, Relation.MY_FORCE),),
    Permission.RETENTION_READ: ((Role.PRIVACY_OFFICER, Relation.NOBODY), (Role.FORCE_LEAD, Relation.NOBODY)),
    Permission.RETENTION_PROPOSE: (
        (Role.PRIVACY_OFFICER, Relation.NOBODY),
        (Role.FORCE_LEAD, Relation.NOBODY),
    ),
    Permission.RETENTION_APPROVE: ((Role.PRIVACY_OFFICER, Relation.NOBODY),),
    Permission.CARE_OWN: ((Role.OFFICER, Relation.SELF),),
    Permission.CARE_READ: (
        (Role.OCCUPATIONAL_HEALTH, Relation.MY_FORCE),
        (Role.WELLBEING_COORDINATOR, Relation.MY_FORCE),
    ),
    Permission.CARE_NOTE: ((Role.OCCUPATIONAL_HEALTH, Relation.MY_FORCE),),
    Permission.CARE_OFFER: (
        (Role.OCCUPATIONAL_HEALTH, Relation.MY_FORCE),
        (Role.WELLBEING_COORDINATOR, Relation.MY_FORCE),
    ),
    Permission.CLEARANCE_READ: (
        (Role.OFFICER, Relation.SELF),
        (Role.LICENSING_DESK, Relation.MY_FORCE),
        (Role.VETTING_OFFICER, Relation.MY_FORCE),
    ),
    Permission.VETTING_CASE_READ: ((Role.VETTING_OFFICER, Relation.MY_FORCE),),
    Permission.VETTING_CASE_WRITE: ((Role.VETTING_OFFICER, Relation.MY_FORCE),),
    Permission.VETTING_CASE_ASSIGN: ((Role.VETTING_OFFICER, Relation.MY_FORCE),),
    Permission.CALENDAR_OWN: ((Role.OFFICER, Relation.SELF),),
    Permission.CONVERSATION_OWN: ((Role.OFFICER, Relation.SELF),),
    Permission.CONVERSATION_ANSWER: ((Role.OFFICER, Relation.SELF),),
    Permission.CONVERSATION_HOLD: ((Role.SUPERVISOR, Relation.MY_REPORTS),),
    Permission.CONVERSATION_TAKE_PART: (
        (Role.OFFICER, Relation.SELF),
        (Role.SUPERVISOR, Relation.MY_REPORTS),
    ),
    Permission.CONVERSATION_STATUS: (
        (Role.SUPERVISOR, Relation.NOBODY),
        (Role.LICENSING_DESK, Relation.MY_FORCE),
        (Role.FORCE_LEAD, Relation.MY_FORCE),
    ),
    Permission.DEMAND_READ: (
        (Role.LEARNING, Relation.MY_FORCE),
        (Role.LICENSING_DESK, Relation.MY_FORCE),
        (Role.FORCE_LEAD, Relation.MY_FORCE),
    ),
    Permission.DEMAND_PEOPLE_READ: (
        (Role.LEARNING, Relation.MY_FORCE),
        (Role.LICENSING_DESK, Relation.MY_FORCE),
    ),
    Permission.DEMAND_EXPORT: (
        (Role.LEARNING, Relation.MY_FORCE),
        (Role.LICENSING_DESK, Relation.MY_FORCE),
        (Role.FORCE_LEAD, Relation.MY_FORCE),
    ),
    Permission.FIGURES_READ: (
        (Role.STANDARDS_BODY, Relation.NOBODY),
        (Role.CASE_OFFICER, Relation.NOBODY),
        (Role.FORCE_LEAD, Relation.NOBODY),
        (Role.LICENSING_DESK, Relation.NOBODY),
    ),
    Permission.CPD_KEEP: ((Role.OFFICER, Relation.SELF),),
    Permission.CPD_READ: ((Role.OFFICER, Relation.SHARED),),
    Permission.CPD_VERIFY: ((Role.OFFICER, Relation.SHARED),),
    Permission.LEADERSHIP_KEEP: ((Role.OFFICER, Relation.SELF),),
    Permission.PATHWAY_READ: ((Role.SUPERVISOR, Relation.MY_REPORTS),),
    Permission.LEADERSHIP_READ: (
        (Role.SUPERVISOR, Relation.MY_REPORTS),
        (Role.LEARNING, Relation.MY_FORCE),
    ),
    Permission.LEADERSHIP_JUDGE: (
        (Role.SUPERVISOR, Relation.MY_REPORTS),
        (Role.LEARNING, Relation.MY_FORCE),
    ),
}


def may_use(identity: Identity | None, permission: Permission) -> bool:
    """Say whether somebody may come through a door at all; whose records they then see is another question."""
    if identity is None:
        return permission in WITHOUT_SIGNING_IN
    return any(identity.holds(role) for role, _ in PERMISSION_MAP[permission])


def may_see(identity: Identity, permission: Permission, subject: Subject) -> bool:
    """Say whether a permission reaches a subject, under any role that the person holds."""
    return through(identity, permission, subject) is not None


def through(identity: Identity, permission: Permission, subject: Subject) -> Role | None:
    """Return the role by which a permission reaches a subject, the nearest first; None where none does."""
    return next(
        (
            role
            for role, relation in PERMISSION_MAP[permission]
            if identity.holds(role) and PREDICATES[relation](identity, role, subject)
        ),
        None,
    )


def role_for(identity: Identity, permission: Permission) -> Role:
    """Return the role by which somebody uses a permission towards others, as a line of audit names it."""
    towards_others = (role for role, relation in PERMISSION_MAP[permission] if relation is not Relation.SELF)
    return next((role for role in towards_others if identity.holds(role)), identity.acts_as)


def forces_of(identity: Identity, permission: Permission) -> frozenset[int]:
    """Return the forces whose records a permission reaches as a whole: none for a role bound to one unit."""
    if identity.bound_to_unit is not None:
        return frozenset()
    return frozenset().union(
        *(
            identity.forces(role)
            for role, relation in PERMISSION_MAP[permission]
            if relation is Relation.MY_FORCE and identity.holds(role)
        )
    )
