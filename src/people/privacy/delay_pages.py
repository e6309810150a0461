"""Holding back a reader's name: ask whose, through which day and why; tell it again before that."""

from typing import Annotated

from litestar import Controller, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from litestar.response import Redirect, Template

from access.asking import actor_of, look_of
from access.permissions import Permission
from access.readings.looks import Opened
from access.shell import PageRequest, shell_for
from foundation.clock import today
from foundation.pages import page
from foundation.parts import FieldError, Link
from foundation.problems import ConflictError, Problem
from people.persons.facts import NamedPerson
from people.privacy import form
from people.privacy.actions import hold_back, tell_again
from people.privacy.asking import reader_meant, within_reach

JUDGE = {"permission": Permission.READINGS_JUDGE}
Answers = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]
UNKNOWN = FieldError("Nobody has this number", "reader")


class DelayPages(Controller):
    """How a privacy officer holds a reader's name back for a while."""

    path = "/privacy/readings/of/{national_id:str}/held-back"
    include_in_schema = False

    @get("/", opt=JUDGE)
    async def ask(self, request: PageRequest, national_id: FromPath[str]) -> Template:
        """Ask whose name is to be held back, until when, and why."""
        return _ask(request, await _subject(request, national_id), form.HoldingBack())

    @post("/", opt=JUDGE)
    async def hold(
        self, request: PageRequest, national_id: FromPath[str], data: Answers
    ) -> Template | Redirect:
        """Hold a name back, or say what is missing."""
        subject, on = await _subject(request, national_id), today()
        given = form.read_holding_back(data, on)
        errors = given.errors()
        reader_id = None if errors else await reader_meant(request.user, given.reader, subject.id, on)
        if reader_id is None or given.until.meant is None:
            return _ask(request, subject, given, errors or (UNKNOWN,))
        try:
            await hold_back(
                actor=actor_of(request),
                officer=request.user,
                subject_id=subject.id,
                reader_id=reader_id,
                until=given.until.meant,
                reason=given.reason,
            )
        except Problem as refusal:
            return _ask(request, subject, given, (FieldError(refusal.detail, "reader"),))
        return _back(subject, "held")

    @post("/{delay_id:int}/end", opt=JUDGE)
    async def end(
        self, request: PageRequest, national_id: FromPath[str], delay_id: FromPath[int]
    ) -> Redirect:
        """Tell the name from now on."""
        subject = await _subject(request, national_id)
        try:
            await tell_again(
                actor=actor_of(request), officer=request.user, subject_id=subject.id, delay_id=delay_id
            )
        except ConflictError:
            return _back(subject, "")
        return _back(subject, "told")


async def _subject(request: PageRequest, national_id: str) -> NamedPerson:
    return await within_reach(request.user, national_id, on=today(), look=look_of(request, Opened.READERS))


def _back(subject: NamedPerson, done: str) -> Redirect:
    return Redirect(f"/privacy/readings/of/{subject.national_id}?done={done}", status_code=303)


def _ask(
    request: PageRequest, subject: NamedPerson, given: form.HoldingBack, errors: tuple[FieldError, ...] = ()
) -> Template:
    path = f"/privacy/readings/of/{subject.national_id}"
    return page(
        "privacy/hold-back.html",
        shell_for(request, "Hold a name back", back=Link("Who looked", path), errors=errors),
        status=400 if errors else 200,
        subject=subject,
        path=f"{path}/held-back",
        given=given,
        wrong={error.field_id: error.text for error in errors},
    )
