"""The pages on which a clinician, or a vetting officer, judges what of a record may be given to whom it is about."""

from collections.abc import Mapping

from litestar import Controller, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from access.confidential import asker_of, has_proved_lately
from access.shell import PageRequest, shell_for
from attested.subject_access import form, view
from attested.subject_access.catalogue import Part
from attested.subject_access.entering import CLINICAL, VETTING, Answers, Done, Purpose
from attested.subject_access.errors import ChangedError, JudgedAlreadyError
from attested.subject_access.judging import (
    DESKS,
    Desk,
    ToJudge,
    judge,
    look_through,
    note_no_purpose,
    waiting_for,
    within_reach,
)
from foundation.clock import today
from foundation.forms import typed
from foundation.pages import page
from foundation.parts import FieldError, Link


class HealthExemptionPages(Controller):
    """What waits for a clinician."""

    path = "/exemptions/health"
    include_in_schema = False
    guards = (has_proved_lately,)

    @get("/", opt=CLINICAL)
    async def queue(self, request: PageRequest, done: Done = "") -> Template:
        """Show the requests whose health part waits."""
        return await _queue(request, DESKS[Part.HEALTH], done)

    @get("/{number:int}", opt=CLINICAL)
    async def open(self, request: PageRequest, number: FromPath[int]) -> Template:
        """Show what would be given, for a purpose that is stated."""
        return await _open(request, DESKS[Part.HEALTH], number)

    @post("/{number:int}", opt=CLINICAL)
    async def judge(self, request: PageRequest, number: FromPath[int], data: Answers) -> Template | Redirect:
        """Give what may be given and withhold the rest."""
        return await _judge(request, DESKS[Part.HEALTH], number, data)


class VettingExemptionPages(Controller):
    """What waits for a vetting officer."""

    path = "/exemptions/vetting"
    include_in_schema = False
    guards = (has_proved_lately,)

    @get("/", opt=VETTING)
    async def queue(self, request: PageRequest, done: Done = "") -> Template:
        """Show the requests whose vetting part waits."""
        return await _queue(request, DESKS[Part.VETTING], done)

    @get("/{number:int}", opt=VETTING)
    async def open(self, request: PageRequest, number: FromPath[int]) -> Template:
        """Show what would be given, for a purpose that is stated."""
        return await _open(request, DESKS[Part.VETTING], number)

    @post("/{number:int}", opt=VETTING)
    async def judge(self, request: PageRequest, number: FromPath[int], data: Answers) -> Template | Redirect:
        """Give what may be given and withhold the rest."""
        return await _judge(request, DESKS[Part.VETTING], number, data)


async def _queue(request: PageRequest, desk: Desk, done: str) -> Template:
    return page(
        "subject-access/queue.html",
        shell_for(request, f"What waits for {view.JUDGES[desk.part]}", banner=view.banner(done)),
        view=view,
        desk=desk,
        waiting=await waiting_for(asker_of(request), desk),
        today=today(),
    )


async def _open(request: PageRequest, desk: Desk, number: int) -> Template:
    asker, said = asker_of(request), request.query_params.get("purpose")
    asked = await within_reach(asker, desk, number)
    if said not in set(Purpose):
        if said is not None:
            await note_no_purpose(asker, desk, number)
        errors = () if said is None else (FieldError("Select what you open it for", "purpose"),)
        return page(
            "subject-access/purpose.html",
            shell_for(
                request, f"What do you open {view.who(asked)}’s record for?", back=_back(desk), errors=errors
            ),
            status=400 if errors else 200,
            view=view,
            address=f"{view.queue(desk)}/{number}",
            wrong={error.field_id: error.text for error in errors},
        )
    found = await look_through(asker, desk, number, purpose=Purpose(said))
    return _show(request, desk, found, form.read_judgement({}, len(found.items)))


async def _judge(
    request: PageRequest, desk: Desk, number: int, data: Mapping[str, str]
) -> Template | Redirect:
    asker = asker_of(request)
    found = await look_through(asker, desk, number, purpose=Purpose.JUDGING)
    given = form.read_judgement(data, len(found.items))
    errors = given.errors()
    if errors:
        return _show(request, desk, found, given, errors)
    try:
        await judge(asker, desk, number, digest=typed(data, "digest"), verdicts=given.verdicts(found.items))
    except (ChangedError, JudgedAlreadyError) as refusal:
        return _show(request, desk, found, given, (FieldError(refusal.detail),))
    return Redirect(f"{view.queue(desk)}?done=judged", status_code=303)


def _show(
    request: PageRequest,
    desk: Desk,
    found: ToJudge,
    given: form.Judgement,
    errors: tuple[FieldError, ...] = (),
) -> Template:
    return page(
        "subject-access/judge.html",
        shell_for(request, f"What may {view.who(found.request)} be given?", back=_back(desk), errors=errors),
        status=400 if errors else 200,
        view=view,
        desk=desk,
        found=found,
        items=list(zip(found.items, given.answers, strict=True)),
        today=today(),
        wrong={error.field_id: error.text for error in errors},
    )


def _back(desk: Desk) -> Link:
    return Link(f"What waits for {view.JUDGES[desk.part]}", view.queue(desk))
