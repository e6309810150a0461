"""One's notices for programs: the same as the inbox."""

from dataclasses import dataclass
from typing import Annotated

from litestar import Controller, Request, get, post
from litestar.datastructures import State
from litestar.params import FromPath, QueryParameter

from access.identity import Identity
from access.permissions import Permission
from foundation.audit import Actor
from foundation.requests import request_id_of
from people.notices.actions import mark_read
from people.notices.facts import InboxPage, inbox

ApiRequest = Request[Identity, None, State]
OWN = {"permission": Permission.NOTICE_READ}


@dataclass(frozen=True, slots=True)
class MarkedRead:
    """How many notices were not read before."""

    marked: int


class NoticeEndpoints(Controller):
    """What a person may ask of their own inbox."""

    path = "/notices"
    tags = ("Notices",)

    @get("/", opt=OWN, operation_id="Notices")
    async def listed(
        self,
        request: ApiRequest,
        before: Annotated[
            int | None,
            QueryParameter(
                name="before", ge=1, le=2**63 - 1, description="The `next_before` of the page before."
            ),
        ] = None,
    ) -> InboxPage:
        """List one's own notices, newest first, twenty a page; looking marks nothing as read."""
        return await inbox(request.user.person_id, before=before)

    @post("/{delivery_id:int}/read", opt=OWN, status_code=200, operation_id="ReadNotice")
    async def read(self, request: ApiRequest, delivery_id: FromPath[int]) -> MarkedRead:
        """Mark one of one's own notices as read. One that is not one's own is not there, and marks none."""
        actor = Actor(request.user.person_id, request.user.name, request_id_of(request.scope))
        return MarkedRead(await mark_read(actor=actor, delivery_ids=[delivery_id]))
