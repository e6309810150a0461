"""The pages on which a file is put beside one's own entry and taken from it, and handed to whoever sees the entry."""

from litestar import Controller, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Response, Template

from access.asking import actor_of, look_of
from access.readings.looks import Opened, Way
from access.shell import PageRequest
from foundation.parts import FieldError, Link
from foundation.problems import ConflictError, NotFoundError, Problem
from foundation.vault.receiving import MOST_SENT, receive
from passport.attachments.answering import handed_out
from passport.attachments.asking import ask_why, meant, read_reason, sent_with
from passport.cpd import actions, view
from passport.cpd.entering import KEEP, READ, Answers
from passport.cpd.filing import add_file, files_beside, remove_file
from passport.cpd.own_pages import one_entry, to_entry
from passport.cpd.reach import opened

EntryNumber = FromPath[int]
FileNumber = FromPath[int]


class OwnCpdFilePages(Controller):
    """The files beside one's own entry."""

    path = f"{view.OWN_PATH}/{{entry_id:int}}/files"
    include_in_schema = False

    @post("/", opt=KEEP, request_max_body_size=MOST_SENT)
    async def add(self, request: PageRequest, entry_id: EntryNumber) -> Template | Redirect:
        """Put a file beside the entry; a bad one changes nothing, and it is said why."""
        actor = actor_of(request)
        entry, sent = await actions.own(actor, entry_id), await sent_with(request)
        if sent is None:
            return await one_entry(request, entry, errors=(FieldError("Select a file", "file"),))
        try:
            await add_file(actor, entry_id, await receive(sent))
        except NotFoundError:
            raise
        except Problem as refusal:
            wrong = (FieldError(refusal.detail, "file"),)
            return await one_entry(request, entry, errors=wrong, status=refusal.status)
        return to_entry(entry_id, "attached")

    @get("/{file_id:int}", opt=KEEP)
    async def fetch(
        self, request: PageRequest, entry_id: EntryNumber, file_id: FileNumber
    ) -> Response[bytes]:
        """Give one's own file back, to be saved."""
        entry = await actions.own(actor_of(request), entry_id)
        return await handed_out(meant(await files_beside(request.user.person_id, entry.id), file_id))

    @get("/{file_id:int}/removal", opt=KEEP)
    async def ask(self, request: PageRequest, entry_id: EntryNumber, file_id: FileNumber) -> Template:
        """Ask why a file is taken away."""
        entry = await actions.own(actor_of(request), entry_id)
        file = meant(await files_beside(request.user.person_id, entry.id), file_id)
        return ask_why(request, file, Link(entry.words.title, view.address(entry.id)))

    @post("/{file_id:int}/removal", opt=KEEP)
    async def remove(
        self, request: PageRequest, entry_id: EntryNumber, file_id: FileNumber, data: Answers
    ) -> Template | Redirect:
        """Take a file away for good."""
        actor = actor_of(request)
        entry = await actions.own(actor, entry_id)
        file = meant(await files_beside(request.user.person_id, entry.id), file_id)
        reason, errors = read_reason(data)
        if errors:
            back = Link(entry.words.title, view.address(entry.id))
            return ask_why(request, file, back, errors=errors, reason=reason)
        try:
            await remove_file(actor, entry_id, file_id, reason=reason)
        except ConflictError as refusal:
            return await one_entry(request, entry, errors=(FieldError(refusal.detail),), status=409)
        return to_entry(entry_id, "removed")


class SharedCpdFilePages(Controller):
    """The files beside what somebody shared."""

    path = f"{view.PATH}/{{entry_id:int}}/files"
    include_in_schema = False

    @get("/{file_id:int}", opt=READ)
    async def fetch(
        self, request: PageRequest, entry_id: EntryNumber, file_id: FileNumber
    ) -> Response[bytes]:
        """Give a file back, to be saved; that it was taken is written down first."""
        detail = {"entry": entry_id, "file": file_id}
        look = look_of(request, Opened.CPD_FILE, Way.FILE, detail=detail)
        found = await opened(request.user, entry_id, look)
        return await handed_out(meant(found.files, file_id))
