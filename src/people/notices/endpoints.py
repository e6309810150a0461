"""One's notices for programs: the same as the inbox."""

from dataclasses import dataclass
from typing import Annotated

from litestar import Controller, get, post
from litestar.params import PathParameter

from access.asking import ApiRequest, actor_of, look_of
from access.permissions import Permission
from access.readings.looks import Opened, Way
from access.readings.recording import note_listed
from foundation.paging import Before
from foundation.requests import EXACT
from people.notices.actions import mark_read
from people.notices.facts import InboxPage, inbox

OWN = {"permission": Permission.NOTICE_READ}
NoticeNumber = Annotated[
    int,
    PathParameter(name="delivery_id", ge=1, le=EXACT, description="The notice's number in the inbox."),
]


@dataclass(frozen=True, slots=True)
class MarkedRead:
    """How many notices were not read before."""

    marked: int


class NoticeEndpoints(Controller):
    """What a person may ask of their own inbox."""

    path = "/notices"
    tags = ("Notices",)

    @get("/", opt=OWN, operation_id="notices", summary="List your notices")
    async def listed(
        self,
        request: ApiRequest,
        before: Before = None,
    ) -> InboxPage:
        """List one's own notices, newest first, twenty a page; looking marks nothing as read."""
        found = await inbox(request.user.person_id, before=before)
        look = look_of(request, Opened.INBOX, Way.PROGRAM)
        await note_listed(request.user, Permission.TEAM_READ, [one.person_id for one in found.items], look)
        return found

    @post(
        "/{delivery_id:int}/read",
        opt=OWN,
        status_code=200,
        operation_id="readNotice",
        summary="Mark a notice as read",
    )
    async def read(self, request: ApiRequest, delivery_id: NoticeNumber) -> MarkedRead:
        """Mark one of one's own notices as read. One that is not one's own is not there, and marks none."""
        return MarkedRead(await mark_read(actor=actor_of(request), delivery_ids=[delivery_id]))
