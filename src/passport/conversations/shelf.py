"""What did the two write, agree and open to others? Every query runs as one of them, and row security shows the rest to nobody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import msgspec
from asyncpg import Connection, Record

from passport.conversations.rules import Entry, Part, Stance


@dataclass(frozen=True, slots=True)
class Held:
    """That a conversation was held: what of it may leave the two."""

    id: int
    person_id: int
    supervisor_id: int
    held_on: date
    shared_at: datetime


@dataclass(frozen=True, slots=True)
class Written:
    """Something one of the two wrote."""

    author_id: int
    kind: Entry
    topic: str
    stance: Stance | None
    text: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Action:
    """Something that was agreed: what, for whom to do, and by when."""

    id: int
    conversation_id: int
    falls_to: Part
    what: str
    due_on: date
    done_on: date | None
    done_by: int | None

    @property
    def is_open(self) -> bool:
        """Say whether it is still to be done."""
        return self.done_on is None


@dataclass(frozen=True, slots=True)
class Opening:
    """Whom the person lets read one of their conversations, or with no number all of them."""

    id: int
    supervisor_id: int
    conversation_id: int | None
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """A conversation in a list: whether its words are open to whoever asks, and whether it was signed."""

    held: Held
    is_open: bool
    is_signed: bool


class NewAction(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something about to be agreed."""

    what: str
    falls_to: Part
    due_on: date


class Content(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody is writing: words by topic, what is to be agreed, and which open actions are done."""

    held_on: date | None = None
    words: Mapping[str, str] = {}
    covered: tuple[str, ...] = ()
    actions: tuple[NewAction, ...] = ()
    done: tuple[int, ...] = ()
    stance: Stance | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody is writing, as it was last saved; version 0 has not been saved yet."""

    version: int
    content: Content
    saved_at: datetime | None = None


EMPTY = Draft(0, Content())
_HELD = "conversation.id, conversation.person_id, conversation.supervisor_id, held_on, shared_at"
_ACTIONS = """SELECT id, conversation_id, falls_to, what, due_on, done_on, done_by FROM passport.conversation_action
               WHERE {which} ORDER BY done_on IS NOT NULL, due_on, id LIMIT 200"""


async def lines_of(pair: Connection, person_id: int) -> Sequence[Line]:
    """Return a person's conversations, newest first; of those that are not open only that they were held."""
    rows = await pair.fetch(
        f"""SELECT {_HELD}, count(entry.id) > 0 AS is_open, count(entry.id) FILTER (WHERE kind = 'answer') > 0 AS is_signed
              FROM passport.conversation LEFT JOIN passport.conversation_entry AS entry ON conversation_id = conversation.id
             WHERE conversation.person_id = $1 GROUP BY conversation.id ORDER BY held_on DESC, conversation.id DESC LIMIT 50""",  # noqa: S608
        person_id,
    )
    return [Line(Held(*row[:5]), row["is_open"], row["is_signed"]) for row in rows]


async def held(pair: Connection, number: int) -> Held | None:
    """Return that a conversation was held."""
    row = await pair.fetchrow(f"SELECT {_HELD} FROM passport.conversation WHERE id = $1", number)  # noqa: S608
    return None if row is None else Held(*row)


async def entries_of(pair: Connection, number: int) -> Sequence[Written]:
    """Return what was written in a conversation, in order; nothing, to whom it is not open."""
    rows = await pair.fetch(
        """SELECT author_id, kind, topic, stance, text, recorded_at FROM passport.conversation_entry
            WHERE conversation_id = $1 ORDER BY id""",
        number,
    )
    return [
        Written(
            row["author_id"],
            Entry(row["kind"]),
            row["topic"],
            Stance(row["stance"]) if row["stance"] else None,
            row["text"],
            row["recorded_at"],
        )
        for row in rows
    ]


async def open_actions(pair: Connection, person_id: int) -> Sequence[Action]:
    """Return what was agreed with a person and is not done, by whomever it was agreed."""
    rows = await pair.fetch(_ACTIONS.format(which="person_id = $1 AND done_on IS NULL"), person_id)
    return [_action(row) for row in rows]


async def actions_of(pair: Connection, number: int) -> Sequence[Action]:
    """Return what was agreed in one conversation."""
    return [_action(row) for row in await pair.fetch(_ACTIONS.format(which="conversation_id = $1"), number)]


async def draft_of(pair: Connection, writer_id: int, person_id: int, number: int | None) -> Draft:
    """Return what somebody is writing about a person or, with a number, in answer; `EMPTY` if nothing."""
    row = await pair.fetchrow(
        """SELECT version, content, saved_at FROM passport.conversation_draft
            WHERE writer_id = $1 AND person_id = $2 AND conversation_id IS NOT DISTINCT FROM $3""",
        writer_id,
        person_id,
        number,
    )
    return EMPTY if row is None else drafted(row)


async def openings_of(pair: Connection, person_id: int) -> Sequence[Opening]:
    """Return whom a person lets read what, at this moment."""
    rows = await pair.fetch(
        """SELECT id, supervisor_id, conversation_id, opened_at FROM passport.conversation_opening
            WHERE person_id = $1 AND ended_at IS NULL ORDER BY id""",
        person_id,
    )
    return [Opening(*row) for row in rows]


def drafted(row: Record) -> Draft:
    """Read a draft from its row."""
    return Draft(row["version"], msgspec.json.decode(row["content"], type=Content), row["saved_at"])


def _action(row: Record) -> Action:
    return Action(row["id"], row["conversation_id"], Part(row["falls_to"]), *list(row.values())[3:])
