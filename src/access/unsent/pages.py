"""The page on which somebody finds what they typed when their session had ended, and sends it again."""

from litestar import Controller, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from access.asking import actor_of
from access.permissions import Permission
from access.shell import PageRequest, shell_for
from access.unsent.keeping import let_go, unsent
from foundation.pages import page

OWN = {"permission": Permission.OWN_SESSION}
START = "/"


class UnsentPages(Controller):
    """What one typed and could not send."""

    path = "/unsent/{number:int}"
    include_in_schema = False

    @get("/", opt=OWN)
    async def one(self, request: PageRequest, number: FromPath[int]) -> Template | Redirect:
        """Show what is kept. Somebody else's looks like none: both lead to the start page."""
        found = await unsent(request.user.person_id, number)
        if found is None:
            return Redirect(START)
        return page(
            "front/unsent.html",
            shell_for(request, "You were signed out before this was kept"),
            found=found,
        )

    @post("/sent", opt=OWN)
    async def send(self, request: PageRequest, number: FromPath[int]) -> Redirect:
        """Have the browser send the same answers where they were meant to go; there everything is judged anew."""
        path = await let_go(actor_of(request), number)
        return Redirect(START, status_code=303) if path is None else Redirect(path, status_code=307)

    @post("/thrown-away", opt=OWN)
    async def throw_away(self, request: PageRequest, number: FromPath[int]) -> Redirect:
        """Throw away what was typed."""
        await let_go(actor_of(request), number)
        return Redirect(START, status_code=303)
