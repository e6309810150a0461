"""The licensing desk for programs: the same counts, list and search as its pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from litestar import Controller, Request, get
from litestar.datastructures import State
from litestar.params import Parameter

from access.identity import Identity
from access.permission_map import forces_of
from access.permissions import Permission
from foundation.clock import today
from licence.desk.facts import Counted, FoundPerson, Licence, counted, found_in, lapsing, listed
from licence.desk.rules import WITHIN, Asked, Place
from licence.standing.decisions import Standing
from people.posts.rules import Rank

ApiRequest = Request[Identity, None, State]
MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class Lapsing:
    """How many licences lapse within a number of days, if nothing is done."""

    within_days: int
    people: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How a force's licences stand."""

    counts: Sequence[Counted]
    lapsing: Sequence[Lapsing]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of licences; `after` asks for the next one, and is missing on the last."""

    licences: Sequence[Licence]
    after: str | None


class DeskEndpoints(Controller):
    """What the licensing desk may ask of its own force."""

    path = "/desk"
    tags = ("Licensing desk",)

    @get("/counts", opt={"permission": Permission.DESK_READ}, operation_id="DeskCounts")
    async def counts(self, request: ApiRequest) -> Counts:
        """Count the force's licences by unit, rank and standing, and those that lapse soon."""
        forces = forces_of(request.user, Permission.DESK_READ)
        ahead = await lapsing(forces, on=today(), within=WITHIN)
        return Counts(await counted(forces), [Lapsing(days, people) for days, people in ahead.items()])

    @get("/licences", opt={"permission": Permission.DESK_READ}, operation_id="DeskLicences")
    async def licences(
        self,
        request: ApiRequest,
        *,
        standing: Annotated[
            Standing | None, Parameter(query="standing", description="Only this standing.")
        ] = None,
        within: Annotated[
            int | None,
            Parameter(query="within", ge=1, le=366, description="Only what lapses within so many days."),
        ] = None,
        unit: Annotated[
            int | None, Parameter(query="unit", ge=0, le=2**31 - 1, description="Only this unit.")
        ] = None,
        rank: Annotated[Rank | None, Parameter(query="rank", description="Only this rank.")] = None,
        after: Annotated[
            str | None, Parameter(query="after", max_length=40, description="The `after` of the page before.")
        ] = None,
    ) -> Page:
        """List the force's licences, soonest to lapse first, fifty a page."""
        asked = Asked(standing, within, unit, rank, Place.read(after) if after else None)
        found = await listed(forces_of(request.user, Permission.DESK_READ), asked, on=today())
        return Page(found.licences, found.following.written() if found.following else None)

    @get("/people", opt={"permission": Permission.PERSON_FIND}, operation_id="DeskPeople")
    async def people(
        self,
        request: ApiRequest,
        q: Annotated[
            str, Parameter(query="q", max_length=100, description="The beginning of a name or number.")
        ],
    ) -> Sequence[FoundPerson]:
        """Find people of the force by the beginning of a name or number."""
        return await found_in(forces_of(request.user, Permission.PERSON_FIND), q, most=MOST_FOUND)
