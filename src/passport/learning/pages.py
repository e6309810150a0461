"""The pages on which somebody sees what is recorded of them, and records what they, or somebody they answer for, met."""

from typing import Annotated

from litestar import Controller, get, post
from litestar.params import FromPath, QueryParameter
from litestar.response import Redirect, Template

from access.asking import actor_of
from access.shell import PageRequest, shell_for
from foundation.clock import today
from foundation.pages import page
from foundation.parts import FieldError, Link
from foundation.problems import NotFoundError, Problem
from foundation.vault.receiving import MOST_SENT, receive
from passport.attachments.view import rules_of_files
from passport.learning import form, view
from passport.learning.chains import lines_of
from passport.learning.entering import READ, RECORD, Done
from passport.learning.errors import AlreadyEvidencedError
from passport.learning.offering import offered
from passport.learning.reach import changing, recording_for
from passport.learning.recording import Outcome, record_once
from passport.learning.rules import State, may_say_again
from passport.learning.writing import NewEvidence
from passport.providers.facts import in_doubt
from people.persons.facts import NamedPerson, person

Wanted = Annotated[str, QueryParameter(name="requirement", max_length=60)]
Again = Annotated[int | None, QueryParameter(name="again", ge=1)]
Errors = tuple[FieldError, ...]


class OwnEvidencePages(Controller):
    """What is recorded of whoever asks, and what they record themselves."""

    path = view.MINE
    include_in_schema = False

    @get("/", opt=READ)
    async def mine(self, request: PageRequest, done: Done = "") -> Template:
        """Show everything recorded of oneself, what waits and what was declined first."""
        on, me = today(), request.user.person_id
        choices, found = await offered(me, on=on), await lines_of(me)
        return page(
            "learning/mine.html",
            shell_for(request, "My evidence", back=view.PASSPORT, banner=view.banner(done)),
            view=view,
            titles={one.code: choices.title(one.code) for one in found},
            in_doubt=await in_doubt(me),
            groups=[
                ("Waiting to be verified", [one for one in found if one.state is State.AWAITING]),
                (
                    "Declined or withdrawn",
                    [one for one in found if one.state in {State.DECLINED, State.WITHDRAWN}],
                ),
                ("Verified", [one for one in found if one.state is State.VERIFIED]),
            ],
        )

    @get("/new", opt=RECORD)
    async def ask(self, request: PageRequest, requirement: Wanted = "", again: Again = None) -> Template:
        """Ask what was met; what was declined is there to be put right."""
        given = form.blank(requirement)
        if again is not None:
            given = form.once_more((await changing(request.user, again, may_say_again, on=today())).chain)
        return await _ask(request, await person(request.user.person_id), given)

    @post("/", opt=RECORD, request_max_body_size=MOST_SENT)
    async def record(self, request: PageRequest) -> Template | Redirect:
        """Record what one met oneself: it waits until somebody else has verified it."""
        return await _record(request, await person(request.user.person_id))


class OthersEvidencePages(Controller):
    """What a supervisor, or learning and development, records for somebody else."""

    path = "/people/{national_id:str}/evidence"
    include_in_schema = False

    @get("/new", opt=RECORD)
    async def ask(
        self, request: PageRequest, national_id: FromPath[str], requirement: Wanted = ""
    ) -> Template:
        """Ask what somebody met."""
        whose = await recording_for(request.user, national_id, on=today())
        return await _ask(request, whose, form.blank(requirement))

    @post("/", opt=RECORD, request_max_body_size=MOST_SENT)
    async def record(self, request: PageRequest, national_id: FromPath[str]) -> Template | Redirect:
        """Record what somebody met: it is verified by who says so."""
        return await _record(request, await recording_for(request.user, national_id, on=today()))


async def _record(request: PageRequest, whose: NamedPerson) -> Template | Redirect:
    on = today()
    given = form.read_record(await request.form(), form.limits(whose.joined_on, on))
    choices = await offered(whose.id, on=on)
    try:
        errors = given.errors(is_offered=choices.has(given.code), adds_up=choices.adds_up(given.code))
        done = None if errors else await _recorded(request, whose, given)
    except NotFoundError:
        raise
    except AlreadyEvidencedError as refusal:
        errors, done = (FieldError(refusal.detail, "requirement"),), None
    except Problem as refusal:
        errors, done = (FieldError(refusal.detail, "file" if given.file else None),), None
    finally:
        if given.file:
            await given.file.close()
    if done is None:
        return await _ask(request, whose, given, errors)
    return Redirect(f"{view.address(done.number)}?done={_word(request, whose, given, done)}", status_code=303)


async def _recorded(request: PageRequest, whose: NamedPerson, given: form.RecordForm) -> Outcome | None:
    if given.entry.meant is None:
        return None
    files = [await receive(given.file)] if given.file else []
    found = NewEvidence(
        whose.id, given.code, given.entry.meant, given.source, given.hours.meant, given.reference or None
    )
    own_again = given.again if whose.id == request.user.person_id else None
    return await record_once(found, actor=actor_of(request), on=today(), files=files, instead_of=own_again)


def _word(request: PageRequest, whose: NamedPerson, given: form.RecordForm, done: Outcome) -> str:
    if not done.is_new:
        return "already"
    if whose.id != request.user.person_id:
        return "entered"
    return "again" if given.again else "recorded"


async def _ask(
    request: PageRequest, whose: NamedPerson, given: form.RecordForm, errors: Errors = ()
) -> Template:
    is_own = whose.id == request.user.person_id
    title = "Record what you met" if is_own else f"Record what {whose.name} met"
    back = view.OWN if is_own else Link(f"Passport of {whose.name}", f"/people/{whose.national_id}/passport")
    return page(
        "learning/new.html",
        shell_for(request, title, back=back, errors=errors),
        status=400 if errors else 200,
        view=view,
        whose=whose,
        is_own=is_own,
        action=view.MINE if is_own else f"/people/{whose.national_id}/evidence",
        given=given,
        choices=await offered(whose.id, on=today()),
        file_rules=rules_of_files(),
        wrong={error.field_id: error.text for error in errors},
    )
