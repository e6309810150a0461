"""What would I need for this role? The pages that answer it from one's own passport."""

from litestar import Controller, get
from litestar.params import FromPath
from litestar.response import Template

from access.permissions import Permission
from access.shell import PageRequest, shell_for
from foundation.clock import today
from foundation.pages import page
from licence.pathways import view
from licence.pathways.reading import way_to, ways_of

MINE = {"permission": Permission.OWN_SESSION}


class PathwayPages(Controller):
    """The pathways to every role profile, and one in full."""

    path = view.PATH
    include_in_schema = False

    @get("/", opt=MINE)
    async def listed(self, request: PageRequest) -> Template:
        """Show every role profile, with how much of it one has."""
        ways = await ways_of(request.user.person_id, request.user.force_id, on=today())
        return page(
            "pathways/profiles.html",
            shell_for(request, view.ALL.text, back=view.PASSPORT, policy_version=ways.policy.title),
            view=view,
            ways=ways,
        )

    @get("/{name:str}", opt=MINE)
    async def one(self, request: PageRequest, name: FromPath[str]) -> Template:
        """Show what one role asks, step by step."""
        asker = request.user
        policy, found = await way_to(asker.person_id, asker.force_id, name, on=today())
        return page(
            "pathways/profile.html",
            shell_for(request, found.profile.title, back=view.ALL, policy_version=policy.title),
            view=view,
            policy=policy,
            found=found,
        )
