"""The files' pages: hand one in, look at what became of every line, then keep it as a whole or discard it."""

from typing import Annotated

from litestar import Controller, get, post
from litestar.params import FromPath, QueryParameter
from litestar.response import Redirect, Template

from access.asking import actor_of, look_of
from access.permission_map import forces_of
from access.permissions import Permission
from access.readings.looks import Opened
from access.shell import PageRequest, shell_for
from attested import importing
from attested.files import errands, form, view
from attested.files.facts import File, file_of, files_of, lines_of
from attested.files.reach import forces_for
from attested.files.receiving import MOST_SENT, received, shown_name
from attested.files.taking import told_lines
from foundation.clock import today
from foundation.intake import actions
from foundation.intake.survey import FOR_PAGES
from foundation.intake.verdicts import RETURNED, Verdict
from foundation.pages import page
from foundation.paging import Before
from foundation.parts import FieldError, Link
from foundation.problems import ConflictError, Problem

READ = {"permission": Permission.INTAKE_READ}
WRITE = {"permission": Permission.INTAKE_WRITE}
FILES = Link("Files", view.PATH)


class FilePages(Controller):
    """What whoever hands in a force's files sees and does."""

    path = view.PATH
    include_in_schema = False

    @get("/", opt=READ)
    async def files(
        self,
        request: PageRequest,
        before: Before = None,
    ) -> Template:
        """Show the files handed in, newest first."""
        forces = forces_of(request.user, Permission.INTAKE_READ)
        found = await files_of(forces, before=before)
        oldest = found.files[-1].id if found.files else 0
        return page(
            "files/files.html",
            shell_for(request, "Files"),
            view=view,
            files=found.files,
            under_way=await errands.under_way(forces),
            first_href=view.PATH if before else None,
            next_href=f"{view.PATH}?before={oldest}" if found.has_more else None,
        )

    @get("/new", opt=WRITE)
    async def new(self, request: PageRequest) -> Template:
        """Ask for a file."""
        return await _ask(request, form.blank(await forces_for(request.user), today()))

    @post("/", opt=WRITE, request_max_body_size=MOST_SENT)
    async def hand_in(self, request: PageRequest) -> Template | Redirect:
        """Judge a file, keep nothing of it but its verdicts, and lead to the report; a large one is judged as a job."""
        given = form.read(await request.form(), await forces_for(request.user), today())
        try:
            errors = given.errors()
            following = None if errors else await _handed_in(request, given)
        except Problem as refusal:
            errors, following = (FieldError(refusal.detail, "file"),), None
        finally:
            if given.file:
                await given.file.close()
        if following is None:
            return await _ask(request, given, errors)
        return Redirect(following, status_code=303)

    @get("/{file_id:int}", opt=READ)
    async def report(
        self,
        request: PageRequest,
        file_id: FromPath[int],
        done: Annotated[str, QueryParameter(name="done", max_length=20)] = "",
    ) -> Template:
        """Show what became of every line of a file, and what can be done next."""
        file = await _file(request, file_id, Permission.INTAKE_READ)
        return _report(request, file, done=done)

    @get("/{file_id:int}/lines", opt=READ)
    async def lines(
        self,
        request: PageRequest,
        file_id: FromPath[int],
        *,
        verdict: Annotated[Verdict, QueryParameter(name="verdict")],
        after: Annotated[int | None, QueryParameter(name="after", ge=0, le=2**31 - 1)] = None,
        before: Annotated[int | None, QueryParameter(name="before", ge=0, le=2**31 - 1)] = None,
    ) -> Template:
        """Show the lines with one verdict, a page at a time."""
        file = await _file(request, file_id, Permission.INTAKE_READ)
        found = await lines_of(file.id, verdict, after=after, before=before)
        await told_lines(request.user, look_of(request, Opened.FILE_LINES), file, verdict, found)
        here = view.address(file, f"/lines?verdict={verdict}")
        earlier, later = found.has_earlier and found.lines, found.has_later and found.lines
        meaning = view.MEANINGS[verdict]
        return page(
            "files/lines.html",
            shell_for(request, f"{meaning.name} lines", back=view.back_to(file)),
            view=view,
            file=file,
            verdict=verdict,
            meaning=meaning,
            lines=found.lines,
            goes_back=verdict in RETURNED,
            previous_href=f"{here}&before={found.lines[0].line}" if earlier else None,
            next_href=f"{here}&after={found.lines[-1].line}" if later else None,
        )

    @get("/{file_id:int}/commit", opt=WRITE)
    async def confirm(self, request: PageRequest, file_id: FromPath[int]) -> Template | Redirect:
        """Ask once more before a file is kept."""
        return await _sure(request, file_id, "files/commit.html", "Keep what is new or changed?")

    @post("/{file_id:int}/commit", opt=WRITE)
    async def commit(self, request: PageRequest, file_id: FromPath[int]) -> Template | Redirect:
        """Keep what is new or changed, whole or not at all."""
        file = await _file(request, file_id, Permission.INTAKE_WRITE)
        try:
            if file.state == actions.STAGED and view.to_keep(file) >= errands.MANY:
                number = await errands.ask_to_keep(file.id, actor=actor_of(request))
                return Redirect(view.waiting(number), status_code=303)
            await importing.commit(file.id, actor=actor_of(request))
        except ConflictError as refusal:
            return await _conflict(request, file.id, refusal)
        return Redirect(view.address(file, "?done=committed"), status_code=303)

    @get("/{file_id:int}/discard", opt=WRITE)
    async def doubt(self, request: PageRequest, file_id: FromPath[int]) -> Template | Redirect:
        """Ask once more before a file is discarded."""
        return await _sure(request, file_id, "files/discard.html", "Discard this file?")

    @post("/{file_id:int}/discard", opt=WRITE)
    async def discard(self, request: PageRequest, file_id: FromPath[int]) -> Template | Redirect:
        """Put a file aside; its report stays."""
        file = await _file(request, file_id, Permission.INTAKE_WRITE)
        try:
            await actions.discard(file.id, actor=actor_of(request))
        except ConflictError as refusal:
            return await _conflict(request, file.id, refusal)
        return Redirect(view.address(file, "?done=discarded"), status_code=303)


