"""The pages of classes: the list, making one, and the sheet on which a trainer signs for everybody."""

from collections.abc import Mapping
from typing import Annotated

from litestar import Controller, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, QueryParameter
from litestar.response import Redirect, Template

from access.asking import actor_of, look_of
from access.identity import Identity
from access.permission_map import forces_of, may_use
from access.permissions import Permission
from access.readings.looks import Opened
from access.shell import PageRequest, shell_for
from access.unsent.keeping import TYPED
from foundation.clock import today
from foundation.forms import typed
from foundation.pages import page
from foundation.paging import Before
from foundation.parts import FieldError, Link
from foundation.problems import ConflictError, InvalidError, NotFoundError
from passport.classes import form, view
from passport.classes.actions import add_people, correct, make_class, sign, take_off
from passport.classes.asking import found_by, sheet_for
from passport.classes.facts import PAGE, Sheet, classes_of, providers_of
from passport.classes.particulars import put_right_before
from passport.classes.rules import Marks, Outcome, State
from passport.policy.facts import policy_for
from people.forces.facts import forces_on
from people.persons.directory import Found
from people.persons.meant import people_meant

READ = {"permission": Permission.CLASS_READ}
WRITE = {"permission": Permission.CLASS_WRITE, TYPED: "the sheet of the class"}
Answers = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]
Done = Annotated[str, QueryParameter(name="done", max_length=20)]
Words = Annotated[str, QueryParameter(name="q", max_length=100)]


class ClassPages(Controller):
    """What a trainer makes, fills and signs."""

    path = view.PATH
    include_in_schema = False

    @get("/", opt=READ)
    async def listed(self, request: PageRequest, before: Before = None) -> Template:
        """Show the classes of the force, the latest made first, but those that wait to be signed before them."""
        found = await classes_of(forces_of(request.user, Permission.CLASS_READ), before=before)
        return page(
            "classes/classes.html",
            shell_for(request, "Classes"),
            view=view,
            found=view.to_sign_first(found),
            may_make=may_use(request.user, Permission.CLASS_WRITE),
            first_href=view.PATH if before else None,
            next_href=f"{view.PATH}?before={found[-1].id}" if len(found) == PAGE else None,
        )

    @get("/new", opt=WRITE)
    async def ask(self, request: PageRequest) -> Template:
        """Ask what the class is to meet, when and where."""
        return _ask(request, await choices_for(request.user), form.blank(today()))

    @post("/new", opt=WRITE)
    async def make(self, request: PageRequest, data: Answers) -> Template | Redirect:
        """Make a class, or say what is missing."""
        choices = await choices_for(request.user)
        given = form.read_class(data, choices, today())
        errors = given.errors(choices.in_hours)
        if errors:
            return _ask(request, choices, given, errors)
        number = await make_class(given.meant(choices.forces[0].id), actor=actor_of(request))
        return Redirect(f"{view.PATH}/{number}?done=made", status_code=303)

    @get("/{class_id:int}", opt=READ)
    async def one(
        self, request: PageRequest, class_id: FromPath[int], q: Words = "", done: Done = ""
    ) -> Template:
        """Show the sheet; and, if somebody is searched for, who was found."""
        sheet = await _sheet(request, class_id)
        may_write = may_use(request.user, Permission.CLASS_WRITE)
        found = (
            await found_by(request.user, sheet.about, q, look_of(request, Opened.SEARCH))
            if q and may_write
            else ()
        )
        return await _show(request, sheet, done=done, q=q, found=found)

    @post("/{class_id:int}/people", opt=WRITE)
    async def add(self, request: PageRequest, class_id: FromPath[int], data: Answers) -> Template | Redirect:
        """Put on the class whoever the pasted numbers mean; numbers that mean nobody are shown again."""
        sheet = await _sheet(request, class_id, Permission.CLASS_WRITE)
        meant = await people_meant(
            request.user, Permission.CLASS_WRITE, sheet.about.force_id, typed(data, "numbers"), on=today()
        )
        try:
            if meant.person_ids:
                await add_people(sheet.about, meant.person_ids, actor=actor_of(request))
        except ConflictError as refusal:
            error = FieldError(refusal.detail, "numbers")
            return await _show(request, sheet, errors=(error,), numbers=typed(data, "numbers"))
        if meant.unknown or not meant.person_ids:
            again = await _sheet(request, class_id, Permission.CLASS_WRITE)
            error = FieldError(view.not_found(meant), "numbers")
            return await _show(request, again, errors=(error,), numbers="\n".join(meant.unknown))
        return Redirect(view.address(sheet.about, "?done=added"), status_code=303)

    @post("/{class_id:int}/people/removal", opt=WRITE)
    async def take_off(
        self, request: PageRequest, class_id: FromPath[int], data: Answers
    ) -> Template | Redirect:
        """Take somebody off the class."""
        sheet = await _sheet(request, class_id, Permission.CLASS_WRITE)
        gone = next((one for one in sheet.places if one.national_id == typed(data, "whom")), None)
        if gone is None:
            raise NotFoundError
        try:
            await take_off(sheet.about, gone.person_id, actor=actor_of(request))
        except ConflictError as refusal:
            return await _show(request, sheet, errors=(FieldError(refusal.detail),))
        return Redirect(view.address(sheet.about, "?done=taken-off"), status_code=303)

    @post("/{class_id:int}/signature", opt=WRITE)
    async def sign(self, request: PageRequest, class_id: FromPath[int], data: Answers) -> Template | Redirect:
        """Sign for everybody at once; or mark everybody of whom nothing is said as passed, and show the sheet again."""
        sheet = await _sheet(request, class_id, Permission.CLASS_WRITE)
        marks = form.read_marks(data, [one.person_id for one in sheet.places])
        if typed(data, "everybody"):
            everybody = {one.person_id: Outcome.PASSED for one in sheet.places}
            return await _show(request, sheet, marks={**everybody, **marks})
        try:
            await sign(sheet, marks, actor=actor_of(request), on=today())
        except (ConflictError, InvalidError) as refusal:
            again = await _sheet(request, class_id, Permission.CLASS_WRITE)
            return await _show(request, again, errors=view.faults(again, refusal), marks=marks)
        return Redirect(view.address(sheet.about, "?done=signed"), status_code=303)

    @get("/{class_id:int}/correction", opt=WRITE)
    async def ask_correction(self, request: PageRequest, class_id: FromPath[int]) -> Template | Redirect:
        """Ask what is to be corrected, and why."""
        sheet = await _sheet(request, class_id, Permission.CLASS_WRITE)
        if sheet.about.state is not State.SIGNED:
            return Redirect(view.address(sheet.about), status_code=303)
        return _correct(request, sheet)

    @post("/{class_id:int}/correction", opt=WRITE)
    async def correct(
        self, request: PageRequest, class_id: FromPath[int], data: Answers
    ) -> Template | Redirect:
        """Correct a signed sheet, with a reason."""
        sheet = await _sheet(request, class_id, Permission.CLASS_WRITE)
        marks = form.read_marks(data, [one.person_id for one in sheet.places])
        reason = typed(data, "why")
        try:
            await correct(sheet, marks, reason=reason, actor=actor_of(request))
        except (ConflictError, InvalidError) as refusal:
            return _correct(request, sheet, marks=marks, reason=reason, errors=(view.fault(refusal),))
        return Redirect(view.address(sheet.about, "?done=corrected"), status_code=303)


