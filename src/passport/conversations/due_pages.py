"""When whose conversations were held and are due: all that leaders above, HR and the force's lead see of them."""

from typing import Annotated

from litestar import Controller, get
from litestar.params import QueryParameter
from litestar.response import Template

from access.confidential import asker_of
from access.permission_map import forces_of
from access.permissions import Permission
from access.readings.looks import Way
from access.shell import PageRequest, shell_for
from foundation.clock import today
from foundation.pages import page
from passport.conversations import view
from passport.conversations.entering import STATUS
from passport.conversations.reading import note_shown, read_reach
from passport.conversations.rules import State
from people.forces.facts import NamedUnit, units_of

PAGE = 50


class DuePages(Controller):
    """Held on, next due, and nothing else."""

    path = view.REACH
    include_in_schema = False

    @get("/", opt=STATUS)
    async def due(
        self,
        request: PageRequest,
        unit: Annotated[str, QueryParameter(name="unit", max_length=10)] = "",
        page_number: Annotated[int, QueryParameter(name="page", ge=1, le=10_000)] = 1,
    ) -> Template:
        """Show when whose conversation is due, the longest overdue first, fifty a page."""
        asker, on = asker_of(request), today()
        units = await _units(request)
        chosen = next((one.id for one in units if str(one.id) == unit), None)
        everyone = await read_reach(asker, chosen, on=on)
        shown = everyone[PAGE * (page_number - 1) : PAGE * page_number]
        await note_shown(asker, shown, way=Way.PAGE)
        here = f"{view.REACH}?{f'unit={chosen}&' if chosen else ''}"
        return page(
            "conversations/due.html",
            shell_for(request, "Conversations due"),
            view=view,
            shown=shown,
            total=len(everyone),
            overdue=sum(one.next.state is State.OVERDUE for one in everyone),
            units=[("", "All units"), *((str(one.id), one.name) for one in units)],
            chosen=str(chosen or ""),
            first_href=here.rstrip("?&") if page_number > 1 else None,
            next_href=f"{here}page={page_number + 1}" if len(everyone) > PAGE * page_number else None,
        )


async def _units(request: PageRequest) -> list[NamedUnit]:
    """Return the units by which a role for a whole force can narrow the list."""
    forces = sorted(forces_of(request.user, Permission.CONVERSATION_STATUS))
    return [unit for force in forces if force for unit in await units_of(force)]
