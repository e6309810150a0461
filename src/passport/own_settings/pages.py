"""What a force sets for itself within policy: what holds, what is proposed, and the second person's answer."""

from typing import Annotated

from litestar import Controller, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, PathParameter, QueryParameter
from litestar.response import Redirect, Template

from access.asking import actor_of
from access.permission_map import forces_of, may_use
from access.permissions import Permission
from access.shell import PageRequest, shell_for
from foundation.clock import today
from foundation.date_entry import DateEntry
from foundation.forms import typed
from foundation.pages import page
from foundation.paging import Before
from foundation.parts import FieldError
from foundation.problems import ConflictError, InvalidError, NotFoundError
from passport.own_settings import form, view
from passport.own_settings.actions import approve, propose, propose_end, refuse
from passport.own_settings.facts import (
    PAGE,
    Proposal,
    forces,
    may_set,
    proposal_of,
    proposals_of,
    settings_of,
)
from passport.policy.facts import ForceSetting

READ = {"permission": Permission.SETTING_READ}
PROPOSE = {"permission": Permission.SETTING_PROPOSE}
APPROVE = {"permission": Permission.SETTING_APPROVE}
Answers = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]
ProposalNumber = Annotated[int, PathParameter(name="proposal_id", ge=1, le=2**31 - 1)]
SettingNumber = Annotated[int, PathParameter(name="setting_id", ge=1, le=2**31 - 1)]
Done = Annotated[str, QueryParameter(name="done", max_length=20)]


class SettingPages(Controller):
    """What learning and development, and a force's lead, see and do of its own settings."""

    path = view.PATH
    include_in_schema = False

    @get("/", opt=READ)
    async def listed(self, request: PageRequest, done: Done = "", before: Before = None) -> Template:
        """Show what the force has set for itself, and what was proposed."""
        reach = forces_of(request.user, Permission.SETTING_READ)
        found = await proposals_of(reach, before=before)
        return page(
            "own_settings/settings.html",
            shell_for(request, "What your force sets for itself", banner=view.banner(done)),
            view=view,
            settings=await settings_of(reach, on=today()),
            proposals=found,
            may_propose=may_use(request.user, Permission.SETTING_PROPOSE),
            first_href=view.PATH if before else None,
            next_href=f"{view.PATH}?before={found[-1].id}" if len(found) == PAGE else None,
        )

    @get("/new", opt=PROPOSE)
    async def ask(self, request: PageRequest) -> Template:
        """Ask what the force is to set for itself."""
        offered = await forces(forces_of(request.user, Permission.SETTING_PROPOSE), on=today())
        return await _ask(request, form.blank(offered, today()))

    @post("/new", opt=PROPOSE)
    async def propose(self, request: PageRequest, data: Answers) -> Template | Redirect:
        """Propose it, or say why policy does not allow it."""
        on = today()
        offered = await forces(forces_of(request.user, Permission.SETTING_PROPOSE), on=on)
        given, choices = form.read(data, offered, on), await may_set(on)
        errors, new = given.errors(choices), given.new(choices)
        if errors or new is None:
            return await _ask(request, given, errors)
        try:
            number = await propose(actor=actor_of(request), new=new)
        except (ConflictError, InvalidError) as refusal:
            return await _ask(request, given, (FieldError(refusal.detail, "value"),))
        return Redirect(f"{view.PATH}/{number}?done=proposed", status_code=303)

    @get("/{proposal_id:int}", opt=READ)
    async def one(self, request: PageRequest, proposal_id: ProposalNumber, done: Done = "") -> Template:
        """Show a proposal, and what can be done about it."""
        found = await proposal_of(forces_of(request.user, Permission.SETTING_READ), proposal_id)
        return _one(request, found, done=done)

    @post("/{proposal_id:int}/approve", opt=APPROVE)
    async def approve(self, request: PageRequest, proposal_id: ProposalNumber) -> Template | Redirect:
        """Approve a proposal, as the second person."""
        found = await proposal_of(forces_of(request.user, Permission.SETTING_APPROVE), proposal_id)
        try:
            await approve(actor=actor_of(request), second=request.user, proposal=found)
        except (ConflictError, InvalidError) as refusal:
            return _one(request, found, errors=(FieldError(refusal.detail),))
        return Redirect(f"{view.PATH}/{proposal_id}?done=approved", status_code=303)

    @post("/{proposal_id:int}/refuse", opt=PROPOSE)
    async def refuse(
        self, request: PageRequest, proposal_id: ProposalNumber, data: Answers
    ) -> Template | Redirect:
        """Refuse a proposal, or take one's own back."""
        found = await _answerable(request, proposal_id)
        reason = typed(data, "reason")
        try:
            await refuse(actor=actor_of(request), second=request.user, proposal=found, reason=reason)
        except (ConflictError, InvalidError) as refusal:
            return _one(request, found, errors=(FieldError(refusal.detail, "reason"),), reason=reason)
        done = "taken-back" if found.proposer_id == request.user.person_id else "refused"
        return Redirect(f"{view.PATH}/{proposal_id}?done={done}", status_code=303)

    @get("/holding/{setting_id:int}/end", opt=PROPOSE)
    async def ask_end(self, request: PageRequest, setting_id: SettingNumber) -> Template:
        """Ask after which day a setting is to end, and why."""
        return _end(request, await _setting(request, setting_id), DateEntry())

    @post("/holding/{setting_id:int}/end", opt=PROPOSE)
    async def end(
        self, request: PageRequest, setting_id: SettingNumber, data: Answers
    ) -> Template | Redirect:
        """Propose that a setting ends."""
        found = await _setting(request, setting_id)
        entry, reason = form.read_last_day(data, today()), typed(data, "reason")
        if entry.meant is None:
            place = (*entry.wrong, "day")[0]
            return _end(
                request,
                found,
                entry,
                reason,
                (FieldError(entry.error or "Enter the last day", f"last_day-{place}"),),
            )
        try:
            number = await propose_end(
                actor=actor_of(request), setting=found.id, last_day=entry.meant, reason=reason
            )
        except (ConflictError, InvalidError) as refusal:
            return _end(request, found, entry, reason, (FieldError(refusal.detail, "reason"),))
        return Redirect(f"{view.PATH}/{number}?done=proposed", status_code=303)


