"""What would I need for this role, or somebody I lead? The pages that answer it from a passport."""

from litestar import Controller, get
from litestar.params import FromPath
from litestar.response import Template

from access.asking import look_of
from access.permissions import Permission
from access.readings.looks import Opened
from access.shell import PageRequest, shell_for
from foundation.clock import today
from foundation.pages import page
from licence.pathways import view
from licence.pathways.reach import READ, Whose, in_line, oneself
from licence.pathways.reading import way_to, ways_of

MINE = {"permission": Permission.OWN_SESSION}
THEIRS = {"permission": READ}


class PathwayPages(Controller):
    """The pathways to every role profile, and one in full."""

    path = view.PATH
    include_in_schema = False

    @get("/", opt=MINE)
    async def listed(self, request: PageRequest) -> Template:
        """Show every role profile, with how much of it one has."""
        return await _listed(request, oneself(request.user))

    @get("/{name:str}", opt=MINE)
    async def one(self, request: PageRequest, name: FromPath[str]) -> Template:
        """Show what one role asks, step by step."""
        return await _one(request, oneself(request.user), name)


class LinePathwayPages(Controller):
    """The same of somebody in one's line."""

    path = "/people/{national_id:str}/profiles"
    include_in_schema = False

    @get("/", opt=THEIRS)
    async def listed(self, request: PageRequest, national_id: FromPath[str]) -> Template:
        """Show every role profile, with how much of it somebody has."""
        return await _listed(request, await _whose(request, national_id))

    @get("/{name:str}", opt=THEIRS)
    async def one(self, request: PageRequest, national_id: FromPath[str], name: FromPath[str]) -> Template:
        """Show what one role asks of somebody, step by step."""
        return await _one(request, await _whose(request, national_id), name)


async def _whose(request: PageRequest, national_id: str) -> Whose:
    look = look_of(request, Opened.PATHWAY)
    return await in_line(request.user, national_id, on=today(), look=look)


async def _listed(request: PageRequest, whose: Whose) -> Template:
    ways = await ways_of(whose.person_id, whose.force_id, on=today())
    back = view.passport_of(whose)
    return page(
        "pathways/profiles.html",
        shell_for(request, view.title(whose), back=back, policy_version=ways.policy.title),
        view=view,
        ways=ways,
        whose=whose,
    )


async def _one(request: PageRequest, whose: Whose, name: str) -> Template:
    policy, found = await way_to(whose.person_id, whose.force_id, name, on=today())
    return page(
        "pathways/profile.html",
        shell_for(request, found.profile.title, back=view.all_of(whose), policy_version=policy.title),
        view=view,
        policy=policy,
        found=found,
        whose=whose,
    )
