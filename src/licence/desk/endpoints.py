"""The licensing desk for programs: the same counts, list and search as its pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from litestar import Controller, Response, get, post
from litestar.params import Body, QueryParameter

from access.asking import ApiRequest, actor_of, look_of
from access.exports.actions import ask_colleague
from access.exports.facts import Export, export_of
from access.exports.rules import Kind
from access.exports.schemas import WhatFor
from access.permissions import Permission
from access.readings.looks import Opened, Way
from access.scope import scope
from foundation.clock import today
from foundation.problems import InvalidError
from foundation.refusals import refusals
from licence.desk.asking import read_place, written
from licence.desk.facts import Counted, FoundPerson, Licence, counted, found_in, how_many, lapsing, listed
from licence.desk.reading import exported, filter_of, told_found, told_list
from licence.desk.rules import WITHIN, Asked, Place
from licence.standing.decisions import Standing
from people.posts.rules import Rank

READ = {"permission": Permission.DESK_READ}
ASK = {"permission": Permission.EXPORT_ASK}
MOST_FOUND = 20
StandingAsked = Annotated[Standing | None, QueryParameter(name="standing", description="Only this standing.")]
WithinAsked = Annotated[
    int | None,
    QueryParameter(name="within", ge=1, le=366, description="Only what lapses within so many days."),
]
UnitAsked = Annotated[
    int | None,
    QueryParameter(
        name="unit",
        ge=0,
        le=2**31 - 1,
        schema_extra={"minimum": 0},  # traps L23
        description="Only the unit of this number; 0 asks for no unit.",
    ),
]
RankAsked = Annotated[Rank | None, QueryParameter(name="rank", description="Only this rank.")]


@dataclass(frozen=True, slots=True)
class Lapsing:
    """How many licences lapse within a number of days, if nothing is done."""

    within_days: int
    people: int


@dataclass(frozen=True, slots=True)
class DeskCounts:
    """How a force's licences stand."""

    counts: Sequence[Counted]
    lapsing: Sequence[Lapsing]


@dataclass(frozen=True, slots=True)
class LicencePage:
    """A page of licences; `after` asks for the next one, and is missing on the last."""

    licences: Sequence[Licence]
    after: str | None


def _place(after: str | None) -> Place | None:
    place = read_place(after) if after is not None else None
    if after is not None and place is None:
        raise InvalidError(errors={"after": "must be the `after` of the page before"})
    return place


class DeskEndpoints(Controller):
    """What the licensing desk may ask of its own force."""

    path = "/desk"
    tags = ("Licensing desk",)

    @get("/counts", opt=READ, operation_id="deskCounts", summary="Count the licences")
    async def counts(self, request: ApiRequest) -> DeskCounts:
        """Count the force's licences by unit, rank and standing, and those that lapse soon."""
        reach = scope(request.user, Permission.DESK_READ)
        ahead = await lapsing(reach, on=today(), within=WITHIN)
        return DeskCounts(await counted(reach), [Lapsing(days, people) for days, people in ahead.items()])

    @get("/licences", opt=READ, operation_id="deskLicences", summary="List the licences")
    async def licences(
        self,
        request: ApiRequest,
        *,
        standing: StandingAsked = None,
        within: WithinAsked = None,
        unit: UnitAsked = None,
        rank: RankAsked = None,
        after: Annotated[
            str | None,
            QueryParameter(name="after", max_length=40, description="The `after` of the page before."),
        ] = None,
    ) -> LicencePage:
        """List the force's licences, soonest to lapse first, fifty a page."""
        asked = Asked(standing, within, unit, rank, after=_place(after))
        found = await listed(scope(request.user, Permission.DESK_READ), asked, on=today())
        look = look_of(request, Opened.DESK_LIST, Way.PROGRAM)
        await told_list(request.user, look, asked, found.licences)
        return LicencePage(found.licences, written(found.later) if found.later else None)

    @get(
        "/licences.csv",
        opt={"permission": Permission.DESK_EXPORT},
        operation_id="exportDeskLicences",
        summary="Take the list away",
        media_type="text/csv",
        responses=refusals(409),
    )
    async def export(
        self,
        request: ApiRequest,
        *,
        standing: StandingAsked = None,
        within: WithinAsked = None,
        unit: UnitAsked = None,
        rank: RankAsked = None,
    ) -> Response[str]:
        """Take the whole list away as CSV, safe to open in a spreadsheet. More than 500 rows in 24 hours are a conflict: ask first."""
        asked, reach = Asked(standing, within, unit, rank), scope(request.user, Permission.DESK_EXPORT)
        look = look_of(request, Opened.DESK_FILE, Way.FILE)
        return await exported(request.user, look, reach, asked)

    @post(
        "/licences.csv",
        opt=ASK,
        status_code=200,
        operation_id="takeDeskLicences",
        summary="Take away what a colleague has agreed to",
        media_type="text/csv",
        responses=refusals(409),
    )
    async def take(
        self,
        request: ApiRequest,
        *,
        standing: StandingAsked = None,
        within: WithinAsked = None,
        unit: UnitAsked = None,
        rank: RankAsked = None,
    ) -> Response[str]:
        """Take the list away once, within 24 hours of the agreement: the same filter, and no more rows than agreed."""
        asked, reach = Asked(standing, within, unit, rank), scope(request.user, Permission.DESK_EXPORT)
        look = look_of(request, Opened.DESK_FILE, Way.FILE)
        return await exported(request.user, look, reach, asked, with_agreement=True)

    @post(
        "/licences/colleague",
        opt=ASK,
        operation_id="askForDeskLicences",
        summary="Ask a colleague to agree to many rows",
    )
    async def ask(
        self,
        request: ApiRequest,
        data: Annotated[WhatFor, Body()],
        *,
        standing: StandingAsked = None,
        within: WithinAsked = None,
        unit: UnitAsked = None,
        rank: RankAsked = None,
    ) -> Export:
        """Ask for a colleague's agreement to an export of many rows; they find it among the exports."""
        asked, reach = Asked(standing, within, unit, rank), scope(request.user, Permission.DESK_EXPORT)
        number = await ask_colleague(
            actor=actor_of(request),
            asker=request.user,
            kind=Kind.DESK_LICENCES,
            force_ids=sorted(reach.force_ids),
            asked=filter_of(reach, asked),
            rows=await how_many(reach, asked, on=today()),
            reason=data.reason,
        )
        return await export_of(reach.force_ids, number)

    @get(
        "/people",
        opt={"permission": Permission.PERSON_FIND},
        operation_id="findPeople",
        summary="Find people",
    )
    async def people(
        self,
        request: ApiRequest,
        q: Annotated[
            str, QueryParameter(name="q", max_length=100, description="The beginning of a name or number.")
        ],
    ) -> Sequence[FoundPerson]:
        """Find people of the force by the beginning of a name or number."""
        found = await found_in(scope(request.user, Permission.PERSON_FIND), q, most=MOST_FOUND)
        await told_found(request.user, look_of(request, Opened.SEARCH, Way.PROGRAM), found)
        return found
