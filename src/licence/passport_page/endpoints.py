"""How does a program ask whether somebody may practise, and on which evidence that rests?"""

from datetime import date, datetime
from typing import Annotated

from litestar import get
from litestar.openapi.spec import Example
from litestar.params import QueryParameter
from litestar.response import Response

from access.asking import ApiRequest, look_of
from access.permissions import Permission
from access.readings.looks import Opened, Way
from foundation.clock import today
from foundation.refusals import refusals
from foundation.tags import UNCHANGED, tagged
from licence.passport_page.asking import day_for_program, instant_for_program, whichever
from licence.passport_page.facts import evidence_of, passport_of
from licence.passport_page.reach import within_reach
from licence.passport_page.schemas import (
    DecisionDocument,
    EvidenceDocument,
    decision_document,
    evidence_document,
)
from people.persons.addressed import NationalId

MINE = {"permission": Permission.OWN_SESSION}
ANOTHERS = {"permission": Permission.PASSPORT_READ}
A_DAY_OR_AN_INSTANT = (
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2}))?$"
)
DECIDED = {**UNCHANGED, **refusals(409)}

OnDay = Annotated[
    date | None,
    QueryParameter(
        name="on",
        description="The day to decide for, in London; today if it is left out.",
        examples=[Example(value="2026-03-03")],
    ),
]
Known = Annotated[
    str | None,
    QueryParameter(
        name="known",
        schema_extra={"pattern": A_DAY_OR_AN_INSTANT},
        description="What was recorded by the end of this day, or by this instant; all that is recorded now if left out.",
        examples=[Example(value="2026-03-04"), Example(value="2026-03-04T09:30:00Z")],
    ),
]


@get(
    "/me/decision",
    opt=MINE,
    tags=["Passport"],
    operation_id="myDecision",
    summary="May I practise?",
    description="Decides about the licence of whoever is signed in, for a day, with every reason and finding.",
    responses=DECIDED,
)
async def my_decision(
    request: ApiRequest, on: OnDay = None, known: Known = None
) -> Response[DecisionDocument]:
    """Decide about the licence of whoever asks."""
    return await _decided(request, request.user.person_id, *_when(on, known))


@get(
    "/people/{national_id:str}/decision",
    opt=ANOTHERS,
    tags=["Passport"],
    operation_id="decision",
    summary="May this person practise?",
    description=(
        "Decides about a person's licence for a day, as known now or at an instant, with every reason and finding. "
        "Reading another person's is written to the audit before anything is read."
    ),
    responses=DECIDED,
)
async def decision(
    request: ApiRequest, national_id: NationalId, on: OnDay = None, known: Known = None
) -> Response[DecisionDocument]:
    """Decide about the licence of somebody whom the asker may see."""
    when = _when(on, known)
    look = look_of(request, Opened.PASSPORT, Way.PROGRAM, detail=whichever(*when))
    holder = await within_reach(request.user, national_id, on=today(), look=look)
    return await _decided(request, holder.id, *when)


@get(
    "/people/{national_id:str}/evidence",
    opt=ANOTHERS,
    tags=["Passport"],
    operation_id="evidence",
    summary="What has this person met?",
    description="Lists every record that a person met a requirement, newest first, as known now or at an instant.",
    responses=UNCHANGED,
)
async def evidence(
    request: ApiRequest, national_id: NationalId, known: Known = None
) -> Response[tuple[EvidenceDocument, ...]]:
    """List the evidence of somebody whom the asker may see."""
    day = today()
    instant = instant_for_program(known, today=day)
    look = look_of(request, Opened.EVIDENCE, Way.PROGRAM, detail=whichever(day, instant))
    holder = await within_reach(request.user, national_id, on=day, look=look)
    records = await evidence_of(holder.id, known=instant)
    return tagged(request, tuple(evidence_document(one) for one in records))


async def _decided(
    request: ApiRequest, person_id: int, on: date, known: datetime | None
) -> Response[DecisionDocument]:
    is_own = request.user.person_id == person_id
    read = await passport_of(person_id, on, is_reader=is_own, known=known)
    return tagged(request, decision_document(read))


def _when(on: date | None, known: str | None) -> tuple[date, datetime | None]:
    day = today()
    return day_for_program(on, today=day), instant_for_program(known, today=day)


HANDLERS = (my_decision, decision, evidence)
