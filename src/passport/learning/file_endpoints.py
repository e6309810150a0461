"""The files of a record for programs: attach one, fetch one, take one away."""

from typing import Annotated

from litestar import Controller, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Response

from access.asking import ApiRequest, actor_of, look_of
from access.readings.looks import Opened as Look
from access.readings.looks import Way
from foundation.clock import today
from foundation.problems import NotFoundError
from foundation.refusals import refusals
from foundation.vault.receiving import MOST_SENT, receive
from passport.attachments.answering import handed_out
from passport.attachments.schemas import FileNumber, NewAttachment
from passport.learning.endpoints import CONFLICT, TAGS, Number
from passport.learning.entering import READ, RECORD
from passport.learning.filing import add_file, remove_file
from passport.learning.reach import filing, opened
from passport.learning.schemas import ReasonGiven, RecordDocument, record_document


class EvidenceFileEndpoints(Controller):
    """The files of a record."""

    path = "/evidence/{number:int}/files"
    tags = TAGS

    @post(
        "/", opt=RECORD, request_max_body_size=MOST_SENT, operation_id="attachToEvidence", summary="Attach a file",
        responses=CONFLICT,
    )  # fmt: skip
    async def add(
        self,
        request: ApiRequest,
        number: Number,
        data: Annotated[NewAttachment, Body(media_type=RequestEncodingType.MULTI_PART)],
    ) -> RecordDocument:
        """Attach a file to a record: told by its content, looked through for viruses, and kept by its hash."""
        try:
            found = await filing(request.user, number, on=today())
            kept = await receive(data.file)
        finally:
            await data.file.close()
        await add_file(found.chain, kept, actor=actor_of(request))
        return record_document(await opened(request.user, number, on=today(), look=None))

    @get(
        "/{file_id:int}", opt=READ, operation_id="evidenceFile", summary="Fetch a file",
        media_type="application/octet-stream", responses=refusals(503),
    )  # fmt: skip
    async def fetch(self, request: ApiRequest, number: Number, file_id: FileNumber) -> Response[bytes]:
        """Fetch a file as it was attached. That you do is written down before it is given."""
        look = look_of(request, Look.ATTACHMENT, Way.PROGRAM, detail={"file": file_id})
        file = (await opened(request.user, number, on=today(), look=look)).chain.file(file_id)
        if file is None:
            raise NotFoundError
        return await handed_out(file)

    @post(
        "/{file_id:int}/removal", opt=RECORD, status_code=200, operation_id="takeFileAway",
        summary="Take a file away", responses=CONFLICT,
    )  # fmt: skip
    async def remove(
        self, request: ApiRequest, number: Number, file_id: FileNumber, data: Annotated[ReasonGiven, Body()]
    ) -> RecordDocument:
        """Take a file away for good; that it was there, and why it went, stays."""
        found = await filing(request.user, number, on=today())
        file = found.chain.file(file_id)
        if file is None:
            raise NotFoundError
        await remove_file(found.chain, file.id, reason=data.reason, actor=actor_of(request))
        return record_document(await opened(request.user, number, on=today(), look=None))
