"""The pages on which a file is put beside one's own example and taken from it, and handed to whoever judges it."""

from litestar import Controller, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Response, Template

from access.asking import actor_of, look_of
from access.readings.looks import Opened, Way
from access.shell import PageRequest
from foundation.clock import today
from foundation.parts import FieldError, Link
from foundation.problems import ConflictError, NotFoundError, Problem
from foundation.vault.receiving import MOST_SENT, receive
from passport.attachments.answering import handed_out
from passport.attachments.asking import ask_why, meant, read_reason, sent_with
from passport.leadership import actions, view
from passport.leadership.entering import KEEP, READ, Answers
from passport.leadership.facts import files_beside
from passport.leadership.filing import add_file, remove_file
from passport.leadership.own_pages import one_example, to_example
from passport.leadership.reading import offered_file
from passport.leadership.rules import Example

ExampleNumber = FromPath[int]
FileNumber = FromPath[int]


class OwnExampleFilePages(Controller):
    """The files beside one's own example."""

    path = f"{view.OWN_PATH}/examples/{{example_id:int}}/files"
    include_in_schema = False

    @post("/", opt=KEEP, request_max_body_size=MOST_SENT)
    async def add(self, request: PageRequest, example_id: ExampleNumber) -> Template | Redirect:
        """Put a file beside the example; a bad one changes nothing, and it is said why."""
        actor = actor_of(request)
        example, sent = await actions.own(actor, example_id), await sent_with(request)
        if sent is None:
            wrong = (FieldError("Select a file", "file"),)
            return await one_example(request, example, errors=wrong, status=400)
        try:
            await add_file(actor, example_id, await receive(sent))
        except NotFoundError:
            raise
        except Problem as refusal:
            wrong = (FieldError(refusal.detail, "file"),)
            return await one_example(request, example, errors=wrong, status=refusal.status)
        return to_example(example_id, "attached")

    @get("/{file_id:int}", opt=KEEP)
    async def fetch(
        self, request: PageRequest, example_id: ExampleNumber, file_id: FileNumber
    ) -> Response[bytes]:
        """Give one's own file back, to be saved."""
        example = await actions.own(actor_of(request), example_id)
        files = await files_beside(request.user.person_id, [example.id])
        return await handed_out(meant(files.get(example.id, ()), file_id))

    @get("/{file_id:int}/removal", opt=KEEP)
    async def ask(self, request: PageRequest, example_id: ExampleNumber, file_id: FileNumber) -> Template:
        """Ask why a file is taken away."""
        example = await actions.own(actor_of(request), example_id)
        files = await files_beside(request.user.person_id, [example.id])
        return ask_why(request, meant(files.get(example.id, ()), file_id), _back(example))

    @post("/{file_id:int}/removal", opt=KEEP)
    async def remove(
        self, request: PageRequest, example_id: ExampleNumber, file_id: FileNumber, data: Answers
    ) -> Template | Redirect:
        """Take a file away for good."""
        actor = actor_of(request)
        example = await actions.own(actor, example_id)
        files = await files_beside(request.user.person_id, [example.id])
        file, (reason, errors) = meant(files.get(example.id, ()), file_id), read_reason(data)
        if errors:
            return ask_why(request, file, _back(example), errors=errors, reason=reason)
        try:
            await remove_file(actor, example_id, file_id, reason=reason)
        except ConflictError as refusal:
            return await one_example(request, example, errors=(FieldError(refusal.detail),))
        return to_example(example_id, "removed")


class JudgedFilePages(Controller):
    """The files beside what somebody offered."""

    path = f"{view.PATH}/files"
    include_in_schema = False

    @get("/{file_id:int}", opt=READ)
    async def fetch(self, request: PageRequest, file_id: FileNumber) -> Response[bytes]:
        """Give a file back, to be saved; that it was taken is written down first."""
        look = look_of(request, Opened.LEADERSHIP_FILE, Way.FILE, detail={"file": file_id})
        return await handed_out(await offered_file(request.user, file_id, look, on=today()))


def _back(example: Example) -> Link:
    return Link(example.title, f"{view.OWN_PATH}/examples/{example.id}")
