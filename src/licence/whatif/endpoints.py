"""What-ifs for programs: asking for one, how far it has come, what it came to, and whom it names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

import msgspec
from litestar import Controller, Response, get, post
from litestar.params import Body, PathParameter, QueryParameter

from access.asking import ApiRequest, actor_of, look_of
from access.exports.actions import ask_colleague
from access.exports.facts import Export, export_of
from access.exports.rules import Kind
from access.exports.schemas import WhatFor
from access.permission_map import forces_of
from access.permissions import Permission
from access.readings.looks import Opened, Way
from access.scope import scope
from foundation.paging import Before
from foundation.refusals import refusals
from foundation.requests import EXACT
from licence.whatif.actions import Wanted, ask_what_if, stop_what_if
from licence.whatif.asking import ASK, EXPORT, NAMES, READ, RUN, day_of, is_national, to_stop, within_reach
from licence.whatif.facts import PAGE, WhatIf, WhatIfState, what_ifs
from licence.whatif.figures import CHANGES, PlacesOf, Row, Standings, told_of
from licence.whatif.people import AffectedPage, Asked, filter_of, how_many
from licence.whatif.reading import exported, told_people
from licence.whatif.rules import Change

Number = Annotated[int, PathParameter(name="number", ge=1, le=2**31 - 1, description="The version's number.")]
WhatIfNumber = Annotated[
    int, PathParameter(name="what_if_id", ge=1, le=2**31 - 1, description="The what-if's number.")
]
Day = Annotated[
    date | None,
    QueryParameter(name="day", description="One of the days of the what-if; without one, the first."),
]
ChangeAsked = Annotated[
    Change | None, QueryParameter(name="change", description="One change alone; without it, every change.")
]


class WhatIfAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A draft to be worked out: in force from when, and on which days from then on. Over whom follows from the role."""

    number: Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1, description="The draft's number.")]
    begins_on: date
    days: Annotated[list[date], msgspec.Meta(min_length=1, max_length=6)]


@dataclass(frozen=True, slots=True)
class WhatIfOut:
    """A what-if, and how far it has come; `force` is the only one it is about, `is_stale` says no approval may rest on it."""

    id: int
    number: int
    title: str
    force: str | None
    begins_on: date
    days: tuple[date, ...]
    state: WhatIfState
    people: int
    done: int
    problem: str | None
    is_stale: bool
    asked_by: str


@dataclass(frozen=True, slots=True)
class ChangeFigure:
    """How many people a change concerns; nothing where the number is small and not one's own force's."""

    change: Change
    people: int | None


@dataclass(frozen=True, slots=True)
class Group:
    """A force, rank or unit with its figures."""

    name: str
    figures: Sequence[ChangeFigure]


@dataclass(frozen=True, slots=True)
class WhatIfFigures:
    """What a what-if came to on a day: exact for one's own forces, rounded with small numbers hidden for the nation."""

    what_if: WhatIfOut
    day: date
    is_exact: bool
    everyone: Sequence[ChangeFigure]
    forces: Sequence[Group]
    ranks: Sequence[Group]
    units: Sequence[Group]
    standings: Sequence[Standings]
    places: Sequence[PlacesOf]


