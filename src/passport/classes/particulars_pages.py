"""The page on which the day and the hours of a signed class are put right."""

from litestar import Controller, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from access.asking import actor_of, look_of
from access.permissions import Permission
from access.readings.looks import Opened
from access.shell import PageRequest, shell_for
from foundation.clock import today
from foundation.pages import page
from foundation.parts import FieldError, Link
from foundation.problems import ConflictError, InvalidError
from passport.classes import view
from passport.classes.asking import sheet_for
from passport.classes.facts import Sheet
from passport.classes.pages import WRITE, Answers
from passport.classes.particulars import put_right
from passport.classes.particulars_form import ParticularsForm, filled, read
from passport.classes.rules import State


class ParticularsPages(Controller):
    """The day and the hours of one class."""

    path = f"{view.PATH}/{{class_id:int}}/particulars"
    include_in_schema = False

    @get("/", opt=WRITE)
    async def ask(self, request: PageRequest, class_id: FromPath[int]) -> Template | Redirect:
        """Ask what the sheet should have said."""
        sheet = await _sheet(request, class_id)
        if sheet.about.state is not State.SIGNED:
            return Redirect(view.address(sheet.about), status_code=303)
        return _ask(request, sheet, filled(sheet.about))

    @post("/", opt=WRITE)
    async def put_right(
        self, request: PageRequest, class_id: FromPath[int], data: Answers
    ) -> Template | Redirect:
        """Put the day and the hours right, with a reason."""
        sheet = await _sheet(request, class_id)
        given = read(data, sheet.about, today())
        if errors := given.errors():
            return _ask(request, sheet, given, errors)
        try:
            said = given.meant(sheet.about)
            await put_right(sheet.about, said, reason=given.why, actor=actor_of(request), on=today())
        except (ConflictError, InvalidError) as refusal:
            return _ask(request, sheet, given, (FieldError(refusal.detail),))
        return Redirect(view.address(sheet.about, "?done=put-right"), status_code=303)


async def _sheet(request: PageRequest, class_id: int) -> Sheet:
    look = look_of(request, Opened.CLASS)
    return await sheet_for(request.user, Permission.CLASS_WRITE, class_id, look, on=today())


def _ask(
    request: PageRequest, sheet: Sheet, given: ParticularsForm, errors: tuple[FieldError, ...] = ()
) -> Template:
    back = Link(view.titled(sheet.about), view.address(sheet.about))
    return page(
        "classes/particulars.html",
        shell_for(request, "Correct the day or the hours", back=back, errors=errors),
        status=400 if errors else 200,
        view=view,
        sheet=sheet,
        given=given,
        wrong={error.field_id: error.text for error in errors},
    )