async def _setting(request: PageRequest, setting_id: int) -> ForceSetting:
    reach = forces_of(request.user, Permission.SETTING_PROPOSE)
    found = next((one for one in await settings_of(reach, on=today()) if one.id == setting_id), None)
    if found is None:
        raise NotFoundError
    return found


async def _answerable(request: PageRequest, proposal_id: int) -> Proposal:
    """Return a proposal that somebody may refuse: one to approve, or their own.

    :raises NotFoundError: it is neither.
    """
    found = await proposal_of(forces_of(request.user, Permission.SETTING_PROPOSE), proposal_id)
    may_answer = found.force_id in forces_of(request.user, Permission.SETTING_APPROVE)
    if not may_answer and found.proposer_id != request.user.person_id:
        raise NotFoundError
    return found


async def _ask(
    request: PageRequest, given: form.SettingForm, errors: tuple[FieldError, ...] = ()
) -> Template:
    on = today()
    return page(
        "own_settings/new.html",
        shell_for(request, "Propose a setting", back=view.ALL, errors=errors),
        status=400 if errors else 200,
        view=view,
        given=given,
        choices=await may_set(on),
        forces=await forces(forces_of(request.user, Permission.SETTING_PROPOSE), on=on),
        wrong={error.field_id: error.text for error in errors},
    )


def _one(
    request: PageRequest,
    found: Proposal,
    *,
    done: str = "",
    errors: tuple[FieldError, ...] = (),
    reason: str = "",
) -> Template:
    is_own = found.proposer_id == request.user.person_id
    waits = found.state == "proposed"
    may_answer = waits and found.force_id in forces_of(request.user, Permission.SETTING_APPROVE)
    return page(
        "own_settings/proposal.html",
        shell_for(request, view.title(found), back=view.ALL, errors=errors, banner=view.banner(done)),
        status=409 if errors else 200,
        view=view,
        proposal=found,
        may_approve=may_answer and not is_own,
        may_refuse=waits and (may_answer or is_own),
        is_own=is_own,
        reason=reason,
        wrong={error.field_id: error.text for error in errors},
    )


def _end(
    request: PageRequest,
    found: ForceSetting,
    entry: DateEntry,
    reason: str = "",
    errors: tuple[FieldError, ...] = (),
) -> Template:
    return page(
        "own_settings/end.html",
        shell_for(request, f"End what your force set of {found.requirement}?", back=view.ALL, errors=errors),
        status=400 if errors else 200,
        view=view,
        setting=found,
        entry=entry,
        reason=reason,
        wrong={error.field_id: error.text for error in errors},
    )
