"""The page on which a class is cancelled."""

from litestar import Controller, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from access.asking import actor_of, look_of
from access.permissions import Permission
from access.readings.looks import Opened
from access.shell import PageRequest, shell_for
from foundation.clock import today
from foundation.date_entry import DateEntry, limited, read_date_entry
from foundation.forms import typed
from foundation.pages import page
from foundation.parts import FieldError, Link
from foundation.problems import ConflictError, InvalidError
from passport.classes import view
from passport.classes.asking import sheet_for
from passport.classes.cancelling import Cancellation, cancel
from passport.classes.facts import Sheet
from passport.classes.form import BOXES
from passport.classes.pages import WRITE, Answers
from passport.classes.rules import State


class CancelPages(Controller):
    """What a trainer is asked who cancels a class."""

    path = view.PATH
    include_in_schema = False

    @get("/{class_id:int}/cancellation", opt=WRITE)
    async def ask(self, request: PageRequest, class_id: FromPath[int]) -> Template | Redirect:
        """Ask why, and whether the force failed to provide it."""
        sheet = await _sheet(request, class_id)
        if sheet.about.state not in {State.TO_COME, State.TO_SIGN}:
            return Redirect(view.address(sheet.about), status_code=303)
        return _ask(request, sheet)

    @post("/{class_id:int}/cancellation", opt=WRITE)
    async def cancel(
        self, request: PageRequest, class_id: FromPath[int], data: Answers
    ) -> Template | Redirect:
        """Cancel the class, or say what is missing."""
        sheet, reason, failed = (
            await _sheet(request, class_id),
            typed(data, "why"),
            bool(typed(data, "failed")),
        )
        until = read_date_entry(*(typed(data, f"until-{box}") for box in BOXES), name="day")
        until = limited(until, name="day", earliest=sheet.about.held_on)
        if until.error:
            error = FieldError(until.error, f"until-{(*until.wrong, 'day')[0]}")
            return _ask(request, sheet, reason=reason, failed=failed, until=until, errors=(error,))
        try:
            await cancel(sheet, Cancellation(reason, failed, until.meant), actor=actor_of(request))
        except (ConflictError, InvalidError) as refusal:
            error = view.fault(refusal)
            return _ask(request, sheet, reason=reason, failed=failed, until=until, errors=(error,))
        return Redirect(view.address(sheet.about, "?done=cancelled"), status_code=303)


async def _sheet(request: PageRequest, class_id: int) -> Sheet:
    return await sheet_for(
        request.user, Permission.CLASS_WRITE, class_id, look_of(request, Opened.CLASS), on=today()
    )


def _ask(
    request: PageRequest,
    sheet: Sheet,
    *,
    reason: str = "",
    failed: bool = False,
    until: DateEntry | None = None,
    errors: tuple[FieldError, ...] = (),
) -> Template:
    back = Link(view.titled(sheet.about), view.address(sheet.about))
    return page(
        "classes/cancel.html",
        shell_for(request, "Cancel this class", back=back, errors=errors),
        status=400 if errors else 200,
        view=view,
        sheet=sheet,
        reason=reason,
        failed=failed,
        until=until or DateEntry(),
        wrong={error.field_id: error.text for error in errors},
    )
