"""How does a program ask whether somebody may practise, and on which evidence that rests?"""

import hashlib
from datetime import date
from typing import Annotated, TypeVar

import msgspec
from litestar import Request, get
from litestar.datastructures import State
from litestar.openapi import ResponseSpec
from litestar.openapi.spec import Example
from litestar.params import FromPath, QueryParameter
from litestar.response import Response

from access.identity import Identity
from access.permissions import Permission
from foundation.answers import ProblemDocument
from foundation.audit import Actor
from foundation.clock import today
from foundation.requests import request_id_of
from licence.passport_page.actions import read_evidence, read_passport
from licence.passport_page.asking import day_for_program, instant_for_program
from licence.passport_page.reach import within_reach
from licence.passport_page.schemas import (
    DecisionDocument,
    EvidenceDocument,
    decision_document,
    evidence_document,
)
from people.persons.facts import NamedPerson, person

ApiRequest = Request[Identity, None, State]
MINE = {"permission": Permission.OWN_SESSION}
ANOTHERS = {"permission": Permission.PASSPORT_READ}
PURPOSE = "answering a program"
Document = TypeVar("Document")

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
        description="What was recorded by the end of this day, or by this instant; all that is recorded now if left out.",
        examples=[Example(value="2026-03-04"), Example(value="2026-03-04T09:30:00Z")],
    ),
]
REFUSALS = {
    400: ResponseSpec(ProblemDocument, description="The day or the instant cannot be used.", media_type="application/problem+json"),
    404: ResponseSpec(ProblemDocument, description="There is no such person, or they are out of reach.", media_type="application/problem+json"),
    409: ResponseSpec(ProblemDocument, description="No policy is in force on that day.", media_type="application/problem+json"),
}  # fmt: skip


@get(
    "/me/decision",
    opt=MINE,
    tags=["passport"],
    summary="May I practise?",
    description="Decides about the licence of whoever is signed in, for a day, with every reason and finding.",
    responses=REFUSALS,
)
async def my_decision(
    request: ApiRequest, on: OnDay = None, known: Known = None
) -> Response[DecisionDocument]:
    """Decide about the licence of whoever asks."""
    return await _decided(request, await person(request.user.person_id), on, known)


@get(
    "/people/{national_id:str}/decision",
    opt=ANOTHERS,
    tags=["passport"],
    summary="May this person practise?",
    description=(
        "Decides about a person's licence for a day, as known now or at an instant, with every reason and finding. "
        "Reading another person's is written to the audit before anything is read."
    ),
    responses=REFUSALS,
)
async def decision(
    request: ApiRequest, national_id: FromPath[str], on: OnDay = None, known: Known = None
) -> Response[DecisionDocument]:
    """Decide about the licence of somebody whom the asker may see."""
    holder = await within_reach(request.user, national_id, on=today())
    return await _decided(request, holder, on, known)


@get(
    "/people/{national_id:str}/evidence",
    opt=ANOTHERS,
    tags=["passport"],
    summary="What has this person met?",
    description="Lists every record that a person met a requirement, newest first, as known now or at an instant.",
    responses={key: REFUSALS[key] for key in (400, 404)},
)
async def evidence(
    request: ApiRequest, national_id: FromPath[str], known: Known = None
) -> Response[tuple[EvidenceDocument, ...]]:
    """List the evidence of somebody whom the asker may see."""
    day = today()
    instant = instant_for_program(known, today=day)
    holder = await within_reach(request.user, national_id, on=day)
    records = await read_evidence(
        reader=_reader(request), person=holder, on=day, known=instant, purpose=PURPOSE
    )
    return _tagged(request, tuple(evidence_document(one) for one in records))


async def _decided(
    request: ApiRequest, holder: NamedPerson, on: date | None, known: str | None
) -> Response[DecisionDocument]:
    day = today()
    asked_for, instant = day_for_program(on, today=day), instant_for_program(known, today=day)
    read = await read_passport(
        reader=_reader(request), person=holder, on=asked_for, known=instant, purpose=PURPOSE
    )
    return _tagged(request, decision_document(read))


def _reader(request: ApiRequest) -> Actor:
    return Actor(request.user.person_id, request.user.name, request_id_of(request.scope))


def _tagged(request: ApiRequest, document: Document) -> Response[Document]:
    """Answer with a tag of the content, or with the tag alone where the asker has that content already."""
    tag = f'"{hashlib.sha256(msgspec.json.encode(document)).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-store"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(None, status_code=304, headers=headers)  # type: ignore[arg-type]
    return Response(document, headers=headers)


HANDLERS = (my_decision, decision, evidence)
