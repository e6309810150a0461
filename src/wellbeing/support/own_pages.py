"""What somebody sees of their own care, and the little that their supervisor may know of it."""

from datetime import date

from litestar import Controller, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from access.confidential import asker_of
from access.permissions import Permission
from access.shell import PageRequest, shell_for
from foundation.clock import today
from foundation.pages import page
from foundation.parts import FieldError, Link
from foundation.problems import ConflictError, InvalidError
from people.persons.facts import persons
from wellbeing.support import form, view
from wellbeing.support.actions import add_own_event, answer_offer
from wellbeing.support.entering import OWN, TEAM, Answers, ByPolicy, Done
from wellbeing.support.published import check_in
from wellbeing.support.reading import read_own, within_reach

Errors = tuple[FieldError, ...]


class OwnCarePages(Controller):
    """One's own care: what was offered, what one says to it, and what one attended."""

    path = view.OWN_PATH
    include_in_schema = False

    @get("/", opt=OWN)
    async def mine(self, request: PageRequest, done: Done = "") -> Template:
        """Show one's own care."""
        return await _mine(request, done=done)

    @post("/offers/{offered_on:date}", opt=OWN)
    async def answer(
        self, request: PageRequest, offered_on: FromPath[date], data: Answers
    ) -> Template | Redirect:
        """Take up what was offered, or say that it is not for now; either may be said again, and otherwise."""
        reply = form.read_reply(data)
        try:
            if reply is None:
                return await _mine(request, errors=(FieldError("Choose one of the two answers"),))
            await answer_offer(asker_of(request), offered_on=offered_on, reply=reply)
        except ConflictError as refusal:
            return await _mine(request, errors=(FieldError(refusal.detail),))
        return Redirect(f"{view.OWN_PATH}?done=answered", status_code=303)

    @post("/events", opt=OWN)
    async def add(self, request: PageRequest, data: Answers) -> Template | Redirect:
        """Add an event that one attended."""
        given = form.read_event(data, today())
        errors = given.errors()
        if errors or given.kind is None or given.entry.meant is None:
            return await _mine(request, errors=errors, given=given)
        try:
            await add_own_event(asker_of(request), kind=given.kind, attended_on=given.entry.meant)
        except (ConflictError, InvalidError) as refusal:
            return await _mine(request, errors=(FieldError(refusal.detail, "kind"),), given=given)
        return Redirect(f"{view.OWN_PATH}?done=added", status_code=303)


class CheckInPages(Controller):
    """What a supervisor may know of a report: that a check was offered, and when the next is due."""

    path = "/team/{national_id:str}/check-in"
    include_in_schema = False

    @get("/", opt=TEAM)
    async def check_in(self, request: PageRequest, national_id: FromPath[str], terms: ByPolicy) -> Template:
        """Show when a report was last offered a check, as everybody is; why never enters into it."""
        on = today()
        about = await within_reach(asker_of(request), national_id, Permission.TEAM_READ, on=on)
        return page(
            "care/check-in.html",
            shell_for(request, f"Check-in with {about.person.name}", back=Link("My team", "/team")),
            view=view,
            person=about.person,
            check=await check_in(about.person.id, terms, on=on),
            on=on,
        )


async def _mine(
    request: PageRequest, *, done: str = "", errors: Errors = (), given: form.EventForm | None = None
) -> Template:
    care = await read_own(asker_of(request), on=today())
    return page(
        "care/mine.html",
        shell_for(
            request,
            "My care",
            back=Link("My passport", "/passport"),
            errors=errors,
            banner=view.banner(done),
        ),
        status=400 if errors else 200,
        view=view,
        care=care,
        people=await persons(sorted({one.author_id for one in care.notes} | care.clinician_ids)),
        given=given or form.EventForm(),
        wrong={error.field_id: error.text for error in errors},
    )
