"""The pages on which a planner sees how many places are needed, when, and for whom."""

from typing import Annotated

from litestar import Controller, Response, get
from litestar.params import QueryParameter
from litestar.response import Template

from access.asking import look_of
from access.permission_map import may_use
from access.permissions import Permission
from access.readings.looks import Opened, Way
from access.scope import scope
from access.shell import PageRequest, shell_for
from foundation.clock import today
from foundation.pages import page
from foundation.parts import Link
from foundation.problems import NotFoundError
from licence.desk.facts import units_of
from licence.desk.view import Options, unit_options
from licence.planning import view
from licence.planning.asking import Asked, address, read_asked, read_behind
from licence.planning.reading import demand_for, forecast, people_for
from licence.planning.taking import taken_away

READ = {"permission": Permission.DEMAND_READ}
Page = Annotated[int, QueryParameter(name="page", ge=1, le=10_000)]


class PlanningPages(Controller):
    """The demand of a force for training, over the next twelve months."""

    path = view.PATH
    include_in_schema = False

    @get("/", opt=READ)
    async def everything(self, request: PageRequest) -> Template:
        """Show every requirement with the places it will need."""
        asked, _, _ = read_asked(request.query_params)
        return page(
            "licence/planning/demand.html",
            shell_for(request, "Training demand"),
            view=view,
            asked=asked,
            told=await forecast(request.user, asked, on=today()),
            units=await _units(request),
            address=address,
        )

    @get("/requirement", opt=READ)
    async def one(self, request: PageRequest) -> Template:
        """Show one requirement month by month, as it falls due and levelled."""
        asked, written, errors = read_asked(request.query_params)
        demand, counted_at = await demand_for(request.user, asked, on=today())
        return page(
            "licence/planning/requirement.html",
            shell_for(
                request,
                demand.asked.title,
                back=Link("Training demand", address(Asked(unit_id=asked.unit_id), view.PATH)),
                errors=errors,
            ),
            status=400 if errors else 200,
            view=view,
            asked=asked,
            written=written,
            wrong={error.field_id: error.text for error in errors},
            demand=demand,
            counted_at=counted_at,
            bars=view.picture(demand, asked),
            units=await _units(request),
            names=may_use(request.user, Permission.DEMAND_PEOPLE_READ),
        )

    @get("/people", opt={"permission": Permission.DEMAND_PEOPLE_READ})
    async def people(self, request: PageRequest, page_number: Page = 1) -> Template:
        """Show the people behind a number."""
        asked, on = read_asked(request.query_params)[0], today()
        behind = read_behind(request.query_params, on)
        if behind is None:
            raise NotFoundError
        look = look_of(request, Opened.DEMAND)
        found = await people_for(request.user, look, asked, behind, on=on, page=page_number)
        here = address(asked, view.ONE)
        return page(
            "licence/planning/people.html",
            shell_for(request, view.title_of(behind, found.asked.title), back=Link(found.asked.title, here)),
            view=view,
            on=on,
            found=found,
            opens_passports=may_use(request.user, Permission.PASSPORT_READ)
            and may_use(request.user, Permission.DESK_READ),
            previous_href=address(asked, view.PEOPLE, behind, page=page_number - 1)
            if page_number > 1
            else None,
            next_href=address(asked, view.PEOPLE, behind, page=page_number + 1) if found.has_more else None,
        )

    @get("/demand.csv", opt={"permission": Permission.DEMAND_EXPORT})
    async def export(self, request: PageRequest) -> Response[str]:
        """Give the forecast as a file: the numbers, and nobody's name."""
        look = look_of(request, Opened.DEMAND_FILE, Way.FILE)
        asked, _, _ = read_asked(request.query_params)
        return await taken_away(request.user, look, asked, on=today())


async def _units(request: PageRequest) -> Options:
    return unit_options(await units_of(scope(request.user, Permission.DEMAND_READ)))[:-1]
