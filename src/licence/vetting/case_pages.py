"""The pages of one vetting case: opening it for a purpose, adding to it, putting a colleague on it, concluding it."""

from litestar import Controller, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from access.confidential import asker_of, has_proved_lately
from access.keeping import keep_typed
from access.shell import PageRequest, shell_for
from access.sign_in import ProofRequiredError, require_recent_proof
from foundation.clock import today
from foundation.pages import page
from foundation.parts import FieldError, Link
from foundation.problems import ConflictError, InvalidError
from licence.vetting import actions, form, view
from licence.vetting.entering import ASSIGN, READ, WRITE, Answers, Done
from licence.vetting.errors import NoPurposeError
from licence.vetting.reach import LARGEST, colleagues
from licence.vetting.reading import Opened, read_case

Errors = tuple[FieldError, ...]


class CasePages(Controller):
    """What the officers on a case see of it and do in it."""

    path = f"{view.PATH}/cases/{{number:int}}"
    include_in_schema = False

    @get("/purpose", opt=READ, guards=[has_proved_lately])
    async def ask_why(self, request: PageRequest, number: FromPath[int]) -> Template:
        """Ask what a case is opened for, before anything of it is shown."""
        return _ask_why(request, number)

    @get("/", opt=READ)
    async def case(self, request: PageRequest, number: FromPath[int], done: Done = "") -> Template:
        """Show a case; without a purpose ask for one, and write that down."""
        try:
            opened = await _open(request, number)
        except NoPurposeError:
            return _ask_why(request, number, (FieldError("Select what you open the case for", "purpose"),))
        return await _show(request, opened, done=done)

    @post("/entries", opt=WRITE)
    async def add(self, request: PageRequest, number: FromPath[int], data: Answers) -> Template | Redirect:
        """Add an entry to a case."""
        given = form.read_entry(data)
        try:
            opened = await _open(request, number)
        except ProofRequiredError:
            return keep_typed(request, data)
        errors = given.errors()
        if errors or given.kind is None:
            return await _show(request, opened, errors=errors, given=given)
        try:
            await actions.add_entry(asker_of(request), opened.case, kind=given.kind, text=given.text)
        except ConflictError as refusal:
            return await _show(request, opened, errors=(FieldError(refusal.detail),), given=given)
        return _back(opened, "added")

    @post("/colleagues", opt=ASSIGN)
    async def propose(
        self, request: PageRequest, number: FromPath[int], data: Answers
    ) -> Template | Redirect:
        """Propose a colleague for a case."""
        asker, opened = asker_of(request), await _open(request, number)
        offered = await colleagues(asker, about=opened.case.person_id, on=today())
        officer = form.read_officer(data, offered)
        if officer is None:
            return await _show(request, opened, errors=(FieldError("Select a vetting officer", "officer"),))
        try:
            await actions.propose_colleague(asker, opened.case, officer_id=officer)
        except (ConflictError, InvalidError) as refusal:
            return await _show(request, opened, errors=(FieldError(refusal.detail, "officer"),))
        return _back(opened, "proposed")

    @get("/conclusion", opt=WRITE)
    async def doubt(self, request: PageRequest, number: FromPath[int]) -> Template | Redirect:
        """Ask how a case ends, which cannot be undone."""
        opened = await _open(request, number)
        return _doubt(request, opened) if opened.case.is_open else _back(opened)

    @post("/conclusion", opt=WRITE)
    async def conclude(
        self, request: PageRequest, number: FromPath[int], data: Answers
    ) -> Template | Redirect:
        """Conclude a case, or propose how it ends."""
        opened, outcome = await _open(request, number), form.read_outcome(data)
        if outcome is None:
            return _doubt(request, opened, (FieldError("Select how the case ends", "outcome"),))
        try:
            is_over = await actions.conclude(asker_of(request), opened.case, outcome=outcome)
        except ConflictError as refusal:
            return _doubt(request, opened, (FieldError(refusal.detail, "outcome"),), outcome)
        return _back(opened, "concluded" if is_over else "waiting")

    @post("/conclusion/withdrawal", opt=WRITE)
    async def take_back(self, request: PageRequest, number: FromPath[int]) -> Template | Redirect:
        """Take back an outcome that was proposed."""
        opened = await _open(request, number)
        try:
            await actions.take_back(asker_of(request), opened.case)
        except ConflictError as refusal:
            return await _show(request, opened, errors=(FieldError(refusal.detail),))
        return _back(opened, "taken-back")


async def _open(request: PageRequest, number: int) -> Opened:
    require_recent_proof(request.scope)
    purpose = form.read_purpose(request.query_params)
    return await read_case(asker_of(request), min(number, LARGEST + 1), purpose, on=today())


def _back(opened: Opened, done: str = "") -> Redirect:
    further = {"done": done} if done else {}
    return Redirect(view.case_address(opened.case.number, opened.purpose, **further), status_code=303)


def _ask_why(request: PageRequest, number: int, errors: Errors = ()) -> Template:
    return page(
        "vetting/purpose.html",
        shell_for(request, f"Why are you opening case {number}?", back=view.DESK, errors=errors),
        status=400 if errors else 200,
        view=view,
        number=number,
        wrong={error.field_id: error.text for error in errors},
    )


async def _show(
    request: PageRequest,
    opened: Opened,
    *,
    done: str = "",
    errors: Errors = (),
    given: form.EntryForm | None = None,
) -> Template:
    case = opened.case
    on_it = {one.officer_id for one in case.assignments}
    offered = await colleagues(asker_of(request), about=case.person_id, on=today()) if case.is_open else {}
    return page(
        "vetting/case.html",
        shell_for(request, f"Case {case.number}", back=view.DESK, errors=errors, banner=view.banner(done)),
        status=400 if errors else 200,
        view=view,
        opened=opened,
        given=given or form.EntryForm(),
        officers=view.officer_options({one: name for one, name in offered.items() if one not in on_it}, None),
        wrong={error.field_id: error.text for error in errors},
    )


def _doubt(request: PageRequest, opened: Opened, errors: Errors = (), chosen: str | None = None) -> Template:
    back = Link(f"Case {opened.case.number}", view.case_address(opened.case.number, opened.purpose))
    return page(
        "vetting/conclusion.html",
        shell_for(request, "How does the case end?", back=back, errors=errors),
        status=400 if errors else 200,
        view=view,
        opened=opened,
        is_mine=opened.case.proposed_by == request.user.person_id,
        chosen=chosen or opened.case.proposed_outcome or "",
        wrong={error.field_id: error.text for error in errors},
    )
