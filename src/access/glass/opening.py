"""When may somebody open a record out of their reach, for how long, and what does that open?"""

from dataclasses import replace
from datetime import timedelta
from enum import StrEnum

from access.identity import Identity, Subject
from access.permission_map import may_use
from access.permissions import Permission
from access.readings.looks import Look, Way
from access.roles import Role
from foundation.problems import NotFoundError

LONGEST = timedelta(minutes=60)
OPENS = Permission.PASSPORT_READ
"""All that broken glass opens: one passport. No list, no file, no other room."""


class Why(StrEnum):
    """Why glass is broken. Only a risk to life opens the record of a protected person."""

    RISK_TO_LIFE = "risk to life"
    URGENT_DEPLOYMENT = "urgent deployment"
    SUPERVISOR_UNREACHABLE = "supervisor unreachable"
    INVESTIGATION = "investigation"
    OTHER = "other"


def may_break(identity: Identity, subject: Subject, why: Why) -> bool:
    """Say whether somebody may break the glass before a record.

    Never before their own, nor that of whoever supervises them: those are the two that curiosity and grudges lead to,
    and that others can open. A protected person's posting is hidden because being found could cost a life, so that only
    saving one outweighs it.
    """
    if identity.is_machine or not may_use(identity, Permission.GLASS_BREAK):
        return False
    if subject.person_id == identity.person_id or subject.person_id in identity.manager_ids:
        return False
    return subject.force_id is not None and (not subject.is_protected or why is Why.RISK_TO_LIFE)


def through_glass(
    identity: Identity, permission: Permission, person_id: int, look: Look
) -> tuple[Role, Look]:
    """Return in which role somebody looks through their open glass, and the look as it is to be written down.

    :raises NotFoundError: no glass of theirs is open before this record, or not for this.
    """
    glass = identity.glass
    is_open = glass is not None and glass.subject_id == person_id and permission is OPENS
    if glass is None or not is_open or look.way in {Way.PAPER, Way.FILE}:
        raise NotFoundError
    if not may_use(identity, Permission.GLASS_BREAK):
        raise NotFoundError
    return glass_role(identity), replace(
        look, purpose=f"break-glass: {glass.reason}", detail={**look.detail, "glass": glass.id}
    )


def glass_role(identity: Identity) -> Role:
    """Return the role in which somebody breaks glass: the one they act in, or else as a supervisor."""
    return Role.SUPERVISOR if identity.acting is None else identity.acts_as
