"""The pages of one record: what it says and said, correcting and withdrawing it, verifying and declining it."""

from litestar import Controller, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from access.asking import actor_of, look_of
from access.readings.looks import Opened as Look
from access.shell import PageRequest, shell_for
from foundation.clock import today
from foundation.pages import page
from foundation.parts import FieldError, Link
from foundation.problems import ConflictError, InvalidError
from passport.attachments.view import rules_of_files
from passport.learning import actions, form, rules, view
from passport.learning.entering import READ, RECORD, VERIFY, Answers, Done
from passport.learning.offering import offered
from passport.learning.reach import Opened, changing, opened, verifying
from passport.learning.writing import Correction
from passport.providers.facts import in_doubt

Errors = tuple[FieldError, ...]
Number = FromPath[int]


class RecordPages(Controller):
    """One record of what somebody met."""

    path = "/evidence/{number:int}"
    include_in_schema = False

    @get("/", opt=READ)
    async def record(self, request: PageRequest, number: Number, done: Done = "") -> Template:
        """Show a record, its files and everything that was done with it."""
        found = await opened(request.user, number, on=today(), look=look_of(request, Look.RECORD))
        return await show(request, found, done=done)

    @get("/correction", opt=RECORD)
    async def ask_correction(self, request: PageRequest, number: Number) -> Template | Redirect:
        """Ask what the record should have said."""
        try:
            found = await changing(request.user, number, rules.may_change, on=today())
        except ConflictError as refusal:
            return await refused(request, number, refusal)
        return await _correct(request, found, form.as_recorded(found.chain))

    @post("/correction", opt=RECORD)
    async def correct(self, request: PageRequest, number: Number, data: Answers) -> Template | Redirect:
        """Correct a record: what it said stays."""
        on = today()
        try:
            found = await changing(request.user, number, rules.may_change, on=on)
        except ConflictError as refusal:
            return await refused(request, number, refusal)
        given = form.read_correction(data, form.limits(found.person.joined_on, on))
        errors = given.errors(found.chain)
        if errors:
            return await _correct(request, found, given, errors)
        said = Correction(given.entry.meant, given.hours.meant, given.reference or None)
        if not given.reference and found.chain.last.reference:
            said = Correction(given.entry.meant, given.hours.meant, "")
        try:
            await actions.supersede(
                found.chain.last.id, said, reason=given.reason, actor=actor_of(request), on=on
            )
        except (ConflictError, InvalidError) as refusal:
            return await _correct(request, found, given, (FieldError(refusal.detail, "on-day"),))
        return back_to(number, "corrected")

    @get("/withdrawal", opt=RECORD)
    async def ask_withdrawal(self, request: PageRequest, number: Number) -> Template | Redirect:
        """Ask why the record is withdrawn."""
        try:
            found = await changing(request.user, number, rules.may_change, on=today())
        except ConflictError as refusal:
            return await refused(request, number, refusal)
        return await _why(request, found, "withdrawal")

    @post("/withdrawal", opt=RECORD)
    async def withdraw(self, request: PageRequest, number: Number, data: Answers) -> Template | Redirect:
        """Withdraw a record that never was true: it stays, and counts no longer."""
        return await self._end(request, number, data, "withdrawal")

    @post("/verification", opt=VERIFY)
    async def verify(self, request: PageRequest, number: Number, data: Answers) -> Template | Redirect:
        """Verify what somebody recorded of themselves: what was read, and not what they have made of it since."""
        try:
            found = await verifying(request.user, number, on=today())
            read = form.read_files(data)
            await actions.verify(found.chain.last.id, actor=actor_of(request), on=today(), files=read)
        except ConflictError as refusal:
            return await refused(request, number, refusal)
        return back_to(number, "verified")

    @post("/verification/withdrawal", opt=VERIFY)
    async def take_back(self, request: PageRequest, number: Number) -> Template | Redirect:
        """Take back one's own verification."""
        try:
            found = await changing(request.user, number, rules.may_take_back, on=today())
            await actions.take_back(found.chain.last.id, actor=actor_of(request), on=today())
        except ConflictError as refusal:
            return await refused(request, number, refusal)
        return back_to(number, "undone")

    @get("/refusal", opt=VERIFY)
    async def ask_refusal(self, request: PageRequest, number: Number) -> Template | Redirect:
        """Ask why what somebody recorded is declined."""
        try:
            found = await changing(request.user, number, rules.may_decline, on=today())
        except ConflictError as refusal:
            return await refused(request, number, refusal)
        return await _why(request, found, "refusal")

    @post("/refusal", opt=VERIFY)
    async def decline(self, request: PageRequest, number: Number, data: Answers) -> Template | Redirect:
        """Decline what somebody recorded of themselves, and say why."""
        return await self._end(request, number, data, "refusal")

    async def _end(
        self, request: PageRequest, number: int, data: dict[str, str], how: str
    ) -> Template | Redirect:
        on, reason = today(), form.read_reason(data)
        rule = rules.may_decline if how == "refusal" else rules.may_change
        try:
            found = await changing(request.user, number, rule, on=on)
            errors = form.reason_errors(reason)
            if errors:
                return await _why(request, found, how, errors, reason)
            await actions.withdraw(found.chain.last.id, reason=reason, actor=actor_of(request), on=on)
        except ConflictError as refusal:
            return await refused(request, number, refusal)
        return back_to(number, "declined" if how == "refusal" else "withdrawn")


