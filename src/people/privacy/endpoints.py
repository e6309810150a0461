"""The privacy officer's work, for programs: who looked at whom, unusual reading, and names held back."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

import msgspec
from litestar import Controller, get, post
from litestar.params import Body, PathParameter

from access.asking import ApiRequest, actor_of, look_of
from access.permission_map import forces_of
from access.permissions import Permission
from access.readings.facts import ReadingByPage, ReadingPage, readings_by, readings_of
from access.readings.looks import Opened, Way
from access.readings.schemas import OnDay
from access.scope import scope
from foundation.clock import today
from foundation.forms import KEEPABLE, SAID
from foundation.paging import Before
from foundation.problems import InvalidError
from foundation.refusals import refusals
from foundation.requests import EXACT
from people.persons.addressed import NationalId
from people.privacy.actions import hold_back, see_alert, tell_again
from people.privacy.asking import alert_within_reach, reader_meant, within_reach
from people.privacy.facts import Alert, Delay, alerts_in, delays_of
from people.privacy.form import LONGEST_DELAY, LONGEST_WORDS

READ = {"permission": Permission.READINGS_OF_FORCE}
JUDGE = {"permission": Permission.READINGS_JUDGE}
AlertNumber = Annotated[
    int, PathParameter(name="alert_id", ge=1, le=EXACT, description="The alert's number.")
]
DelayNumber = Annotated[
    int, PathParameter(name="delay_id", ge=1, le=2**31 - 1, description="The delay's number.")
]
Words = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_WORDS, pattern=SAID)]


class Found(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was found when unusual reading was looked into."""

    words: Words


class NewDelay(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whose name is held back, through which day, a year at most, and why."""

    reader: Annotated[str, msgspec.Meta(min_length=1, max_length=40, pattern=KEEPABLE)]
    delayed_until: date
    reason: Words


class PrivacyEndpoints(Controller):
    """What a privacy officer may ask of their force."""

    path = "/privacy"
    tags = ("Readings",)

    @get(
        "/readings/of/{national_id:str}",
        opt=READ,
        operation_id="readingsOf",
        summary="Who looked at this person's record?",
    )
    async def of(
        self, request: ApiRequest, national_id: NationalId, on: OnDay = None, before: Before = None
    ) -> ReadingPage:
        """List who looked at a person of your force, newest first, 25 a page, names held back among them."""
        look = look_of(request, Opened.READERS, Way.PROGRAM)
        subject = await within_reach(request.user, national_id, on=today(), look=look)
        return await readings_of(subject.id, on=on, before=before, is_told=False)

    @get(
        "/readings/by/{national_id:str}",
        opt=READ,
        operation_id="readingsBy",
        summary="What did this person look at?",
    )
    async def by(
        self, request: ApiRequest, national_id: NationalId, on: OnDay = None, before: Before = None
    ) -> ReadingByPage:
        """List what a person of your force looked at; whoever is out of your reach is not named."""
        look = look_of(request, Opened.READ_BY, Way.PROGRAM)
        reader = await within_reach(request.user, national_id, on=today(), look=look)
        within = scope(request.user, Permission.READINGS_OF_FORCE)
        return await readings_by(reader.id, within, on=on, before=before)

    @get("/alerts", opt=READ, operation_id="readingAlerts", summary="Who looked at unusually many?")
    async def alerts(self, request: ApiRequest) -> Sequence[Alert]:
        """List who opened the records of 30 people or more within ten minutes, those not looked into first."""
        forces = forces_of(request.user, Permission.READINGS_OF_FORCE)
        return await alerts_in(forces, but=request.user.person_id)

    @post(
        "/alerts/{alert_id:int}/seen",
        opt=JUDGE,
        status_code=200,
        operation_id="seeReadingAlert",
        summary="Say what was found",
        responses=refusals(409),
    )
    async def see(self, request: ApiRequest, alert_id: AlertNumber, data: Annotated[Found, Body()]) -> Alert:
        """Record that unusual reading was looked into, and what was found."""
        found = await alert_within_reach(request.user, alert_id)
        await see_alert(
            actor=actor_of(request),
            officer=request.user,
            alert_id=found.id,
            reader_id=found.reader_id,
            words=data.words,
        )
        return await alert_within_reach(request.user, alert_id)

    @get(
        "/readings/of/{national_id:str}/held-back",
        opt=READ,
        operation_id="heldBack",
        summary="Whose names are held back?",
    )
    async def held_back(self, request: ApiRequest, national_id: NationalId) -> Sequence[Delay]:
        """List whose names are held back from a person today, through which day, and why."""
        look = look_of(request, Opened.READERS, Way.PROGRAM)
        subject = await within_reach(request.user, national_id, on=today(), look=look)
        return await delays_of(subject.id)

    @post(
        "/readings/of/{national_id:str}/held-back",
        opt=JUDGE,
        operation_id="holdBack",
        summary="Hold a reader's name back",
        responses=refusals(409),
    )
    async def hold(
        self, request: ApiRequest, national_id: NationalId, data: Annotated[NewDelay, Body()]
    ) -> Sequence[Delay]:
        """Hold a reader's name back from a person, through a day, for a recorded reason."""
        on, look = today(), look_of(request, Opened.READERS, Way.PROGRAM)
        subject = await within_reach(request.user, national_id, on=on, look=look)
        if not on <= data.delayed_until <= on + LONGEST_DELAY:
            raise InvalidError(errors={"delayed_until": "must lie between today and a year from today"})
        reader_id = await reader_meant(request.user, data.reader, subject.id, on)
        if reader_id is None:
            raise InvalidError(errors={"reader": "Nobody has this number"})
        await hold_back(
            actor=actor_of(request),
            officer=request.user,
            subject_id=subject.id,
            reader_id=reader_id,
            until=data.delayed_until,
            reason=data.reason,
        )
        return await delays_of(subject.id)

    @post(
        "/readings/of/{national_id:str}/held-back/{delay_id:int}/end",
        opt=JUDGE,
        status_code=200,
        operation_id="tellAgain",
        summary="Tell the name from now on",
        responses=refusals(409),
    )
    async def end(
        self, request: ApiRequest, national_id: NationalId, delay_id: DelayNumber
    ) -> Sequence[Delay]:
        """End a delay at once."""
        look = look_of(request, Opened.READERS, Way.PROGRAM)
        subject = await within_reach(request.user, national_id, on=today(), look=look)
        await tell_again(
            actor=actor_of(request), officer=request.user, subject_id=subject.id, delay_id=delay_id
        )
        return await delays_of(subject.id)
