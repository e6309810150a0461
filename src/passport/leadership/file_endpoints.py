"""The files beside examples of leadership for programs: put one there, fetch one, take one away."""

from typing import Annotated

from litestar import Controller, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Response

from access.asking import ApiRequest, actor_of, look_of
from access.readings.looks import Opened, Way
from foundation.clock import today
from foundation.refusals import refusals
from foundation.vault.receiving import MOST_SENT, receive
from passport.attachments.answering import handed_out
from passport.attachments.asking import meant
from passport.attachments.schemas import FileNumber, NewAttachment, RemovalReason
from passport.leadership import actions
from passport.leadership.endpoints import STANDS_IN_THE_WAY, TAGS, ExampleNumber, own_document
from passport.leadership.entering import KEEP, READ
from passport.leadership.facts import files_beside
from passport.leadership.filing import add_file, remove_file
from passport.leadership.reading import offered_file
from passport.leadership.schemas import ExampleDocument

AWAY = refusals(503)


class OwnExampleFileEndpoints(Controller):
    """The files beside your own examples."""

    path = "/me/leadership/examples/{example_id:int}/files"
    tags = TAGS

    @post(
        "/", opt=KEEP, request_max_body_size=MOST_SENT, operation_id="attachToExample", summary="Attach a file",
        responses=STANDS_IN_THE_WAY,
    )  # fmt: skip
    async def add(
        self,
        request: ApiRequest,
        example_id: ExampleNumber,
        data: Annotated[NewAttachment, Body(media_type=RequestEncodingType.MULTI_PART)],
    ) -> ExampleDocument:
        """Attach a file to an example that you have not offered: told by its content, and looked through for viruses."""
        actor = actor_of(request)
        try:
            await actions.own(actor, example_id)
            kept = await receive(data.file)
        finally:
            await data.file.close()
        await add_file(actor, example_id, kept)
        return await own_document(request, example_id)

    @get(
        "/{file_id:int}", opt=KEEP, operation_id="myExampleFile", summary="Fetch a file of yours",
        media_type="application/octet-stream", responses=AWAY,
    )  # fmt: skip
    async def fetch(
        self, request: ApiRequest, example_id: ExampleNumber, file_id: FileNumber
    ) -> Response[bytes]:
        """Fetch a file as you attached it."""
        example = await actions.own(actor_of(request), example_id)
        files = await files_beside(request.user.person_id, [example.id])
        return await handed_out(meant(files.get(example.id, ()), file_id))

    @post(
        "/{file_id:int}/removal", opt=KEEP, status_code=200, operation_id="takeExampleFileAway",
        summary="Take a file away", responses=STANDS_IN_THE_WAY,
    )  # fmt: skip
    async def remove(
        self,
        request: ApiRequest,
        example_id: ExampleNumber,
        file_id: FileNumber,
        data: Annotated[RemovalReason, Body()],
    ) -> ExampleDocument:
        """Take a file away for good from an example that you have not offered."""
        await remove_file(actor_of(request), example_id, file_id, reason=data.reason)
        return await own_document(request, example_id)


class JudgedFileEndpoints(Controller):
    """The files beside what those whom you may judge offered."""

    path = "/leadership/files"
    tags = TAGS

    @get(
        "/{file_id:int}", opt=READ, operation_id="leadershipFile", summary="Fetch a file somebody offered",
        media_type="application/octet-stream", responses=AWAY,
    )  # fmt: skip
    async def fetch(self, request: ApiRequest, file_id: FileNumber) -> Response[bytes]:
        """Fetch a file beside an example that somebody offered. That you do is written down before it is given."""
        look = look_of(request, Opened.LEADERSHIP_FILE, Way.PROGRAM, detail={"file": file_id})
        return await handed_out(await offered_file(request.user, file_id, look, on=today()))
