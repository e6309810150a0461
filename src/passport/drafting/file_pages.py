"""A draft as a file: taking its text away, and putting another in its place; and any two versions compared."""

from typing import Annotated

from litestar import Controller, get, post
from litestar.datastructures import UploadFile
from litestar.params import QueryParameter
from litestar.response import Redirect, Response, Template

from access.asking import actor_of
from access.permissions import Permission
from access.shell import PageRequest, shell_for
from foundation.pages import page
from foundation.parts import FieldError, Link
from foundation.problems import Problem
from passport.drafting import editing, view
from passport.drafting.actions import Edit, revise
from passport.drafting.asking import Number
from passport.drafting.errors import EditedMeanwhileError
from passport.drafting.facts import Drafted
from passport.drafting.form import reason_errors, revision_in
from passport.drafting.reading import between, draft_now
from passport.drafting.small_forms import text
from passport.policy.facts import source_of, version, versions
from passport.policy.faults import PolicyFaultsError
from passport.policy.toml import LARGEST, decoded

READ = {"permission": Permission.POLICY_READ}
DRAFT = {"permission": Permission.POLICY_DRAFT}
MOST_SENT = 2 * LARGEST


class PolicyFilePages(Controller):
    """Policy as files, and compared."""

    path = "/policy"
    include_in_schema = False

    @get("/{number:int}/file.toml", opt=READ)
    async def file(self, number: Number) -> Response[str]:
        """Give a version's text as it was written, comments and all."""
        return as_file(number, await source_of(number))

    @get("/compare", opt=READ)
    async def compare(
        self,
        request: PageRequest,
        before: Annotated[int | None, QueryParameter(name="before", ge=1, le=2**31 - 1)] = None,
        after: Annotated[int | None, QueryParameter(name="after", ge=1, le=2**31 - 1)] = None,
    ) -> Template:
        """Show what one version asks that another does not."""
        known = await versions()
        was, now = before or _other(known, after), after or (known[0].number if known else None)
        return page(
            "drafting/compare.html",
            shell_for(request, "Compare versions", back=Link("Policy", "/policy")),
            view=view,
            versions=[(str(one.number), f"{one.number}. {one.title}") for one in known],
            before=await version(was) if was else None,
            after=await version(now) if now else None,
            compared=await between(was, now) if was and now else None,
        )

    @get("/drafts/{number:int}/file", opt=DRAFT)
    async def ask(self, request: PageRequest, number: Number) -> Template:
        """Ask for the file that is to take a draft's place."""
        draft = await draft_now(number)
        return _ask(request, draft, "", draft.version.revision)

    @post("/drafts/{number:int}/file", opt=DRAFT, request_max_body_size=MOST_SENT)
    async def put(self, request: PageRequest, number: Number) -> Template | Redirect:
        """Put the text of a file in the place of a draft, if it is sound."""
        draft = await draft_now(number)
        answers = await request.form()
        sent, reason, seen = answers.get("file"), text(answers, "reason"), revision_in(answers)
        errors = list(reason_errors(reason))
        content = await sent.read() if isinstance(sent, UploadFile) else b""
        if not content:
            errors.insert(0, FieldError("Select the policy file", "file"))
        if errors:
            return _ask(request, draft, reason, seen, tuple(errors))
        try:
            wanted = decoded(content)
            edit = Edit(editing.WHOLE, "Replaced by a file", reason, lambda _: wanted)
            await revise(actor=actor_of(request), number=number, seen=seen, edit=edit)
        except PolicyFaultsError as failure:
            faults = tuple(FieldError(f"Line {one.line}: {one.words}", "file") for one in failure.faults)
            return _ask(request, draft, reason, seen, faults)
        except Problem as refusal:
            fresh = await draft_now(number)
            seen = fresh.version.revision if isinstance(refusal, EditedMeanwhileError) else seen
            return _ask(
                request, fresh, reason, seen, (FieldError(refusal.detail, "file"),), status=refusal.status
            )
        return Redirect(view.address(number, "?done=replaced"), status_code=303)


def as_file(number: int, source: str) -> Response[str]:
    """Return a version's text as a file."""
    return Response(
        source,
        media_type="application/toml",
        headers={"Content-Disposition": f'attachment; filename="policy-{number}.toml"'},
    )


def _other(known: tuple[object, ...], after: int | None) -> int | None:
    numbers = [getattr(one, "number", 0) for one in known]
    return next((number for number in numbers if number != (after or numbers[0])), None)


def _ask(
    request: PageRequest,
    draft: Drafted,
    reason: str,
    revision: int,
    errors: tuple[FieldError, ...] = (),
    *,
    status: int = 400,
) -> Template:
    number = draft.version.number
    return page(
        "drafting/file.html",
        shell_for(request, f"Replace draft {number} by a file", back=view.back_to(number), errors=errors),
        status=status if errors else 200,
        view=view,
        draft=draft,
        reason=reason,
        revision=revision,
        wrong={error.field_id: error.text for error in errors},
    )
