"""Approving a draft as the second person, with its what-if; and withdrawing a version before its day."""

from litestar import Controller, get, post
from litestar.response import Redirect, Template

from access.asking import actor_of
from access.shell import PageRequest, shell_for
from foundation.clock import today
from foundation.date_entry import DateEntry, date_entry_of
from foundation.pages import page
from foundation.parts import FieldError, Link
from foundation.problems import ConflictError, InvalidError
from licence.whatif import view
from licence.whatif.approving import approve_with_what_if
from licence.whatif.asking import APPROVE, Number, what_if_read
from licence.whatif.facts import WhatIf, WhatIfState, what_ifs
from licence.whatif.figures import told_of
from passport.drafting.facts import Drafted, draft_of, revisions_of, wrote
from passport.drafting.form import reason_errors
from passport.drafting.reading import between
from passport.drafting.small_forms import read_day, text
from passport.policy.actions import withdraw
from passport.policy.facts import Version, version


class ApprovalPages(Controller):
    """What the second person sees and does."""

    path = "/policy"
    include_in_schema = False

    @get("/drafts/{number:int}/approval", opt=APPROVE)
    async def ask(self, request: PageRequest, number: Number) -> Template:
        """Show what a draft changes, what it comes to, and who wrote it; ask from which day."""
        draft = await draft_of(number, on=today())
        return await _ask(request, draft, date_entry_of(draft.draft.begins_on))

    @post("/drafts/{number:int}/approval", opt=APPROVE)
    async def approve(self, request: PageRequest, number: Number) -> Template | Redirect:
        """Approve a draft as the what-if that was read has it, or say what stands in the way."""
        draft = await draft_of(number, on=today())
        answers = await request.form()
        entry, what_if_id = read_day(answers, today()), what_if_read(answers)
        if entry.meant is None:
            place = (*entry.wrong, "day")[0]
            errors = (FieldError(entry.error or "Enter the first day", f"begins_on-{place}"),)
            return await _ask(request, draft, entry, errors)
        try:
            await approve_with_what_if(
                actor=actor_of(request), number=number, on=entry.meant, what_if_id=what_if_id
            )
        except (ConflictError, InvalidError) as refusal:
            return await _ask(request, draft, entry, (FieldError(refusal.detail, "begins_on-day"),))
        return Redirect(f"/policy/{number}", status_code=303)

    @get("/{number:int}/withdrawal", opt=APPROVE)
    async def doubt(self, request: PageRequest, number: Number) -> Template:
        """Ask once more before a version is withdrawn."""
        return _withdraw(request, await version(number))

    @post("/{number:int}/withdrawal", opt=APPROVE)
    async def withdraw(self, request: PageRequest, number: Number) -> Template | Redirect:
        """Withdraw a version before its day."""
        found = await version(number)
        reason = text(await request.form(), "reason")
        errors = tuple(reason_errors(reason))
        if errors:
            return _withdraw(request, found, reason, errors)
        try:
            await withdraw(actor=actor_of(request), number=number, reason=reason)
        except (ConflictError, InvalidError) as refusal:
            return _withdraw(request, found, reason, (FieldError(refusal.detail),))
        return Redirect(f"/policy/{number}", status_code=303)


async def _ask(
    request: PageRequest, draft: Drafted, entry: DateEntry, errors: tuple[FieldError, ...] = ()
) -> Template:
    number = draft.version.number
    rests_on = await _latest(number)
    told = await told_of(rests_on, rests_on.days[0], own=(), is_national=True) if rests_on else None
    return page(
        "whatif/approval.html",
        shell_for(
            request,
            f"Approve draft {number}?",
            back=Link(f"Draft {number}", f"/policy/drafts/{number}"),
            errors=errors,
        ),
        status=409 if errors and entry.meant else 400 if errors else 200,
        view=view,
        draft=draft,
        entry=entry,
        rests_on=rests_on,
        told=told,
        compared=await between(draft.version.based_on, number) if draft.version.based_on else None,
        has_written=await wrote(actor_of(request), number),
        writers=list(dict.fromkeys(one.edited_by for one in await revisions_of(number))),
    )


async def _latest(number: int) -> WhatIf | None:
    """Return the latest what-if over the nation that is finished."""
    found = await what_ifs((), number=number)
    return next((one for one in found if one.state is WhatIfState.FINISHED and one.force_id is None), None)


def _withdraw(
    request: PageRequest, found: Version, reason: str = "", errors: tuple[FieldError, ...] = ()
) -> Template:
    return page(
        "whatif/withdrawal.html",
        shell_for(
            request,
            f"Withdraw version {found.number}?",
            back=Link(f"Version {found.number}", f"/policy/{found.number}"),
            errors=errors,
        ),
        status=409 if errors and reason else 400 if errors else 200,
        found=found,
        reason=reason,
        wrong={error.field_id: error.text for error in errors},
    )
