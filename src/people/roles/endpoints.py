"""Roles for programs: who holds which, and giving, agreeing to and ending one."""

from datetime import date
from typing import Annotated

import msgspec
from litestar import Controller, get, post
from litestar.params import Body, PathParameter, QueryParameter

from access.asking import ApiRequest, actor_of
from access.permissions import Permission
from access.roles import Role
from foundation.clock import today
from foundation.forms import KEEPABLE, SAID
from foundation.problems import InvalidError
from foundation.refusals import refusals
from foundation.requests import EXACT
from people.forces.facts import force_with_code
from people.roles.actions import NewRole, agree_to_role, end_role, give_role
from people.roles.asking import person_meant, within_reach
from people.roles.facts import GrantedRole, roles_within
from people.roles.reach import forces_within_reach

READ = {"permission": Permission.ROLE_READ}
GrantNumber = Annotated[
    int, PathParameter(name="grant_id", ge=1, le=2**31 - 1, description="The number of the grant.")
]


class RoleAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What somebody is to be given; who gives it is whoever asks."""

    person: Annotated[
        str,
        msgspec.Meta(
            min_length=1,
            max_length=40,
            pattern=KEEPABLE,
            description="National identifier, or a number of the force.",
        ),
    ]
    role: Role
    force: (
        Annotated[
            str, msgspec.Meta(pattern=KEEPABLE, description="The force's code; none for a national role.")
        ]
        | None
    ) = None
    unit: Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)] | None = None
    since: date
    until: date | None = None
    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=500, pattern=SAID)]


class Ending(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why a role ends."""

    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=500, pattern=SAID)]


class RoleEndpoints(Controller):
    """What whoever answers for roles may ask."""

    path = "/roles"
    tags = ("Roles",)

    @get("/", opt=READ, operation_id="roles", summary="List who holds which role")
    async def listed(
        self,
        request: ApiRequest,
        *,
        past: Annotated[bool, QueryParameter(name="past", description="Those that are over, too.")] = False,
        before: Annotated[
            int | None,
            QueryParameter(
                name="before", ge=1, le=EXACT, description="The number of the last grant of the page before."
            ),
        ] = None,
    ) -> tuple[GrantedRole, ...]:
        """List the roles given within one's reach, newest first, fifty a page."""
        forces = forces_within_reach(request.user, Permission.ROLE_READ)
        return await roles_within(forces, everyone=past, before=before)

    @get("/{grant_id:int}", opt=READ, operation_id="role", summary="One grant of a role")
    async def one(self, request: ApiRequest, grant_id: GrantNumber) -> GrantedRole:
        """Return one grant of a role, with everybody who had a hand in it."""
        return await within_reach(request.user, Permission.ROLE_READ, grant_id)

    @post(
        "/",
        opt={"permission": Permission.ROLE_GRANT},
        operation_id="giveRole",
        summary="Give somebody a role",
        responses=refusals(409),
    )
    async def give(self, request: ApiRequest, data: Annotated[RoleAsked, Body()]) -> GrantedRole:
        """Give somebody a role. One that opens health, vetting, a board or privacy waits for a second person."""
        on = today()
        if data.since < on:
            raise InvalidError(errors={"since": "must be today or later"})
        force = await force_with_code(data.force, on) if data.force else None
        new = NewRole(
            person_id=await person_meant(data.person, force, on, giver=request.user),
            role=data.role,
            force_id=force.id if force else None,
            unit_id=data.unit,
            since=data.since,
            until=data.until,
            reason=data.reason.strip(),
        )
        number = await give_role(actor=actor_of(request), giver=request.user, new=new)
        return await within_reach(request.user, Permission.ROLE_GRANT, number)

    @post(
        "/{grant_id:int}/agreement",
        opt={"permission": Permission.ROLE_APPROVE},
        status_code=200,
        operation_id="agreeToRole",
        summary="Agree to a role, as the second person",
        responses=refusals(409),
    )
    async def agree(self, request: ApiRequest, grant_id: GrantNumber) -> GrantedRole:
        """Agree to a role that waits for a second person. Whoever gave it, or is to have it, cannot."""
        await agree_to_role(actor=actor_of(request), second=request.user, grant_id=grant_id)
        return await within_reach(request.user, Permission.ROLE_APPROVE, grant_id)

    @post(
        "/{grant_id:int}/end",
        opt={"permission": Permission.ROLE_GRANT},
        status_code=200,
        operation_id="endRole",
        summary="End a role",
        responses=refusals(409),
    )
    async def end(
        self, request: ApiRequest, grant_id: GrantNumber, data: Annotated[Ending, Body()]
    ) -> GrantedRole:
        """End a role at once, for a reason: the person's next request is without it."""
        reason = data.reason.strip()
        await end_role(actor=actor_of(request), ender=request.user, grant_id=grant_id, reason=reason)
        return await within_reach(request.user, Permission.ROLE_GRANT, grant_id)
