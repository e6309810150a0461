"""Whom a draft would make stand otherwise: the list behind every number, and taking it away."""

from dataclasses import replace
from typing import Annotated

from litestar import Controller, Response, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, QueryParameter
from litestar.response import Redirect, Template

from access.asking import actor_of, look_of
from access.exports import view as exports_view
from access.exports.actions import ask_colleague
from access.exports.asking import Question, ask_page, wrong_with
from access.exports.errors import NeedsColleagueError
from access.exports.facts import agreed_to, allowance_of
from access.exports.rules import Kind
from access.permission_map import may_use
from access.permissions import Permission
from access.readings.looks import Opened, Way
from access.scope import Scope, scope
from access.shell import PageRequest, shell_for
from foundation.forms import typed
from foundation.pages import page
from foundation.parts import Link, SummaryRow
from licence.whatif import view
from licence.whatif.asking import ASK, EXPORT, NAMES, number_in, read_asked, within_reach
from licence.whatif.facts import WhatIf
from licence.whatif.people import Asked, filter_of, how_many
from licence.whatif.reading import exported, told_people

FILE = f"{view.PATH}/people.csv"
COLLEAGUE = f"{view.PATH}/people/colleague"
Answers = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]
After = Annotated[int | None, QueryParameter(name="after", ge=1, le=2**31 - 1)]


class WhatIfPeoplePages(Controller):
    """What whoever may see names of the force sees of a what-if."""

    path = view.PATH
    include_in_schema = False

    @get("/people", opt=NAMES)
    async def people(self, request: PageRequest, after: After = None) -> Template:
        """Show the people behind a number, a page at a time."""
        found, asked = await _asked(request, Permission.WHAT_IF_NAMES, after)
        reach = scope(request.user, Permission.WHAT_IF_NAMES)
        shown = await told_people(request.user, look_of(request, Opened.WHAT_IF_LIST), reach, asked)
        first = replace(asked, after=None)
        return page(
            "whatif/people.html",
            shell_for(request, view.whom(asked), back=Link("What-if", view.address(found.id, day=asked.day))),
            view=view,
            found=found,
            asked=asked,
            people=shown.people,
            count=await how_many(reach, asked),
            may_export=may_use(request.user, Permission.WHAT_IF_EXPORT),
            file_href=f"{FILE}{filter_of(asked)}",
            previous_href=view.list_address(first) if after else None,
            next_href=view.list_address(first, shown.next_after) if shown.next_after else None,
        )

    @get("/people.csv", opt=EXPORT)
    async def export(self, request: PageRequest) -> Response[str] | Redirect:
        """Give the list as a file; many rows lead to a colleague."""
        _, asked = await _asked(request, Permission.WHAT_IF_EXPORT)
        try:
            return await _file(request, asked)
        except NeedsColleagueError:
            agreed = await agreed_to(request.user.person_id, Kind.WHAT_IF_PEOPLE, filter_of(asked))
            return Redirect(
                f"{exports_view.PATH}/{agreed}" if agreed else f"{COLLEAGUE}{filter_of(asked)}",
                status_code=303,
            )

    @post("/people.csv", opt=ASK, status_code=200)
    async def take(self, request: PageRequest) -> Response[str] | Redirect:
        """Give what a colleague has agreed to, once; if it has grown since, that leads to a colleague again."""
        _, asked = await _asked(request, Permission.WHAT_IF_EXPORT)
        try:
            return await _file(request, asked, with_agreement=True)
        except NeedsColleagueError:
            return Redirect(f"{COLLEAGUE}{filter_of(asked)}", status_code=303)

    @get("/people/colleague", opt=ASK)
    async def colleague(self, request: PageRequest) -> Template | Redirect:
        """Ask what many rows are for, so that a colleague can agree."""
        _, asked = await _asked(request, Permission.WHAT_IF_EXPORT)
        rows = await how_many(_reach(request), asked)
        if not (await allowance_of(request.user, Kind.WHAT_IF_PEOPLE)).is_exceeded_by(rows):
            return Redirect(f"{FILE}{filter_of(asked)}", status_code=303)
        return await ask_page(request, _question(asked, rows))

    @post("/people/colleague", opt=ASK)
    async def ask(self, request: PageRequest, data: Answers) -> Template | Redirect:
        """Ask a colleague to agree."""
        _, asked = await _asked(request, Permission.WHAT_IF_EXPORT)
        rows, reason = await how_many(_reach(request), asked), typed(data, "reason")
        if error := wrong_with(reason):
            return await ask_page(request, _question(asked, rows), reason=reason, error=error)
        number = await ask_colleague(
            actor=actor_of(request),
            asker=request.user,
            kind=Kind.WHAT_IF_PEOPLE,
            force_ids=sorted(_reach(request).force_ids),
            asked=filter_of(asked),
            rows=rows,
            reason=reason,
        )
        return Redirect(f"{exports_view.PATH}/{number}?done=asked", status_code=303)


async def _asked(
    request: PageRequest, permission: Permission, after: int | None = None
) -> tuple[WhatIf, Asked]:
    found = await within_reach(request.user, number_in(request.query_params), permission)
    return found, read_asked(request.query_params, found, after=after)


def _reach(request: PageRequest) -> Scope:
    return scope(request.user, Permission.WHAT_IF_EXPORT)


async def _file(request: PageRequest, asked: Asked, *, with_agreement: bool = False) -> Response[str]:
    look = look_of(request, Opened.WHAT_IF_FILE, Way.FILE)
    return await exported(request.user, look, _reach(request), asked, with_agreement=with_agreement)


def _question(asked: Asked, rows: int) -> Question:
    return Question(
        kind=Kind.WHAT_IF_PEOPLE,
        rows=rows,
        particulars=[SummaryRow("Filter", exports_view.filter_words(filter_of(asked)))],
        path=f"{COLLEAGUE}{filter_of(asked)}",
        back=Link(view.whom(asked), view.list_address(asked)),
    )
