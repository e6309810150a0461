"""The national view: how many hold which standing, force by force, and never a name."""

from litestar import Controller, Response, get
from litestar.response import Template

from access.asking import look_of
from access.limits import Limit
from access.permissions import Permission
from access.readings.looks import Opened, Way
from access.shell import PageRequest, shell_for
from foundation.clock import today
from foundation.pages import page
from licence.figures import view
from licence.figures.reading import figures_for
from licence.figures.taking import taken_away

READ = {"permission": Permission.FIGURES_READ}


class FigurePages(Controller):
    """What a body sees that answers for many forces, and a force of all others."""

    path = view.PATH
    include_in_schema = False

    @get("/", opt=READ)
    async def national(self, request: PageRequest) -> Template:
        """Show the figures of every force."""
        told = await figures_for(request.user, on=today())
        return page(
            "figures/national.html", shell_for(request, "National view"), view=view, told=told, on=today()
        )

    @get("/figures.csv", opt={**READ, "limit": Limit.EXPORT})
    async def export(self, request: PageRequest) -> Response[str]:
        """Give the figures as a file: the numbers that the page shows."""
        look = look_of(request, Opened.FIGURES_FILE, Way.FILE)
        return await taken_away(request.user, look, on=today())
