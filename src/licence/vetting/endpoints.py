"""Vetting for programs: the same desk, cases and clearances as its pages, under the same doors."""

from dataclasses import replace
from typing import Annotated

from litestar import Controller, get, post
from litestar.params import Body, PathParameter, QueryParameter

from access.asking import ApiRequest
from access.confidential import asker_of, has_proved_lately
from foundation.clock import today
from foundation.problems import NotFoundError
from foundation.refusals import refusals
from licence.vetting import actions
from licence.vetting.asking import officer_meant, person_meant
from licence.vetting.clearances import Asked, held_by, read_list, told_to
from licence.vetting.entering import ASSIGN, CLEARANCES, READ, WRITE
from licence.vetting.reach import LARGEST
from licence.vetting.reading import read_case, read_desk
from licence.vetting.rules import Level, Purpose
from licence.vetting.schemas import (
    CaseDocument,
    CaseNumber,
    ClearanceInList,
    ClearancePage,
    Colleague,
    Concluded,
    Conclusion,
    MyVetting,
    NewCase,
    NewEntry,
    VettingDesk,
    case_document,
    desk_document,
)
from licence.vetting.view import read_place, written

TAGS = ("Vetting",)
Number = Annotated[int, PathParameter(name="number", ge=1, le=LARGEST, description="The number of the case.")]
ForPurpose = Annotated[
    Purpose | None,
    QueryParameter(
        name="purpose",
        description="What the case is opened for: nothing is shown without it, and the audit keeps it.",
    ),
]
Within = Annotated[
    int | None,
    QueryParameter(
        name="within", ge=0, le=3660, description="Only what has run out, or does within so many days."
    ),
]
OfLevel = Annotated[Level | None, QueryParameter(name="level", description="Only this level.")]
After = Annotated[
    str | None, QueryParameter(name="after", max_length=40, description="The `after` of the page before.")
]


class ClearanceEndpoints(Controller):
    """Levels and last days, and nothing of why."""

    tags = TAGS

    @get(
        "/vetting/clearances",
        opt=CLEARANCES,
        operation_id="clearances",
        summary="List who is cleared until when",
    )
    async def listed(
        self, request: ApiRequest, *, within: Within = None, level: OfLevel = None, after: After = None
    ) -> ClearancePage:
        """List the clearances of your force, those that ran out longest ago first, fifty a page."""
        asked = Asked(within, level, read_place(after or ""))
        found, has_more = await read_list(asker_of(request), asked, on=today())
        lines = [ClearanceInList(one.national_id, one.name, one.level, one.valid_until) for one in found]
        return ClearancePage(lines, written(found[-1].place) if has_more else None)

    @get("/me/vetting", opt=CLEARANCES, operation_id="myVetting", summary="Your own vetting")
    async def mine(self, request: ApiRequest) -> MyVetting:
        """Tell your own clearances, and how cases about you ended."""
        asker = asker_of(request)
        told = await told_to(asker.identity, request_id=asker.request_id)
        return MyVetting(await held_by(asker.person_id), told)


