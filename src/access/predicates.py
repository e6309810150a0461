"""How does the person asking stand to the person a record is about?"""

from collections.abc import Callable
from enum import StrEnum

from access.identity import Identity, Subject
from access.roles import Role

Predicate = Callable[[Identity, Role, Subject], bool]


class Relation(StrEnum):
    """The relations under which the permission map grants."""

    NOBODY = "nobody in particular"
    SELF = "self"
    MY_REPORTS = "my reports"
    MY_FORCE = "my force"
    ANY_FORCE = "any force"
    SHARED = "shared with one"


def is_nobody_in_particular(_identity: Identity, _role: Role, _subject: Subject) -> bool:
    """Refuse: a grant that is about nobody opens nobody's record."""
    return False


def is_shared_with_one(_identity: Identity, _role: Role, _subject: Subject) -> bool:
    """Refuse: what a person shares is single things, by name; the room that keeps them, and the database, say which."""
    return False


def is_self(identity: Identity, _role: Role, subject: Subject) -> bool:
    """Say whether the record is the person's own."""
    return identity.person_id == subject.person_id


def is_my_report(identity: Identity, _role: Role, subject: Subject) -> bool:
    """Say whether the person asking supervises the subject today."""
    return identity.person_id in subject.supervisor_ids


def is_of_my_force(identity: Identity, role: Role, subject: Subject) -> bool:
    """Say whether the subject serves in a force, or in the unit, for which the role is held."""
    bound = identity.bound_to_unit
    return (
        subject.force_id in identity.forces(role)
        and (bound is None or bound == subject.unit_id)
        and is_open_to(identity, subject)
    )


def is_of_any_force(identity: Identity, _role: Role, subject: Subject) -> bool:
    """Say whether a national role reaches the subject, in whichever force they serve."""
    return is_open_to(identity, subject)


def is_open_to(identity: Identity, subject: Subject) -> bool:
    """Say whether a role may reach the subject at all.

    It never reaches one's own record, nor that of whoever supervises one; a protected person is found only by their
    own unit.
    """
    if subject.person_id == identity.person_id or subject.person_id in identity.manager_ids:
        return False
    return not subject.is_protected or (subject.unit_id is not None and subject.unit_id == identity.unit_id)


PREDICATES: dict[Relation, Predicate] = {
    Relation.NOBODY: is_nobody_in_particular,
    Relation.SELF: is_self,
    Relation.MY_REPORTS: is_my_report,
    Relation.MY_FORCE: is_of_my_force,
    Relation.ANY_FORCE: is_of_any_force,
    Relation.SHARED: is_shared_with_one,
}
