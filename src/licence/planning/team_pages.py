"""The page on which a supervisor sees how many hours of training take their team away, month by month."""

from litestar import Controller, get
from litestar.response import Template

from access.asking import look_of
from access.permissions import Permission
from access.readings.looks import Opened
from access.shell import PageRequest, shell_for
from foundation.clock import today
from foundation.forms import not_offered, one_of, typed
from foundation.pages import page
from foundation.parts import Link
from licence.planning import team_view
from licence.planning.team import team_forecast


class TeamForecastPages(Controller):
    """The months ahead of those supervised today."""

    path = team_view.PATH
    include_in_schema = False

    @get("/", opt={"permission": Permission.TEAM_READ})
    async def ahead(self, request: PageRequest) -> Template:
        """Show the hours of each month, and whom they take away for what."""
        code, on = typed(request.query_params, "requirement")[:40], today()
        found = await team_forecast(request.user, look_of(request, Opened.TEAM), code, on=on)
        options = [("", "Everything"), *found.requirements]
        errors = not_offered(request.query_params, {"requirement": ("Requirement", one_of(options))})
        return page(
            "licence/planning/team.html",
            shell_for(request, "Training ahead", back=Link("My team", "/team"), errors=errors),
            status=400 if errors else 200,
            view=team_view,
            found=found,
            code=code,
            on=on,
            options=options,
            bars=team_view.picture(found),
        )
