"""The pages about roles: who holds which, and giving, agreeing to and ending one."""

from datetime import date
from typing import Annotated

from litestar import Controller, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, QueryParameter
from litestar.response import Redirect, Template

from access.asking import actor_of
from access.identity import Identity
from access.permission_map import may_use
from access.permissions import Permission
from access.shell import PageRequest, shell_for
from foundation.clock import today
from foundation.forms import typed
from foundation.pages import page
from foundation.parts import FieldError
from foundation.problems import ConflictError, InvalidError
from people.roles import form, view
from people.roles.actions import NewRole, agree_to_role, end_role, give_role
from people.roles.asking import PersonUnknownError, choices_for, person_meant, within_reach
from people.roles.facts import PAGE, GrantedRole, roles_within
from people.roles.reach import forces_within_reach
from people.roles.rules import State

READ = {"permission": Permission.ROLE_READ}
GIVE = {"permission": Permission.ROLE_GRANT}
AGREE = {"permission": Permission.ROLE_APPROVE}
Answers = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]


class RolePages(Controller):
    """Who holds which role, for those who answer for it."""

    path = "/roles"
    include_in_schema = False

    @get("/", opt=READ)
    async def listed(
        self,
        request: PageRequest,
        *,
        past: Annotated[bool, QueryParameter(name="past")] = False,
        before: Annotated[int | None, QueryParameter(name="before", ge=1, le=2**31 - 1)] = None,
    ) -> Template:
        """Show who holds which role, the newest first, a page at a time."""
        forces = forces_within_reach(request.user, Permission.ROLE_READ)
        found = await roles_within(forces, everyone=past, before=before)
        here = "/roles?past=true&" if past else "/roles?"
        return page(
            "roles/roles.html",
            shell_for(request, "Roles"),
            view=view,
            found=found,
            past=past,
            may_give=may_use(request.user, Permission.ROLE_GRANT),
            next_href=f"{here}before={found[-1].id}" if len(found) == PAGE else None,
            first_href=here.rstrip("?&") if before else None,
        )

    @get("/new", opt=GIVE)
    async def ask(self, request: PageRequest) -> Template:
        """Ask who is to be given which role."""
        choices = await choices_for(request.user, today())
        return _ask(request, choices, form.blank(choices, today()))

    @post("/new", opt=GIVE)
    async def give(self, request: PageRequest, data: Answers) -> Template | Redirect:
        """Give a role, or say what is missing."""
        on = today()
        choices = await choices_for(request.user, on)
        given = form.read(data, choices, on)
        errors = given.errors()
        if errors:
            return _ask(request, choices, given, errors)
        try:
            new = await _new(given, on, request.user)
            number = await give_role(actor=actor_of(request), giver=request.user, new=new)
        except PersonUnknownError as unknown:
            return _ask(request, choices, given, (FieldError(unknown.detail, "person"),))
        except (ConflictError, InvalidError) as refusal:
            return _ask(request, choices, given, (FieldError(refusal.detail, "role"),))
        done = "waiting" if new.role.needs_approval else "given"
        return Redirect(f"/roles/{number}?done={done}", status_code=303)

    @get("/{grant_id:int}", opt=READ)
    async def one(
        self,
        request: PageRequest,
        grant_id: FromPath[int],
        done: Annotated[str, QueryParameter(name="done", max_length=20)] = "",
    ) -> Template:
        """Show everything about one grant of a role, and what can be done about it."""
        return _one(request, await within_reach(request.user, Permission.ROLE_READ, grant_id), done=done)

    @post("/{grant_id:int}/agree", opt=AGREE)
    async def agree(self, request: PageRequest, grant_id: FromPath[int]) -> Template | Redirect:
        """Agree, as the second person, to a role that waits."""
        found = await within_reach(request.user, Permission.ROLE_APPROVE, grant_id)
        try:
            await agree_to_role(actor=actor_of(request), second=request.user, grant_id=grant_id)
        except (ConflictError, InvalidError) as refusal:
            return _one(request, found, errors=(FieldError(refusal.detail),))
        return Redirect(f"/roles/{grant_id}?done=agreed", status_code=303)

    @post("/{grant_id:int}/end", opt=GIVE)
    async def end(self, request: PageRequest, grant_id: FromPath[int], data: Answers) -> Template | Redirect:
        """End a role at once, for a reason."""
        found = await within_reach(request.user, Permission.ROLE_GRANT, grant_id)
        reason = typed(data, "reason")
        try:
            await end_role(actor=actor_of(request), ender=request.user, grant_id=grant_id, reason=reason)
        except (ConflictError, InvalidError) as refusal:
            return _one(request, found, errors=(FieldError(refusal.detail, "reason"),), reason=reason)
        return Redirect(f"/roles/{grant_id}?done=ended", status_code=303)


async def _new(given: form.Form, on: date, giver: Identity) -> NewRole:
    """Return what a form without faults asks for.

    :raises PersonUnknownError: nobody has the number.
    """
    if given.role is None or given.since.meant is None:
        raise InvalidError
    force = None if given.role.is_national else given.force
    return NewRole(
        person_id=await person_meant(given.person, force, on, giver=giver),
        role=given.role,
        force_id=force.id if force else None,
        unit_id=given.unit_id if force else None,
        since=given.since.meant,
        until=given.until.meant,
        reason=given.reason,
    )


def _ask(
    request: PageRequest, choices: form.Choices, given: form.Form, errors: tuple[FieldError, ...] = ()
) -> Template:
    return page(
        "roles/new.html",
        shell_for(request, "Give somebody a role", back=view.ROLES, errors=errors),
        status=400 if errors else 200,
        choices=choices,
        given=given,
        wrong={error.field_id: error.text for error in errors},
    )


def _one(
    request: PageRequest,
    found: GrantedRole,
    *,
    done: str = "",
    errors: tuple[FieldError, ...] = (),
    reason: str = "",
) -> Template:
    me = request.user.person_id
    title = f"{found.name}: {found.role}"
    can_agree = found.state is State.AWAITING and me not in {found.person_id, found.giver_id}
    return page(
        "roles/role.html",
        shell_for(request, title, back=view.ROLES, errors=errors, banner=view.banner(done)),
        status=400 if errors else 200,
        view=view,
        granted=found,
        today=today(),
        can_agree=can_agree and may_use(request.user, Permission.ROLE_APPROVE),
        can_end=found.state not in {State.ENDED, State.OVER} and may_use(request.user, Permission.ROLE_GRANT),
        reason=reason,
        wrong={error.field_id: error.text for error in errors},
    )
