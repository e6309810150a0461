"""Dispensations for programs: the same list, proposal and decision as the pages."""

from typing import Annotated

from litestar import Controller, get, post
from litestar.params import Body, PathParameter

from access.asking import ApiRequest, actor_of, look_of
from access.permissions import Permission
from access.readings.looks import Opened, Way
from foundation.clock import today
from foundation.paging import Before
from foundation.refusals import refusals
from passport.waivers.actions import agree, decline, end, propose, take_back
from passport.waivers.asking import force_of, person_meant
from passport.waivers.facts import PAGE, Proposal
from passport.waivers.reading import read_list, read_one
from passport.waivers.schemas import (
    DecisionAsked,
    EndOfWaiver,
    WaiverAsked,
    WaiverDocument,
    WaiversPage,
    waiver_document,
)
from passport.waivers.writing import NewProposal

READ = {"permission": Permission.WAIVER_READ}
PROPOSE = {"permission": Permission.WAIVER_PROPOSE}
AGREE = {"permission": Permission.WAIVER_AGREE}
WaiverNumber = Annotated[
    int, PathParameter(name="proposal_id", ge=1, le=2**31 - 1, description="The number of the proposal.")
]


class WaiverEndpoints(Controller):
    """What a program may ask of dispensations."""

    path = "/waivers"
    tags = ("Waivers",)

    @get("/", opt=READ, operation_id="waivers", summary="List waivers")
    async def listed(self, request: ApiRequest, before: Before = None) -> WaiversPage:
        """List what was proposed for the people of your force, the latest first."""
        look = look_of(request, Opened.WAIVERS, Way.PROGRAM)
        found = await read_list(request.user, look, before=before)
        next_before = found[-1].id if len(found) == PAGE else None
        return WaiversPage([waiver_document(one) for one in found], next_before)

    @get("/{proposal_id:int}", opt=READ, operation_id="waiver", summary="One waiver")
    async def one(self, request: ApiRequest, proposal_id: WaiverNumber) -> WaiverDocument:
        """Return one proposal, with everybody who had a hand in it."""
        return waiver_document(await _found(request, proposal_id, Permission.WAIVER_READ))

    @post("/", opt=PROPOSE, operation_id="proposeWaiver", summary="Propose a waiver", responses=refusals(409))
    async def propose(self, request: ApiRequest, data: Annotated[WaiverAsked, Body()]) -> WaiverDocument:
        """Propose a waiver, a deferral or a failure of the force. Nothing holds until a second person agrees."""
        new = NewProposal(
            person_id=await person_meant(request.user, data.person),
            force_id=force_of(request.user),
            requirement=data.requirement,
            kind=data.kind,
            reason=data.reason.strip(),
            since=data.since,
            until=data.until,
            evidence_needed=data.evidence_needed,
        )
        number = await propose(new, actor=actor_of(request))
        return waiver_document(await _found(request, number, Permission.WAIVER_PROPOSE))

    @post(
        "/{proposal_id:int}/decision",
        opt=AGREE,
        status_code=200,
        operation_id="decideWaiver",
        summary="Agree or decline, as the second person",
        responses=refusals(409),
    )
    async def decide(
        self, request: ApiRequest, proposal_id: WaiverNumber, data: Annotated[DecisionAsked, Body()]
    ) -> WaiverDocument:
        """Agree to a proposal or decline it; whoever proposed it can do neither."""
        found, actor = await _found(request, proposal_id, Permission.WAIVER_AGREE), actor_of(request)
        if data.decision == "agreed":
            await agree(found, actor=actor)
        else:
            await decline(found, reason=data.reason or "", actor=actor)
        return waiver_document(await _found(request, proposal_id, Permission.WAIVER_AGREE))

    @post(
        "/{proposal_id:int}/withdrawal",
        opt=PROPOSE,
        status_code=200,
        operation_id="takeBackWaiver",
        summary="Take a proposal back",
        responses=refusals(409),
    )
    async def take_back(self, request: ApiRequest, proposal_id: WaiverNumber) -> WaiverDocument:
        """Take back what you have proposed yourself, while it waits."""
        found = await _found(request, proposal_id, Permission.WAIVER_PROPOSE)
        await take_back(found, actor=actor_of(request))
        return waiver_document(await _found(request, proposal_id, Permission.WAIVER_PROPOSE))

    @post(
        "/{proposal_id:int}/end",
        opt=PROPOSE,
        status_code=200,
        operation_id="endWaiver",
        summary="End a waiver",
        responses=refusals(409),
    )
    async def end(
        self, request: ApiRequest, proposal_id: WaiverNumber, data: Annotated[EndOfWaiver, Body()]
    ) -> WaiverDocument:
        """End what holds, with a reason: today is its last day."""
        found = await _found(request, proposal_id, Permission.WAIVER_PROPOSE)
        await end(found, reason=data.reason, actor=actor_of(request), on=today())
        return waiver_document(await _found(request, proposal_id, Permission.WAIVER_PROPOSE))


async def _found(request: ApiRequest, proposal_id: int, permission: Permission) -> Proposal:
    look = look_of(request, Opened.WAIVERS, Way.PROGRAM)
    return await read_one(request.user, proposal_id, look, permission=permission)
