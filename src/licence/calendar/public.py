"""What does a calendar program fetch, that knows an address and nothing else?"""

import hashlib
from typing import Annotated

from litestar import Request, Response, get
from litestar.datastructures import State
from litestar.params import PathParameter

from access.limits import Limit
from access.permissions import Permission
from foundation.clock import today
from foundation.problems import NotFoundError
from foundation.settings import settings
from licence.calendar.facts import calendar_under, days_of
from licence.calendar.feed import MEDIA_TYPE, written

LONGEST = 64
Secret = Annotated[str, PathParameter(name="secret", description="What makes the address this person's.")]


# The address is all that is asked for: a browser's own session neither opens a calendar nor shuts one.
@get(
    "/calendar/{secret:str}/training.ics",
    opt={"permission": Permission.PUBLIC, "limit": Limit.CALENDAR, "asks_nobody": True},
    include_in_schema=False,
)
async def calendar(request: Request[None, None, State], secret: Secret) -> Response[bytes]:
    """Give the calendar under an address; one that ended looks exactly like one that never was."""
    found = await calendar_under(secret) if len(secret) <= LONGEST else None
    if found is None:
        raise NotFoundError
    on = today()
    body = written(
        await days_of(found.person_id, on),
        series=found.series,
        on=on,
        passport=f"{settings().address}/passport",
    )
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(b"", status_code=304, headers=headers, media_type=MEDIA_TYPE)
    return Response(body, media_type=MEDIA_TYPE, headers=headers)
