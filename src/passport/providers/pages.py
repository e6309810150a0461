"""The pages of providers: what each may deliver, ending that, and what is in doubt since."""

from collections.abc import Mapping
from typing import Annotated

from litestar import Controller, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, QueryParameter
from litestar.response import Redirect, Template

from access.asking import actor_of, look_of
from access.permission_map import forces_of
from access.permissions import Permission
from access.readings.looks import Opened
from access.shell import PageRequest, shell_for
from foundation.clock import today
from foundation.date_entry import DateEntry
from foundation.forms import typed
from foundation.pages import page
from foundation.parts import FieldError
from foundation.problems import ConflictError, InvalidError
from passport.policy.facts import policy_for
from passport.providers import view
from passport.providers.actions import answer, end_licence, enter, license_for
from passport.providers.errors import ReasonNeededError
from passport.providers.facts import Doubt, Provider, provider_of, providers_of
from passport.providers.form import read_day
from passport.providers.reading import force_of, read_doubt, read_doubts
from passport.providers.rules import LONGEST_NAME, Answer

KEEP = {"permission": Permission.PROVIDER_KEEP}
Answers = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]
Done = Annotated[str, QueryParameter(name="done", max_length=20)]
Typed = Mapping[str, str | DateEntry]
NOTHING: Typed = {
    "meets": "",
    "since": DateEntry(),
    "until": DateEntry(),
    "last": DateEntry(),
    "because": "",
    "ends": "",
}


class ProviderPages(Controller):
    """What learning and development keeps of those who deliver training."""

    path = view.PATH
    include_in_schema = False

    @get("/", opt=KEEP)
    async def listed(self, request: PageRequest, done: Done = "") -> Template:
        """Show the force's providers, and what is in doubt."""
        return await _list(request, done=done)

    @post("/", opt=KEEP)
    async def enter(self, request: PageRequest, data: Answers) -> Template | Redirect:
        """Enter a provider."""
        called = typed(data, "called")
        if not 0 < len(called) <= LONGEST_NAME:
            error = FieldError(f"Enter a name of at most {LONGEST_NAME} characters", "called")
            return await _list(request, called=called, errors=(error,))
        try:
            number = await enter(force_of(request.user), called, actor=actor_of(request))
        except ConflictError as refusal:
            return await _list(request, called=called, errors=(FieldError(refusal.detail, "called"),))
        return Redirect(f"{view.PATH}/{number}?done=entered", status_code=303)

    @get("/{provider_id:int}", opt=KEEP)
    async def one(self, request: PageRequest, provider_id: FromPath[int], done: Done = "") -> Template:
        """Show what a provider may deliver."""
        return await _one(request, await _provider(request, provider_id), done=done)

    @post("/{provider_id:int}/licences", opt=KEEP)
    async def license(
        self, request: PageRequest, provider_id: FromPath[int], data: Answers
    ) -> Template | Redirect:
        """Say that a provider may deliver something."""
        found = await _provider(request, provider_id)
        since, until = (
            read_day(data, "since", "first day"),
            read_day(data, "until", "last day", is_needed=False),
        )
        given: Typed = {"meets": typed(data, "meets"), "since": since, "until": until}
        errors = _wrong_days(since=since, until=until)
        if errors or since.meant is None:
            return await _one(request, found, given=given, errors=errors)
        try:
            await license_for(
                found, typed(data, "meets"), since=since.meant, until=until.meant, actor=actor_of(request)
            )
        except (ConflictError, InvalidError) as refusal:
            return await _one(request, found, given=given, errors=(FieldError(refusal.detail, "meets"),))
        return Redirect(f"{view.PATH}/{provider_id}?done=licensed", status_code=303)

    @post("/{provider_id:int}/licences/end", opt=KEEP)
    async def end(
        self, request: PageRequest, provider_id: FromPath[int], data: Answers
    ) -> Template | Redirect:
        """End a licence, with its last day and a reason."""
        found, last = await _provider(request, provider_id), read_day(data, "last", "last day")
        which, because = typed(data, "ends"), typed(data, "because")
        licence_id = next((one.id for one in found.licences if str(one.id) == which), 0)
        given: Typed = {"ends": which, "last": last, "because": because}
        errors = _wrong_days(last=last)
        if errors or last.meant is None:
            return await _one(request, found, given=given, errors=errors)
        try:
            await end_licence(found, licence_id, last_day=last.meant, reason=because, actor=actor_of(request))
        except (ConflictError, InvalidError) as refusal:
            field = "because" if isinstance(refusal, ReasonNeededError) else "last-day"
            return await _one(request, found, given=given, errors=(FieldError(refusal.detail, field),))
        return Redirect(f"{view.PATH}/{provider_id}?done=ended", status_code=303)

    @get("/doubts/{evidence_id:int}", opt=KEEP)
    async def doubt(self, request: PageRequest, evidence_id: FromPath[int]) -> Template:
        """Ask what becomes of evidence that is in doubt."""
        return _doubt(request, await read_doubt(request.user, evidence_id, look_of(request, Opened.DOUBTS)))

    @post("/doubts/{evidence_id:int}", opt=KEEP)
    async def answer(
        self, request: PageRequest, evidence_id: FromPath[int], data: Answers
    ) -> Template | Redirect:
        """Confirm, have trained again, or withdraw."""
        found = await read_doubt(request.user, evidence_id, look_of(request, Opened.DOUBTS))
        said, because = typed(data, "said"), typed(data, "because")
        if said not in set(Answer):
            return _doubt(
                request, found, because=because, errors=(FieldError("Select what becomes of it", "said"),)
            )
        try:
            await answer(found, Answer(said), reason=because, actor=actor_of(request))
        except (ConflictError, InvalidError) as refusal:
            error = FieldError(refusal.detail, "because")
            return _doubt(request, found, said=said, because=because, errors=(error,))
        return Redirect(f"{view.PATH}?done=answered", status_code=303)


