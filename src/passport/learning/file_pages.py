"""The pages on which a file is attached to a record, taken from it, and taken away for good."""

from litestar import Controller, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Response, Template

from access.asking import actor_of, look_of
from access.readings.looks import Opened as Look
from access.readings.looks import Way
from access.shell import PageRequest
from foundation.clock import today
from foundation.parts import FieldError, Link
from foundation.problems import ConflictError, Problem
from foundation.vault.receiving import MOST_SENT, receive
from passport.attachments.answering import handed_out
from passport.attachments.asking import ask_why, meant, read_reason, sent_with
from passport.learning import view
from passport.learning.entering import READ, RECORD, Answers
from passport.learning.filing import add_file, remove_file
from passport.learning.reach import Opened, filing, opened
from passport.learning.record_pages import back_to, refused, show

Number = FromPath[int]


class RecordFilePages(Controller):
    """The files of one record."""

    path = "/evidence/{number:int}/files"
    include_in_schema = False

    @post("/", opt=RECORD, request_max_body_size=MOST_SENT)
    async def add(self, request: PageRequest, number: Number) -> Template | Redirect:
        """Attach a file."""
        sent = await sent_with(request)
        try:
            found = await filing(request.user, number, on=today())
        except ConflictError as refusal:
            return await refused(request, number, refusal)
        try:
            if sent is None:
                return await show(request, found, errors=(FieldError("Select a file", "file"),))
            try:
                kept = await receive(sent)
                await add_file(found.chain, kept, actor=actor_of(request))
            except Problem as refusal:
                return await show(
                    request, found, errors=(FieldError(refusal.detail, "file"),), status=refusal.status
                )
        finally:
            if sent is not None:
                await sent.close()
        return back_to(number, "attached")

    @get("/{file_id:int}", opt=READ)
    async def fetch(self, request: PageRequest, number: Number, file_id: FromPath[int]) -> Response[bytes]:
        """Give a file back, to be saved."""
        look = look_of(request, Look.ATTACHMENT, Way.FILE, detail={"file": file_id})
        found = await opened(request.user, number, on=today(), look=look)
        return await handed_out(meant(found.chain.files, file_id))

    @get("/{file_id:int}/removal", opt=RECORD)
    async def ask(self, request: PageRequest, number: Number, file_id: FromPath[int]) -> Template:
        """Ask why a file is taken away."""
        try:
            found = await filing(request.user, number, on=today())
        except ConflictError as refusal:
            return await refused(request, number, refusal)
        return ask_why(request, meant(found.chain.files, file_id), _to(found))

    @post("/{file_id:int}/removal", opt=RECORD)
    async def remove(
        self, request: PageRequest, number: Number, file_id: FromPath[int], data: Answers
    ) -> Template | Redirect:
        """Take a file away for good."""
        try:
            found = await filing(request.user, number, on=today())
        except ConflictError as refusal:
            return await refused(request, number, refusal)
        file, (reason, errors) = meant(found.chain.files, file_id), read_reason(data)
        if errors:
            return ask_why(request, file, _to(found), errors=errors, reason=reason)
        try:
            await remove_file(found.chain, file.id, reason=reason, actor=actor_of(request))
        except ConflictError as refusal:
            return await show(request, found, errors=(FieldError(refusal.detail),), status=409)
        return back_to(number, "removed")


def _to(found: Opened) -> Link:
    return Link("The record", view.address(found.chain.last.id))
