"""What do programs send to conversations, and in which shapes are they answered?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

import msgspec

from foundation.forms import KEEPABLE, SAID
from passport.conversations.preparing import Sort
from passport.conversations.rules import LONGEST_TEXT, LONGEST_WHAT, MOST_ACTIONS, Entry, Part, Stance, State
from passport.conversations.shelf import Content, NewAction

Text = Annotated[str, msgspec.Meta(max_length=2 * LONGEST_TEXT, pattern=KEEPABLE)]
Code = Annotated[str, msgspec.Meta(max_length=40, pattern=KEEPABLE)]
Version = Annotated[
    int,
    msgspec.Meta(ge=0, le=2**31 - 1, description="The version that you began from; 0 if nothing was saved."),
]


class AgreedAction(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something to agree: what, for whom to do, and by when."""

    what: Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_WHAT, pattern=SAID)]
    falls_to: Part
    due_on: date


class Words(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is said under one topic; the topic `` is the conversation in short. Without words it was only touched on."""

    topic: Code
    text: Text


class DraftBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What you are writing about a conversation with a report; all of it, every time."""

    version: Version
    held_on: date | None = None
    words: Annotated[Sequence[Words], msgspec.Meta(max_length=20)] = ()
    actions: Annotated[Sequence[AgreedAction], msgspec.Meta(max_length=MOST_ACTIONS)] = ()
    done: Annotated[
        Sequence[Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)]],
        msgspec.Meta(max_length=200, description="The numbers of open actions that are done."),
    ] = ()

    def content(self) -> Content:
        """Return it as it is kept."""
        return Content(
            held_on=self.held_on,
            words={one.topic: one.text for one in self.words if one.text},
            covered=tuple(one.topic for one in self.words if not one.text),
            actions=tuple(NewAction(one.what, one.falls_to, one.due_on) for one in self.actions),
            done=tuple(self.done),
        )


class AnswerBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How you see a conversation; with it you sign."""

    version: Version = 0
    stance: Stance
    text: Text = ""


class AnswerDraftBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What you are writing in answer to a conversation."""

    version: Version
    stance: Stance | None = None
    text: Text = ""


class AdditionBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What you add to a conversation; it stays as it is sent."""

    text: Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_TEXT, pattern=SAID)]


class TickBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whether something agreed is done."""

    is_done: bool


class OpeningBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which of your conversations your supervisor of today may read: one by its number or, without one, all of them."""

    supervisor: Annotated[
        str,
        msgspec.Meta(min_length=1, max_length=40, pattern=KEEPABLE, description="Their national identifier."),
    ]
    conversation: Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)] | None = None


@dataclass(frozen=True, slots=True)
class ConversationDue:
    """When somebody's last conversation was held, and when the next is due: all that anybody else is told."""

    national_id: str
    name: str
    unit: str | None
    state: State
    held_on: date | None
    due_on: date | None


@dataclass(frozen=True, slots=True)
class ConversationsDue:
    """A page of people, the longest overdue first; `next_page` asks for the one after."""

    people: Sequence[ConversationDue]
    next_page: int | None


@dataclass(frozen=True, slots=True)
class ReportDue:
    """A report in your list: when the last was held, when the next is due, and whether you have begun to write."""

    national_id: str
    name: str
    unit: str | None
    state: State
    held_on: date | None
    due_on: date | None
    has_draft: bool


@dataclass(frozen=True, slots=True)
class ActionDocument:
    """Something that was agreed."""

    id: int
    what: str
    falls_to: Part
    due_on: date
    done_on: date | None


@dataclass(frozen=True, slots=True)
class TickedAction:
    """Whether something agreed is done, from now on."""

    id: int
    is_done: bool


@dataclass(frozen=True, slots=True)
class ConversationInList:
    """A conversation; of one whose words are not open to you, only that it was held."""

    number: int
    held_on: date
    is_open: bool
    is_signed: bool | None


@dataclass(frozen=True, slots=True)
class OpeningDocument:
    """Whom you let read one of your conversations, or all of them."""

    id: int
    supervisor: str
    conversation: int | None
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class MyConversations:
    """Your conversations, what was agreed, and whom you let read."""

    state: State
    due_on: date | None
    conversations: Sequence[ConversationInList]
    actions: Sequence[ActionDocument]
    openings: Sequence[OpeningDocument]


@dataclass(frozen=True, slots=True)
class ReportConversations:
    """A report's conversations, and what was agreed."""

    national_id: str
    name: str
    state: State
    due_on: date | None
    conversations: Sequence[ConversationInList]
    actions: Sequence[ActionDocument]


@dataclass(frozen=True, slots=True)
class TopicWords:
    """What is said under one topic of the framework."""

    topic: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class SheetItem:
    """One thing to speak about."""

    sort: Sort
    title: str
    on: date | None


@dataclass(frozen=True, slots=True)
class PlannedAction:
    """Something you are about to agree."""

    what: str
    falls_to: Part
    due_on: date


@dataclass(frozen=True, slots=True)
class DraftDocument:
    """What you are writing, as it was last saved. Nobody else can see it."""

    version: int
    saved_at: datetime | None
    held_on: date | None
    words: Sequence[TopicWords]
    actions: Sequence[PlannedAction]
    done: Sequence[int]
    stance: Stance | None


@dataclass(frozen=True, slots=True)
class Preparation:
    """The sheet for a conversation, and what you are writing of it."""

    national_id: str
    name: str
    state: State
    held_on: date | None
    due_on: date | None
    items: Sequence[SheetItem]
    actions: Sequence[ActionDocument]
    draft: DraftDocument


@dataclass(frozen=True, slots=True)
class EntryInConversation:
    """Something one of the two wrote."""

    by: Part
    kind: Entry
    topic: str
    stance: Stance | None
    text: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class ConversationDocument:
    """A conversation whole."""

    number: int
    person: str
    supervisor: str
    held_on: date
    shared_at: datetime
    entries: Sequence[EntryInConversation]
    actions: Sequence[ActionDocument]
    draft: DraftDocument


@dataclass(frozen=True, slots=True)
class SharedConversation:
    """The number of a conversation that was shared."""

    number: int
