"""The pages of statements: what is mapped, and what speaks of nobody or nothing that is known here."""

from typing import Annotated

from litestar import Controller, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, QueryParameter
from litestar.response import Redirect, Template

from access.asking import actor_of, look_of
from access.permissions import Permission
from access.readings.looks import Opened
from access.readings.recording import note_looked
from access.shell import PageRequest, shell_for
from foundation.clock import today
from foundation.forms import typed
from foundation.pages import page
from foundation.parts import FieldError
from foundation.problems import ConflictError, InvalidError
from passport.policy.facts import policy_for
from passport.statements import form, view
from passport.statements.actions import end_mapping, ignore_actor, map_activity, name_actor
from passport.statements.facts import mapping_for, mappings_of, waiting
from passport.statements.reach import force_of
from people.persons.meant import people_meant

MAP = {"permission": Permission.STATEMENT_MAP}
Answers = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]
Asked = Annotated[str, QueryParameter(max_length=2000)]


class StatementPages(Controller):
    """What learning and development answers for their learning system."""

    path = view.PATH
    include_in_schema = False

    @get("/", opt=MAP)
    async def listed(
        self, request: PageRequest, done: Annotated[str, QueryParameter(name="done", max_length=20)] = ""
    ) -> Template:
        """Show what waits for an answer, and what is mapped."""
        return await _show(request, done=done)

    @get("/mappings/new", opt=MAP)
    async def ask(self, request: PageRequest, activity: Asked = "", verb: Asked = "") -> Template:
        """Ask what a verb of an activity meets."""
        return await _ask(request, form.MappingForm(activity.replace("\0", ""), verb.replace("\0", "")))

    @post("/mappings/new", opt=MAP)
    async def map(self, request: PageRequest, data: Answers) -> Template | Redirect:
        """Map a verb of an activity, and look again at what waited for it."""
        force_id, given = force_of(request.user), form.read_mapping(data)
        errors = given.errors(dict(await titles_in(force_id)))
        if errors or not given.activity or not given.verb:
            return await _ask(request, given, errors or (FieldError("Choose what to map from the list"),))
        try:
            await map_activity(force_id, given.meant(), actor=actor_of(request))
        except (ConflictError, InvalidError) as refusal:
            return await _ask(request, given, (FieldError(refusal.detail, "meets"),))
        return Redirect(f"{view.PATH}?done=mapped", status_code=303)

    @post("/mappings/{mapping_id:int}/end", opt=MAP)
    async def end(self, request: PageRequest, mapping_id: FromPath[int]) -> Template | Redirect:
        """End a mapping that was made on the page."""
        try:
            await end_mapping(force_of(request.user), mapping_id, actor=actor_of(request))
        except ConflictError as refusal:
            return await _show(request, errors=(FieldError(refusal.detail),))
        return Redirect(f"{view.PATH}?done=ended", status_code=303)

    @get("/accounts", opt=MAP)
    async def whose(self, request: PageRequest, account: Asked = "") -> Template:
        """Ask whose an account is."""
        return _whose(request, account.replace("\0", ""))

    @post("/accounts", opt=MAP)
    async def name(self, request: PageRequest, data: Answers) -> Template | Redirect:
        """Say whose an account is, and look again at what waited for it."""
        account, number = typed(data, "account"), typed(data, "whose")
        force_id = force_of(request.user)
        meant = await people_meant(request.user, Permission.STATEMENT_MAP, force_id, number, on=today())
        if len(meant.person_ids) != 1 or meant.unknown or not account:
            error = FieldError("Enter the number of one person of your force", "whose")
            return _whose(request, account, number=number, errors=(error,))
        try:
            await name_actor(force_id, account, meant.person_ids[0], actor=actor_of(request))
        except ConflictError as refusal:
            return _whose(request, account, number=number, errors=(FieldError(refusal.detail, "whose"),))
        return Redirect(f"{view.PATH}?done=named", status_code=303)

    @post("/accounts/ignored", opt=MAP)
    async def ignore(self, request: PageRequest, data: Answers) -> Template | Redirect:
        """Put aside what waits of an account."""
        account = typed(data, "account")
        try:
            await ignore_actor(force_of(request.user), account, actor=actor_of(request))
        except ConflictError as refusal:
            return _whose(request, account, errors=(FieldError(refusal.detail),))
        return Redirect(f"{view.PATH}?done=ignored", status_code=303)


async def titles_in(force_id: int) -> list[tuple[str, str]]:
    """Return what policy asks in a force: codes and titles, by title."""
    asked = (await policy_for(force_id, today())).requirements
    return sorted(((one.code, one.title) for one in asked), key=lambda one: one[1])


async def _show(request: PageRequest, *, done: str = "", errors: tuple[FieldError, ...] = ()) -> Template:
    force_id = force_of(request.user)
    await note_looked(request.user, Permission.STATEMENT_MAP, look_of(request, Opened.STATEMENTS))
    held = await mappings_of(force_id)
    return page(
        "statements/statements.html",
        shell_for(request, view.STATEMENTS.text, errors=errors, banner=view.banner(done)),
        status=409 if errors else 200,
        view=view,
        waiting=await waiting(force_id),
        held=held,
        written=(await mapping_for(force_id)).activities[len(held) :],
        titles=dict(await titles_in(force_id)),
    )


async def _ask(
    request: PageRequest, given: form.MappingForm, errors: tuple[FieldError, ...] = ()
) -> Template:
    return page(
        "statements/map.html",
        shell_for(request, "What does it meet?", back=view.STATEMENTS, errors=errors),
        status=400 if errors else 200,
        view=view,
        given=given,
        none=form.NO_INTEREST,
        titles=await titles_in(force_of(request.user)),
        wrong={error.field_id: error.text for error in errors},
    )


def _whose(
    request: PageRequest, account: str, *, number: str = "", errors: tuple[FieldError, ...] = ()
) -> Template:
    return page(
        "statements/account.html",
        shell_for(request, "Whose account is it?", back=view.STATEMENTS, errors=errors),
        status=400 if errors else 200,
        view=view,
        account=account,
        number=number,
        wrong={error.field_id: error.text for error in errors},
    )
