"""A supervisor's conversations for programs, and when whose is due: the same acts as the pages, under the same doors."""

from typing import Annotated

from litestar import Controller, get, post
from litestar.params import Body, QueryParameter

from access.asking import ApiRequest
from access.confidential import asker_of
from access.readings.looks import Way
from foundation.clock import today
from foundation.refusals import refusals
from passport.conversations import agreeing, drafts
from passport.conversations.documents import (
    draft_document,
    due_document,
    member_document,
    preparation_document,
    report_document,
)
from passport.conversations.entering import HOLD, STATUS, Sheet
from passport.conversations.reading import (
    note_shown,
    read_prepared,
    read_reach,
    read_report,
    read_team,
    report_of,
)
from passport.conversations.schemas import (
    ConversationsDue,
    DraftBody,
    DraftDocument,
    Preparation,
    ReportConversations,
    ReportDue,
    SharedConversation,
)
from people.persons.addressed import NationalId

TAGS = ("Conversations",)
PAGE = 50


class DueEndpoints(Controller):
    """When whose conversations are due."""

    tags = TAGS

    @get(
        "/conversations",
        opt=STATUS,
        operation_id="conversationsDue",
        summary="Whose conversations are due",
        responses=refusals(409),
    )
    async def due(
        self,
        request: ApiRequest,
        unit: Annotated[
            int | None, QueryParameter(name="unit", ge=1, le=2**31 - 1, description="Only this unit.")
        ] = None,
        page: Annotated[
            int, QueryParameter(name="page", ge=1, le=10_000, description="Which fifty: 1 is the first.")
        ] = 1,
    ) -> ConversationsDue:
        """List when whose conversations were held and are due: those below your reports, or in your role's force."""
        asker = asker_of(request)
        everyone = await read_reach(asker, unit, on=today())
        shown = everyone[PAGE * (page - 1) : PAGE * page]
        await note_shown(asker, shown, way=Way.PROGRAM)
        return ConversationsDue(
            [due_document(one) for one in shown], page + 1 if len(everyone) > PAGE * page else None
        )

    @get(
        "/team/conversations",
        opt=HOLD,
        operation_id="teamConversations",
        summary="Who of your team is due",
        responses=refusals(409),
    )
    async def team(self, request: ApiRequest) -> list[ReportDue]:
        """List the people you supervise today, the longest overdue first."""
        return [
            member_document(one) for one in await read_team(asker_of(request), way=Way.PROGRAM, on=today())
        ]


class HoldEndpoints(Controller):
    """Conversations with one report."""

    path = "/people/{national_id:str}"
    tags = TAGS

    @get(
        "/conversations",
        opt=HOLD,
        operation_id="conversationsOf",
        summary="A report’s conversations",
        responses=refusals(409),
    )
    async def report(self, request: ApiRequest, national_id: NationalId) -> ReportConversations:
        """Return a report's conversations as far as they are open to you, and what was agreed by whomever."""
        return report_document(await read_report(asker_of(request), national_id, way=Way.PROGRAM, on=today()))

    @get(
        "/conversation",
        opt=HOLD,
        operation_id="prepareConversation",
        summary="Prepare a conversation",
        responses=refusals(409),
    )
    async def prepare(self, request: ApiRequest, national_id: NationalId, preparing: Sheet) -> Preparation:
        """Return what there is to speak about, and what you are writing."""
        return preparation_document(
            await read_prepared(asker_of(request), national_id, preparing, way=Way.PROGRAM, on=today())
        )

    @post(
        "/conversation/draft",
        opt=HOLD,
        status_code=200,
        operation_id="saveConversationDraft",
        summary="Save what you are writing",
        responses=refusals(409),
    )
    async def save(
        self, request: ApiRequest, national_id: NationalId, data: Annotated[DraftBody, Body()]
    ) -> DraftDocument:
        """Save what you are writing over the version that you began from. Nobody else can see it."""
        asker = asker_of(request)
        found = await report_of(asker, national_id, look=None, on=today())
        saved = await drafts.save(
            asker, person_id=found.id, number=None, version=data.version, content=data.content()
        )
        return draft_document(saved)

    @post(
        "/conversation/share",
        opt=HOLD,
        operation_id="shareConversation",
        summary="Share a conversation that was held",
        responses=refusals(409),
    )
    async def share(
        self, request: ApiRequest, national_id: NationalId, data: Annotated[DraftBody, Body()]
    ) -> SharedConversation:
        """Share a conversation with the report: from now on neither of you can change it, and either can add to it."""
        asker = asker_of(request)
        found = await report_of(asker, national_id, look=None, on=today())
        return SharedConversation(
            await agreeing.share(asker, person_id=found.id, version=data.version, content=data.content())
        )
