"""Taking the desk's list away: at once, or once a colleague has agreed to many rows."""

from typing import Annotated

from litestar import Controller, Response, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Template

from access.asking import actor_of, look_of
from access.exports import view as exports_view
from access.exports.actions import ask_colleague
from access.exports.asking import Question, ask_page, wrong_with
from access.exports.errors import NeedsColleagueError
from access.exports.facts import agreed_to, allowance_of
from access.exports.rules import Kind
from access.permissions import Permission
from access.readings.looks import Opened, Way
from access.scope import Scope, scope
from access.shell import PageRequest
from foundation.clock import today
from foundation.forms import typed
from foundation.parts import Link, SummaryRow
from licence.desk import view
from licence.desk.asking import address, read_asked
from licence.desk.facts import how_many
from licence.desk.reading import exported, filter_of
from licence.desk.rules import Asked

EXPORT = {"permission": Permission.DESK_EXPORT}
ASK = {"permission": Permission.EXPORT_ASK}
FILE = "/desk/licences.csv"
COLLEAGUE = "/desk/licences/colleague"
Answers = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]


class DeskExportPages(Controller):
    """What whoever takes the desk's list away sees and does."""

    path = "/desk"
    include_in_schema = False

    @get("/licences.csv", opt=EXPORT)
    async def export(self, request: PageRequest) -> Response[str] | Redirect:
        """Give the list as a file: the rows and columns of the screen, every page of it; many rows lead to a colleague."""
        asked, reach = _asked(request)
        try:
            return await _file(request, asked, reach)
        except NeedsColleagueError:
            return await _to_colleague(request, asked, reach)

    @post("/licences.csv", opt=ASK, status_code=200)
    async def take(self, request: PageRequest) -> Response[str] | Redirect:
        """Give what a colleague has agreed to, once; if it has grown since, that leads to a colleague again."""
        asked, reach = _asked(request)
        try:
            return await _file(request, asked, reach, with_agreement=True)
        except NeedsColleagueError:
            return Redirect(address(asked, COLLEAGUE), status_code=303)

    @get("/licences/colleague", opt=ASK)
    async def colleague(self, request: PageRequest) -> Template | Redirect:
        """Ask what many rows are for, so that a colleague can agree."""
        asked, reach = _asked(request)
        rows = await how_many(reach, asked, on=today())
        allowance = await allowance_of(request.user, Kind.DESK_LICENCES)
        if not allowance.is_exceeded_by(rows):
            return Redirect(address(asked, FILE), status_code=303)
        return await ask_page(request, _question(asked, rows))

    @post("/licences/colleague", opt=ASK)
    async def ask(self, request: PageRequest, data: Answers) -> Template | Redirect:
        """Ask a colleague to agree."""
        asked, reach = _asked(request)
        rows, reason = await how_many(reach, asked, on=today()), typed(data, "reason")
        if error := wrong_with(reason):
            return await ask_page(request, _question(asked, rows), reason=reason, error=error)
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


async def _file(
    request: PageRequest, asked: Asked, reach: Scope, *, with_agreement: bool = False
) -> Response[str]:
    look = look_of(request, Opened.DESK_FILE, Way.FILE)
    return await exported(request.user, look, reach, asked, with_agreement=with_agreement)


async def _to_colleague(request: PageRequest, asked: Asked, reach: Scope) -> Redirect:
    """Lead to what a colleague has agreed to, or to asking one."""
    agreed = await agreed_to(request.user.person_id, Kind.DESK_LICENCES, filter_of(reach, asked))
    return Redirect(f"{exports_view.PATH}/{agreed}" if agreed else address(asked, COLLEAGUE), status_code=303)


def _question(asked: Asked, rows: int) -> Question:
    return Question(
        kind=Kind.DESK_LICENCES,
        rows=rows,
        particulars=[SummaryRow("Filter", exports_view.filter_words(address(asked)))],
        path=address(asked, COLLEAGUE),
        back=Link(view.title(asked), address(asked, view.LIST)),
    )
