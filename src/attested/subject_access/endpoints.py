"""Everything held on somebody, for programs: ask and fetch, see the requests of a force, judge what may be given."""

from typing import Annotated

from litestar import Controller, get, post
from litestar.params import Body, PathParameter, QueryParameter

from access.asking import ApiRequest, actor_of
from access.confidential import asker_of, has_proved_lately
from attested.subject_access import actions
from attested.subject_access.catalogue import Part
from attested.subject_access.contents import Copy
from attested.subject_access.entering import CLINICAL, HANDLE, OWN, VETTING, Purpose
from attested.subject_access.errors import NoPurposeError
from attested.subject_access.facts import LARGEST, latest_of
from attested.subject_access.fetching import fetched
from attested.subject_access.judging import (
    DESKS,
    Desk,
    judge,
    look_through,
    note_no_purpose,
    waiting_for,
)
from attested.subject_access.reach import requests_of, within_reach
from attested.subject_access.schemas import (
    Judged,
    MyRequest,
    NewExtension,
    NewJudgement,
    RequestInList,
    RequestList,
    ToBeJudged,
    in_list,
    mine,
    request_list,
    to_be_judged,
)
from foundation.clock import today
from foundation.problems import NotFoundError
from foundation.refusals import refusals

TAGS = ("Everything held",)
Number = Annotated[
    int, PathParameter(name="number", ge=1, le=LARGEST, description="The number of the request.")
]
ForPurpose = Annotated[
    Purpose | None,
    QueryParameter(name="purpose", description="What the record is opened for: nothing is shown without it."),
]


class OwnDataEndpoints(Controller):
    """Everything held on you."""

    path = "/me/data"
    tags = TAGS

    @get("/", opt=OWN, operation_id="myRequest", summary="How far is your last request?")
    async def last(self, request: ApiRequest) -> MyRequest:
        """Tell when you asked, by when you must have it, and what still waits; nothing here until you ask."""
        return await _last(request)

    @post(
        "/", opt=OWN, operation_id="askForEverything", summary="Ask for everything held on you",
        responses=refusals(409),
    )  # fmt: skip
    async def ask(self, request: ApiRequest) -> MyRequest:
        """Ask for a copy of everything; it must be there within one month, and mostly is within a minute."""
        await actions.ask_for_everything(actor=actor_of(request), on=today())
        return await _last(request)

    @get(
        "/copy", opt=OWN, guards=[has_proved_lately], operation_id="myCopy", summary="Fetch everything held on you",
        responses=refusals(409),
    )  # fmt: skip
    async def copy(self, request: ApiRequest) -> Copy:
        """Fetch the copy, as far as it is there: `waiting` names the parts that somebody has to judge first."""
        return await fetched(request.user, actor_of(request), "program")


class RequestEndpoints(Controller):
    """The requests of a force."""

    path = "/privacy/requests"
    tags = TAGS

    @get("/", opt=HANDLE, operation_id="dataRequests", summary="List the requests of your force")
    async def requests(self, request: ApiRequest) -> RequestList:
        """List who asked for everything held on them, the most urgent first, and the last twenty answered."""
        return request_list(await requests_of(request.user), today())

    @post(
        "/{number:int}/extension", opt=HANDLE, status_code=200, operation_id="extendDataRequest",
        summary="Take longer for a request", responses=refusals(409),
    )  # fmt: skip
    async def extend(
        self, request: ApiRequest, number: Number, data: Annotated[NewExtension, Body()]
    ) -> RequestInList:
        """Take one or two months longer, once, before its day; the person is told until when, and why."""
        asked = await within_reach(request.user, number)
        await actions.extend(
            actor=actor_of(request), request=asked, months=data.months, reason=data.reason, on=today()
        )
        return in_list(await within_reach(request.user, number), today())


class HealthExemptionEndpoints(Controller):
    """What waits for a clinician."""

    path = "/exemptions/health"
    tags = TAGS
    guards = (has_proved_lately,)

    @get("/", opt=CLINICAL, operation_id="healthToJudge", summary="Whose health record waits to be judged?")
    async def waiting(self, request: ApiRequest) -> tuple[RequestInList, ...]:
        """List the requests of your force whose health part waits for a clinician."""
        return await _waiting(request, DESKS[Part.HEALTH])

    @get(
        "/{number:int}",
        opt=CLINICAL,
        operation_id="healthRecordToJudge",
        summary="Look through a health record",
    )
    async def open(self, request: ApiRequest, number: Number, purpose: ForPurpose = None) -> ToBeJudged:
        """Show what the person would be given, for a purpose that you state."""
        return await _open(request, DESKS[Part.HEALTH], number, purpose)

    @post(
        "/{number:int}", opt=CLINICAL, status_code=200, operation_id="judgeHealthRecord",
        summary="Judge a health record", responses=refusals(409),
    )  # fmt: skip
    async def judge(
        self, request: ApiRequest, number: Number, data: Annotated[NewJudgement, Body()]
    ) -> Judged:
        """Give every item, or withhold it on a ground and with a reason, which stays with health."""
        return await _judge(request, DESKS[Part.HEALTH], number, data)


class VettingExemptionEndpoints(Controller):
    """What waits for a vetting officer."""

    path = "/exemptions/vetting"
    tags = TAGS
    guards = (has_proved_lately,)

    @get("/", opt=VETTING, operation_id="vettingToJudge", summary="Whose vetting record waits to be judged?")
    async def waiting(self, request: ApiRequest) -> tuple[RequestInList, ...]:
        """List the requests of your force whose vetting part waits for a vetting officer."""
        return await _waiting(request, DESKS[Part.VETTING])

    @get(
        "/{number:int}",
        opt=VETTING,
        operation_id="vettingRecordToJudge",
        summary="Look through a vetting record",
    )
    async def open(self, request: ApiRequest, number: Number, purpose: ForPurpose = None) -> ToBeJudged:
        """Show what the person would be given, for a purpose that you state."""
        return await _open(request, DESKS[Part.VETTING], number, purpose)

    @post(
        "/{number:int}", opt=VETTING, status_code=200, operation_id="judgeVettingRecord",
        summary="Judge a vetting record", responses=refusals(409),
    )  # fmt: skip
    async def judge(
        self, request: ApiRequest, number: Number, data: Annotated[NewJudgement, Body()]
    ) -> Judged:
        """Give every item, or withhold it on a ground and with a reason, which stays with vetting."""
        return await _judge(request, DESKS[Part.VETTING], number, data)


async def _last(request: ApiRequest) -> MyRequest:
    found = await latest_of(request.user.person_id)
    if found is None:
        raise NotFoundError
    return mine(found, today())


async def _waiting(request: ApiRequest, desk: Desk) -> tuple[RequestInList, ...]:
    return tuple(in_list(one, today()) for one in await waiting_for(asker_of(request), desk))


async def _open(request: ApiRequest, desk: Desk, number: int, purpose: Purpose | None) -> ToBeJudged:
    if purpose is None:
        await note_no_purpose(asker_of(request), desk, number)
        raise NoPurposeError
    return to_be_judged(await look_through(asker_of(request), desk, number, purpose=purpose))


async def _judge(request: ApiRequest, desk: Desk, number: int, data: NewJudgement) -> Judged:
    await judge(asker_of(request), desk, number, digest=data.digest, verdicts=data.verdicts())
    return Judged(number, desk.part)
