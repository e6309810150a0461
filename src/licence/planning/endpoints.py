"""The demand for training, for programs: the numbers and people that its pages show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from litestar import Controller, Response, get
from litestar.params import QueryParameter

from access.asking import ApiRequest, look_of
from access.permissions import Permission
from access.readings.looks import Opened, Way
from foundation.clock import today
from foundation.problems import InvalidError
from foundation.refusals import refusals
from licence.planning.asking import LARGEST, LARGEST_UNIT, Asked, Behind, read_month
from licence.planning.demand import By, Demand
from licence.planning.reading import demand_for, forecast, people_for
from licence.planning.taking import taken_away

READ = {"permission": Permission.DEMAND_READ}
Code = Annotated[
    str, QueryParameter(name="requirement", max_length=40, description="The requirement, by its code.")
]
Unit = Annotated[
    int | None, QueryParameter(name="unit", ge=1, le=LARGEST_UNIT, description="Only this unit of the force.")
]
Most = Annotated[
    int | None,
    QueryParameter(name="most", ge=1, le=LARGEST, description="So many places there are in a month."),
]
Places = Annotated[
    int | None,
    QueryParameter(
        name="places", ge=1, le=LARGEST, description="So many places a class has; else as policy says."
    ),
]


@dataclass(frozen=True, slots=True)
class RequirementDemand:
    """How many places a requirement needs in the next twelve months. `fullest_month_due` is before levelling."""

    requirement: str
    title: str
    people: int
    late_now: int
    fullest_month_due: int
    fullest_month_planned: int
    hours: float | None


@dataclass(frozen=True, slots=True)
class TrainingDemand:
    """The demand of a force, as it was counted; nothing where it has not been yet."""

    counted_at: datetime | None
    requirements: Sequence[RequirementDemand]


@dataclass(frozen=True, slots=True)
class MonthDemand:
    """A month: how many are due, how many places are planned, and in how many classes and hours, where it is known."""

    month: date
    due: int
    planned: int
    classes: int | None
    hours: float | None


@dataclass(frozen=True, slots=True)
class DemandByMonth:
    """A requirement month by month; for `without_place` people there are too few places by the day they are due."""

    counted_at: datetime | None
    demand: RequirementDemand
    months: Sequence[MonthDemand]
    without_place: int


@dataclass(frozen=True, slots=True)
class PersonDue:
    """Somebody who needs a place: by when, and from when it loses no time."""

    national_id: str
    name: str
    unit: str | None
    due_on: date
    opens_on: date


@dataclass(frozen=True, slots=True)
class PeopleDue:
    """A page of fifty of the people behind a number; `unnamed` of them may not be named to you."""

    total: int
    people: Sequence[PersonDue]
    unnamed: int
    has_more: bool


class PlanningEndpoints(Controller):
    """What a planner may ask of their force."""

    path = "/planning/demand"
    tags = ("Planning",)

    @get("/", opt=READ, operation_id="trainingDemand", summary="How many places are needed for what")
    async def everything(self, request: ApiRequest, unit: Unit = None) -> TrainingDemand:
        """Tell for each requirement how many places the next twelve months need so that nobody lapses."""
        told = await forecast(request.user, Asked(unit_id=unit), on=today())
        return TrainingDemand(told.counted_at, [_told(one) for one in told.demands])

    @get("/months", opt=READ, operation_id="demandByMonth", summary="How many places are needed when")
    async def months(
        self, request: ApiRequest, *, code: Code, unit: Unit = None, most: Most = None, places: Places = None
    ) -> DemandByMonth:
        """Tell one requirement month by month, as it falls due and levelled within what can be brought forward."""
        asked = Asked(code, unit, most, places)
        demand, counted_at = await demand_for(request.user, asked, on=today())
        months = [
            MonthDemand(one.first, one.due, one.planned, one.classes, one.hours) for one in demand.months
        ]
        return DemandByMonth(counted_at, _told(demand), months, demand.short)

    @get(
        "/people",
        opt={"permission": Permission.DEMAND_PEOPLE_READ},
        operation_id="demandPeople",
        summary="Who a place is needed for",
        responses=refusals(400),
    )
    async def people(
        self,
        request: ApiRequest,
        *,
        code: Code,
        by: Annotated[By, QueryParameter(name="by", description="Those due, planned, or without a place.")],
        month: Annotated[
            str | None, QueryParameter(name="month", max_length=7, description="The month, as 2027-03.")
        ] = None,
        unit: Unit = None,
        most: Most = None,
        page: Annotated[int, QueryParameter(name="page", ge=1, le=10_000, description="The page.")] = 1,
    ) -> PeopleDue:
        """List the people behind a number, whoever is due first first, fifty a page.

        Those due are of all twelve months where none is named; those without a place are of no month.
        """
        on = today()
        is_whole = by is By.SHORT or (by is By.DUE and month is None)
        behind = Behind(by, None if is_whole else _month(month, on))
        look = look_of(request, Opened.DEMAND, Way.PROGRAM)
        found = await people_for(request.user, look, Asked(code, unit, most), behind, on=on, page=page)
        people = [
            PersonDue(
                one.named.national_id,
                one.named.name,
                one.named.unit,
                one.waiting.due_on,
                one.waiting.opens_on,
            )
            for one in found.people
        ]
        return PeopleDue(found.total, people, found.unnamed, found.has_more)


class DemandFileEndpoints(Controller):
    """The forecast as a file."""

    tags = ("Planning",)

    @get(
        "/planning/demand.csv",
        opt={"permission": Permission.DEMAND_EXPORT},
        operation_id="exportTrainingDemand",
        summary="Take the forecast away",
        media_type="text/csv",
    )
    async def export(self, request: ApiRequest, unit: Unit = None) -> Response[str]:
        """Take the forecast away as CSV, a line for each requirement and month, safe to open in a spreadsheet."""
        look = look_of(request, Opened.DEMAND_FILE, Way.FILE)
        return await taken_away(request.user, look, Asked(unit_id=unit), on=today())


def _month(text: str | None, on: date) -> date:
    found = read_month(text or "", on)
    if found is None:
        raise InvalidError(errors={"month": "must be one of the next twelve, such as 2027-03"})
    return found


def _told(one: Demand) -> RequirementDemand:
    return RequirementDemand(
        one.asked.code, one.asked.title, one.people, one.owed, one.peak_due, one.peak, one.hours
    )
