"""The files beside development for programs: put one there, fetch one, take one away."""

from typing import Annotated

from litestar import Controller, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Response

from access.asking import ApiRequest, actor_of, look_of
from access.readings.looks import Opened, Way
from foundation.refusals import refusals
from foundation.vault.receiving import MOST_SENT, receive
from passport.attachments.answering import handed_out
from passport.attachments.asking import meant
from passport.attachments.schemas import FileNumber, NewAttachment, RemovalReason
from passport.cpd import actions
from passport.cpd.endpoints import STANDS_IN_THE_WAY, TAGS, EntryNumber, own_document
from passport.cpd.entering import KEEP, READ
from passport.cpd.filing import add_file, files_beside, remove_file
from passport.cpd.reach import opened
from passport.cpd.schemas import CpdEntry

AWAY = refusals(503)


class OwnCpdFileEndpoints(Controller):
    """The files beside your own entries."""

    path = "/me/cpd/{entry_id:int}/files"
    tags = TAGS

    @post(
        "/", opt=KEEP, request_max_body_size=MOST_SENT, operation_id="attachToCpd", summary="Attach a file",
        responses=STANDS_IN_THE_WAY,
    )  # fmt: skip
    async def add(
        self,
        request: ApiRequest,
        entry_id: EntryNumber,
        data: Annotated[NewAttachment, Body(media_type=RequestEncodingType.MULTI_PART)],
    ) -> CpdEntry:
        """Attach a file to an entry of yours: told by its content, looked through for viruses, and as private as it."""
        actor = actor_of(request)
        try:
            await actions.own(actor, entry_id)
            kept = await receive(data.file)
        finally:
            await data.file.close()
        await add_file(actor, entry_id, kept)
        return await own_document(request, entry_id)

    @get(
        "/{file_id:int}", opt=KEEP, operation_id="myCpdFile", summary="Fetch a file of yours",
        media_type="application/octet-stream", responses=AWAY,
    )  # fmt: skip
    async def fetch(self, request: ApiRequest, entry_id: EntryNumber, file_id: FileNumber) -> Response[bytes]:
        """Fetch a file as you attached it."""
        entry = await actions.own(actor_of(request), entry_id)
        return await handed_out(meant(await files_beside(request.user.person_id, entry.id), file_id))

    @post(
        "/{file_id:int}/removal", opt=KEEP, status_code=200, operation_id="takeCpdFileAway",
        summary="Take a file away", responses=STANDS_IN_THE_WAY,
    )  # fmt: skip
    async def remove(
        self,
        request: ApiRequest,
        entry_id: EntryNumber,
        file_id: FileNumber,
        data: Annotated[RemovalReason, Body()],
    ) -> CpdEntry:
        """Take a file away for good, as long as nobody has verified the entry; that it was there, and why it went, stays."""
        await remove_file(actor_of(request), entry_id, file_id, reason=data.reason)
        return await own_document(request, entry_id)


class SharedCpdFileEndpoints(Controller):
    """The files beside what others shared with you."""

    path = "/cpd/{entry_id:int}/files"
    tags = TAGS

    @get(
        "/{file_id:int}", opt=READ, operation_id="sharedCpdFile", summary="Fetch a file shared with you",
        media_type="application/octet-stream", responses=AWAY,
    )  # fmt: skip
    async def fetch(self, request: ApiRequest, entry_id: EntryNumber, file_id: FileNumber) -> Response[bytes]:
        """Fetch a file beside an entry that was shared with you. That you do is written down before it is given."""
        detail = {"entry": entry_id, "file": file_id}
        look = look_of(request, Opened.CPD_FILE, Way.PROGRAM, detail=detail)
        return await handed_out(meant((await opened(request.user, entry_id, look)).files, file_id))
