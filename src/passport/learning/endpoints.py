"""Evidence for programs: record it, see one record whole, correct it, verify it; under the same doors as the pages."""

from typing import Annotated

from litestar import Controller, get, post
from litestar.params import Body, PathParameter, QueryParameter

from access.asking import ApiRequest, actor_of, look_of
from access.readings.looks import Opened as Look
from access.readings.looks import Way
from foundation.clock import today
from foundation.problems import InvalidError
from foundation.refusals import refusals
from passport.learning import actions, rules
from passport.learning.entering import READ, RECORD, VERIFY
from passport.learning.offering import offered
from passport.learning.reach import Rule, changing, opened, recording_for, verifying
from passport.learning.schemas import (
    NewCorrection,
    NewRecord,
    ReasonGiven,
    RecordDocument,
    Verification,
    WaitingPage,
    as_decimal,
    record_document,
    waiting_document,
)
from passport.learning.waiting import LARGEST, read_place, read_waiting
from passport.learning.writing import Correction, NewEvidence
from people.persons.addressed import NationalId

TAGS = ("Evidence",)
Number = Annotated[
    int,
    PathParameter(
        name="number", ge=1, le=LARGEST, description="The number of the record, or of any before it."
    ),
]
After = Annotated[
    str | None, QueryParameter(name="after", max_length=60, description="The `after` of the page before.")
]
CONFLICT = refusals(409)


class EvidenceEndpoints(Controller):
    """What somebody met."""

    tags = TAGS

    @post(
        "/me/evidence",
        opt=RECORD,
        operation_id="recordMyEvidence",
        summary="Record what you met",
        responses=CONFLICT,
    )
    async def record_own(self, request: ApiRequest, data: Annotated[NewRecord, Body()]) -> RecordDocument:
        """Record what you met. It waits until somebody else has verified it."""
        return await _recorded(request, request.user.person_id, data)

    @post(
        "/people/{national_id:str}/evidence", opt=RECORD, operation_id="recordEvidence",
        summary="Record what somebody met", responses=CONFLICT,
    )  # fmt: skip
    async def record(
        self, request: ApiRequest, national_id: NationalId, data: Annotated[NewRecord, Body()]
    ) -> RecordDocument:
        """Record what somebody met whom you supervise, or train. It is verified by your saying so."""
        whose = await recording_for(request.user, national_id, on=today())
        return await _recorded(request, whose.id, data)

    @get("/evidence/{number:int}", opt=READ, operation_id="evidenceRecord", summary="See one record whole")
    async def read(self, request: ApiRequest, number: Number) -> RecordDocument:
        """Tell what a record says, what it said before, who changed it, when and why, and its files."""
        look = look_of(request, Look.RECORD, Way.PROGRAM)
        return record_document(await opened(request.user, number, on=today(), look=look))

    @post(
        "/evidence/{number:int}/correction", opt=RECORD, status_code=200, operation_id="correctEvidence",
        summary="Correct a record", responses=CONFLICT,
    )  # fmt: skip
    async def correct(
        self, request: ApiRequest, number: Number, data: Annotated[NewCorrection, Body()]
    ) -> RecordDocument:
        """Correct a record. What it said stays; a correction to your own waits to be verified again."""
        found = await changing(request.user, number, rules.may_change, on=today())
        said = Correction(data.completed_on, as_decimal(data.hours), data.reference)
        actor = actor_of(request)
        await actions.supersede(found.chain.last.id, said, reason=data.reason, actor=actor, on=today())
        return await _again(request, number)

    @post(
        "/evidence/{number:int}/withdrawal", opt=RECORD, status_code=200, operation_id="withdrawEvidence",
        summary="Withdraw a record", responses=CONFLICT,
    )  # fmt: skip
    async def withdraw(
        self, request: ApiRequest, number: Number, data: Annotated[ReasonGiven, Body()]
    ) -> RecordDocument:
        """Withdraw a record that never was true. It stays, and counts no longer."""
        return await _ended(request, number, data, rules.may_change)

    @post(
        "/evidence/{number:int}/verification", opt=VERIFY, status_code=200, operation_id="verifyEvidence",
        summary="Verify a record", responses=CONFLICT,
    )  # fmt: skip
    async def verify(
        self, request: ApiRequest, number: Number, data: Annotated[Verification, Body()]
    ) -> RecordDocument:
        """Verify what somebody recorded of themselves: never your own, nor what you wrote, nor what has been changed since."""
        found = await verifying(request.user, number, on=today())
        actor = actor_of(request)
        await actions.verify(found.chain.last.id, actor=actor, on=today(), files=data.files)
        return await _again(request, number)

    @post(
        "/evidence/{number:int}/verification/withdrawal", opt=VERIFY, status_code=200,
        operation_id="takeBackVerification", summary="Take your verification back", responses=CONFLICT,
    )  # fmt: skip
    async def take_back(self, request: ApiRequest, number: Number) -> RecordDocument:
        """Take your own verification back, while nothing has been recorded since."""
        found = await changing(request.user, number, rules.may_take_back, on=today())
        await actions.take_back(found.chain.last.id, actor=actor_of(request), on=today())
        return await _again(request, number)

    @post(
        "/evidence/{number:int}/refusal", opt=VERIFY, status_code=200, operation_id="declineEvidence",
        summary="Decline a record", responses=CONFLICT,
    )  # fmt: skip
    async def decline(
        self, request: ApiRequest, number: Number, data: Annotated[ReasonGiven, Body()]
    ) -> RecordDocument:
        """Decline what somebody recorded of themselves. They are told, and read why."""
        return await _ended(request, number, data, rules.may_decline)

    @get("/verification", opt=VERIFY, operation_id="toVerify", summary="List what waits to be verified")
    async def waiting(self, request: ApiRequest, after: After = None) -> WaitingPage:
        """List what waits for you, the longest first, fifty a page."""
        look = look_of(request, Look.TO_VERIFY, Way.PROGRAM)
        found, has_more = await read_waiting(request.user, look, on=today(), after=read_place(after or ""))
        return WaitingPage(
            [waiting_document(one) for one in found], str(found[-1].place) if has_more else None
        )


async def _recorded(request: ApiRequest, person_id: int, data: NewRecord) -> RecordDocument:
    choices = await offered(person_id, on=today())
    if not choices.has(data.requirement):
        raise InvalidError(errors={"requirement": "Policy asks this of nobody."})
    if choices.adds_up(data.requirement) and data.hours is None:
        raise InvalidError(errors={"hours": "Hours add up to what this asks: say how many."})
    found = NewEvidence(
        person_id,
        data.requirement,
        data.completed_on,
        data.source.strip(),
        as_decimal(data.hours),
        data.reference or None,
    )
    number = await actions.record(found, actor=actor_of(request), on=today())
    return await _again(request, number)


async def _ended(request: ApiRequest, number: int, data: ReasonGiven, rule: Rule) -> RecordDocument:
    found = await changing(request.user, number, rule, on=today())
    await actions.withdraw(found.chain.last.id, reason=data.reason, actor=actor_of(request), on=today())
    return await _again(request, number)


async def _again(request: ApiRequest, number: int) -> RecordDocument:
    return record_document(await opened(request.user, number, on=today(), look=None))
