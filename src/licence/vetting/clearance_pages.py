"""The pages about clearances: those of the force that run out, and one's own."""

from dataclasses import replace

from litestar import Controller, get
from litestar.response import Template

from access.confidential import asker_of
from access.identity import Identity
from access.permission_map import may_use
from access.permissions import Permission
from access.shell import PageRequest, shell_for
from foundation.clock import today
from foundation.pages import page
from foundation.parts import Link
from licence.vetting import view
from licence.vetting.clearances import held_by, read_list, told_to
from licence.vetting.entering import CLEARANCES


class ClearancePages(Controller):
    """Which clearances run out, and which are one's own."""

    include_in_schema = False

    @get(view.LIST, opt=CLEARANCES)
    async def running_out(self, request: PageRequest) -> Template:
        """Show the clearances of the force, those that ran out longest ago first."""
        on, asked = today(), view.read_asked(request.query_params)
        found, has_more = await read_list(asker_of(request), asked, on=on)
        later = replace(asked, after=found[-1].place) if has_more else None
        return page(
            "vetting/clearances.html",
            shell_for(request, "Clearances that run out", back=_back(request.user)),
            view=view,
            asked=asked,
            found=found,
            on=on,
            first_href=view.list_address(replace(asked, after=None)) if asked.after else None,
            next_href=view.list_address(later) if later else None,
        )

    @get("/passport/vetting", opt=CLEARANCES)
    async def mine(self, request: PageRequest) -> Template:
        """Show one's own clearances, and how cases about oneself ended."""
        asker = asker_of(request)
        return page(
            "vetting/mine.html",
            shell_for(request, "My vetting", back=Link("My passport", "/passport")),
            view=view,
            held=await held_by(asker.person_id),
            told=await told_to(asker.identity, request_id=asker.request_id),
            on=today(),
        )


def _back(identity: Identity) -> Link | None:
    """Return the desk from which whoever asks came to the list; nobody's for whoever sees themselves alone in it."""
    if may_use(identity, Permission.VETTING_CASE_READ):
        return view.DESK
    return Link("Licensing desk", "/desk") if may_use(identity, Permission.DESK_READ) else None
