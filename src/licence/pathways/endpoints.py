"""Pathways for programs: the same answers as the pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from litestar import Controller, get
from litestar.params import PathParameter

from access.asking import ApiRequest, look_of
from access.permissions import Permission
from access.readings.looks import Opened, Way
from foundation.clock import today
from foundation.refusals import refusals
from licence.pathways.reach import READ, Whose, in_line, oneself
from licence.pathways.reading import slug, way_to, ways_of
from licence.pathways.rules import Have, Pathway, Step
from passport.policy.rules import LicencePolicy
from people.persons.addressed import NationalId

MINE = {"permission": Permission.OWN_SESSION}
THEIRS = {"permission": READ}


@dataclass(frozen=True, slots=True)
class ProfileInList:
    """A role profile, whether the post has it, `had` of what it `asks`, and the hours that what is missing takes."""

    profile: str
    title: str
    is_held: bool
    asks: int
    had: int
    hours: float


@dataclass(frozen=True, slots=True)
class PathwayStep:
    """One requirement on the way. `first` names what comes before it and is missing; `is_open`: at the rank held."""

    requirement: str
    title: str
    have: Have
    is_for_role: bool
    is_open: bool
    met_on: date | None
    valid_until: date | None
    met_by: str | None
    hours: float | None
    first: Sequence[str]
    also_gives: Sequence[str]
    how_to_meet: str


@dataclass(frozen=True, slots=True)
class PathwayDocument:
    """What one role profile asks of a person, in an order in which it can be met."""

    profile: str
    title: str
    policy: str
    steps: Sequence[PathwayStep]


Asked = Annotated[
    str,
    PathParameter(name="profile", max_length=60, description="The profile, such as `roads-policing`."),
]


class PathwayEndpoints(Controller):
    """What you would need for a role."""

    path = "/me/profiles"
    tags = ("Passport",)

    @get("/", opt=MINE, operation_id="myProfiles", summary="Every role profile, and how much of it you have",
         responses=refusals(409))  # fmt: skip
    async def listed(self, request: ApiRequest) -> Sequence[ProfileInList]:
        """List the role profiles of policy, each with how much of what it asks you have already."""
        return await _listed(oneself(request.user))

    @get("/{profile:str}", opt=MINE, operation_id="myPathway", summary="What you would need for a role",
         responses=refusals(409))  # fmt: skip
    async def one(self, request: ApiRequest, profile: Asked) -> PathwayDocument:
        """Return what one role asks, step by step, judged as your licence is."""
        return await _one(oneself(request.user), profile)


class LinePathwayEndpoints(Controller):
    """What somebody you supervise would need for a role."""

    path = "/people/{national_id:str}/profiles"
    tags = ("My team",)

    @get("/", opt=THEIRS, operation_id="profilesOf", summary="Every role profile, and how much of it somebody has",
         responses=refusals(409))  # fmt: skip
    async def listed(self, request: ApiRequest, national_id: NationalId) -> Sequence[ProfileInList]:
        """List the role profiles, each with how much of what it asks somebody has. That you look is written down first."""
        return await _listed(await _whose(request, national_id))

    @get("/{profile:str}", opt=THEIRS, operation_id="pathwayOf", summary="What somebody would need for a role",
         responses=refusals(409))  # fmt: skip
    async def one(self, request: ApiRequest, national_id: NationalId, profile: Asked) -> PathwayDocument:
        """Return what one role asks of somebody, step by step. That you look is written down first."""
        return await _one(await _whose(request, national_id), profile)


async def _whose(request: ApiRequest, national_id: str) -> Whose:
    look = look_of(request, Opened.PATHWAY, Way.PROGRAM)
    return await in_line(request.user, national_id, on=today(), look=look)


async def _listed(whose: Whose) -> Sequence[ProfileInList]:
    ways = await ways_of(whose.person_id, whose.force_id, on=today())
    return [
        ProfileInList(
            slug(one.profile),
            one.profile.title,
            one.profile.name in ways.held,
            len(one.asked),
            one.had,
            one.hours,
        )
        for one in ways.pathways
    ]


async def _one(whose: Whose, profile: str) -> PathwayDocument:
    return _told(*await way_to(whose.person_id, whose.force_id, profile, on=today()))


def _told(policy: LicencePolicy, found: Pathway) -> PathwayDocument:
    steps = [_step(one, policy) for one in found.steps]
    return PathwayDocument(slug(found.profile), found.profile.title, policy.title, steps)


def _step(one: Step, policy: LicencePolicy) -> PathwayStep:
    codes = {asked.id: asked.code for asked in policy.requirements}
    return PathwayStep(
        requirement=one.requirement.code,
        title=one.requirement.title,
        have=one.have,
        is_for_role=one.is_for_role,
        is_open=one.is_open_to,
        met_on=one.met_on,
        valid_until=one.valid_until,
        met_by=codes.get(one.met_by or 0),
        hours=one.hours,
        first=[codes[number] for number in one.first],
        also_gives=[codes[number] for number in one.also_gives],
        how_to_meet=one.requirement.how_to_meet,
    )
