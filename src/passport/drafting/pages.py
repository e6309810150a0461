"""The policy desk: which drafts there are, beginning one, what it changes, bringing it up to date, discarding it."""

from typing import Annotated

from litestar import Controller, get, post
from litestar.params import QueryParameter
from litestar.response import Redirect, Template

from access.asking import actor_of
from access.permission_map import may_use
from access.permissions import Permission
from access.shell import PageRequest, shell_for
from foundation.clock import today
from foundation.pages import page
from foundation.parts import FieldError
from foundation.problems import Problem
from passport.drafting import view
from passport.drafting.actions import begin, discard, rebase
from passport.drafting.asking import Done, Number
from passport.drafting.facts import Drafted, drafts, in_force_on, revisions_of, wrote
from passport.drafting.form import reason_errors
from passport.drafting.reading import between, draft_now
from passport.drafting.small_forms import HeadForm, head_form, read_day, read_head, text
from passport.policy.facts import policy_of_draft
from passport.policy.words import policy_words

DRAFT = {"permission": Permission.POLICY_DRAFT}


class DraftPages(Controller):
    """What whoever writes policy sees and does."""

    path = view.PATH
    include_in_schema = False

    @get("/", opt=DRAFT)
    async def desk(self, request: PageRequest, done: Done = "") -> Template:
        """Show every draft."""
        found = await drafts(on=today())
        return page(
            "drafting/desk.html",
            shell_for(request, "Policy desk", banner=view.banner(done)),
            view=view,
            drafts=found,
            in_force=await in_force_on(today()),
        )

    @get("/new", opt=DRAFT)
    async def ask(self, request: PageRequest) -> Template:
        """Ask what a draft is called and from when it is meant to be in force."""
        return await _ask(request, head_form("", None, 0))

    @post("/new", opt=DRAFT)
    async def begin(self, request: PageRequest) -> Template | Redirect:
        """Begin a draft from the version that is in force on its first day."""
        given = read_head(await request.form(), today())
        errors = given.errors()
        if errors or given.begins_on.meant is None:
            return await _ask(request, given, errors)
        try:
            number = await begin(
                actor=actor_of(request),
                title=given.title,
                begins_on=given.begins_on.meant,
                reason=given.reason,
            )
        except Problem as refusal:
            return await _ask(request, given, (FieldError(refusal.detail, "begins_on-day"),))
        return Redirect(view.address(number, "?done=begun"), status_code=303)

    @get("/{number:int}", opt=DRAFT)
    async def one(
        self,
        request: PageRequest,
        number: Number,
        done: Done = "",
        both: Annotated[str, QueryParameter(name="both", max_length=2000)] = "",
    ) -> Template:
        """Show a draft: what it changes, what it asks, and what can be done with it."""
        draft = await draft_now(number)
        words = policy_words(await policy_of_draft(number, on=today()))
        has_written = await wrote(actor_of(request), number)
        return page(
            "drafting/draft.html",
            shell_for(
                request, f"Draft {number}: {draft.version.title}", back=view.DESK, banner=view.banner(done)
            ),
            view=view,
            draft=draft,
            words=words,
            compared=await between(draft.version.based_on, number) if draft.version.based_on else None,
            revisions=await revisions_of(number),
            has_written=has_written,
            may_approve=may_use(request.user, Permission.POLICY_APPROVE) and not has_written,
            both=[one for one in both.split(",") if one],
        )

    @get("/{number:int}/discard", opt=DRAFT)
    async def doubt(self, request: PageRequest, number: Number) -> Template:
        """Ask once more before a draft is discarded."""
        return _discard(request, await draft_now(number))

    @post("/{number:int}/discard", opt=DRAFT)
    async def discard(self, request: PageRequest, number: Number) -> Template | Redirect:
        """Put a draft aside."""
        draft = await draft_now(number)
        reason = text(await request.form(), "reason")
        errors = tuple(reason_errors(reason))
        if errors:
            return _discard(request, draft, reason, errors)
        await discard(actor=actor_of(request), number=number, reason=reason)
        return Redirect(f"{view.PATH}?done=discarded", status_code=303)

    @get("/{number:int}/rebase", opt=DRAFT)
    async def ask_rebase(self, request: PageRequest, number: Number) -> Template:
        """Ask from which day a draft that has expired is meant now."""
        draft = await draft_now(number)
        return _rebase(
            request, draft, head_form("", None if draft.day_has_passed else draft.draft.begins_on, 0)
        )

    @post("/{number:int}/rebase", opt=DRAFT)
    async def rebase(self, request: PageRequest, number: Number) -> Template | Redirect:
        """Bring a draft to the version in force on its day."""
        draft = await draft_now(number)
        entry = read_day(await request.form(), today())
        given = HeadForm("", entry, "", 0)
        if entry.meant is None:
            return _rebase(request, draft, given, given.errors()[1:2])
        try:
            result = await rebase(actor=actor_of(request), number=number, begins_on=entry.meant)
        except Problem as refusal:
            return _rebase(request, draft, given, (FieldError(refusal.detail, "begins_on-day"),))
        both = f"&both={','.join(result.both)}" if result.both else ""
        return Redirect(view.address(number, f"?done=rebased{both}"), status_code=303)


async def _ask(request: PageRequest, given: HeadForm, errors: tuple[FieldError, ...] = ()) -> Template:
    return page(
        "drafting/new.html",
        shell_for(request, "Begin a draft", back=view.DESK, errors=errors),
        status=400 if errors else 200,
        given=given,
        in_force=await in_force_on(today()),
        wrong={error.field_id: error.text for error in errors},
    )


def _discard(
    request: PageRequest, draft: Drafted, reason: str = "", errors: tuple[FieldError, ...] = ()
) -> Template:
    number = draft.version.number
    return page(
        "drafting/discard.html",
        shell_for(request, f"Discard draft {number}?", back=view.back_to(number), errors=errors),
        status=400 if errors else 200,
        view=view,
        draft=draft,
        reason=reason,
        wrong={error.field_id: error.text for error in errors},
    )


def _rebase(
    request: PageRequest, draft: Drafted, given: HeadForm, errors: tuple[FieldError, ...] = ()
) -> Template:
    number = draft.version.number
    return page(
        "drafting/rebase.html",
        shell_for(request, f"Bring draft {number} up to date", back=view.back_to(number), errors=errors),
        status=400 if errors else 200,
        view=view,
        draft=draft,
        given=given,
    )
