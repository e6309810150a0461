"""Changing a part of a draft on a page: a requirement, a value beside them, the title and the first day."""

from functools import partial
from typing import Annotated

from litestar import Controller, get, post
from litestar.params import PathParameter
from litestar.response import Redirect, Template

from access.asking import actor_of
from access.permissions import Permission
from access.shell import PageRequest, shell_for
from foundation.clock import today
from foundation.pages import page
from foundation.parts import FieldError
from passport.drafting import editing, view
from passport.drafting.actions import Edit, revise
from passport.drafting.asking import Number
from passport.drafting.facts import Drafted
from passport.drafting.form import RequirementForm, blank, filled, read, reason_errors, revision_in
from passport.drafting.reading import draft_now, requirement_in, term_in
from passport.drafting.refusing import Refusal, refused
from passport.drafting.small_forms import HeadForm, TermForm, head_form, read_head, read_term, term_form, text

DRAFT = {"permission": Permission.POLICY_DRAFT}
Code = Annotated[str, PathParameter(name="code", max_length=40)]
Key = Annotated[str, PathParameter(name="key", max_length=60)]


class DraftPartPages(Controller):
    """What whoever writes policy changes, part by part."""

    path = view.PATH
    include_in_schema = False

    @get("/{number:int}/add-requirement", opt=DRAFT)
    async def ask_new(self, request: PageRequest, number: Number) -> Template:
        """Ask what is to be asked besides."""
        draft = await draft_now(number)
        return _requirement(request, draft, None, blank(draft.version.revision))

    @post("/{number:int}/add-requirement", opt=DRAFT)
    async def add(self, request: PageRequest, number: Number) -> Template | Redirect:
        """Ask for something more."""
        given = read(await request.form(), code=None)
        return await _put(request, await draft_now(number), None, given)

    @get("/{number:int}/requirements/{code:str}", opt=DRAFT)
    async def ask_requirement(self, request: PageRequest, number: Number, code: Code) -> Template:
        """Show a requirement to change it."""
        draft = await draft_now(number)
        return _requirement(request, draft, code, filled(requirement_in(draft, code), draft.version.revision))

    @post("/{number:int}/requirements/{code:str}", opt=DRAFT)
    async def change(self, request: PageRequest, number: Number, code: Code) -> Template | Redirect:
        """Change a requirement."""
        given = read(await request.form(), code=code)
        return await _put(request, await draft_now(number), code, given)

    @get("/{number:int}/requirements/{code:str}/end", opt=DRAFT)
    async def doubt_end(self, request: PageRequest, number: Number, code: Code) -> Template:
        """Ask once more before a requirement is ended."""
        return _end(request, await draft_now(number), code)

    @post("/{number:int}/requirements/{code:str}/end", opt=DRAFT)
    async def end(self, request: PageRequest, number: Number, code: Code) -> Template | Redirect:
        """Ask for something no longer."""
        draft = await draft_now(number)
        answers = await request.form()
        reason, seen = text(answers, "reason"), revision_in(answers)
        errors = tuple(reason_errors(reason))
        if errors:
            return _end(request, draft, code, reason, Refusal(errors, seen))
        without = partial(editing.without_requirement, code=code)
        edit = Edit(editing.requirement(code), f"Ended {code}", reason, without)
        refusal = await refused(revise(actor=actor_of(request), number=number, seen=seen, edit=edit), seen)
        if refusal:
            return _end(request, await draft_now(number), code, reason, refusal)
        return Redirect(view.address(number, "?done=ended"), status_code=303)

    @get("/{number:int}/terms/{key:str}", opt=DRAFT)
    async def ask_term(self, request: PageRequest, number: Number, key: Key) -> Template:
        """Show a value beside the requirements, to change it."""
        draft = await draft_now(number)
        return _term(request, draft, term_form(key, term_in(draft, key), draft.version.revision))

    @post("/{number:int}/terms/{key:str}", opt=DRAFT)
    async def change_term(self, request: PageRequest, number: Number, key: Key) -> Template | Redirect:
        """Change a value beside the requirements."""
        draft = await draft_now(number)
        term_in(draft, key)
        given = read_term(await request.form(), key)
        table, errors = given.table()
        if table is None:
            return _term(request, draft, given, Refusal(errors, given.revision))
        edit = Edit(
            editing.term(key),
            f"Changed {key.replace('_', ' ')}",
            given.reason,
            partial(editing.with_term, key=key, wanted=table),
        )
        refusal = await refused(
            revise(actor=actor_of(request), number=number, seen=given.revision, edit=edit),
            given.revision,
            amount=True,
        )
        if refusal:
            return _term(request, await draft_now(number), given, refusal)
        return Redirect(view.address(number, "?done=changed"), status_code=303)

    @get("/{number:int}/top", opt=DRAFT)
    async def ask_top(self, request: PageRequest, number: Number) -> Template:
        """Show a draft's title and first day, to change them."""
        draft = await draft_now(number)
        return _top(
            request, draft, head_form(draft.version.title, draft.draft.begins_on, draft.version.revision)
        )

    @post("/{number:int}/top", opt=DRAFT)
    async def change_top(self, request: PageRequest, number: Number) -> Template | Redirect:
        """Change a draft's title and first day."""
        draft = await draft_now(number)
        given = read_head(await request.form(), today())
        errors = given.errors()
        if errors or given.begins_on.meant is None:
            return _top(request, draft, given, Refusal(errors, given.revision))
        with_head = partial(
            editing.with_head, number=number, title=given.title, begins_on=given.begins_on.meant
        )
        edit = Edit(editing.TOP, "Changed its title or first day", given.reason, with_head)
        seen = given.revision
        refusal = await refused(revise(actor=actor_of(request), number=number, seen=seen, edit=edit), seen)
        if refusal:
            return _top(request, await draft_now(number), given, refusal)
        return Redirect(view.address(number, "?done=changed"), status_code=303)


