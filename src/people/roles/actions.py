"""How is a role given, agreed to by a second person, and ended?"""

from dataclasses import dataclass
from datetime import date

from asyncpg import ExclusionViolationError

from access.identity import Identity
from access.permissions import Permission
from access.roles import Role
from foundation.audit import Actor, Detail, Event, recorded
from foundation.database import fetch_one
from people.roles.asking import within_reach
from people.roles.errors import (
    BackwardsRoleError,
    NoReasonError,
    NotAwaitingApprovalError,
    OwnRoleError,
    RoleEndedError,
    RoleHeldError,
    RoleOutOfReachError,
    SecondPersonError,
    UnitOfAnotherForceError,
)
from people.roles.reach import is_within_reach, roles_to_give

PURPOSE = "giving and ending roles"


@dataclass(frozen=True, slots=True)
class NewRole:
    """What somebody is to be given: a role for a force or one of its units, from a day through a day or open."""

    person_id: int
    role: Role
    force_id: int | None
    unit_id: int | None
    since: date
    until: date | None
    reason: str


async def give_role(*, actor: Actor, giver: Identity, new: NewRole) -> int:
    """Give somebody a role and return the grant's number; one that needs a second person waits for them.

    :raises OwnRoleError: it is for the giver. :raises RoleOutOfReachError: the giver may not give it.
    :raises RoleHeldError: the person holds it on some of the days already.
    """
    await _check(giver, new)
    detail = {"role": new.role, "force": new.force_id, "unit": new.unit_id, "since": new.since.isoformat()}
    try:
        async with recorded(actor, Event("role given", PURPOSE, new.person_id, detail)) as connection:
            number: int = await connection.fetchval(
                """INSERT INTO access.role_grant
                          (person_id, role, force_id, unit_id, valid_from, valid_until, reason, granted_by)
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id""",
                new.person_id, new.role, new.force_id, new.unit_id, new.since, new.until, new.reason,
                giver.person_id,
            )  # fmt: skip
    except ExclusionViolationError:
        raise RoleHeldError from None
    return number


async def agree_to_role(*, actor: Actor, second: Identity, grant_id: int) -> None:
    """Agree, as a second person, to a role that waits for it: it counts from that moment.

    :raises NotFoundError: it is out of reach. :raises SecondPersonError: the same person gave it.
    :raises OwnRoleError: it is for the one who agrees. :raises NotAwaitingApprovalError: nothing waits.
    """
    found = await within_reach(second, Permission.ROLE_APPROVE, grant_id)
    if found.person_id == second.person_id:
        raise OwnRoleError
    if found.giver_id == second.person_id:
        raise SecondPersonError
    event = Event("role agreed to", PURPOSE, found.person_id, {"grant": grant_id})
    async with recorded(actor, event) as connection:
        agreed = await connection.fetchval(
            """UPDATE access.role_grant SET approved_by = $2, approved_at = clock_timestamp()
                WHERE id = $1 AND needs_approval AND approved_at IS NULL AND ended_at IS NULL RETURNING id""",
            grant_id,
            second.person_id,
        )
        if agreed is None:
            raise NotAwaitingApprovalError


async def end_role(*, actor: Actor, ender: Identity, grant_id: int, reason: str) -> None:
    """End a role at once, or withdraw one that waits; the person's next request is without it.

    :raises NotFoundError: it is out of reach. :raises NoReasonError: nothing says why.
    :raises RoleEndedError: somebody was quicker.
    """
    found = await within_reach(ender, Permission.ROLE_GRANT, grant_id)
    if not reason:
        raise NoReasonError
    detail: Detail = {"grant": grant_id, "role": found.role}
    event = Event("role ended", PURPOSE, found.person_id, detail, text=reason)
    async with recorded(actor, event) as connection:
        ended = await connection.fetchval(
            """UPDATE access.role_grant SET ended_by = $2, ended_at = clock_timestamp()
                WHERE id = $1 AND ended_at IS NULL RETURNING id""",
            grant_id,
            ender.person_id,
        )
        if ended is None:
            raise RoleEndedError


async def _check(giver: Identity, new: NewRole) -> None:
    if new.person_id == giver.person_id:
        raise OwnRoleError
    is_in_place = new.role.is_national == (new.force_id is None)
    if new.role not in roles_to_give(giver) or not is_in_place:
        raise RoleOutOfReachError
    if not is_within_reach(giver, Permission.ROLE_GRANT, new.force_id):
        raise RoleOutOfReachError
    if new.until is not None and new.until < new.since:
        raise BackwardsRoleError
    if not new.reason:
        raise NoReasonError
    if new.unit_id is not None:
        unit = await fetch_one("SELECT force_id FROM people.unit WHERE id = $1", new.unit_id)
        if unit is None or unit["force_id"] != new.force_id:
            raise UnitOfAnotherForceError
