"""My team for programs: the same facts as its pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from litestar import Controller, get
from litestar.params import QueryParameter

from access.asking import ApiRequest, look_of
from access.permissions import Permission
from access.readings.looks import Opened, Way
from foundation.clock import today
from foundation.refusals import refusals
from licence.passport_page.asking import day_for_program
from licence.standing.decisions import Standing, State
from licence.team.reading import read_team
from licence.team.rules import Asked, Look, May, Member, Order, shown


@dataclass(frozen=True, slots=True)
class TeamSkill:
    """One thing asked of a member, the licence's own cycle among them: how it stands, and the last day it is met."""

    code: str
    title: str
    state: State
    due_on: date | None
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class TeamMember:
    """A report: may they practise on the day, what may they use, and what is due when."""

    national_id: str
    name: str
    unit: str | None
    rank: str | None
    is_cover: bool
    needs_licence: bool
    standing: Standing
    may_practise: bool
    lapses_on: date | None
    held: Sequence[str]
    stopped: Sequence[str]
    skills: Sequence[TeamSkill]


class TeamEndpoints(Controller):
    """What a supervisor may ask of those they supervise today."""

    path = "/team"
    tags = ("My team",)

    @get(
        "/",
        opt={"permission": Permission.TEAM_READ},
        operation_id="team",
        summary="Who may do what",
        responses=refusals(409),
    )
    async def team(
        self,
        request: ApiRequest,
        *,
        due: Annotated[
            Look | None,
            QueryParameter(name="due", description="Only whom something is overdue for, or soon due."),
        ] = None,
        may: Annotated[
            May | None, QueryParameter(name="may", description="Only who may practise, or who may not.")
        ] = None,
        standing: Annotated[
            Standing | None, QueryParameter(name="standing", description="Only this standing.")
        ] = None,
        sort: Annotated[Order, QueryParameter(name="sort", description="In which order.")] = Order.DUE,
        on: Annotated[
            date | None,
            QueryParameter(name="on", description="How things stand on this day; today, if left out."),
        ] = None,
    ) -> Sequence[TeamMember]:
        """List the people you supervise today, soonest due first, as they stand on a day."""
        day = day_for_program(on, today=today())
        look = look_of(request, Opened.TEAM, Way.PROGRAM)
        members = await read_team(request.user, look, day, today=today())
        return [_told(member) for member in shown(members, Asked(due, may, standing, sort), day)]


def _told(member: Member) -> TeamMember:
    return TeamMember(
        national_id=member.national_id,
        name=member.name,
        unit=member.unit,
        rank=member.rank,
        is_cover=member.is_cover,
        needs_licence=member.needs_licence,
        standing=member.decision.standing,
        may_practise=member.decision.may_practise,
        lapses_on=member.decision.lapses_on,
        held=[power.name for power in member.held],
        stopped=[power.name for power in member.stopped],
        skills=[
            TeamSkill(one.code, one.title, one.state, one.due_on, one.is_overdue) for one in member.skills
        ],
    )
