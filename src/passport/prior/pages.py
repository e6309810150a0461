"""The pages of earlier learning: one's own claims, and those that an assessor judges."""

from typing import Annotated

from litestar import Controller, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, QueryParameter
from litestar.response import Redirect, Template

from access.asking import actor_of, look_of
from access.permissions import Permission
from access.readings.looks import Opened
from access.shell import PageRequest, shell_for
from access.unsent.keeping import TYPED
from foundation.clock import today
from foundation.date_entry import DateEntry, date_entry_of
from foundation.forms import typed
from foundation.pages import page
from foundation.parts import FieldError
from foundation.problems import ConflictError, InvalidError
from passport.prior import form, view
from passport.prior.actions import NewClaim, accept, claim, decline, take_back
from passport.prior.facts import Claim, claims_by
from passport.prior.reading import force_of, own_claim, read_one, read_waiting, titles_for
from passport.prior.rules import State

OWN = {"permission": Permission.PRIOR_OWN, TYPED: "your claim of earlier learning"}
ASSESS = {"permission": Permission.PRIOR_ASSESS, TYPED: "your assessment"}
Answers = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]
Done = Annotated[str, QueryParameter(name="done", max_length=20)]


class OwnPriorPages(Controller):
    """What somebody claims to have learned before."""

    path = view.OWN
    include_in_schema = False

    @get("/", opt=OWN)
    async def mine(self, request: PageRequest, done: Done = "") -> Template:
        """Show one's own claims, and what became of each."""
        return await _mine(request, done=done)

    @get("/new", opt=OWN)
    async def ask(self, request: PageRequest) -> Template:
        """Ask what was learned, where and when."""
        return await _ask(request, form.ClaimForm())

    @post("/new", opt=OWN)
    async def claim(self, request: PageRequest, data: Answers) -> Template | Redirect:
        """Claim it, or say what is missing."""
        given = form.read(data, today())
        errors = given.errors(dict(await titles_for(request.user)))
        if errors or given.when.meant is None:
            return await _ask(request, given, errors)
        try:
            new = NewClaim(force_of(request.user), given.met, given.where, given.when.meant, given.what)
            await claim(new, actor=actor_of(request), on=today())
        except (ConflictError, InvalidError) as refusal:
            return await _ask(request, given, (FieldError(refusal.detail, "met"),))
        return Redirect(f"{view.OWN}?done=claimed", status_code=303)

    @post("/{claim_id:int}/withdrawal", opt=OWN)
    async def take_back(self, request: PageRequest, claim_id: FromPath[int]) -> Template | Redirect:
        """Take back a claim that waits."""
        found = await own_claim(request.user, claim_id)
        try:
            await take_back(found, actor=actor_of(request))
        except ConflictError as refusal:
            return await _mine(request, errors=(FieldError(refusal.detail),))
        return Redirect(f"{view.OWN}?done=taken-back", status_code=303)


class PriorPages(Controller):
    """What an assessor judges."""

    path = view.PATH
    include_in_schema = False

    @get("/", opt=ASSESS)
    async def listed(self, request: PageRequest, done: Done = "") -> Template:
        """Show the claims that wait, the oldest first, and those decided last."""
        return page(
            "prior/claims.html",
            shell_for(request, view.CLAIMS.text, banner=view.banner(done)),
            view=view,
            found=await read_waiting(request.user, look_of(request, Opened.PRIOR)),
        )

    @get("/{claim_id:int}", opt=ASSESS)
    async def one(self, request: PageRequest, claim_id: FromPath[int]) -> Template:
        """Show a claim, and ask from which day it counts."""
        found = await read_one(request.user, claim_id, look_of(request, Opened.PRIOR))
        return _one(request, found, date_entry_of(found.learned_on))

    @post("/{claim_id:int}/decision", opt=ASSESS)
    async def decide(
        self, request: PageRequest, claim_id: FromPath[int], data: Answers
    ) -> Template | Redirect:
        """Accept a claim from a day, or decline it with a reason."""
        found = await read_one(request.user, claim_id, look_of(request, Opened.PRIOR))
        entry, reason = (
            form.read_day(data, "from", "day it counts from", latest=today()),
            typed(data, "because"),
        )
        is_accepted = typed(data, "answer") == State.ACCEPTED
        if is_accepted and entry.meant is None:
            error = FieldError(entry.error or "", f"from-{(*entry.wrong, 'day')[0]}")
            return _one(request, found, entry, reason=reason, errors=(error,))
        actor = actor_of(request)
        try:
            if is_accepted and entry.meant is not None:
                await accept(found, counts_from=entry.meant, actor=actor, on=today())
            else:
                await decline(found, reason=reason, actor=actor)
        except (ConflictError, InvalidError) as refusal:
            error = FieldError(refusal.detail, "from-day" if is_accepted else "because")
            return _one(request, found, entry, reason=reason, errors=(error,))
        return Redirect(f"{view.PATH}?done={'accepted' if is_accepted else 'declined'}", status_code=303)


async def _mine(request: PageRequest, *, done: str = "", errors: tuple[FieldError, ...] = ()) -> Template:
    return page(
        "prior/mine.html",
        shell_for(request, view.MINE.text, back=view.PASSPORT, errors=errors, banner=view.banner(done)),
        status=409 if errors else 200,
        view=view,
        found=await claims_by(request.user.person_id),
    )


async def _ask(request: PageRequest, given: form.ClaimForm, errors: tuple[FieldError, ...] = ()) -> Template:
    return page(
        "prior/new.html",
        shell_for(request, "Claim earlier learning", back=view.MINE, errors=errors),
        status=400 if errors else 200,
        given=given,
        titles=await titles_for(request.user),
        wrong={error.field_id: error.text for error in errors},
    )


def _one(
    request: PageRequest,
    found: Claim,
    entry: DateEntry,
    *,
    reason: str = "",
    errors: tuple[FieldError, ...] = (),
) -> Template:
    return page(
        "prior/claim.html",
        shell_for(request, f"Earlier learning of {found.name}", back=view.CLAIMS, errors=errors),
        status=400 if errors else 200,
        view=view,
        found=found,
        entry=entry,
        reason=reason,
        wrong={error.field_id: error.text for error in errors},
    )
