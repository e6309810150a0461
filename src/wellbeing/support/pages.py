"""The desk of care, and the pages of one person's care: opened for a purpose, by those who give it."""

from litestar import Controller, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from access.confidential import asker_of, has_proved_lately
from access.keeping import keep_typed
from access.permissions import Permission
from access.shell import PageRequest, shell_for
from access.sign_in import ProofRequiredError, require_recent_proof
from foundation.clock import today
from foundation.pages import page
from foundation.parts import FieldError
from foundation.problems import ConflictError
from wellbeing.support import actions, form, view
from wellbeing.support.entering import NOTE, OFFER, READ, Answers, ByPolicy, Done
from wellbeing.support.errors import NoPurposeError, OfferedAlreadyError
from wellbeing.support.reading import Opened, is_clinical, read_care, read_desk, within_reach

Errors = tuple[FieldError, ...]


class CareDeskPages(Controller):
    """What those who give care begin the day with."""

    path = view.PATH
    include_in_schema = False
    guards = (has_proved_lately,)

    @get("/", opt=READ)
    async def desk(self, request: PageRequest, terms: ByPolicy) -> Template:
        """Show to whom support is to be offered, after an event or as a matter of routine, and to whom it was."""
        asker, on = asker_of(request), today()
        return page(
            "care/desk.html",
            shell_for(request, "Care"),
            view=view,
            desk=await read_desk(asker, terms, on=on),
            terms=terms,
            clinical=is_clinical(asker),
            on=on,
        )


class CarePages(Controller):
    """One person's care."""

    path = f"{view.PATH}/people/{{national_id:str}}"
    include_in_schema = False

    @get("/purpose", opt=READ, guards=[has_proved_lately])
    async def ask_why(self, request: PageRequest, national_id: FromPath[str]) -> Template:
        """Ask what somebody's care is looked at for, before anything of it is shown."""
        return await _ask_why(request, national_id)

    @get("/", opt=READ)
    async def care(self, request: PageRequest, national_id: FromPath[str], done: Done = "") -> Template:
        """Show somebody's care; without a purpose ask for one, and write that down."""
        try:
            opened = await _open(request, national_id)
        except NoPurposeError:
            return await _ask_why(
                request, national_id, (FieldError("Select what you look at it for", "purpose"),)
            )
        return _show(request, opened, done=done)

    @post("/offers", opt=OFFER)
    async def offer(
        self, request: PageRequest, national_id: FromPath[str], data: Answers
    ) -> Template | Redirect:
        """Record that support was offered."""
        asker, opened = asker_of(request), await _open(request, national_id)
        given = form.read_offer(data, today())
        errors = given.errors()
        if errors or given.entry.meant is None:
            return _show(request, opened, errors=errors, offer=given)
        is_new = await actions.record_offer(
            identity=asker.identity,
            person_id=opened.about.person.id,
            force_id=opened.about.force_id,
            offered_on=given.entry.meant,
            request_id=asker.request_id,
        )
        if not is_new:
            known = OfferedAlreadyError().detail
            return _show(request, opened, errors=(FieldError(known, "offered-day"),), offer=given)
        return _back(opened, "offered")

    @post("/treatment", opt=NOTE)
    async def take(self, request: PageRequest, national_id: FromPath[str]) -> Template | Redirect:
        """Take somebody into one's care, so that their notes open."""
        opened = await _open(request, national_id)
        try:
            await actions.take_into_care(
                asker_of(request), person_id=opened.about.person.id, force_id=opened.about.force_id
            )
        except ConflictError as refusal:
            return _show(request, opened, errors=(FieldError(refusal.detail),))
        return _back(opened, "taken")

    @post("/notes", opt=NOTE)
    async def write(
        self, request: PageRequest, national_id: FromPath[str], data: Answers
    ) -> Template | Redirect:
        """Write a note."""
        given = form.read_note(data)
        try:
            opened = await _open(request, national_id)
        except ProofRequiredError:
            return keep_typed(request, data)
        errors = given.errors()
        if errors:
            return _show(request, opened, errors=errors, note=given)
        about = opened.about
        try:
            await actions.write_note(
                asker_of(request), person_id=about.person.id, force_id=about.force_id, text=given.text
            )
        except ConflictError as refusal:
            return _show(request, opened, errors=(FieldError(refusal.detail, "text"),), note=given)
        return _back(opened, "written")

    @post("/notes/{note_id:int}/release", opt=NOTE)
    async def release(
        self, request: PageRequest, national_id: FromPath[str], note_id: FromPath[int]
    ) -> Template | Redirect:
        """Let the person read a note."""
        opened = await _open(request, national_id)
        try:
            await actions.release_note(asker_of(request), person_id=opened.about.person.id, note_id=note_id)
        except ConflictError as refusal:
            return _show(request, opened, errors=(FieldError(refusal.detail),))
        return _back(opened, "released")


async def _open(request: PageRequest, national_id: str) -> Opened:
    require_recent_proof(request.scope)
    return await read_care(
        asker_of(request), national_id, form.read_purpose(request.query_params), on=today()
    )


def _back(opened: Opened, done: str) -> Redirect:
    where = view.address(opened.about.person.national_id, opened.purpose, done=done)
    return Redirect(where, status_code=303)


async def _ask_why(request: PageRequest, national_id: str, errors: Errors = ()) -> Template:
    about = await within_reach(asker_of(request), national_id, Permission.CARE_READ, on=today())
    return page(
        "care/purpose.html",
        shell_for(
            request, f"Why do you look at the care of {about.person.name}?", back=view.DESK, errors=errors
        ),
        status=400 if errors else 200,
        view=view,
        national_id=about.person.national_id,
        wrong={error.field_id: error.text for error in errors},
    )


def _show(
    request: PageRequest,
    opened: Opened,
    *,
    done: str = "",
    errors: Errors = (),
    offer: form.OfferForm | None = None,
    note: form.NoteForm | None = None,
) -> Template:
    clinical = is_clinical(asker_of(request))
    return page(
        "care/person.html",
        shell_for(
            request,
            f"Care of {opened.about.person.name}",
            back=view.DESK,
            errors=errors,
            banner=view.banner(done),
        ),
        status=400 if errors else 200,
        view=view,
        opened=opened,
        clinical=clinical,
        cares=request.user.person_id in opened.care.clinician_ids,
        offer=offer or form.today_offered(today()),
        note=note or form.NoteForm(),
        wrong={error.field_id: error.text for error in errors},
    )
