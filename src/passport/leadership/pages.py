"""Whose leadership waits to be judged, and judging it standard by standard."""

from litestar import Controller, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from access.asking import actor_of, look_of
from access.permission_map import may_use
from access.permissions import Permission
from access.readings.looks import Opened
from access.shell import PageRequest, shell_for
from foundation.clock import today
from foundation.pages import page
from foundation.parts import FieldError, Link
from foundation.problems import ConflictError, InvalidError
from passport.leadership import form, view
from passport.leadership.actions import judge
from passport.leadership.entering import JUDGE, READ, Answers, Done, OfStage
from passport.leadership.reading import leadership_of, waiting
from passport.standards.book import leadership_standards

Errors = tuple[FieldError, ...]


class LeadershipPages(Controller):
    """Whose examples wait for whoever may judge them."""

    path = view.PATH
    include_in_schema = False

    @get("/", opt=READ)
    async def listed(self, request: PageRequest) -> Template:
        """Show who offered something that one has not looked at."""
        found = await waiting(request.user, look_of(request, Opened.LEADERSHIP_LIST), on=today())
        return page("leadership/waiting.html", shell_for(request, "Leadership"), view=view, found=found)


class JudgingPages(Controller):
    """Somebody's leadership, for whoever may judge it."""

    path = "/people/{national_id:str}/leadership"
    include_in_schema = False

    @get("/", opt=READ)
    async def one(
        self, request: PageRequest, national_id: FromPath[str], done: Done = "", stage: OfStage = None
    ) -> Template:
        """Show how far somebody is, and one stage in full."""
        return await _one(request, national_id, stage, done=done)

    @post("/", opt=JUDGE)
    async def judge(
        self, request: PageRequest, national_id: FromPath[str], data: Answers, stage: OfStage = None
    ) -> Template | Redirect:
        """Judge one standard; with a fault, everything that was typed is still there."""
        given = form.read_judgement(data, leadership_standards())
        if (errors := given.errors()) or given.verdict is None:
            return await _one(request, national_id, stage, given=given, errors=errors)
        try:
            await judge(
                request.user, actor_of(request), national_id,
                standard=given.standard, verdict=given.verdict, words=given.words,
            )  # fmt: skip
        except (ConflictError, InvalidError) as refusal:
            wrong = (FieldError(refusal.detail),)
            return await _one(request, national_id, stage, given=given, errors=wrong)
        query = f"?done=judged{f'&stage={stage}' if stage else ''}"
        return Redirect(f"/people/{national_id}/leadership{query}#{given.standard}", status_code=303)


async def _one(
    request: PageRequest,
    national_id: str,
    stage: int | None,
    *,
    done: str = "",
    given: form.JudgementForm | None = None,
    errors: Errors = (),
) -> Template:
    look = look_of(request, Opened.LEADERSHIP)
    shown = await leadership_of(request.user, national_id, look, on=today())
    leads = may_use(request.user, Permission.TEAM_READ)
    return page(
        "leadership/person.html",
        shell_for(
            request,
            f"Leadership of {shown.person.name}",
            back=Link("My team", "/team") if leads and not request.user.grants else view.LIST,
            errors=errors,
            banner=view.banner(done),
        ),
        status=400 if errors else 200,
        view=view,
        shown=shown,
        stage=view.chosen(shown, stage),
        address=f"/people/{shown.person.national_id}/leadership",
        given=given or form.JudgementForm(),
        wrong={error.field_id: error.text for error in errors},
    )