async def choices_for(asker: Identity) -> form.Choices:
    """Return what a trainer may choose from: what policy asks in their force, and its providers.

    :raises NotFoundError: they train for no whole force.
    """
    within = forces_of(asker, Permission.CLASS_WRITE)
    forces = tuple(one for one in await forces_on(today()) if one.id in within)
    if not forces:
        raise NotFoundError
    asked = (await policy_for(forces[0].id, today())).requirements
    named = sorted(((one.code, one.title) for one in asked), key=lambda one: one[1])
    added_up = frozenset(one.code for one in asked if one.hours_in_all is not None)
    return form.Choices(tuple(named), forces, added_up, await providers_of(forces[0].id))


async def _sheet(
    request: PageRequest, class_id: int, permission: Permission = Permission.CLASS_READ
) -> Sheet:
    return await sheet_for(request.user, permission, class_id, look_of(request, Opened.CLASS), on=today())


def _ask(
    request: PageRequest, choices: form.Choices, given: form.ClassForm, errors: tuple[FieldError, ...] = ()
) -> Template:
    return page(
        "classes/new.html",
        shell_for(request, "Make a class", back=view.CLASSES, errors=errors),
        status=400 if errors else 200,
        choices=choices,
        given=given,
        wrong={error.field_id: error.text for error in errors},
    )


async def _show(
    request: PageRequest,
    sheet: Sheet,
    *,
    done: str = "",
    errors: tuple[FieldError, ...] = (),
    marks: Marks | None = None,
    **shown: str | tuple[Found, ...],
) -> Template:
    title = view.titled(sheet.about)
    return page(
        "classes/sheet.html",
        shell_for(request, title, back=view.CLASSES, errors=errors, banner=view.banner(done)),
        status=400 if errors else 200,
        view=view,
        sheet=sheet,
        me=request.user.person_id,
        may_write=may_use(request.user, Permission.CLASS_WRITE),
        can_sign=sheet.about.state is State.TO_SIGN,
        marks=sheet.outcomes() if marks is None else marks,
        put_right=await put_right_before(sheet.about.id),
        wrong={error.field_id: error.text for error in errors},
        **_shown(shown),
    )


def _shown(given: Mapping[str, str | tuple[Found, ...]]) -> dict[str, str | tuple[Found, ...]]:
    return {"q": "", "found": (), "numbers": "", **given}


def _correct(
    request: PageRequest,
    sheet: Sheet,
    *,
    marks: Marks | None = None,
    reason: str = "",
    errors: tuple[FieldError, ...] = (),
) -> Template:
    back = Link(view.titled(sheet.about), view.address(sheet.about))
    return page(
        "classes/correct.html",
        shell_for(request, "Correct this sheet", back=back, errors=errors),
        status=400 if errors else 200,
        view=view,
        sheet=sheet,
        me=request.user.person_id,
        marks=sheet.outcomes() if marks is None else {**sheet.outcomes(), **marks},
        reason=reason,
        wrong={error.field_id: error.text for error in errors},
    )
