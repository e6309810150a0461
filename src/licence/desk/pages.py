"""The licensing desk's pages: counts that lead to lists, the list, its file, and finding a person."""

from litestar import Controller, get
from litestar.response import Template

from access.asking import look_of
from access.permissions import Permission
from access.readings.looks import Opened
from access.roles import Role
from access.scope import scope
from access.shell import PageRequest, shell_for
from foundation.clock import today
from foundation.forms import not_offered, typed
from foundation.pages import page
from foundation.parts import Link
from licence.desk import view
from licence.desk.asking import address, read_asked
from licence.desk.facts import counted, found_in, lapsing, listed, units_of
from licence.desk.reading import told_found, told_list
from licence.desk.rules import WITHIN

READ = {"permission": Permission.DESK_READ}
DESK = Link("Licensing desk", "/desk")
MOST_FOUND = 20


class DeskPages(Controller):
    """What the licensing desk sees of its own force."""

    path = "/desk"
    include_in_schema = False

    @get("/", opt=READ)
    async def counts(self, request: PageRequest) -> Template:
        """Show how the force's licences stand; every number leads to its list."""
        reach, on = scope(request.user, Permission.DESK_READ), today()
        counts = await counted(reach)
        return page(
            "licence/desk/counts.html",
            shell_for(request, "Licensing desk"),
            standings=view.standing_cards(counts),
            lapsing=view.lapsing_cards(await lapsing(reach, on=on, within=WITHIN)),
            units=view.by_unit(counts, await units_of(reach)),
            ranks=view.by_rank(counts),
            shown=view.HEADINGS_OF_COUNTS,
            sees_clearances=request.user.holds(Role.LICENSING_DESK),
        )

    @get("/licences", opt=READ)
    async def licences(self, request: PageRequest) -> Template:
        """Show the licences that the address asks for, soonest to lapse first, a page at a time."""
        reach, on = scope(request.user, Permission.DESK_READ), today()
        asked, errors = read_asked(request.query_params), not_offered(request.query_params, view.offered())
        found = await listed(reach, asked, on=on)
        units = await units_of(reach)
        await told_list(request.user, look_of(request, Opened.DESK_LIST), asked, found.licences)
        return page(
            "licence/desk/licences.html",
            shell_for(request, view.title(asked), back=DESK, errors=errors),
            status=400 if errors else 200,
            view=view,
            today=on,
            asked=asked,
            about=view.about(asked, units),
            licences=found.licences,
            previous_href=address(asked.up_to(found.earlier), view.LIST) if found.earlier else None,
            next_href=address(asked.beyond(found.later), view.LIST) if found.later else None,
            export_href=address(asked.everything, "/desk/licences.csv"),
            unit_options=view.unit_options(units),
        )

    @get("/find", opt={"permission": Permission.PERSON_FIND})
    async def find(self, request: PageRequest) -> Template:
        """Find a person of the force by name or number."""
        asked = typed(request.query_params, "q")[: view.LONGEST_SEARCH]
        found = await found_in(scope(request.user, Permission.PERSON_FIND), asked, most=MOST_FOUND)
        await told_found(request.user, look_of(request, Opened.SEARCH), found)
        return page(
            "licence/desk/find.html",
            shell_for(request, "Find a person", back=DESK),
            asked=asked,
            found=found,
            columns=view.FOUND_COLUMNS,
            most=MOST_FOUND,
        )