class VettingEndpoints(Controller):
    """What a vetting officer may ask."""

    path = "/vetting"
    tags = TAGS
    guards = (has_proved_lately,)

    @get("/cases", opt=READ, operation_id="vettingCases", summary="Your cases, and what waits for agreement")
    async def desk(self, request: ApiRequest) -> VettingDesk:
        """List the cases that you are on, and the proposals to which you may agree."""
        return desk_document(await read_desk(asker_of(request), on=today()))

    @post("/cases", opt=WRITE, operation_id="openVettingCase", summary="Open a case", responses=refusals(409))
    async def open(self, request: ApiRequest, data: Annotated[NewCase, Body()]) -> CaseNumber:
        """Open a case. It can be read once a second vetting officer has agreed who works on it."""
        asker, on = asker_of(request), today()
        subject = await person_meant(asker, data.person, on=on)
        number = await actions.open_case(
            asker,
            person_id=subject.person_id,
            force_id=subject.force_id,
            level=data.level,
            officer_id=await officer_meant(data.officer),
        )
        return CaseNumber(number)

    @get("/cases/{number:int}", opt=READ, operation_id="vettingCase", summary="Open one of your cases")
    async def case(self, request: ApiRequest, number: Number, purpose: ForPurpose = None) -> CaseDocument:
        """Return a case that you are on, whole, for a purpose that you state."""
        opened = await read_case(asker_of(request), number, purpose, on=today())
        return case_document(opened.case, opened.people)

    @post(
        "/cases/{number:int}/entries",
        opt=WRITE,
        operation_id="addToVettingCase",
        summary="Add an entry",
        responses=refusals(409),
    )
    async def add(
        self,
        request: ApiRequest,
        number: Number,
        data: Annotated[NewEntry, Body()],
        purpose: ForPurpose = None,
    ) -> CaseDocument:
        """Add an entry to a case. It cannot be changed or taken away."""
        asker = asker_of(request)
        opened = await read_case(asker, number, purpose, on=today())
        await actions.add_entry(asker, opened.case, kind=data.kind, text=data.text.strip())
        return await self._again(request, number, purpose)

    @post(
        "/cases/{number:int}/colleagues",
        opt=ASSIGN,
        operation_id="proposeForVettingCase",
        summary="Propose a colleague",
        responses=refusals(409),
    )
    async def propose(
        self,
        request: ApiRequest,
        number: Number,
        data: Annotated[Colleague, Body()],
        purpose: ForPurpose = None,
    ) -> CaseDocument:
        """Propose that a colleague works on a case. A second vetting officer has to agree."""
        asker = asker_of(request)
        opened = await read_case(asker, number, purpose, on=today())
        await actions.propose_colleague(asker, opened.case, officer_id=await officer_meant(data.officer))
        return await self._again(request, number, purpose)

    @post(
        "/cases/{number:int}/conclusion",
        opt=WRITE,
        status_code=200,
        operation_id="concludeVettingCase",
        summary="Conclude a case",
        responses=refusals(409),
    )
    async def conclude(
        self,
        request: ApiRequest,
        number: Number,
        data: Annotated[Conclusion, Body()],
        purpose: ForPurpose = None,
    ) -> Concluded:
        """Conclude a case, and tell the person how. Who refuses or withdraws proposes it, and a second agrees."""
        asker = asker_of(request)
        opened = await read_case(asker, number, purpose, on=today())
        return Concluded(await actions.conclude(asker, opened.case, outcome=data.outcome))

    @post(
        "/cases/{number:int}/conclusion/withdrawal",
        opt=WRITE,
        status_code=200,
        operation_id="takeBackVettingOutcome",
        summary="Take back a proposed outcome",
        responses=refusals(409),
    )
    async def take_back(
        self, request: ApiRequest, number: Number, purpose: ForPurpose = None
    ) -> CaseDocument:
        """Take back the outcome that was proposed, whoever proposed it; the case goes on."""
        asker = asker_of(request)
        opened = await read_case(asker, number, purpose, on=today())
        await actions.take_back(asker, opened.case)
        return await self._again(request, number, purpose)

    @post(
        "/proposals/{proposal_id:int}/agreement",
        opt=ASSIGN,
        status_code=200,
        operation_id="agreeToVettingOfficer",
        summary="Agree to a colleague, as the second person",
        responses=refusals(409),
    )
    async def agree(
        self,
        request: ApiRequest,
        proposal_id: Annotated[
            int,
            PathParameter(name="proposal_id", ge=1, le=LARGEST, description="The number of the proposal."),
        ],
    ) -> VettingDesk:
        """Agree that a colleague works on a case. Whoever proposed them cannot, nor can they themselves."""
        asker = asker_of(request)
        desk = await read_desk(asker, on=today())
        found = next((one for one in desk.proposals if one.id == proposal_id), None)
        if found is None:
            raise NotFoundError
        await actions.agree_to_colleague(asker, found)
        left = [one for one in desk.proposals if one is not found]
        return desk_document(replace(desk, proposals=left))

    async def _again(self, request: ApiRequest, number: int, purpose: Purpose | None) -> CaseDocument:
        opened = await read_case(asker_of(request), number, purpose, on=today())
        return case_document(opened.case, opened.people)
