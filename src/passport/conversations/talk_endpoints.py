"""Conversations for programs of either of the two: reading one, answering, adding, and carrying on what was agreed."""

from typing import Annotated

from litestar import Controller, get, post
from litestar.params import Body, PathParameter

from access.asking import ApiRequest
from access.confidential import asker_of
from access.readings.looks import Way
from foundation.clock import today
from foundation.problems import NotFoundError
from foundation.refusals import refusals
from passport.conversations import agreeing, drafts
from passport.conversations.documents import draft_document, mine_document, talk_document
from passport.conversations.entering import ANSWER, OWN, PART
from passport.conversations.errors import NoSupervisorError
from passport.conversations.framework import IN_SHORT
from passport.conversations.reading import read_mine, read_talk, talk_of_two, whose_action
from passport.conversations.rules import LARGEST
from passport.conversations.schemas import (
    AdditionBody,
    AgreedAction,
    AnswerBody,
    AnswerDraftBody,
    ConversationDocument,
    DraftDocument,
    MyConversations,
    OpeningBody,
    TickBody,
    TickedAction,
)
from passport.conversations.shelf import Content, NewAction
from people.persons.facts import PersonNotFoundError, person_with_national_id

TAGS = ("Conversations",)
Number = Annotated[
    int, PathParameter(name="number", ge=1, le=LARGEST, description="The number of the conversation.")
]
ActionNumber = Annotated[
    int, PathParameter(name="action_id", ge=1, le=LARGEST, description="The number of what was agreed.")
]
OpeningNumber = Annotated[
    int, PathParameter(name="opening_id", ge=1, le=LARGEST, description="The number of what you let read.")
]


class OwnConversationEndpoints(Controller):
    """Your own conversations."""

    path = "/me/conversations"
    tags = TAGS

    @get(
        "/",
        opt=OWN,
        operation_id="myConversations",
        summary="Your own conversations",
        responses=refusals(409),
    )
    async def mine(self, request: ApiRequest) -> MyConversations:
        """Return your conversations, when the next is due, what was agreed, and whom you let read."""
        return mine_document(await read_mine(asker_of(request), on=today()))

    @post(
        "/openings",
        opt=ANSWER,
        operation_id="openConversations",
        summary="Let your supervisor read",
        responses=refusals(409),
    )
    async def let_read(self, request: ApiRequest, data: Annotated[OpeningBody, Body()]) -> MyConversations:
        """Let your supervisor of today read a conversation that you had with an earlier one, or all of them."""
        asker = asker_of(request)
        try:
            found = await person_with_national_id(data.supervisor)
        except PersonNotFoundError:
            raise NoSupervisorError from None
        await agreeing.let_read(asker, supervisor_id=found.id, number=data.conversation)
        return mine_document(await read_mine(asker, on=today()))

    @post(
        "/openings/{opening_id:int}/end",
        opt=ANSWER,
        status_code=200,
        operation_id="shutConversations",
        summary="Let them read no longer",
        responses=refusals(409),
    )
    async def shut(self, request: ApiRequest, opening_id: OpeningNumber) -> MyConversations:
        """Take back what you let somebody read."""
        asker = asker_of(request)
        await agreeing.shut(asker, opening_id=opening_id)
        return mine_document(await read_mine(asker, on=today()))


class TalkEndpoints(Controller):
    """One conversation, for either of the two."""

    path = "/conversations/{number:int}"
    tags = TAGS

    @get("/", opt=PART, operation_id="conversation", summary="One conversation")
    async def one(self, request: ApiRequest, number: Number) -> ConversationDocument:
        """Return a conversation, if you are one of the two or the person lets you read it."""
        return talk_document(await read_talk(asker_of(request), number, way=Way.PROGRAM, on=today()))

    @post(
        "/draft",
        opt=ANSWER,
        status_code=200,
        operation_id="saveAnswerDraft",
        summary="Save your answer as you write it",
        responses=refusals(409),
    )
    async def save(
        self, request: ApiRequest, number: Number, data: Annotated[AnswerDraftBody, Body()]
    ) -> DraftDocument:
        """Save what you are writing in answer. Nobody else can see it."""
        asker = asker_of(request)
        talk = await talk_of_two(asker, number, on=today())
        if talk.held.person_id != asker.person_id:
            raise NotFoundError
        content = Content(words={IN_SHORT: data.text}, stance=data.stance)
        saved = await drafts.save(
            asker, person_id=talk.held.person_id, number=number, version=data.version, content=content
        )
        return draft_document(saved)

    @post(
        "/answer",
        opt=ANSWER,
        operation_id="answerConversation",
        summary="Answer and sign",
        responses=refusals(409),
    )
    async def answer(
        self, request: ApiRequest, number: Number, data: Annotated[AnswerBody, Body()]
    ) -> ConversationDocument:
        """Answer a conversation that was shared with you, and sign that you have read it."""
        asker = asker_of(request)
        talk = await talk_of_two(asker, number, on=today())
        await agreeing.answer(
            asker, talk.held, stance=data.stance, text=data.text.strip(), version=data.version
        )
        return await _again(request, number)

    @post("/additions", opt=PART, operation_id="addToConversation", summary="Add to a conversation")
    async def add(
        self, request: ApiRequest, number: Number, data: Annotated[AdditionBody, Body()]
    ) -> ConversationDocument:
        """Add to a conversation of yours, with today's day. A correction is an addition, too."""
        asker = asker_of(request)
        talk = await talk_of_two(asker, number, on=today())
        await agreeing.add(asker, talk.held, text=data.text.strip())
        return await _again(request, number)

    @post("/actions", opt=PART, operation_id="agreeAction", summary="Add what was agreed")
    async def agree(
        self, request: ApiRequest, number: Number, data: Annotated[AgreedAction, Body()]
    ) -> ConversationDocument:
        """Add something that was agreed: what, for whom to do, by when. It stays open until one of you ticks it."""
        asker = asker_of(request)
        talk = await talk_of_two(asker, number, on=today())
        await agreeing.agree(asker, talk.held, action=NewAction(data.what, data.falls_to, data.due_on))
        return await _again(request, number)


@post(
    "/agreed-actions/{action_id:int}",
    opt=PART,
    status_code=200,
    operation_id="tickAction",
    summary="Tick what was agreed",
    tags=TAGS,
)
async def tick(
    request: ApiRequest, action_id: ActionNumber, data: Annotated[TickBody, Body()]
) -> TickedAction:
    """Say that something agreed is done, or that it is not after all."""
    asker = asker_of(request)
    whose = await whose_action(asker, action_id, on=today())
    await agreeing.tick(asker, person_id=whose.id, action_id=action_id, done=data.is_done)
    return TickedAction(action_id, data.is_done)


async def _again(request: ApiRequest, number: int) -> ConversationDocument:
    return talk_document(await read_talk(asker_of(request), number, way=Way.PROGRAM, on=today()))
