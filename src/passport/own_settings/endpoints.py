"""What a force sets for itself, for programs: the same as the pages."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

import msgspec
from litestar import Controller, get, post
from litestar.params import Body, PathParameter

from access.asking import ApiRequest, actor_of
from access.permission_map import forces_of
from access.permissions import Permission
from foundation.clock import today
from foundation.forms import KEEPABLE, SAID
from foundation.paging import Before
from foundation.problems import NotFoundError
from foundation.refusals import refusals
from passport.own_settings.actions import approve, propose, propose_end, refuse
from passport.own_settings.facts import Proposal, forces, proposal_of, proposals_of, settings_of
from passport.policy.overriding import NewSetting
from passport.policy.rules import Overridable

READ = {"permission": Permission.SETTING_READ}
PROPOSE = {"permission": Permission.SETTING_PROPOSE}
APPROVE = {"permission": Permission.SETTING_APPROVE}
ProposalNumber = Annotated[
    int, PathParameter(name="proposal_id", ge=1, le=2**31 - 1, description="The proposal's number.")
]
Reason = Annotated[str, msgspec.Meta(min_length=1, max_length=1000, pattern=SAID, description="Why.")]


class SettingAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a force is to set for itself; who proposes it is whoever asks."""

    force: Annotated[str, msgspec.Meta(max_length=40, pattern=KEEPABLE, description="The force's code.")]
    requirement: Annotated[str, msgspec.Meta(max_length=40, pattern=r"^[A-Z0-9][A-Z0-9-]*$")]
    setting: Overridable
    value: Annotated[str, msgspec.Meta(min_length=1, max_length=60, pattern=SAID)]
    reason: Reason
    valid_from: date
    valid_until: date | None = None


class EndOfSettingAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """After which day a force's own setting is to end, and why."""

    setting: Annotated[
        int, msgspec.Meta(ge=1, le=2**31 - 1, description="The number of the setting that holds.")
    ]
    last_day: date
    reason: Reason


class RefusalAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why a proposal is refused, or taken back."""

    reason: Reason


class SettingEndpoints(Controller):
    """What learning and development, and a force's lead, may ask of its own settings."""

    path = "/policy-settings"
    tags = ("Own settings",)

    @get("/", opt=READ, operation_id="settingProposals", summary="List what was proposed for your force")
    async def listed(self, request: ApiRequest, before: Before = None) -> Sequence[Proposal]:
        """List what was proposed that your force sets for itself, newest first, 50 a page."""
        return await proposals_of(
            forces_of(request.user, Permission.SETTING_READ),
            before=min(before, 2**31 - 1) if before else None,
        )

    @get("/{proposal_id:int}", opt=READ, operation_id="settingProposal", summary="One proposal")
    async def one(self, request: ApiRequest, proposal_id: ProposalNumber) -> Proposal:
        """Return a proposal, and what became of it."""
        return await proposal_of(forces_of(request.user, Permission.SETTING_READ), proposal_id)

    @post(
        "/", opt=PROPOSE, operation_id="proposeSetting", summary="Propose a setting", responses=refusals(409)
    )
    async def propose(self, request: ApiRequest, data: Annotated[SettingAsked, Body()]) -> Proposal:
        """Propose what your force sets for itself, within what policy allows; a second person approves it."""
        reach = forces_of(request.user, Permission.SETTING_PROPOSE)
        if data.force not in {force.code for force in await forces(reach, on=today())}:
            raise NotFoundError
        new = NewSetting(
            data.force, data.requirement, data.setting, data.value.strip(), data.reason.strip(), data.valid_from,
            data.valid_until,
        )  # fmt: skip
        return await proposal_of(reach, await propose(actor=actor_of(request), new=new))

    @post(
        "/end",
        opt=PROPOSE,
        operation_id="proposeEndOfSetting",
        summary="Propose that a setting ends",
        responses=refusals(409),
    )
    async def end(self, request: ApiRequest, data: Annotated[EndOfSettingAsked, Body()]) -> Proposal:
        """Propose that what your force has set for itself ends after a day."""
        reach = forces_of(request.user, Permission.SETTING_PROPOSE)
        if data.setting not in {one.id for one in await settings_of(reach, on=today())}:
            raise NotFoundError
        number = await propose_end(
            actor=actor_of(request), setting=data.setting, last_day=data.last_day, reason=data.reason.strip()
        )
        return await proposal_of(reach, number)

    @post(
        "/{proposal_id:int}/approval",
        opt=APPROVE,
        status_code=200,
        operation_id="approveSetting",
        summary="Approve a proposal, as the second person",
        responses=refusals(409),
    )
    async def approve(self, request: ApiRequest, proposal_id: ProposalNumber) -> Proposal:
        """Approve a proposal. Whoever proposed it cannot."""
        reach = forces_of(request.user, Permission.SETTING_APPROVE)
        found = await proposal_of(reach, proposal_id)
        await approve(actor=actor_of(request), second=request.user, proposal=found)
        return await proposal_of(reach, proposal_id)

    @post(
        "/{proposal_id:int}/refusal",
        opt=APPROVE,
        status_code=200,
        operation_id="refuseSetting",
        summary="Refuse a proposal",
        responses=refusals(409),
    )
    async def refuse(
        self, request: ApiRequest, proposal_id: ProposalNumber, data: Annotated[RefusalAsked, Body()]
    ) -> Proposal:
        """Refuse a proposal with a reason, or take one's own back."""
        reach = forces_of(request.user, Permission.SETTING_APPROVE)
        found = await proposal_of(reach, proposal_id)
        await refuse(actor=actor_of(request), second=request.user, proposal=found, reason=data.reason.strip())
        return await proposal_of(reach, proposal_id)
