"""Where is one signed in, and how does one end what one does not recognise?"""

from dataclasses import dataclass
from datetime import datetime

from litestar import Controller, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from access import sessions
from access.asking import actor_of
from access.permissions import Permission
from access.sessions import Session
from access.shell import PageRequest, shell_for
from access.sign_in import session_of
from attested.front.browsers import browser_named
from foundation.audit import Event, recorded
from foundation.pages import page
from foundation.parts import Column
from foundation.problems import NotFoundError
from foundation.requests import EXACT

OWN = {"permission": Permission.OWN_SESSION}
COLUMNS = tuple(map(Column, ("Browser", "Signed in", "Last used", "Action")))
ENDED, PURPOSE = "session ended", "own sessions"


@dataclass(frozen=True, slots=True)
class Row:
    """One browser in which somebody is signed in; `is_this`: the one they look from."""

    number: int
    browser: str
    began_at: datetime
    seen_at: datetime
    is_this: bool


class SessionPages(Controller):
    """One's own sessions."""

    path = "/sessions"
    include_in_schema = False

    @get("/", opt=OWN)
    async def show(self, request: PageRequest) -> Template:
        """List the browsers in which one is signed in."""
        this = session_of(request.scope)
        rows = [_row(one, this) for one in await sessions.sessions_of(request.user.person_id)]
        shell = shell_for(request, "Where you are signed in")
        return page("front/sessions.html", shell, columns=COLUMNS, rows=rows)

    @post("/{number:int}/end", opt=OWN)
    async def end_one(self, request: PageRequest, number: FromPath[int]) -> Redirect:
        """End one session; somebody else's looks like none."""
        person_id = request.user.person_id
        async with recorded(actor_of(request), Event(ENDED, PURPOSE, person_id, {"session": number})):
            if not await sessions.end_one(person_id, min(number, EXACT)):
                raise NotFoundError
        return Redirect("/sessions", status_code=303)

    @post("/end-others", opt=OWN)
    async def end_others(self, request: PageRequest) -> Redirect:
        """End every session but the one that asks."""
        this, person_id = session_of(request.scope), request.user.person_id
        async with recorded(actor_of(request), Event(ENDED, PURPOSE, person_id, {"others": True})):
            await sessions.end_all(person_id, but=None if this is None else this.number)
        return Redirect("/sessions", status_code=303)


def _row(one: Session, this: Session | None) -> Row:
    is_this = this is not None and this.number == one.number
    return Row(one.number, browser_named(one.browser), one.began_at, one.seen_at, is_this)
