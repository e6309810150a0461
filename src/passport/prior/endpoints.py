"""Earlier learning for programs: the same claims and judgements as the pages."""

from typing import Annotated

from litestar import Controller, get, post
from litestar.params import Body, PathParameter

from access.asking import ApiRequest, actor_of, look_of
from access.permissions import Permission
from access.readings.looks import Opened, Way
from foundation.clock import today
from foundation.problems import InvalidError
from foundation.refusals import refusals
from passport.prior.actions import NewClaim, accept, claim, decline, take_back
from passport.prior.facts import claims_by
from passport.prior.reading import force_of, own_claim, read_one, read_waiting
from passport.prior.schemas import ClaimAsked, ClaimDocument, JudgementAsked, claim_document

OWN = {"permission": Permission.PRIOR_OWN}
ASSESS = {"permission": Permission.PRIOR_ASSESS}
TAGS = ("Earlier learning",)
ClaimNumber = Annotated[
    int, PathParameter(name="claim_id", ge=1, le=2**31 - 1, description="The number of the claim.")
]


class OwnPriorEndpoints(Controller):
    """What somebody may do about their own claims."""

    path = "/me/earlier-learning"
    tags = TAGS

    @get("/", opt=OWN, operation_id="myEarlierLearning", summary="My claims of earlier learning")
    async def mine(self, request: ApiRequest) -> tuple[ClaimDocument, ...]:
        """List your own claims, the latest first."""
        return tuple(claim_document(one) for one in await claims_by(request.user.person_id))

    @post("/", opt=OWN, operation_id="claimEarlierLearning", summary="Claim", responses=refusals(409))
    async def claim(self, request: ApiRequest, data: Annotated[ClaimAsked, Body()]) -> ClaimDocument:
        """Claim that earlier learning meets a requirement. It counts for nothing until an assessor accepts it."""
        new = NewClaim(
            force_of(request.user), data.requirement, data.where.strip(), data.on, data.what.strip()
        )
        number = await claim(new, actor=actor_of(request), on=today())
        return claim_document(await own_claim(request.user, number))

    @post(
        "/{claim_id:int}/withdrawal",
        opt=OWN,
        status_code=200,
        operation_id="takeBackEarlierLearning",
        summary="Take a claim back",
        responses=refusals(409),
    )
    async def take_back(self, request: ApiRequest, claim_id: ClaimNumber) -> ClaimDocument:
        """Take back a claim that waits."""
        await take_back(await own_claim(request.user, claim_id), actor=actor_of(request))
        return claim_document(await own_claim(request.user, claim_id))


class PriorEndpoints(Controller):
    """What an assessor may do about the claims of a force."""

    path = "/earlier-learning"
    tags = TAGS

    @get("/", opt=ASSESS, operation_id="earlierLearning", summary="Claims to judge")
    async def listed(self, request: ApiRequest) -> tuple[ClaimDocument, ...]:
        """List the claims that wait, the oldest first, and then those decided last."""
        look = look_of(request, Opened.PRIOR, Way.PROGRAM)
        return tuple(claim_document(one) for one in await read_waiting(request.user, look))

    @post(
        "/{claim_id:int}/decision",
        opt=ASSESS,
        status_code=200,
        operation_id="judgeEarlierLearning",
        summary="Accept or decline a claim",
        responses=refusals(409),
    )
    async def decide(
        self, request: ApiRequest, claim_id: ClaimNumber, data: Annotated[JudgementAsked, Body()]
    ) -> ClaimDocument:
        """Accept a claim from a day, or decline it with a reason; never one's own."""
        look = look_of(request, Opened.PRIOR, Way.PROGRAM)
        found, actor = await read_one(request.user, claim_id, look), actor_of(request)
        if not data.accepted:
            await decline(found, reason=data.reason or "", actor=actor)
        elif data.counts_from is None:
            raise InvalidError(errors={"counts_from": "is needed to accept"})
        else:
            await accept(found, counts_from=data.counts_from, actor=actor, on=today())
        return claim_document(await read_one(request.user, claim_id, look))
