"""In which words are programs told of conversations?"""

from passport.conversations.facts import Stands
from passport.conversations.framework import framework
from passport.conversations.reading import Member, Mine, Prepared, Report, Talk
from passport.conversations.rules import Part, State
from passport.conversations.schemas import (
    ActionDocument,
    ConversationDocument,
    ConversationDue,
    ConversationInList,
    DraftDocument,
    EntryInConversation,
    MyConversations,
    OpeningDocument,
    PlannedAction,
    Preparation,
    ReportConversations,
    ReportDue,
    SheetItem,
    TopicWords,
)
from passport.conversations.shelf import Action, Draft, Line


def due_document(one: Stands) -> ConversationDue:
    """Tell when somebody's conversations were and are due."""
    return ConversationDue(
        one.national_id, one.name, one.unit, one.next.state, one.next.held_on, one.next.due_on
    )


def member_document(one: Member) -> ReportDue:
    """Tell the same of a report, and whether a draft waits."""
    stands = one.stands
    told = (stands.next.state, stands.next.held_on, stands.next.due_on)
    return ReportDue(stands.national_id, stands.name, stands.unit, *told, one.has_draft)


def mine_document(mine: Mine) -> MyConversations:
    """Tell one's own conversations."""
    return MyConversations(
        state=mine.stands.next.state if mine.stands else State.NOT_ASKED,
        due_on=mine.stands.next.due_on if mine.stands else None,
        conversations=[_line(one) for one in mine.lines],
        actions=[_action(one) for one in mine.actions],
        openings=[
            OpeningDocument(one.id, mine.people[one.supervisor_id].name, one.conversation_id, one.opened_at)
            for one in mine.openings
        ],
    )


def report_document(report: Report) -> ReportConversations:
    """Tell a report's conversations."""
    return ReportConversations(
        national_id=report.person.national_id,
        name=report.person.name,
        state=report.stands.next.state if report.stands else State.NOT_ASKED,
        due_on=report.stands.next.due_on if report.stands else None,
        conversations=[_line(one) for one in report.lines],
        actions=[_action(one) for one in report.actions],
    )


def preparation_document(prepared: Prepared) -> Preparation:
    """Tell the sheet, and what is being written."""
    stands = prepared.stands
    return Preparation(
        national_id=prepared.person.national_id,
        name=prepared.person.name,
        state=stands.next.state if stands else State.NOT_ASKED,
        held_on=stands.next.held_on if stands else None,
        due_on=stands.next.due_on if stands else None,
        items=[SheetItem(one.sort, one.title, one.on) for one in prepared.items],
        actions=[_action(one) for one in prepared.actions],
        draft=draft_document(prepared.draft),
    )


def draft_document(draft: Draft) -> DraftDocument:
    """Tell what somebody is writing."""
    content, titles = draft.content, framework().titles
    said = {**dict.fromkeys(content.covered, ""), **content.words}
    return DraftDocument(
        version=draft.version,
        saved_at=draft.saved_at,
        held_on=content.held_on,
        words=[TopicWords(topic, titles.get(topic, topic), text) for topic, text in said.items()],
        actions=[PlannedAction(one.what, one.falls_to, one.due_on) for one in content.actions],
        done=content.done,
        stance=content.stance,
    )


def talk_document(talk: Talk) -> ConversationDocument:
    """Tell a conversation whole."""
    titles = framework().titles
    return ConversationDocument(
        number=talk.held.id,
        person=talk.people[talk.held.person_id].name,
        supervisor=talk.people[talk.held.supervisor_id].name,
        held_on=talk.held.held_on,
        shared_at=talk.held.shared_at,
        entries=[
            EntryInConversation(
                Part.OFFICER if one.author_id == talk.held.person_id else Part.SUPERVISOR,
                one.kind,
                titles.get(one.topic, one.topic),
                one.stance,
                one.text,
                one.recorded_at,
            )
            for one in talk.entries
        ],
        actions=[_action(one) for one in talk.actions],
        draft=draft_document(talk.draft),
    )


def _line(one: Line) -> ConversationInList:
    return ConversationInList(
        one.held.id, one.held.held_on, one.is_open, one.is_signed if one.is_open else None
    )


def _action(one: Action) -> ActionDocument:
    return ActionDocument(one.id, one.what, one.falls_to, one.due_on, one.done_on)
