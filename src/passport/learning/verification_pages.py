"""The desk of those who verify: what waits for them, and the way to whom they record something for."""

from litestar import Controller, get
from litestar.response import Redirect, Template

from access.asking import look_of
from access.readings.looks import Opened
from access.shell import PageRequest, shell_for
from foundation.clock import today
from foundation.forms import typed
from foundation.pages import page
from foundation.parts import FieldError
from foundation.problems import NotFoundError
from passport.learning import view
from passport.learning.entering import VERIFY
from passport.learning.offering import titles
from passport.learning.reach import recording_for
from passport.learning.waiting import read_place, read_waiting

UNKNOWN = FieldError("Nobody within your reach has this number. Enter a national identifier", "person")


class VerificationPages(Controller):
    """What waits to be verified."""

    path = view.QUEUE
    include_in_schema = False

    @get("/", opt=VERIFY)
    async def waiting(self, request: PageRequest) -> Template:
        """Show what waits for whoever asks, the longest first."""
        return await _show(request)

    @get("/person", opt=VERIFY)
    async def find(self, request: PageRequest) -> Template | Redirect:
        """Lead to where evidence is recorded for somebody."""
        text = typed(request.query_params, "person")[:40]
        try:
            found = await recording_for(request.user, text, on=today())
        except NotFoundError:
            return await _show(request, (UNKNOWN,), text)
        return Redirect(view.new_address(found.national_id), status_code=303)


async def _show(request: PageRequest, errors: tuple[FieldError, ...] = (), text: str = "") -> Template:
    on, after = today(), read_place(request.query_params.get("after", ""))
    found, has_more = await read_waiting(request.user, look_of(request, Opened.TO_VERIFY), on=on, after=after)
    return page(
        "learning/verification.html",
        shell_for(request, "To verify", errors=errors),
        status=400 if errors else 200,
        view=view,
        waiting=found,
        titles=await titles(request.user.force_id, on=on),
        text=text,
        first_href=view.QUEUE if after else None,
        next_href=f"{view.QUEUE}?after={found[-1].place}" if has_more else None,
        wrong={error.field_id: error.text for error in errors},
    )
