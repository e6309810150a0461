"""The pages of dispensations: what was proposed, and agreeing to it as a second person."""

from typing import Annotated

from litestar import Controller, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, QueryParameter
from litestar.response import Redirect, Template

from access.asking import actor_of, look_of
from access.permission_map import may_use
from access.permissions import Permission
from access.readings.looks import Opened
from access.shell import PageRequest, shell_for
from access.unsent.keeping import TYPED
from foundation.clock import today
from foundation.forms import typed
from foundation.pages import page
from foundation.paging import Before
from foundation.parts import FieldError
from foundation.problems import ConflictError, InvalidError
from passport.waivers import form, view
from passport.waivers.actions import agree, decline, end, propose, take_back
from passport.waivers.asking import new_proposal, titles_for
from passport.waivers.errors import NobodyMeantError, ReasonNeededError
from passport.waivers.facts import PAGE, Proposal
from passport.waivers.reading import read_list, read_one
from passport.waivers.rules import Decision, State

READ = {"permission": Permission.WAIVER_READ}
PROPOSE = {"permission": Permission.WAIVER_PROPOSE, TYPED: "what you proposed"}
AGREE = {"permission": Permission.WAIVER_AGREE, TYPED: "your decision"}
Answers = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]
Done = Annotated[str, QueryParameter(name="done", max_length=20)]


class WaiverPages(Controller):
    """What those see and do who dispense people from what policy asks."""

    path = view.PATH
    include_in_schema = False

    @get("/", opt=READ)
    async def listed(self, request: PageRequest, before: Before = None) -> Template:
        """Show what was proposed, the latest first."""
        found = await read_list(request.user, look_of(request, Opened.WAIVERS), before=before)
        return page(
            "waivers/waivers.html",
            shell_for(request, "Waivers"),
            view=view,
            found=found,
            may_propose=may_use(request.user, Permission.WAIVER_PROPOSE),
            first_href=view.PATH if before else None,
            next_href=f"{view.PATH}?before={found[-1].id}" if len(found) == PAGE else None,
        )

    @get("/new", opt=PROPOSE)
    async def ask(self, request: PageRequest) -> Template:
        """Ask who is to be dispensed from what, and why."""
        return await _ask(request, form.blank(today()))

    @post("/new", opt=PROPOSE)
    async def propose(self, request: PageRequest, data: Answers) -> Template | Redirect:
        """Propose a dispensation, or say what is missing."""
        given = form.read(data, today())
        errors = given.errors(dict(await titles_for(request.user)))
        if errors:
            return await _ask(request, given, errors)
        try:
            number = await propose(await new_proposal(request.user, given), actor=actor_of(request))
        except (ConflictError, InvalidError) as refusal:
            field = "who" if isinstance(refusal, NobodyMeantError) else "asks"
            return await _ask(request, given, (FieldError(refusal.detail, field),))
        return Redirect(f"{view.PATH}/{number}?done=proposed", status_code=303)

    @get("/{proposal_id:int}", opt=READ)
    async def one(self, request: PageRequest, proposal_id: FromPath[int], done: Done = "") -> Template:
        """Show a proposal, and what can be done about it."""
        return _one(
            request, await read_one(request.user, proposal_id, look_of(request, Opened.WAIVERS)), done=done
        )

    @post("/{proposal_id:int}/decision", opt=AGREE)
    async def decide(
        self, request: PageRequest, proposal_id: FromPath[int], data: Answers
    ) -> Template | Redirect:
        """Agree to a proposal as the second person, or decline it."""
        look, actor, reason = look_of(request, Opened.WAIVERS), actor_of(request), typed(data, "because")
        found = await read_one(request.user, proposal_id, look, permission=Permission.WAIVER_AGREE)
        agreed = typed(data, "answer") == Decision.AGREED
        try:
            await (agree(found, actor=actor) if agreed else decline(found, reason=reason, actor=actor))
        except (ConflictError, InvalidError) as refusal:
            return _refused(request, found, refusal, reason)
        done = "agreed" if agreed else "declined"
        return Redirect(f"{view.PATH}/{proposal_id}?done={done}", status_code=303)

    @post("/{proposal_id:int}/withdrawal", opt=PROPOSE)
    async def take_back(self, request: PageRequest, proposal_id: FromPath[int]) -> Template | Redirect:
        """Take back what one has proposed."""
        look = look_of(request, Opened.WAIVERS)
        found = await read_one(request.user, proposal_id, look, permission=Permission.WAIVER_PROPOSE)
        try:
            await take_back(found, actor=actor_of(request))
        except ConflictError as refusal:
            return _refused(request, found, refusal, "")
        return Redirect(f"{view.PATH}/{proposal_id}?done=taken-back", status_code=303)

    @post("/{proposal_id:int}/end", opt=PROPOSE)
    async def end(
        self, request: PageRequest, proposal_id: FromPath[int], data: Answers
    ) -> Template | Redirect:
        """End what holds today, with a reason."""
        look, reason = look_of(request, Opened.WAIVERS), typed(data, "because")
        found = await read_one(request.user, proposal_id, look, permission=Permission.WAIVER_PROPOSE)
        try:
            await end(found, reason=reason, actor=actor_of(request), on=today())
        except (ConflictError, InvalidError) as refusal:
            return _refused(request, found, refusal, reason)
        return Redirect(f"{view.PATH}/{proposal_id}?done=ended", status_code=303)


async def _ask(
    request: PageRequest, given: form.ProposalForm, errors: tuple[FieldError, ...] = ()
) -> Template:
    return page(
        "waivers/new.html",
        shell_for(request, "Propose a waiver", back=view.WAIVERS, errors=errors),
        status=400 if errors else 200,
        view=view,
        given=given,
        titles=await titles_for(request.user),
        wrong={error.field_id: error.text for error in errors},
    )


def _refused(
    request: PageRequest, found: Proposal, refusal: ConflictError | InvalidError, reason: str
) -> Template:
    error = FieldError(refusal.detail, "because" if isinstance(refusal, ReasonNeededError) else None)
    return _one(request, found, errors=(error,), reason=reason)


def _one(
    request: PageRequest,
    found: Proposal,
    *,
    done: str = "",
    errors: tuple[FieldError, ...] = (),
    reason: str = "",
) -> Template:
    is_mine = found.proposer_id == request.user.person_id
    may_propose = may_use(request.user, Permission.WAIVER_PROPOSE)
    waits = found.state is State.WAITING
    return page(
        "waivers/waiver.html",
        shell_for(request, f"{view.WORDS[found.kind]}: {found.name}", back=view.WAIVERS, errors=errors,
                  banner=view.banner(done)),
        status=400 if errors else 200,
        view=view,
        found=found,
        can_agree=waits and not is_mine and may_use(request.user, Permission.WAIVER_AGREE),
        can_take_back=waits and is_mine and may_propose,
        can_end=found.state in {State.HOLDS, State.TO_COME} and may_propose,
        reason=reason,
        wrong={error.field_id: error.text for error in errors},
    )  # fmt: skip
