"""What if a draft were in force? Asking for it, seeing how far it has come, and what it came to."""

from contextlib import suppress

from litestar import Controller, get, post
from litestar.response import Redirect, Template

from access.asking import actor_of
from access.permission_map import forces_of, may_use
from access.permissions import Permission
from access.shell import PageRequest, shell_for
from foundation.clock import today
from foundation.pages import page
from foundation.paging import Before
from foundation.parts import FieldError, Link
from foundation.problems import Problem
from licence.whatif import view
from licence.whatif.actions import Wanted, ask_what_if, stop_what_if
from licence.whatif.asking import (
    READ,
    RUN,
    Day,
    Number,
    RunForm,
    WhatIfNumber,
    blank,
    day_of,
    is_national,
    read_run,
    to_stop,
    within_reach,
)
from licence.whatif.errors import AlreadyOverError
from licence.whatif.facts import PAGE, WhatIf, WhatIfState, what_ifs
from licence.whatif.figures import told_of
from passport.drafting.facts import Drafted, draft_of, drafts, wrote
from passport.drafting.view import expired_because
from passport.learning.offering import titles


class WhatIfPages(Controller):
    """What whoever weighs a draft sees and does."""

    path = "/policy"
    include_in_schema = False

    @get("/what-ifs", opt=READ)
    async def listed(self, request: PageRequest, before: Before = None) -> Template:
        """Show the drafts there are, and what was worked out for them."""
        found = await what_ifs(forces_of(request.user, Permission.WHAT_IF_READ), before=before)
        return page(
            "whatif/what-ifs.html",
            shell_for(request, "What-ifs"),
            view=view,
            drafts=await drafts(on=today()),
            found=found[:PAGE],
            may_run=may_use(request.user, Permission.WHAT_IF_RUN),
            first_href=view.PATH if before else None,
            next_href=f"{view.PATH}?before={found[PAGE - 1].id}" if len(found) > PAGE else None,
        )

    @get("/drafts/{number:int}/what-if", opt=RUN)
    async def ask(self, request: PageRequest, number: Number) -> Template:
        """Ask from which day, and on which days, everybody is to be worked out."""
        draft = await draft_of(number, on=today())
        return await _ask(request, draft, blank(draft.draft.begins_on, today()))

    @post("/drafts/{number:int}/what-if", opt=RUN)
    async def run(self, request: PageRequest, number: Number) -> Template | Redirect:
        """Have it worked out; the page that follows tells how far it has come."""
        draft = await draft_of(number, on=today())
        given = read_run(await request.form(), today())
        errors = given.errors()
        if errors or given.begins_on.meant is None:
            return await _ask(request, draft, given, errors)
        wanted = Wanted(number, given.begins_on.meant, given.days, _force(request))
        try:
            what_if_id = await ask_what_if(actor=actor_of(request), wanted=wanted)
        except Problem as refusal:
            return await _ask(request, draft, given, (FieldError(refusal.detail, "begins_on-day"),))
        return Redirect(view.address(what_if_id), status_code=303)

    @get("/what-ifs/{what_if_id:int}", opt=READ)
    async def one(self, request: PageRequest, what_if_id: WhatIfNumber, day: Day = None) -> Template:
        """Show how far a what-if has come, again and again; at its end, what it came to."""
        found = await within_reach(request.user, what_if_id)
        chosen = day_of(found, day)
        told = None
        if found.state is WhatIfState.FINISHED:
            own = forces_of(request.user, Permission.WHAT_IF_READ)
            told = await told_of(found, chosen, own=own, is_national=is_national(request.user))
        return page(
            "whatif/what-if.html",
            shell_for(request, view.title(found), back=view.ALL),
            view=view,
            found=found,
            day=chosen,
            told=told,
            titles=await titles(found.force_id, on=today()),
            may_name=may_use(request.user, Permission.WHAT_IF_NAMES),
            may_run=may_use(request.user, Permission.WHAT_IF_RUN),
            may_stop=_may_stop(request, found),
            may_draft=may_use(request.user, Permission.POLICY_DRAFT),
            may_approve=await _may_approve(request, found),
        )

    @post("/what-ifs/{what_if_id:int}/stop", opt=RUN)
    async def stop(self, request: PageRequest, what_if_id: WhatIfNumber) -> Redirect:
        """Stop a what-if; one that has come to its end meanwhile is shown."""
        found = await to_stop(request.user, what_if_id)
        with suppress(AlreadyOverError):
            await stop_what_if(actor=actor_of(request), what_if_id=found.id)
        return Redirect(view.address(found.id), status_code=303)


async def _may_approve(request: PageRequest, found: WhatIf) -> bool:
    """Say whether somebody may approve the draft with a what-if: over the nation, and who wrote none of it."""
    may_use_it = may_use(request.user, Permission.POLICY_APPROVE) and found.force_id is None
    return may_use_it and not await wrote(actor_of(request), found.number)


def _may_stop(request: PageRequest, found: WhatIf) -> bool:
    """Say whether somebody may stop a what-if: the one whose kind they may have worked out."""
    may_run = may_use(request.user, Permission.WHAT_IF_RUN)
    return may_run and is_national(request.user) == (found.force_id is None)


def _force(request: PageRequest) -> int | None:
    """Return the force over which somebody may have it worked out: none for the nation's."""
    if is_national(request.user):
        return None
    return min(forces_of(request.user, Permission.WHAT_IF_RUN))


async def _ask(
    request: PageRequest, draft: Drafted, given: RunForm, errors: tuple[FieldError, ...] = ()
) -> Template:
    number = draft.version.number
    forces = forces_of(request.user, Permission.WHAT_IF_READ)
    back = Link(f"Draft {number}", f"/policy/drafts/{number}") if is_national(request.user) else view.ALL
    return page(
        "whatif/ask.html",
        shell_for(request, f"What if draft {number} were in force?", back=back, errors=errors),
        status=400 if errors else 200,
        view=view,
        draft=draft,
        given=given,
        is_national=is_national(request.user),
        expired_because=expired_because(draft),
        may_draft=may_use(request.user, Permission.POLICY_DRAFT),
        earlier=(await what_ifs(forces, number=number))[:5],
        wrong={error.field_id: error.text for error in errors},
    )
