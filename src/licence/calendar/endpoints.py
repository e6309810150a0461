"""One's own calendar address for programs: the same as its page."""

from dataclasses import dataclass
from datetime import datetime

from litestar import Controller, get, post

from access.asking import ApiRequest, actor_of
from access.permissions import Permission
from foundation.clock import now
from licence.calendar.actions import end_address, make_address
from licence.calendar.facts import made_at
from licence.calendar.view import address

OWN = {"permission": Permission.CALENDAR_OWN}


@dataclass(frozen=True, slots=True)
class MyCalendar:
    """Whether one's calendar has an address, and since when; the address itself is kept nowhere."""

    is_on: bool
    made_at: datetime | None


@dataclass(frozen=True, slots=True)
class NewCalendarAddress:
    """The address under which one's calendar is read by whoever knows it. It is told this once."""

    address: str
    made_at: datetime


class CalendarEndpoints(Controller):
    """What a person may ask of their own calendar."""

    path = "/me/calendar"
    tags = ("You",)

    @get("/", opt=OWN, operation_id="myCalendar", summary="Whether your calendar has an address")
    async def mine(self, request: ApiRequest) -> MyCalendar:
        """Say whether your due days can be read by a calendar program, and since when."""
        return _told(await made_at(request.user.person_id))

    @post("/", opt=OWN, operation_id="makeCalendarAddress", summary="Give your calendar an address")
    async def make(self, request: ApiRequest) -> NewCalendarAddress:
        """Make an address for your calendar; the one before it, if there is one, ends at once."""
        secret = await make_address(actor=actor_of(request), person_id=request.user.person_id)
        return NewCalendarAddress(address(secret).https, await made_at(request.user.person_id) or now())

    @post(
        "/end",
        opt=OWN,
        status_code=200,
        operation_id="endCalendarAddress",
        summary="End your calendar's address",
    )
    async def end(self, request: ApiRequest) -> MyCalendar:
        """End the address at once: whoever asks for it finds nothing."""
        await end_address(actor=actor_of(request), person_id=request.user.person_id)
        return _told(await made_at(request.user.person_id))


def _told(made: datetime | None) -> MyCalendar:
    return MyCalendar(made is not None, made)
