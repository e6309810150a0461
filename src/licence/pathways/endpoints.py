"""Pathways for programs: the same answers as the pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from litestar import Controller, get
from litestar.params import PathParameter

from access.asking import ApiRequest
from access.permissions import Permission
from foundation.clock import today
from foundation.refusals import refusals
from licence.pathways.reading import slug, way_to, ways_of
from licence.pathways.rules import Have, Pathway, Step
from passport.policy.rules import LicencePolicy

MINE = {"permission": Permission.OWN_SESSION}


@dataclass(frozen=True, slots=True)
class ProfileInList:
    """A role profile; `had` of the requirements that it `asks` of you, and the hours that what is missing takes."""

    profile: str
    title: str
    is_yours: bool
    asks: int
    had: int
    hours: float


@dataclass(frozen=True, slots=True)
class PathwayStep:
    """One requirement on the way. `first` names what comes before it and is missing; `open_to_you`: at your rank."""

    requirement: str
    title: str
    have: Have
    is_for_role: bool
    open_to_you: bool
    met_on: date | None
    valid_until: date | None
    met_by: str | None
    hours: float | None
    first: Sequence[str]
    also_gives: Sequence[str]
    how_to_meet: str


@dataclass(frozen=True, slots=True)
class PathwayDocument:
    """What one role profile asks of you, in an order in which it can be met."""

    profile: str
    title: str
    policy: str
    steps: Sequence[PathwayStep]


class PathwayEndpoints(Controller):
    """What you would need for a role."""

    path = "/me/profiles"
    tags = ("Passport",)

    @get("/", opt=MINE, operation_id="myProfiles", summary="Every role profile, and how much of it you have",
         responses=refusals(409))  # fmt: skip
    async def listed(self, request: ApiRequest) -> Sequence[ProfileInList]:
        """List the role profiles of policy, each with how much of what it asks you have already."""
        ways = await ways_of(request.user.person_id, request.user.force_id, on=today())
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

    @get("/{profile:str}", opt=MINE, operation_id="myPathway", summary="What you would need for a role",
         responses=refusals(409))  # fmt: skip
    async def one(
        self,
        request: ApiRequest,
        profile: Annotated[
            str,
            PathParameter(
                name="profile", max_length=60, description="The profile, such as `roads-policing`."
            ),
        ],
    ) -> PathwayDocument:
        """Return what one role asks, step by step, judged as your licence is."""
        asker = request.user
        policy, found = await way_to(asker.person_id, asker.force_id, profile, on=today())
        return _told(policy, found)


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
        open_to_you=one.is_open_to,
        met_on=one.met_on,
        valid_until=one.valid_until,
        met_by=codes.get(one.met_by or 0),
        hours=one.hours,
        first=[codes[number] for number in one.first],
        also_gives=[codes[number] for number in one.also_gives],
        how_to_meet=one.requirement.how_to_meet,
    )
