"""The vetting officer's desk: their cases, what waits for their agreement, and opening a case."""

from litestar import Controller, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from access.confidential import Asker, asker_of, has_proved_lately
from access.shell import PageRequest, shell_for
from foundation.clock import today
from foundation.pages import page
from foundation.parts import FieldError
from foundation.problems import ConflictError, InvalidError, NotFoundError
from licence.vetting import form, view
from licence.vetting.actions import agree_to_colleague, open_case
from licence.vetting.asking import person_meant
from licence.vetting.clearances import Asked, listed
from licence.vetting.entering import ASSIGN, READ, WRITE, Answers, Done
from licence.vetting.facts import Proposal
from licence.vetting.reach import colleagues
from licence.vetting.reading import Desk, read_desk


class VettingPages(Controller):
    """What a vetting officer begins the day with."""

    path = view.PATH
    include_in_schema = False
    guards = (has_proved_lately,)

    @get("/", opt=READ)
    async def desk(self, request: PageRequest, done: Done = "") -> Template:
        """Show what waits for agreement, the cases one is on, and how many clearances run out."""
        on = today()
        found = await read_desk(asker_of(request), on=on)
        soonest, has_more = await listed(request.user, Asked(), on=on)
        return page(
            "vetting/desk.html",
            shell_for(request, "Vetting", banner=view.banner(done)),
            view=view,
            desk=found,
            running_out=len(soonest),
            has_more=has_more,
        )

    @get("/cases/new", opt=WRITE)
    async def ask(self, request: PageRequest) -> Template:
        """Ask about whom a case is to be opened."""
        return await _ask(request, form.blank(request.user.person_id))

    @post("/cases/new", opt=WRITE)
    async def open(self, request: PageRequest, data: Answers) -> Template | Redirect:
        """Open a case, or say what is missing."""
        asker, on = asker_of(request), today()
        given = form.read_case(data, await colleagues(asker, on=on))
        errors = given.errors()
        if errors or given.level is None or given.officer is None:
            return await _ask(request, given, errors)
        try:
            subject = await person_meant(asker, given.person, on=on)
            await open_case(
                asker,
                person_id=subject.person_id,
                force_id=subject.force_id,
                level=given.level,
                officer_id=given.officer,
            )
        except (ConflictError, InvalidError) as refusal:
            return await _ask(request, given, (FieldError(refusal.detail, "person"),))
        return Redirect(f"{view.PATH}?done=opened", status_code=303)

    @get("/proposals/{proposal_id:int}", opt=ASSIGN)
    async def consider(self, request: PageRequest, proposal_id: FromPath[int]) -> Template:
        """Ask once more before a case is opened to a colleague."""
        desk, proposal = await _proposal(asker_of(request), proposal_id)
        return _consider(request, desk, proposal)

    @post("/proposals/{proposal_id:int}", opt=ASSIGN)
    async def agree(self, request: PageRequest, proposal_id: FromPath[int]) -> Template | Redirect:
        """Agree, as the second person, that a colleague works on a case."""
        asker = asker_of(request)
        desk, proposal = await _proposal(asker, proposal_id)
        try:
            await agree_to_colleague(asker, proposal)
        except ConflictError as refusal:
            return _consider(request, desk, proposal, (FieldError(refusal.detail),))
        return Redirect(f"{view.PATH}?done=agreed", status_code=303)


async def _ask(request: PageRequest, given: form.CaseForm, errors: tuple[FieldError, ...] = ()) -> Template:
    offered = await colleagues(asker_of(request), on=today())
    return page(
        "vetting/new.html",
        shell_for(request, "Open a vetting case", back=view.DESK, errors=errors),
        status=400 if errors else 200,
        view=view,
        given=given,
        officers=view.officer_options(offered, given.officer),
        wrong={error.field_id: error.text for error in errors},
    )


async def _proposal(asker: Asker, proposal_id: int) -> tuple[Desk, Proposal]:
    desk = await read_desk(asker, on=today())
    found = next((one for one in desk.proposals if one.id == proposal_id), None)
    if found is None:
        raise NotFoundError
    return desk, found


def _consider(
    request: PageRequest, desk: Desk, proposal: Proposal, errors: tuple[FieldError, ...] = ()
) -> Template:
    return page(
        "vetting/proposal.html",
        shell_for(request, "Open this case to a colleague?", back=view.DESK, errors=errors),
        status=409 if errors else 200,
        view=view,
        people=desk.people,
        proposal=proposal,
    )
