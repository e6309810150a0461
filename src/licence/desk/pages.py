"""The licensing desk's pages: counts that lead to lists, the list, its file, and finding a person."""

from litestar import Controller, Response, get
from litestar.response import Template

from access.permission_map import forces_of
from access.permissions import Permission
from access.shell import PageRequest, shell_for
from foundation.audit import Actor, Event, recorded
from foundation.clock import today
from foundation.forms import typed
from foundation.pages import page
from foundation.parts import Link
from foundation.requests import request_id_of
from licence.desk import view
from licence.desk.facts import counted, found_in, lapsing, listed, units_of
from licence.desk.rules import WITHIN, read_asked
from licence.desk.writing import written
from licence.standing.decisions import Standing

MOST_FOUND = 20


class DeskPages(Controller):
    """What the licensing desk sees of its own force."""

    path = "/desk"
    include_in_schema = False

    @get("/", opt={"permission": Permission.DESK_READ})
    async def counts(self, request: PageRequest) -> Template:
        """Show how the force's licences stand; every number leads to its list."""
        forces, on = forces_of(request.user, Permission.DESK_READ), today()
        counts = await counted(forces)
        return page(
            "licence/desk/counts.html",
            shell_for(request, "Licensing desk"),
            on=on,
            standings=view.standing_cards(counts),
            lapsing=view.lapsing_cards(await lapsing(forces, on=on, within=WITHIN)),
            units=view.by_unit(counts, await units_of(forces)),
            ranks=view.by_rank(counts),
            shown=[str(each).capitalize() for each in view.SHOWN],
        )

    @get("/licences", opt={"permission": Permission.DESK_READ})
    async def licences(self, request: PageRequest) -> Template:
        """Show the licences that the address asks for, soonest to lapse first, a page at a time."""
        forces, on = forces_of(request.user, Permission.DESK_READ), today()
        asked = read_asked(request.query_params)
        found = await listed(forces, asked, on=on)
        return page(
            "licence/desk/licences.html",
            shell_for(request, _title(asked.standing, asked.within), back=Link("Licensing desk", "/desk")),
            on=on,
            asked=asked,
            licences=found.licences,
            next_href=asked.address(view.LIST, after=found.following) if found.following else None,
            first_href=asked.address(view.LIST, after=None) if asked.after else None,
            export_href=asked.address("/desk/licences.csv", after=None),
            columns=view.COLUMNS,
            standing_options=view.standing_options(),
            within_options=view.within_options(),
            unit_options=view.unit_options(await units_of(forces)),
            rank_options=view.rank_options(),
        )

    @get("/licences.csv", opt={"permission": Permission.DESK_EXPORT})
    async def export(self, request: PageRequest) -> Response[str]:
        """Give the list as a file: the rows and columns that the screen shows, every page of it, safe to open."""
        forces, on = forces_of(request.user, Permission.DESK_EXPORT), today()
        asked = read_asked({name: value for name, value in request.query_params.items() if name != "after"})
        actor = Actor(request.user.person_id, request.user.name, request_id_of(request.scope))
        found = await listed(forces, asked, on=on, most=None)
        taken = Event(
            "licence.list.exported",
            "licensing desk",
            detail={"rows": len(found.licences), "filter": asked.address(view.LIST)},
        )
        async with recorded(actor, taken):
            pass  # taking the file away is itself what is recorded, before it is given
        return _file(written(found.licences), f"licences-{on.isoformat()}.csv")

    @get("/find", opt={"permission": Permission.PERSON_FIND})
    async def find(self, request: PageRequest) -> Template:
        """Find a person of the force by name or number."""
        asked = typed(request.query_params, "q")
        found = await found_in(forces_of(request.user, Permission.PERSON_FIND), asked, most=MOST_FOUND)
        return page(
            "licence/desk/find.html",
            shell_for(request, "Find a person", back=Link("Licensing desk", "/desk")),
            asked=asked,
            found=found,
            columns=view.FOUND_COLUMNS,
            most=MOST_FOUND,
        )


def _title(standing: Standing | None, within: int | None) -> str:
    about = f"Licences {standing}" if standing else "Licences"
    return f"{about} that lapse within {within} days" if within else about


def _file(text: str, name: str) -> Response[str]:
    return Response(
        text,
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )
