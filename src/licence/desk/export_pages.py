"""Taking the desk's list away: at once, or once a colleague has agreed to many rows."""

from typing import Annotated

from litestar import Controller, Response, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Template

from access.asking import actor_of, look_of
from access.exports import view as exports_view
from access.exports.actions import ask_colleague
from access.exports.errors import NeedsColleagueError
from access.exports.facts import agreed_to
from access.exports.rules import MOST_ALONE, Kind, needs_colleague
from access.permissions import Permission
from access.readings.looks import Opened, Way
from access.scope import Scope, scope
from access.shell import PageRequest, shell_for
from foundation.clock import today
from foundation.forms import typed
from foundation.pages import page
from foundation.parts import FieldError, Link, SummaryRow
from licence.desk import view
from licence.desk.asking import address, read_asked
from licence.desk.facts import how_many
from licence.desk.reading import exported, filter_of
from licence.desk.rules import Asked

EXPORT = {"permission": Permission.DESK_EXPORT}
ASK = {"permission": Permission.EXPORT_ASK}
FILE = "/desk/licences.csv"
COLLEAGUE = "/desk/licences/colleague"
LONGEST_REASON = 1000
Answers = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]


class DeskExportPages(Controller):
    """What whoever takes the desk's list away sees and does."""

    path = "/desk"
    include_in_schema = False

    @get("/licences.csv", opt=EXPORT)
    async def export(self, request: PageRequest) -> Response[str] | Redirect:
        """Give the list as a file: the rows and columns of the screen, every page of it; many rows lead to a colleague."""
        asked, reach = _asked(request)
        if needs_colleague(await how_many(reach, asked, on=today())):
            return await _to_colleague(request, asked, reach)
        return await _file(request, asked, reach)

    @post("/licences.csv", opt=ASK, status_code=200)
    async def take(self, request: PageRequest) -> Response[str] | Redirect:
        """Give what a colleague has agreed to, once; if it has grown since, that leads to a colleague again."""
        asked, reach = _asked(request)
        try:
            return await _file(request, asked, reach)
        except NeedsColleagueError:
            return Redirect(address(asked, COLLEAGUE), status_code=303)

    @get("/licences/colleague", opt=ASK)
    async def colleague(self, request: PageRequest) -> Template | Redirect:
        """Ask what many rows are for, so that a colleague can agree."""
        asked, reach = _asked(request)
        rows = await how_many(reach, asked, on=today())
        if not needs_colleague(rows):
            return Redirect(address(asked, FILE), status_code=303)
        return _ask(request, asked, rows)

    @post("/licences/colleague", opt=ASK)
    async def ask(self, request: PageRequest, data: Answers) -> Template | Redirect:
        """Ask a colleague to agree."""
        asked, reach = _asked(request)
        rows, reason = await how_many(reach, asked, on=today()), typed(data, "reason")
        too_long = f"What you write must be {LONGEST_REASON} characters or fewer"
        if not reason or len(reason) > LONGEST_REASON:
            error = FieldError(too_long if reason else "Enter what it is for", "reason")
            return _ask(request, asked, rows, reason, (error,))
        number = await ask_colleague(
            actor=actor_of(request),
            asker=request.user,
            kind=Kind.DESK_LICENCES,
            force_ids=sorted(reach.force_ids),
            asked=filter_of(reach, asked),
            rows=rows,
            reason=reason,
        )
        return Redirect(f"{exports_view.PATH}/{number}?done=asked", status_code=303)


def _asked(request: PageRequest) -> tuple[Asked, Scope]:
    return read_asked(request.query_params).everything, scope(request.user, Permission.DESK_EXPORT)


async def _file(request: PageRequest, asked: Asked, reach: Scope) -> Response[str]:
    look = look_of(request, Opened.DESK_FILE, Way.FILE)
    return await exported(request.user, look, reach, asked, on=today())


async def _to_colleague(request: PageRequest, asked: Asked, reach: Scope) -> Redirect:
    """Lead to what a colleague has agreed to, or to asking one."""
    agreed = await agreed_to(request.user.person_id, Kind.DESK_LICENCES, filter_of(reach, asked))
    return Redirect(f"{exports_view.PATH}/{agreed}" if agreed else address(asked, COLLEAGUE), status_code=303)


def _ask(
    request: PageRequest, asked: Asked, rows: int, reason: str = "", errors: tuple[FieldError, ...] = ()
) -> Template:
    words = exports_view.filter_words(address(asked))
    return page(
        "exports/ask.html",
        shell_for(
            request,
            "Ask a colleague",
            back=Link(view.title(asked), address(asked, view.LIST)),
            errors=errors,
        ),
        status=400 if errors else 200,
        rows=rows,
        most=MOST_ALONE,
        particulars=[SummaryRow("Filter", words)],
        path=address(asked, COLLEAGUE),
        reason=reason,
        wrong={error.field_id: error.text for error in errors},
    )
