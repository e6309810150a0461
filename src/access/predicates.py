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


def is_nobody_in_particular(_identity: Identity, _role: Role, _subject: Subject) -> bool:
    """Refuse: a grant that is about nobody opens nobody's record."""
    return False


def is_self(identity: Identity, _role: Role, subject: Subject) -> bool:
    """Say whether the record is the person's own."""
    return identity.person_id == subject.person_id


def is_my_report(identity: Identity, _role: Role, subject: Subject) -> bool:
    """Say whether the person asking supervises the subject today."""
    return identity.person_id in subject.supervisor_ids


def is_of_my_force(identity: Identity, role: Role, subject: Subject) -> bool:
    """Say whether the subject serves in a force for which the role is held."""
    return subject.force_id in identity.forces(role)


PREDICATES: dict[Relation, Predicate] = {
    Relation.NOBODY: is_nobody_in_particular,
    Relation.SELF: is_self,
    Relation.MY_REPORTS: is_my_report,
    Relation.MY_FORCE: is_of_my_force,
}
