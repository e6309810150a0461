"""Care for programs: the same desk and records as its pages, under the same doors."""

from collections.abc import Collection
from datetime import date
from typing import Annotated

from litestar import Controller, get, post
from litestar.params import Body, PathParameter, QueryParameter

from access.asking import ApiRequest
from access.confidential import asker_of, has_proved_lately
from access.permissions import Permission
from foundation.clock import today
from foundation.refusals import refusals
from people.persons.addressed import NationalId
from people.persons.facts import NamedPerson, persons
from wellbeing.support import actions
from wellbeing.support.entering import NOTE, OFFER, OWN, READ, TEAM, ByPolicy
from wellbeing.support.errors import OfferedAlreadyError
from wellbeing.support.facts import Care
from wellbeing.support.published import check_in
from wellbeing.support.reading import read_care, read_desk, read_own, within_reach
from wellbeing.support.rules import Purpose
from wellbeing.support.schemas import (
    CareDesk,
    CareDocument,
    CheckInDocument,
    NewEvent,
    NewNote,
    NewOffer,
    NewReply,
    care_document,
    desk_document,
)

TAGS = ("Care",)
LARGEST = 2**63 - 1
ForPurpose = Annotated[
    Purpose | None,
    QueryParameter(
        name="purpose", description="What you look for: nothing is shown without it, and the audit keeps it."
    ),
]


class CareDeskEndpoints(Controller):
    """What those who give care may ask, and the little that a supervisor may."""

    tags = TAGS

    @get(
        "/care",
        opt=READ,
        guards=[has_proved_lately],
        operation_id="careDesk",
        summary="To whom support is to be offered",
        responses=refusals(409),
    )
    async def desk(self, request: ApiRequest, terms: ByPolicy) -> CareDesk:
        """List to whom support is to be offered, after an event or as a matter of routine, and to whom it was."""
        return desk_document(await read_desk(asker_of(request), terms, on=today()))

    @get(
        "/team/{national_id:str}/check-in",
        opt=TEAM,
        operation_id="checkIn",
        summary="When a report was offered a check",
        responses=refusals(409),
    )
    async def check_in(
        self, request: ApiRequest, national_id: NationalId, terms: ByPolicy
    ) -> CheckInDocument:
        """Tell when one of your team was last offered a check, and when the next is due: alike for everybody."""
        on = today()
        about = await within_reach(asker_of(request), national_id, Permission.TEAM_READ, on=on)
        found = await check_in(about.person.id, terms, on=on)
        return CheckInDocument(found.offered_on, found.due_on)


