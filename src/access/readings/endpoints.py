"""Who looked at my record, for programs."""

from litestar import get

from access.asking import ApiRequest
from access.permissions import Permission
from access.readings.facts import ReadingPage, readings_of
from access.readings.schemas import OnDay
from foundation.paging import Before


@get(
    "/me/readings",
    opt={"permission": Permission.READINGS_OWN},
    tags=["Readings"],
    operation_id="myReadings",
    summary="Who looked at my record?",
)
async def my_readings(request: ApiRequest, on: OnDay = None, before: Before = None) -> ReadingPage:
    """List who looked at your record, newest first, 25 a page; the same look on the same day is one line.

    No `reader` means that the name is held back for a while.
    """
    return await readings_of(request.user.person_id, on=on, before=before)


HANDLERS = (my_readings,)
