"""My team for programs: the same facts as its pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from litestar import Controller, Request, get
from litestar.datastructures import State

from access.identity import Identity
from access.permissions import Permission
from foundation.clock import today
from licence.team.facts import team_of
from licence.team.rules import Member, read_asked, shown

ApiRequest = Request[Identity, None, State]


@dataclass(frozen=True, slots=True)
class Skill:
    """One requirement of a member: how it stands, and the last day on which it is met."""

    code: str
    title: str
    state: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class TeamMember:
    """A report: may they practise today, what may they use, and what is due when."""

    national_id: str
    name: str
    standing: str
    may_practise: bool
    lapses_on: date | None
    held: Sequence[str]
    stopped: Sequence[str]
    skills: Sequence[Skill]


class TeamEndpoints(Controller):
    """What a supervisor may ask of those they supervise today."""

    path = "/team"
    tags = ("My team",)

    @get("/", opt={"permission": Permission.TEAM_READ}, operation_id="Team")
    async def team(self, request: ApiRequest) -> Sequence[TeamMember]:
        """List the people supervised today, soonest due first; `within`, `standing` and `sort` as on the page."""
        on = today()
        members = await team_of(request.user.person_id, on)
        return [_told(member) for member in shown(members, read_asked(request.query_params), on)]


def _told(member: Member) -> TeamMember:
    return TeamMember(
        national_id=member.national_id,
        name=member.name,
        standing=member.decision.standing,
        may_practise=member.decision.may_practise,
        lapses_on=member.decision.lapses_on,
        held=[power.name for power in member.held],
        stopped=[power.name for power in member.stopped],
        skills=[
            Skill(one.requirement.code, one.requirement.title, one.finding.state, one.finding.due_on)
            for one in member.due
        ],
    )
