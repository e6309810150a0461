"""My team: who may do what today, what lapses in 30, 60 and 90 days, and the skills matrix."""

from litestar import Controller, get
from litestar.response import Template

from access.permissions import Permission
from access.shell import PageRequest, shell_for
from foundation.audit import Actor, Event, recorded
from foundation.clock import today
from foundation.pages import page
from foundation.parts import Link
from foundation.requests import request_id_of
from licence.team import view
from licence.team.facts import team_of
from licence.team.rules import read_asked, shown


class TeamPages(Controller):
    """What a supervisor sees of those they supervise today."""

    path = view.PATH
    include_in_schema = False

    @get("/", opt={"permission": Permission.TEAM_READ})
    async def team(self, request: PageRequest) -> Template:
        """Show the team, soonest due first, filtered and sorted as the address says."""
        on, asked = today(), read_asked(request.query_params)
        members = await team_of(request.user.person_id, on)
        await _seen(request)
        return page(
            "licence/team/team.html",
            shell_for(request, "My team"),
            on=on,
            asked=asked,
            cards=view.cards(members, on),
            columns=view.columns(asked),
            members=shown(members, asked, on),
            team=members,
            standing_options=view.standing_options(),
            within_options=view.within_options(),
        )

    @get("/skills", opt={"permission": Permission.TEAM_READ})
    async def skills(self, request: PageRequest) -> Template:
        """Show who holds what, and until when."""
        members = await team_of(request.user.person_id, today())
        await _seen(request)
        return page(
            "licence/team/skills.html",
            shell_for(request, "Skills of my team", back=Link("My team", view.PATH)),
            skills=view.skills(members),
        )


async def _seen(request: PageRequest) -> None:
    """Write down that the team's records were read, before they are shown."""
    reader = Actor(request.user.person_id, request.user.name, request_id_of(request.scope))
    async with recorded(reader, Event("licence.team.read", "supervision")):
        pass
