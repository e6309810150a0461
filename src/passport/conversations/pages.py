"""The supervisor's pages: who of the team is due, preparing a conversation, writing it while it is held, and sharing it."""

from datetime import date

from litestar import Controller, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from access.confidential import asker_of
from access.readings.looks import Way
from access.shell import PageRequest, shell_for
from foundation.clock import now, today
from foundation.forms import typed
from foundation.pages import page
from foundation.parts import FieldError, Link
from foundation.problems import ConflictError, InvalidError
from passport.conversations import agreeing, drafts, form, view
from passport.conversations.entering import HOLD, Answers, Done, Sheet
from passport.conversations.errors import DraftChangedError
from passport.conversations.form import TalkForm
from passport.conversations.reading import Prepared, read_prepared, read_report, read_team, report_of

Errors = tuple[FieldError, ...]


class TeamConversationPages(Controller):
    """What a supervisor sees of when whose conversation is due."""

    path = view.TEAM
    include_in_schema = False

    @get("/", opt=HOLD)
    async def team(self, request: PageRequest, done: Done = "") -> Template:
        """Show who is due when, the longest overdue first."""
        found = await read_team(asker_of(request), way=Way.PAGE, on=today())
        return page(
            "conversations/team.html",
            shell_for(request, "Conversations of my team", back=view.MY_TEAM, banner=view.banner(done)),
            view=view,
            members=found,
            on=today(),
        )


class HoldPages(Controller):
    """A conversation with one report."""

    path = "/people/{national_id:str}"
    include_in_schema = False

    @get("/conversations", opt=HOLD)
    async def report(self, request: PageRequest, national_id: FromPath[str], done: Done = "") -> Template:
        """Show a report's conversations, and what was agreed by whomever."""
        found = await read_report(asker_of(request), national_id, way=Way.PAGE, on=today())
        title = f"Conversations with {found.person.name}"
        return page(
            "conversations/report.html",
            shell_for(request, title, back=view.TEAMS, banner=view.banner(done)),
            view=view,
            report=found,
            on=today(),
        )

    @get("/conversation", opt=HOLD)
    async def prepare(
        self, request: PageRequest, national_id: FromPath[str], preparing: Sheet, done: Done = ""
    ) -> Template:
        """Show the sheet, and what is being written."""
        on = today()
        found = await read_prepared(asker_of(request), national_id, preparing, way=Way.PAGE, on=on)
        return _sheet(request, found, form.of_draft(found.draft, on), done=done)

    @post("/conversation", opt=HOLD)
    async def write(
        self, request: PageRequest, national_id: FromPath[str], preparing: Sheet, data: Answers
    ) -> Template | Redirect:
        """Save what is being written, share it, or throw it away; nothing that was typed is lost on the way."""
        asker, on = asker_of(request), today()
        person = await report_of(asker, national_id, look=None, on=on)
        given, errors, status = form.read_talk(data, on), Errors(), 400
        try:
            match typed(data, "do"):
                case "share":
                    errors = given.errors()
                    if not errors:
                        number = await agreeing.share(
                            asker, person_id=person.id, version=given.version, content=given.content(on)
                        )
                        return Redirect(f"{view.talk(number)}?done=shared", status_code=303)
                case "discard":
                    await drafts.discard(asker, person_id=person.id, number=None, version=given.version)
                    return Redirect(f"{view.of_person(person.national_id)}?done=discarded", status_code=303)
                case said:
                    return await _saved(request, person.id, given, is_kept=said == "keep", on=on)
        except (ConflictError, InvalidError) as refusal:
            errors, status = (FieldError(refusal.detail, "conflict"),), refusal.status
        found = await read_prepared(asker, person.national_id, preparing, way=Way.PAGE, on=on)
        return _sheet(request, found, given, errors=errors, status=status)


async def _saved(
    request: PageRequest, person_id: int, given: TalkForm, *, is_kept: bool, on: date
) -> Template | Redirect:
    """Save; the script that saves while somebody types is told the new version in a line, and nobody is led anywhere."""
    asker = asker_of(request)
    try:
        saved = await drafts.save(
            asker, person_id=person_id, number=None, version=given.version, content=given.content(on)
        )
    except DraftChangedError:
        if not is_kept:
            raise
        return kept(request, None)
    return (
        kept(request, saved.version)
        if is_kept
        else Redirect(f"{request.url.path}?done=saved", status_code=303)
    )


def kept(request: PageRequest, version: int | None) -> Template:
    """Tell the script which version is saved now; none, where another window has saved something else."""
    shell = shell_for(request, "Saved" if version else "Changed elsewhere")
    return page("conversations/kept.html", shell, status=200 if version else 409, version=version, at=now())


def _sheet(
    request: PageRequest,
    found: Prepared,
    given: TalkForm,
    *,
    done: str = "",
    errors: Errors = (),
    status: int = 200,
) -> Template:
    is_changed = given.version != found.draft.version
    back = Link(found.person.name, view.of_person(found.person.national_id))
    return page(
        "conversations/prepare.html",
        shell_for(
            request,
            f"Conversation with {found.person.name}",
            back=back,
            errors=errors,
            banner=view.banner(done),
        ),
        status=status,
        view=view,
        form=form,
        found=found,
        given=given,
        elsewhere=view.differing(given, found.draft) if is_changed else {},
        is_changed=is_changed,
        on=today(),
        wrong={error.field_id: error.text for error in errors},
    )
