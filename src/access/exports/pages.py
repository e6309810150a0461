"""The exports' pages: what left, what waits for a colleague, and agreeing to it."""

from typing import Annotated

from litestar import Controller, get, post
from litestar.params import FromPath, QueryParameter
from litestar.response import Redirect, Template

from access.asking import actor_of
from access.exports import view
from access.exports.actions import answer
from access.exports.facts import export_of, exports_of, waiting_of
from access.exports.rules import State
from access.permission_map import forces_of, may_use
from access.permissions import Permission
from access.shell import PageRequest, shell_for
from foundation.pages import page
from foundation.paging import Before
from foundation.parts import Banner, FieldError, Link
from foundation.problems import ConflictError

READ = {"permission": Permission.EXPORT_READ}
AGREE = {"permission": Permission.EXPORT_APPROVE}
DONE = {
    "asked": Banner("A colleague is asked to agree. They find it under Exports.", succeeded=True),
    "agreed": Banner("You have agreed. They can take it once, within 24 hours.", succeeded=True),
    "refused": Banner("You have refused it.", succeeded=True),
}


class ExportPages(Controller):
    """What the desk and the privacy officer see of what left their force."""

    path = view.PATH
    include_in_schema = False

    @get("/", opt=READ)
    async def exports(
        self,
        request: PageRequest,
        before: Before = None,
    ) -> Template:
        """Show every export of the force, newest first, and what waits for the reader's agreement."""
        forces = forces_of(request.user, Permission.EXPORT_READ)
        found = await exports_of(forces, before=before)
        waiting = await waiting_of(forces, but=request.user.person_id) if before is None else ()
        return page(
            "exports/exports.html",
            shell_for(request, "Exports"),
            view=view,
            found=found,
            waiting=waiting,
            first_href=view.PATH if before else None,
            next_href=f"{view.PATH}?before={found.next_before}" if found.next_before else None,
        )

    @get("/{export_id:int}", opt=READ)
    async def export(
        self,
        request: PageRequest,
        export_id: FromPath[int],
        done: Annotated[str, QueryParameter(name="done", max_length=20)] = "",
    ) -> Template:
        """Show one export, and what the reader can do about it."""
        return await _one(request, export_id, done=done)

    @post("/{export_id:int}/agree", opt=AGREE)
    async def agree(self, request: PageRequest, export_id: FromPath[int]) -> Template | Redirect:
        """Agree, as the second person."""
        return await _answered(request, export_id, is_agreed=True)

    @post("/{export_id:int}/refuse", opt=AGREE)
    async def refuse(self, request: PageRequest, export_id: FromPath[int]) -> Template | Redirect:
        """Refuse, as the second person."""
        return await _answered(request, export_id, is_agreed=False)


async def _answered(request: PageRequest, export_id: int, *, is_agreed: bool) -> Template | Redirect:
    found = await export_of(forces_of(request.user, Permission.EXPORT_APPROVE), export_id)
    try:
        await answer(actor=actor_of(request), second=request.user, export=found, is_agreed=is_agreed)
    except ConflictError as refusal:
        return await _one(request, export_id, errors=(FieldError(refusal.detail),))
    return Redirect(f"{view.PATH}/{export_id}?done={'agreed' if is_agreed else 'refused'}", status_code=303)


async def _one(
    request: PageRequest,
    export_id: int,
    *,
    done: str = "",
    errors: tuple[FieldError, ...] = (),
) -> Template:
    found = await export_of(forces_of(request.user, Permission.EXPORT_READ), export_id)
    is_own = found.asker_id == request.user.person_id
    may_agree = may_use(request.user, Permission.EXPORT_APPROVE) and not is_own
    return page(
        "exports/export.html",
        shell_for(
            request,
            f"Export {found.id}",
            back=Link("Exports", view.PATH),
            banner=DONE.get(done) if done == found.state else None,
            errors=errors,
        ),
        status=409 if errors else 200,
        view=view,
        export=found,
        may_agree=may_agree and found.state is State.ASKED,
        may_take=is_own and found.is_open,
    )