async def _file(request: PageRequest, file_id: int, permission: Permission) -> File:
    return await file_of(forces_of(request.user, permission), file_id)


async def _ask(request: PageRequest, given: form.Form, errors: tuple[FieldError, ...] = ()) -> Template:
    return page(
        "files/new.html",
        shell_for(request, "Hand in a file", back=FILES, errors=errors),
        status=400 if errors else 200,
        view=view,
        given=given,
        forces=await forces_for(request.user),
        limits=FOR_PAGES,
        wrong={error.field_id: error.text for error in errors},
    )


async def _handed_in(request: PageRequest, given: form.Form) -> str | None:
    """Judge a file that was handed in with every answer, or ask for that where it is large; return what to look at."""
    if not (given.file and given.kind and given.force and given.entry.meant):
        return None
    name, actor = shown_name(given.file.filename), actor_of(request)
    async with received(given.file) as path:
        asked = importing.Asked(given.kind, path, given.force.code, given.entry.meant, name, FOR_PAGES)
        lines = await importing.lines_in(asked)
        if lines >= errands.MANY:
            return view.waiting(await errands.ask_to_judge(asked, lines, actor=actor))
        return f"{view.PATH}/{(await importing.stage(asked, actor=actor)).intake_id}"


def _report(
    request: PageRequest, file: File, *, done: str = "", errors: tuple[FieldError, ...] = ()
) -> Template:
    return page(
        "files/report.html",
        shell_for(request, file.file_name, back=FILES, errors=errors, banner=view.banner(file, done)),
        status=409 if errors else 200,
        view=view,
        file=file,
    )


async def _sure(request: PageRequest, file_id: int, template: str, title: str) -> Template | Redirect:
    """Ask about a file that waits; one that does not any more shows its report, which says what became of it."""
    file = await _file(request, file_id, Permission.INTAKE_WRITE)
    if file.state != actions.STAGED:
        return Redirect(view.address(file), status_code=303)
    return page(template, shell_for(request, title, back=view.back_to(file)), view=view, file=file)


async def _conflict(request: PageRequest, file_id: int, refusal: ConflictError) -> Template:
    """Show the file as it stands now, and why nothing was done."""
    file = await _file(request, file_id, Permission.INTAKE_READ)
    return _report(request, file, errors=(FieldError(view.conflict(file, refusal.detail)),))