class WhatIfEndpoints(Controller):
    """What whoever weighs a draft may ask."""

    path = "/what-ifs"
    tags = ("What-ifs",)

    @get("/", opt=READ, operation_id="whatIfs", summary="List what was worked out")
    async def listed(self, request: ApiRequest, before: Before = None) -> tuple[WhatIfOut, ...]:
        """List the what-ifs within reach, newest first, 20 a page."""
        forces = forces_of(request.user, Permission.WHAT_IF_READ)
        return tuple(_out(one) for one in (await what_ifs(forces, before=before))[:PAGE])

    @post("/", opt=RUN, operation_id="askWhatIf", summary="Have a draft worked out", responses=refusals(409))
    async def ask(self, request: ApiRequest, data: Annotated[WhatIfAsked, Body()]) -> WhatIfOut:
        """Have everybody of the nation, or of your force, decided as if a draft were in force. It writes to no standing."""
        force_id = None if is_national(request.user) else min(forces_of(request.user, Permission.WHAT_IF_RUN))
        wanted = Wanted(data.number, data.begins_on, tuple(data.days), force_id)
        return _out(
            await within_reach(request.user, await ask_what_if(actor=actor_of(request), wanted=wanted))
        )

    @get("/{what_if_id:int}", opt=READ, operation_id="whatIf", summary="How far a what-if has come")
    async def one(self, request: ApiRequest, what_if_id: WhatIfNumber) -> WhatIfOut:
        """Return a what-if, and how far it has come."""
        return _out(await within_reach(request.user, what_if_id))

    @post(
        "/{what_if_id:int}/stop",
        opt=RUN,
        status_code=200,
        operation_id="stopWhatIf",
        summary="Stop a what-if",
        responses=refusals(409),
    )
    async def stop(self, request: ApiRequest, what_if_id: WhatIfNumber) -> WhatIfOut:
        """Stop a what-if that is not over yet: the nation's as the national body, a force's as its lead."""
        found = await to_stop(request.user, what_if_id)
        await stop_what_if(actor=actor_of(request), what_if_id=found.id)
        return _out(await within_reach(request.user, what_if_id))

    @get(
        "/{what_if_id:int}/figures", opt=READ, operation_id="whatIfFigures", summary="What a what-if came to"
    )
    async def figures(self, request: ApiRequest, what_if_id: WhatIfNumber, day: Day = None) -> WhatIfFigures:
        """Return who would stand otherwise on a day, in numbers, by force, rank and unit, and the training it implies."""
        found = await within_reach(request.user, what_if_id)
        chosen = day_of(found, day)
        own = forces_of(request.user, Permission.WHAT_IF_READ)
        told = await told_of(found, chosen, own=own, is_national=is_national(request.user))
        return WhatIfFigures(
            what_if=_out(found),
            day=chosen,
            is_exact=told.is_exact,
            everyone=_figures(told.everyone),
            forces=_groups(told.forces),
            ranks=_groups(told.ranks),
            units=_groups(told.units),
            standings=told.standings,
            places=told.places,
        )

    @get("/{what_if_id:int}/people", opt=NAMES, operation_id="whatIfPeople", summary="Whom a what-if names")
    async def people(
        self,
        request: ApiRequest,
        what_if_id: WhatIfNumber,
        *,
        day: Day = None,
        change: ChangeAsked = None,
        after: Annotated[
            int | None,
            QueryParameter(name="after", ge=1, le=EXACT, description="The `next_after` of the page before."),
        ] = None,
    ) -> AffectedPage:
        """List the people of your force who would stand otherwise, 50 a page; that you read it is written down first."""
        found = await within_reach(request.user, what_if_id, Permission.WHAT_IF_NAMES)
        asked = Asked(found.id, day_of(found, day), change, min(after, 2**31 - 1) if after else None)
        look = look_of(request, Opened.WHAT_IF_LIST, Way.PROGRAM)
        return await told_people(request.user, look, scope(request.user, Permission.WHAT_IF_NAMES), asked)

    @get(
        "/{what_if_id:int}/people.csv",
        opt=EXPORT,
        operation_id="exportWhatIfPeople",
        summary="Take away whom a what-if names",
        media_type="text/csv",
        responses=refusals(409),
    )
    async def export(
        self, request: ApiRequest, what_if_id: WhatIfNumber, *, day: Day = None, change: ChangeAsked = None
    ) -> Response[str]:
        """Take the whole list away as CSV. More than 500 rows in 24 hours are a conflict: ask first."""
        return await _file(request, what_if_id, day, change)

    @post(
        "/{what_if_id:int}/people.csv",
        opt=ASK,
        status_code=200,
        operation_id="takeWhatIfPeople",
        summary="Take away what a colleague has agreed to",
        media_type="text/csv",
        responses=refusals(409),
    )
    async def take(
        self, request: ApiRequest, what_if_id: WhatIfNumber, *, day: Day = None, change: ChangeAsked = None
    ) -> Response[str]:
        """Take the list away once, within 24 hours of the agreement: the same filter, and no more rows than agreed."""
        return await _file(request, what_if_id, day, change, with_agreement=True)

    @post(
        "/{what_if_id:int}/people/colleague",
        opt=ASK,
        operation_id="askForWhatIfPeople",
        summary="Ask a colleague to agree to many rows",
    )
    async def colleague(
        self,
        request: ApiRequest,
        what_if_id: WhatIfNumber,
        data: Annotated[WhatFor, Body()],
        *,
        day: Day = None,
        change: ChangeAsked = None,
    ) -> Export:
        """Ask for a colleague's agreement to an export of many rows; they find it among the exports."""
        found = await within_reach(request.user, what_if_id, Permission.WHAT_IF_EXPORT)
        asked, reach = (
            Asked(found.id, day_of(found, day), change),
            scope(request.user, Permission.WHAT_IF_EXPORT),
        )
        number = await ask_colleague(
            actor=actor_of(request),
            asker=request.user,
            kind=Kind.WHAT_IF_PEOPLE,
            force_ids=sorted(reach.force_ids),
            asked=filter_of(asked),
            rows=await how_many(reach, asked),
            reason=data.reason,
        )
        return await export_of(reach.force_ids, number)


def _out(found: WhatIf) -> WhatIfOut:
    return WhatIfOut(
        found.id, found.number, found.title, found.force, found.begins_on, found.days, found.state, found.people,
        found.done, found.problem, found.is_stale, found.asked_by,
    )  # fmt: skip


def _figures(row: Row) -> list[ChangeFigure]:
    return [ChangeFigure(change, people) for change, people in zip(CHANGES, row.figures.people, strict=True)]


def _groups(rows: Sequence[Row]) -> list[Group]:
    return [Group(row.name, _figures(row)) for row in rows]


async def _file(
    request: ApiRequest,
    what_if_id: int,
    day: date | None,
    change: Change | None,
    *,
    with_agreement: bool = False,
) -> Response[str]:
    found = await within_reach(request.user, what_if_id, Permission.WHAT_IF_EXPORT)
    asked = Asked(found.id, day_of(found, day), change)
    look = look_of(request, Opened.WHAT_IF_FILE, Way.FILE)
    reach = scope(request.user, Permission.WHAT_IF_EXPORT)
    return await exported(request.user, look, reach, asked, with_agreement=with_agreement)