class CareEndpoints(Controller):
    """One person's care, for those who give it."""

    path = "/care/people/{national_id:str}"
    tags = TAGS
    guards = (has_proved_lately,)

    @get("/", opt=READ, operation_id="careOf", summary="One person’s care", responses=refusals(409))
    async def care(
        self, request: ApiRequest, national_id: NationalId, purpose: ForPurpose = None
    ) -> CareDocument:
        """Return somebody's care, as far as your role may see it, for a purpose that you state."""
        return await _care(request, national_id, purpose)

    @post(
        "/offers",
        opt=OFFER,
        operation_id="recordOffer",
        summary="Record that support was offered",
        responses=refusals(409),
    )
    async def offer(
        self,
        request: ApiRequest,
        national_id: NationalId,
        data: Annotated[NewOffer, Body()],
        purpose: ForPurpose = None,
    ) -> CareDocument:
        """Record that support was offered on a day. Their supervisor sees the day, and nothing else."""
        asker = asker_of(request)
        about = (await read_care(asker, national_id, purpose, on=today())).about
        is_new = await actions.record_offer(
            identity=asker.identity,
            person_id=about.person.id,
            force_id=about.force_id,
            offered_on=data.offered_on,
            request_id=asker.request_id,
        )
        if not is_new:
            raise OfferedAlreadyError
        return await _care(request, national_id, purpose)

    @post(
        "/treatment",
        opt=NOTE,
        operation_id="takeIntoCare",
        summary="Take somebody into your care",
        responses=refusals(409),
    )
    async def take(
        self, request: ApiRequest, national_id: NationalId, purpose: ForPurpose = None
    ) -> CareDocument:
        """Take somebody into your care, so that their notes open to you."""
        asker = asker_of(request)
        about = (await read_care(asker, national_id, purpose, on=today())).about
        await actions.take_into_care(asker, person_id=about.person.id, force_id=about.force_id)
        return await _care(request, national_id, purpose)

    @post("/notes", opt=NOTE, operation_id="writeNote", summary="Write a note", responses=refusals(409))
    async def write(
        self,
        request: ApiRequest,
        national_id: NationalId,
        data: Annotated[NewNote, Body()],
        purpose: ForPurpose = None,
    ) -> CareDocument:
        """Write a note on somebody in your care. It cannot be changed."""
        asker = asker_of(request)
        about = (await read_care(asker, national_id, purpose, on=today())).about
        await actions.write_note(
            asker, person_id=about.person.id, force_id=about.force_id, text=data.text.strip()
        )
        return await _care(request, national_id, purpose)

    @post(
        "/notes/{note_id:int}/release",
        opt=NOTE,
        status_code=200,
        operation_id="releaseNote",
        summary="Let the person read a note",
        responses=refusals(409),
    )
    async def release(
        self,
        request: ApiRequest,
        national_id: NationalId,
        note_id: Annotated[
            int, PathParameter(name="note_id", ge=1, le=LARGEST, description="The number of the note.")
        ],
        purpose: ForPurpose = None,
    ) -> CareDocument:
        """Let the person read a note: you found that it does them no harm."""
        asker = asker_of(request)
        about = (await read_care(asker, national_id, purpose, on=today())).about
        await actions.release_note(asker, person_id=about.person.id, note_id=note_id)
        return await _care(request, national_id, purpose)


class OwnCareEndpoints(Controller):
    """Your own care."""

    path = "/me/care"
    tags = TAGS

    @get("/", opt=OWN, operation_id="myCare", summary="Your own care")
    async def mine(self, request: ApiRequest) -> CareDocument:
        """Return what you were offered, what you said to it, what you attended, and the notes that you may read."""
        return await _mine(request)

    @post(
        "/offers/{offered_on:date}",
        opt=OWN,
        operation_id="answerOffer",
        summary="Answer an offer",
        responses=refusals(409),
    )
    async def answer(
        self,
        request: ApiRequest,
        offered_on: Annotated[
            date, PathParameter(name="offered_on", description="The day on which it was offered.")
        ],
        data: Annotated[NewReply, Body()],
    ) -> CareDocument:
        """Take up what was offered, or say that it is not for now. No supervisor learns what you say."""
        await actions.answer_offer(asker_of(request), offered_on=offered_on, reply=data.reply)
        return await _mine(request)

    @post(
        "/events",
        opt=OWN,
        operation_id="addEvent",
        summary="Add an event that you attended",
        responses=refusals(409),
    )
    async def add(self, request: ApiRequest, data: Annotated[NewEvent, Body()]) -> CareDocument:
        """Add an event that you attended. Only those who care for you see it."""
        await actions.add_own_event(asker_of(request), kind=data.kind, attended_on=data.attended_on)
        return await _mine(request)


async def _care(request: ApiRequest, national_id: str, purpose: Purpose | None) -> CareDocument:
    opened = await read_care(asker_of(request), national_id, purpose, on=today())
    return care_document(opened.care, opened.authors)


async def _mine(request: ApiRequest) -> CareDocument:
    care = await read_own(asker_of(request), on=today())
    return care_document(care, await _named(care))


async def _named(care: Care) -> dict[int, NamedPerson]:
    who: Collection[int] = {one.author_id for one in care.notes} | care.clinician_ids
    return await persons(sorted(who))
