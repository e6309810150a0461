"""Approval of a draft with its what-if, and withdrawal of a version before its day, for programs."""

from datetime import date
from typing import Annotated

import msgspec
from litestar import Controller, post
from litestar.params import Body, PathParameter

from access.asking import ApiRequest, actor_of
from foundation.forms import SAID
from foundation.refusals import refusals
from licence.whatif.approving import approve_with_what_if
from licence.whatif.asking import APPROVE
from passport.policy.actions import withdraw
from passport.policy.facts import Version

Number = Annotated[int, PathParameter(name="number", ge=1, le=2**31 - 1, description="The version's number.")]


class ApprovalAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """From which day a draft is to be in force, and the what-if that was read."""

    begins_on: date
    what_if: Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)]


class WithdrawalAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why a version is withdrawn."""

    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=1000, pattern=SAID)]


class ApprovalEndpoints(Controller):
    """What the second person may ask."""

    path = "/policies"
    tags = ("Policy desk",)

    @post(
        "/{number:int}/approval",
        opt=APPROVE,
        status_code=200,
        operation_id="approvePolicy",
        summary="Approve a draft, with its what-if",
        responses=refusals(409),
    )
    async def approve(
        self, request: ApiRequest, number: Number, data: Annotated[ApprovalAsked, Body()]
    ) -> Version:
        """Approve a draft as the second person, resting on a what-if over the nation for the same first day."""
        return await approve_with_what_if(
            actor=actor_of(request), number=number, on=data.begins_on, what_if_id=data.what_if
        )

    @post(
        "/{number:int}/withdrawal",
        opt=APPROVE,
        status_code=200,
        operation_id="withdrawPolicy",
        summary="Withdraw a version before its day",
        responses=refusals(409),
    )
    async def withdraw(
        self, request: ApiRequest, number: Number, data: Annotated[WithdrawalAsked, Body()]
    ) -> Version:
        """Withdraw a version that is not in force yet, for a reason."""
        return await withdraw(actor=actor_of(request), number=number, reason=data.reason.strip())
