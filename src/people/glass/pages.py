"""Breaking the glass: ask for one record, see until when it is open, end it early."""

from typing import Annotated

from litestar import Controller, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, QueryParameter
from litestar.response import Redirect, Template

from access.asking import actor_of
from access.permissions import Permission
from access.shell import PageRequest, shell_for
from foundation.clock import today
from foundation.pages import page
from foundation.parts import Banner, FieldError
from foundation.problems import ConflictError, InvalidError
from people.glass import form, view
from people.glass.asking import subject_meant
from people.glass.breaking import break_glass, end_glass
from people.glass.errors import NotOpenError
from people.glass.facts import LARGEST, broken_by
from people.persons.facts import person

BREAK = {"permission": Permission.GLASS_BREAK}
Answers = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]
ENDED = Banner("The record is closed.", succeeded=True)


class GlassPages(Controller):
    """What whoever must see a record now asks for, and closes again."""

    path = view.PATH
    include_in_schema = False

    @get("/", opt=BREAK)
    async def ask(
        self, request: PageRequest, done: Annotated[str, QueryParameter(name="done", max_length=20)] = ""
    ) -> Template:
        """Ask whose record must be seen, and why; show what was opened before."""
        return await _ask(request, form.Form(), banner=ENDED if done == "ended" else None)

    @post("/", opt=BREAK)
    async def open(self, request: PageRequest, data: Answers) -> Template | Redirect:
        """Open the record, or say what is missing."""
        given = form.read(data)
        errors = given.errors()
        if errors or given.why is None:
            return await _ask(request, given, errors)
        subject = await subject_meant(request.user, given.person, today())
        try:
            await break_glass(
                actor=actor_of(request),
                breaker=request.user,
                subject=subject,
                why=given.why,
                words=given.words,
            )
        except (ConflictError, InvalidError) as refusal:
            return await _ask(request, given, (FieldError(refusal.detail, "person"),))
        known = await person(subject.person_id if subject else 0)
        return Redirect(f"/people/{known.national_id}/passport", status_code=303)

    @post("/{glass_id:int}/end", opt=BREAK)
    async def end(self, request: PageRequest, glass_id: FromPath[int]) -> Template | Redirect:
        """Close the record before its hour is over."""
        try:
            await end_glass(actor=actor_of(request), breaker=request.user, glass_id=min(glass_id, LARGEST))
        except NotOpenError as refusal:
            return await _ask(request, form.Form(), (FieldError(refusal.detail),), status=409)
        return Redirect(f"{view.PATH}?done=ended", status_code=303)


async def _ask(
    request: PageRequest,
    given: form.Form,
    errors: tuple[FieldError, ...] = (),
    *,
    banner: Banner | None = None,
    status: int = 400,
) -> Template:
    return page(
        "glass/ask.html",
        shell_for(request, "Break the glass", errors=errors, banner=banner),
        status=status if errors else 200,
        view=view,
        given=given,
        reasons=form.REASONS,
        wrong={error.field_id: error.text for error in errors},
        open_glass=request.user.glass,
        before=await broken_by(request.user.person_id),
    )