def back_to(number: int, done: str) -> Redirect:
    """Lead back to a record, and tell what was done."""
    return Redirect(f"{view.address(number)}?done={done}", status_code=303)


async def show(
    request: PageRequest, found: Opened, *, done: str = "", errors: Errors = (), status: int = 400
) -> Template:
    """Show a record, with what can be done with it."""
    title = (await offered(found.chain.person_id, on=today())).title(found.chain.code)
    return page(
        "learning/record.html",
        shell_for(request, title, back=_back(found), errors=errors, banner=view.banner(done)),
        status=status if errors else 200,
        view=view,
        rules=rules,
        opened=found,
        is_in_doubt=found.chain.last.id in await in_doubt(found.chain.person_id),
        file_rules=rules_of_files(),
        wrong={error.field_id: error.text for error in errors},
    )


async def refused(request: PageRequest, number: int, refusal: ConflictError) -> Template:
    """Show the record as it now stands, with why nothing was done."""
    found = await opened(request.user, number, on=today(), look=look_of(request, Look.RECORD))
    return await show(request, found, errors=(FieldError(refusal.detail),), status=409)


async def _correct(
    request: PageRequest, found: Opened, given: form.CorrectionForm, errors: Errors = ()
) -> Template:
    return page(
        "learning/correct.html",
        shell_for(request, "Correct this record", back=_to(found), errors=errors),
        status=400 if errors else 200,
        view=view,
        opened=found,
        title=(await offered(found.chain.person_id, on=today())).title(found.chain.code),
        given=given,
        wrong={error.field_id: error.text for error in errors},
    )


async def _why(
    request: PageRequest, found: Opened, how: str, errors: Errors = (), reason: str = ""
) -> Template:
    title = "Why do you decline it?" if how == "refusal" else "Why do you withdraw it?"
    return page(
        "learning/why.html",
        shell_for(request, title, back=_to(found), errors=errors),
        status=400 if errors else 200,
        view=view,
        opened=found,
        how=how,
        title=(await offered(found.chain.person_id, on=today())).title(found.chain.code),
        reason=reason,
        wrong={error.field_id: error.text for error in errors},
    )


def _back(found: Opened) -> Link:
    return view.OWN if found.is_own else view.TO_VERIFY if found.may_verify else view.PASSPORT


def _to(found: Opened) -> Link:
    return Link("The record", view.address(found.chain.last.id))
