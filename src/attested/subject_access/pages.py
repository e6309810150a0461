"""The privacy officer's pages: which requests of the force are due when, and what takes longer."""

from litestar import Controller, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from access.asking import actor_of
from access.shell import PageRequest, shell_for
from attested.subject_access import form, view
from attested.subject_access.actions import extend
from attested.subject_access.entering import HANDLE, Answers, Done
from attested.subject_access.facts import Asked
from attested.subject_access.reach import requests_of, within_reach
from foundation.clock import today
from foundation.pages import page
from foundation.parts import FieldError
from foundation.problems import ConflictError


class RequestPages(Controller):
    """The requests of a force, with their clock."""

    path = "/privacy/requests"
    include_in_schema = False

    @get("/", opt=HANDLE)
    async def requests(self, request: PageRequest, done: Done = "") -> Template:
        """Show every request that is not answered yet, the most urgent first."""
        return page(
            "subject-access/requests.html",
            shell_for(request, view.REQUESTS.text, back=view.PRIVACY, banner=view.banner(done)),
            view=view,
            found=await requests_of(request.user),
            today=today(),
        )

    @get("/{number:int}/extension", opt=HANDLE)
    async def ask(self, request: PageRequest, number: FromPath[int]) -> Template:
        """Ask how much longer a request takes, and why."""
        return _ask(request, await within_reach(request.user, number), form.Extension())

    @post("/{number:int}/extension", opt=HANDLE)
    async def extend(self, request: PageRequest, number: FromPath[int], data: Answers) -> Template | Redirect:
        """Take longer for a request."""
        asked, given = await within_reach(request.user, number), form.read_extension(data)
        errors = given.errors()
        if errors:
            return _ask(request, asked, given, errors)
        try:
            await extend(
                actor=actor_of(request), request=asked, months=given.number, reason=given.reason, on=today()
            )
        except ConflictError as refusal:
            return _ask(request, asked, given, (FieldError(refusal.detail),))
        return Redirect("/privacy/requests?done=extended", status_code=303)


def _ask(
    request: PageRequest, asked: Asked, given: form.Extension, errors: tuple[FieldError, ...] = ()
) -> Template:
    return page(
        "subject-access/extension.html",
        shell_for(request, f"Take longer for {view.who(asked)}’s request", back=view.REQUESTS, errors=errors),
        status=400 if errors else 200,
        view=view,
        asked=asked,
        given=given,
        today=today(),
        wrong={error.field_id: error.text for error in errors},
    )
