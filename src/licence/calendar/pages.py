"""The page on which somebody adds their due days to their own calendar."""

from typing import Annotated

from litestar import Controller, get, post
from litestar.params import QueryParameter
from litestar.response import Redirect, Template

from access.asking import actor_of
from access.permissions import Permission
from access.shell import PageRequest, shell_for
from foundation.pages import page
from licence.calendar import view
from licence.calendar.actions import end_address, make_address
from licence.calendar.facts import made_at
from licence.calendar.view import Address

Done = Annotated[str, QueryParameter(name="done", max_length=20)]
OWN = {"permission": Permission.CALENDAR_OWN}


class CalendarPages(Controller):
    """One's own calendar address: making it, making it anew, ending it."""

    path = view.PATH
    include_in_schema = False

    @get("/", opt=OWN)
    async def mine(self, request: PageRequest, done: Done = "") -> Template:
        """Show whether there is an address, and what it would bring."""
        return await _shown(request, has_ended=done == "ended")

    @post("/", opt=OWN, status_code=200)
    async def make(self, request: PageRequest) -> Template:
        """Make an address, or make it anew, and show it: it is kept nowhere, so that this once is the only time."""
        secret = await make_address(actor=actor_of(request), person_id=request.user.person_id)
        return await _shown(request, view.address(secret))

    @post("/end", opt=OWN)
    async def end(self, request: PageRequest) -> Redirect:
        """End the address."""
        await end_address(actor=actor_of(request), person_id=request.user.person_id)
        return Redirect(f"{view.PATH}?done=ended", status_code=303)


async def _shown(
    request: PageRequest, address: Address | None = None, *, has_ended: bool = False
) -> Template:
    made = await made_at(request.user.person_id)
    return page(
        "licence/calendar/mine.html",
        shell_for(
            request,
            "Add to my calendar",
            back=view.PASSPORT,
            banner=view.ENDED if has_ended and made is None else None,
        ),
        view=view,
        made_at=made,
        address=address,
    )
