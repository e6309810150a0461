"""A team's training ahead, for programs: the same as its page."""

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
from licence.planning.team import Away, team_forecast


@dataclass(frozen=True, slots=True)
class Course:
    """What takes somebody away: due by a day, best from another on, for so many hours if policy says how many."""

    national_id: str
    name: str
    requirement: str
    title: str
    opens_on: date
    due_on: date
    hours: float | None


@dataclass(frozen=True, slots=True)
class MonthAway:
    """A month's courses and hours; what is late already stands in this month."""

    month: date
    hours: float
    courses_without_hours: int
    courses: Sequence[Course]


@dataclass(frozen=True, slots=True)
class TeamForecast:
    """Twelve months of a team, this one first."""

    hours: float
    courses_without_hours: int
    months: Sequence[MonthAway]


class TeamForecastEndpoints(Controller):
    """What a supervisor may ask of the months ahead."""

    path = "/team/forecast"
    tags = ("My team",)

    @get(
        "/",
        opt={"permission": Permission.TEAM_READ},
        operation_id="teamForecast",
        summary="How many hours training takes",
    )
    async def ahead(
        self,
        request: ApiRequest,
        requirement: Annotated[
            str, QueryParameter(name="requirement", max_length=40, description="Only this one, by its code.")
        ] = "",
    ) -> TeamForecast:
        """Tell what training will take whom of your team away, month by month, and for how many hours."""
        look = look_of(request, Opened.TEAM, Way.PROGRAM)
        found = await team_forecast(request.user, look, requirement, on=today())
        months = [
            MonthAway(one.first, one.hours, one.unsaid, [_told(each) for each in one.courses])
            for one in found.months
        ]
        return TeamForecast(found.hours, found.unsaid, months)


def _told(one: Away) -> Course:
    return Course(one.national_id, one.name, one.code, one.title, one.opens_on, one.due_on, one.hours)