async def _put(
    request: PageRequest, draft: Drafted, code: str | None, given: RequirementForm
) -> Template | Redirect:
    """Keep a requirement as it was answered, or say what is wrong with it, with every answer kept."""
    number = draft.version.number
    table, errors = given.table()
    if code is None and draft.draft.requirement(given["code"]):
        errors = (*errors, FieldError("The draft has a requirement with this code already", "code"))
    if table is None or errors:
        return _requirement(request, draft, code, given, Refusal(errors, given.revision))
    edit = Edit(
        editing.requirement(table.code),
        f"{'Changed' if code else 'Added'} {table.code}",
        given["reason"],
        partial(editing.with_requirement, code=code, wanted=table),
    )
    refusal = await refused(
        revise(actor=actor_of(request), number=number, seen=given.revision, edit=edit),
        given.revision,
        of=(edit.apply(draft.source), table.code),
    )
    if refusal:
        return _requirement(request, await draft_now(number), code, given, refusal)
    return Redirect(view.address(number, f"?done={'changed' if code else 'added'}"), status_code=303)


NONE = Refusal((), 0)


def _requirement(
    request: PageRequest, draft: Drafted, code: str | None, given: RequirementForm, refusal: Refusal = NONE
) -> Template:
    number = draft.version.number
    others = [
        (one.code, f"{one.stated.title} ({one.code})") for one in draft.draft.requirements if one.code != code
    ]
    return page(
        "drafting/requirement.html",
        shell_for(
            request,
            f"Change what is asked: {_called(draft, code)}" if code else "Add a requirement",
            back=view.back_to(number),
            errors=refusal.errors,
        ),
        status=refusal.status,
        view=view,
        draft=draft,
        code=code,
        given=given,
        theirs=requirement_in(draft, code) if code and refusal.is_conflict else None,
        revision=draft.version.revision if refusal.is_conflict else given.revision,
        others=others,
        profiles=[(one.name, one.title) for one in draft.draft.profiles],
        wrong=refusal.wrong,
    )


def _called(draft: Drafted, code: str) -> str:
    """Return how a requirement is called, for nobody knows all the codes."""
    asked = draft.draft.requirement(code)
    return asked.stated.title if asked else code


def _end(
    request: PageRequest, draft: Drafted, code: str, reason: str = "", refusal: Refusal = NONE
) -> Template:
    number = draft.version.number
    return page(
        "drafting/end.html",
        shell_for(
            request,
            f"End this requirement? {_called(draft, code)}",
            back=view.back_to(number),
            errors=refusal.errors,
        ),
        status=refusal.status,
        view=view,
        draft=draft,
        asked=requirement_in(draft, code),
        naming=editing.naming(draft.source, code),
        reason=reason,
        wrong=refusal.wrong,
    )


def _term(request: PageRequest, draft: Drafted, given: TermForm, refusal: Refusal = NONE) -> Template:
    number = draft.version.number
    return page(
        "drafting/term.html",
        shell_for(request, given.title, back=view.back_to(number), errors=refusal.errors),
        status=refusal.status,
        view=view,
        draft=draft,
        given=given,
        theirs=term_form(given.key, term_in(draft, given.key), 0) if refusal.is_conflict else None,
        revision=draft.version.revision if refusal.is_conflict else given.revision,
        wrong=refusal.wrong,
    )


def _top(request: PageRequest, draft: Drafted, given: HeadForm, refusal: Refusal = NONE) -> Template:
    number = draft.version.number
    return page(
        "drafting/top.html",
        shell_for(request, "Title and first day", back=view.back_to(number), errors=refusal.errors),
        status=refusal.status,
        view=view,
        draft=draft,
        given=given,
        theirs=draft if refusal.is_conflict else None,
        revision=draft.version.revision if refusal.is_conflict else given.revision,
        wrong=refusal.wrong,
    )
