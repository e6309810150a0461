"""Taking away the lines that go back to a force: at once, or once a colleague has agreed to many."""

from typing import Annotated

from litestar import Controller, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from litestar.response import Redirect, Stream, Template

from access.asking import actor_of, look_of
from access.exports import view as exports_view
from access.exports.actions import ask_colleague
from access.exports.asking import Question, ask_page, wrong_with
from access.exports.errors import NeedsColleagueError
from access.exports.facts import Export, allowance_of, latest_of
from access.exports.rules import Kind, State
from access.limits import Limit
from access.permission_map import forces_of
from access.permissions import Permission
from access.readings.looks import Look, Opened, Way
from access.shell import PageRequest, shell_for
from attested.files import view
from attested.files.facts import File, file_of, force_of
from attested.files.taking import filter_of, going_back, taken_away
from foundation.forms import typed
from foundation.pages import page
from foundation.parts import SummaryRow

READ = {"permission": Permission.INTAKE_READ}
ASK = {"permission": Permission.RETURNED_ASK}
Answers = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]


class ReturnedPages(Controller):
    """What whoever takes away the lines to put right sees and does."""

    path = view.PATH
    include_in_schema = False

    @get("/{file_id:int}/returned.csv", opt={**READ, "limit": Limit.EXPORT})
    async def returned(self, request: PageRequest, file_id: FromPath[int]) -> Stream | Redirect:
        """Give what goes back to the force as a file: every line that is rejected or suspicious, with its reason."""
        file = await _file(request, file_id)
        try:
            return await taken_away(request.user, _look(request), file)
        except NeedsColleagueError:
            return Redirect(view.colleague(file), status_code=303)

    @post("/{file_id:int}/returned.csv", opt=ASK, status_code=200)
    async def take(self, request: PageRequest, file_id: FromPath[int]) -> Stream | Redirect:
        """Give what a colleague has agreed to, once."""
        file = await _file(request, file_id)
        try:
            return await taken_away(request.user, _look(request), file, with_agreement=True)
        except NeedsColleagueError:
            return Redirect(view.colleague(file), status_code=303)

    @get("/{file_id:int}/returned/colleague", opt=ASK)
    async def colleague(self, request: PageRequest, file_id: FromPath[int]) -> Template | Redirect:
        """Show what was asked of a colleague and what they said; ask what many lines are for where nothing was."""
        file = await _file(request, file_id)
        last = await latest_of(request.user.person_id, Kind.RETURNED_LINES, filter_of(file))
        if last is not None and (last.is_open or last.state is State.ASKED):
            return _asked(request, file, last)
        allowance = await allowance_of(request.user, Kind.RETURNED_LINES)
        if not allowance.is_exceeded_by(going_back(file)):
            return Redirect(view.address(file, "/returned.csv"), status_code=303)
        return await ask_page(request, _question(file))

    @post("/{file_id:int}/returned/colleague", opt=ASK)
    async def ask(self, request: PageRequest, file_id: FromPath[int], data: Answers) -> Template | Redirect:
        """Ask a colleague to agree."""
        file, reason = await _file(request, file_id), typed(data, "reason")
        if error := wrong_with(reason):
            return await ask_page(request, _question(file), reason=reason, error=error)
        await ask_colleague(
            actor=actor_of(request),
            asker=request.user,
            kind=Kind.RETURNED_LINES,
            force_ids=[await force_of(file)],
            asked=filter_of(file),
            rows=going_back(file),
            reason=reason,
        )
        return Redirect(view.colleague(file), status_code=303)


async def _file(request: PageRequest, file_id: int) -> File:
    return await file_of(forces_of(request.user, Permission.INTAKE_READ), file_id)


def _look(request: PageRequest) -> Look:
    return look_of(request, Opened.FILE_RETURNED, Way.FILE)


def _asked(request: PageRequest, file: File, export: Export) -> Template:
    return page(
        "exports/export.html",
        shell_for(request, "Lines to put right", back=view.back_to(file)),
        view=exports_view,
        export=export,
        may_agree=False,
        may_take=export.is_open,
    )


def _question(file: File) -> Question:
    return Question(
        kind=Kind.RETURNED_LINES,
        rows=going_back(file),
        particulars=[SummaryRow("File", file.file_name), SummaryRow("Lines", "Those to put right")],
        path=view.colleague(file),
        back=view.back_to(file),
    )