async def _provider(request: PageRequest, provider_id: int) -> Provider:
    return await provider_of(forces_of(request.user, Permission.PROVIDER_KEEP), provider_id)


def _wrong_days(**days: DateEntry) -> tuple[FieldError, ...]:
    return tuple(
        FieldError(entry.error, f"{name}-{(*entry.wrong, 'day')[0]}")
        for name, entry in days.items()
        if entry.error
    )


async def _list(
    request: PageRequest, *, done: str = "", called: str = "", errors: tuple[FieldError, ...] = ()
) -> Template:
    return page(
        "providers/providers.html",
        shell_for(request, view.PROVIDERS.text, errors=errors, banner=view.banner(done)),
        status=400 if errors else 200,
        view=view,
        found=await providers_of(forces_of(request.user, Permission.PROVIDER_KEEP)),
        doubts=await read_doubts(request.user, look_of(request, Opened.DOUBTS)),
        called=called,
        wrong={error.field_id: error.text for error in errors},
    )


async def _one(
    request: PageRequest,
    found: Provider,
    *,
    done: str = "",
    given: Typed = NOTHING,
    errors: tuple[FieldError, ...] = (),
) -> Template:
    asked = (await policy_for(found.force_id, today())).requirements
    return page(
        "providers/provider.html",
        shell_for(request, found.name, back=view.PROVIDERS, errors=errors, banner=view.banner(done)),
        status=400 if errors else 200,
        view=view,
        found=found,
        titles=sorted(((one.code, one.title) for one in asked), key=lambda one: one[1]),
        given={**NOTHING, **given},
        wrong={error.field_id: error.text for error in errors},
    )


def _doubt(
    request: PageRequest,
    found: Doubt,
    *,
    said: str = "",
    because: str = "",
    errors: tuple[FieldError, ...] = (),
) -> Template:
    return page(
        "providers/doubt.html",
        shell_for(request, f"In doubt: {found.title} of {found.name}", back=view.PROVIDERS, errors=errors),
        status=400 if errors else 200,
        view=view,
        found=found,
        said=said,
        because=because,
        wrong={error.field_id: error.text for error in errors},
    )
