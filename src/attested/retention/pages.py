"""The pages about retention: what is kept how long, what is proposed to go, and what is held back."""

from typing import Annotated

from litestar import Controller, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, QueryParameter
from litestar.response import Redirect, Template

from access.asking import actor_of
from access.permission_map import may_use
from access.permissions import Permission
from access.shell import PageRequest, shell_for
from attested.retention import actions, view
from attested.retention.facts import everything_kept, holds, purge, purges
from attested.retention.holdings import Kind
from foundation.clock import today
from foundation.forms import typed
from foundation.pages import page
from foundation.parts import FieldError
from foundation.problems import ConflictError, InvalidError, NotFoundError
from people.persons.facts import PersonNotFoundError, person_with_national_id

READ = {"permission": Permission.RETENTION_READ}
PROPOSE = {"permission": Permission.RETENTION_PROPOSE}
AGREE = {"permission": Permission.RETENTION_APPROVE}
LARGEST = 2**63 - 1
Answers = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]


class RetentionPages(Controller):
    """What goes when, for those who answer for it."""

    path = "/retention"
    include_in_schema = False

    @get("/", opt=READ)
    async def overview(
        self, request: PageRequest, done: Annotated[str, QueryParameter(name="done", max_length=20)] = ""
    ) -> Template:
        """Show every rule with what it would take, the purges, and the holds."""
        return await _overview(request, done=done)

    @post("/propose", opt=PROPOSE)
    async def propose(self, request: PageRequest, data: Answers) -> Template | Redirect:
        """Propose to purge what has been kept too long of a kind."""
        kind = next((kind for kind in Kind if kind == typed(data, "kind")), None)
        if kind is None:
            raise NotFoundError
        try:
            await actions.propose(actor=actor_of(request), kind=kind, on=today())
        except (ConflictError, InvalidError) as refusal:
            return await _overview(request, errors=(FieldError(refusal.detail),))
        return Redirect("/retention?done=proposed", status_code=303)

    @get("/{number:int}", opt=READ)
    async def one(self, request: PageRequest, number: FromPath[int]) -> Template:
        """Show one purge, and ask whoever may agree whether they do."""
        return await _one(request, number)

    @post("/{number:int}/answer", opt=AGREE)
    async def answer(self, request: PageRequest, number: FromPath[int], data: Answers) -> Template | Redirect:
        """Agree to a purge, or turn it down."""
        said = typed(data, "answer")
        if said not in {"agree", "turn down"}:
            return await _one(request, number, (FieldError("Select whether you agree", "answer"),))
        try:
            await actions.answer(actor=actor_of(request), number=min(number, LARGEST), agrees=said == "agree")
        except (ConflictError, InvalidError) as refusal:
            return await _one(request, number, (FieldError(refusal.detail),))
        done = "agreed" if said == "agree" else "declined"
        return Redirect(f"/retention?done={done}", status_code=303)

    @post("/holds", opt=PROPOSE)
    async def hold(self, request: PageRequest, data: Answers) -> Template | Redirect:
        """Hold back everything about a person, or everything of a kind."""
        what, reason = typed(data, "what"), typed(data, "reason")
        kind = next((kind for kind in Kind if kind == what), None)
        try:
            person_id = None if kind else (await person_with_national_id(what)).id
            await actions.hold(actor=actor_of(request), kind=kind, person_id=person_id, reason=reason)
        except PersonNotFoundError:
            wrong = FieldError("Enter a national identifier that somebody has, or a kind of record", "what")
            return await _overview(request, errors=(wrong,), what=what, reason=reason)
        except (ConflictError, InvalidError) as refusal:
            wrong = FieldError(refusal.detail, "reason")
            return await _overview(request, errors=(wrong,), what=what, reason=reason)
        return Redirect("/retention?done=held", status_code=303)

    @post("/holds/{number:int}/end", opt=PROPOSE)
    async def release(self, request: PageRequest, number: FromPath[int]) -> Redirect:
        """End a hold."""
        await actions.release(actor=actor_of(request), number=min(number, LARGEST))
        return Redirect("/retention?done=released", status_code=303)


async def _overview(
    request: PageRequest,
    *,
    done: str = "",
    errors: tuple[FieldError, ...] = (),
    what: str = "",
    reason: str = "",
) -> Template:
    return page(
        "retention/retention.html",
        shell_for(request, "Retention", errors=errors, banner=view.banner(done)),
        status=400 if errors else 200,
        view=view,
        kept=await everything_kept(today()),
        purges=await purges(),
        holds=await holds(),
        kinds=list(Kind),
        may_propose=may_use(request.user, Permission.RETENTION_PROPOSE),
        what=what,
        reason=reason,
        wrong={error.field_id: error.text for error in errors},
    )


async def _one(request: PageRequest, number: int, errors: tuple[FieldError, ...] = ()) -> Template:
    found = await purge(number) if number <= LARGEST else None
    if found is None:
        raise NotFoundError
    may_agree = (
        found.state == "proposed"
        and may_use(request.user, Permission.RETENTION_APPROVE)
        and found.proposer_id != request.user.person_id
    )
    return page(
        "retention/purge.html",
        shell_for(request, f"Purge {found.id}: {found.kind}", back=view.RETENTION, errors=errors),
        status=400 if errors else 200,
        view=view,
        purge=found,
        may_agree=may_agree,
    )
