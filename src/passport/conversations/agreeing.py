"""How is a conversation shared, answered, added to and carried on, so that nothing said is ever changed?"""

from asyncpg import Connection, UniqueViolationError

from access.confidential import Asker
from access.facts import subjects
from foundation.clock import today
from foundation.problems import InvalidError, NotFoundError
from passport.conversations import telling
from passport.conversations.drafts import take_away
from passport.conversations.errors import (
    HeldLongAgoError,
    NoSupervisorError,
    NotHeldYetError,
    NothingSaidError,
    NotSharedError,
    SignedAlreadyError,
)
from passport.conversations.framework import IN_SHORT, framework
from passport.conversations.pair import as_one_of_two, event_of, part_of
from passport.conversations.rules import LONGEST_AGO, LONGEST_TEXT, LONGEST_WHAT, Entry, Part, Stance
from passport.conversations.shelf import Content, Held, NewAction
from people.notices.actions import give

_ENTRY = """
INSERT INTO passport.conversation_entry
       (conversation_id, person_id, supervisor_id, author_id, kind, topic, stance, text)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
"""
_ACTION = """
INSERT INTO passport.conversation_action (conversation_id, person_id, agreed_by, falls_to, what, due_on)
VALUES ($1, $2, $3, $4, $5, $6)
"""
_TICKED = """
UPDATE passport.conversation_action SET done_on = $2, done_by = $3
 WHERE id = $1 AND person_id = $4 AND (done_on IS NULL) = ($2::date IS NOT NULL) RETURNING person_id
"""


async def share(asker: Asker, *, person_id: int, version: int, content: Content) -> int:
    """Share a conversation that was held: from now on neither of the two can change it. Return its number.

    :raises NothingSaidError: nothing was written. :raises NotHeldYetError: it has no day, or one to come.
    :raises HeldLongAgoError: its day lies more than a year back.
    :raises InvalidError: something is too long. :raises DraftChangedError: another window saved something else since.
    """
    on = today()
    said = said_in(content)
    if not said:
        raise NothingSaidError
    if content.held_on is None or content.held_on > on:
        raise NotHeldYetError
    if content.held_on < on - LONGEST_AGO:
        raise HeldLongAgoError
    _check_lengths(content)
    event = event_of("conversation shared", person_id, {"held_on": content.held_on.isoformat()})
    async with as_one_of_two(asker, Part.SUPERVISOR, event) as pair:
        await take_away(pair, asker, person_id=person_id, number=None, version=version)
        number = int(
            await pair.fetchval(
                """INSERT INTO passport.conversation (person_id, supervisor_id, held_on) VALUES ($1, $2, $3)
                   RETURNING id""",
                person_id, asker.person_id, content.held_on,
            )
        )  # fmt: skip
        about = (number, person_id, asker.person_id, asker.person_id)
        await pair.executemany(
            _ENTRY, [(*about, Entry.WORDS, topic, None, text) for topic, text in said.items()]
        )
        await _agree(pair, asker, number, person_id, content.actions)
        for action_id in content.done:
            await pair.fetchval(_TICKED, action_id, on, asker.person_id, person_id)
        notice = telling.shared(person_id, number, held_on=content.held_on, on=on)
        await give(pair, [notice], created_for=on)
    return number


async def answer(asker: Asker, held: Held, *, stance: Stance, text: str, version: int) -> None:
    """Answer a conversation and sign it, as the person with whom it was held.

    :raises SignedAlreadyError: they have. :raises NotFoundError: it was held with somebody else.
    :raises InvalidError: the text is too long. :raises DraftChangedError: another window saved something else since.
    """
    if held.person_id != asker.person_id:
        raise NotFoundError
    _check_text(text, needed=False)
    on = today()
    event = event_of("conversation answered", held.person_id, {"conversation": held.id, "stance": stance})
    about = (held.id, held.person_id, held.supervisor_id, asker.person_id)
    try:
        async with as_one_of_two(asker, Part.OFFICER, event) as pair:
            await pair.execute(_ENTRY, *about, Entry.ANSWER, IN_SHORT, stance, text)
            await take_away(pair, asker, person_id=held.person_id, number=held.id, version=version)
            now = (await subjects([held.person_id], on)).get(held.person_id)
            if now is not None and held.supervisor_id in now.supervisor_ids:
                notice = telling.answered(held.supervisor_id, held.id, held_on=held.held_on, on=on)
                await give(pair, [notice], created_for=on)
    except UniqueViolationError:
        raise SignedAlreadyError from None


async def add(asker: Asker, held: Held, *, text: str) -> None:
    """Add to a conversation, with today's day; a correction is an addition too.

    :raises InvalidError: nothing was written, or too much.
    """
    _check_text(text, needed=True)
    event = event_of("conversation added to", held.person_id, {"conversation": held.id})
    about = (held.id, held.person_id, held.supervisor_id, asker.person_id)
    async with as_one_of_two(asker, part_of(asker, held.person_id), event) as pair:
        await pair.execute(_ENTRY, *about, Entry.ADDITION, IN_SHORT, None, text)


async def agree(asker: Asker, held: Held, *, action: NewAction) -> None:
    """Add something that was agreed to a conversation.

    :raises InvalidError: nothing was written, or too much.
    """
    event = event_of("conversation action agreed", held.person_id, {"conversation": held.id})
    async with as_one_of_two(asker, part_of(asker, held.person_id), event) as pair:
        await _agree(pair, asker, held.id, held.person_id, (action,))


async def tick(asker: Asker, *, person_id: int, action_id: int, done: bool) -> None:
    """Say that something agreed is done, or that it is not after all. Said twice, it is said once.

    :raises NotFoundError: there is no such action with the person.
    """
    event = event_of(
        "conversation action done" if done else "conversation action reopened",
        person_id,
        {"action": action_id},
    )
    day, by = (today(), asker.person_id) if done else (None, None)
    async with as_one_of_two(asker, part_of(asker, person_id), event) as pair:
        whose = await pair.fetchval(
            "SELECT person_id FROM passport.conversation_action WHERE id = $1", action_id
        )
        if whose != person_id:
            raise NotFoundError
        await pair.fetchval(_TICKED, action_id, day, by, person_id)


async def let_read(asker: Asker, *, supervisor_id: int | None, number: int | None) -> None:
    """Let one's supervisor of today read one of one's conversations, or with no number all of them.

    :raises NoSupervisorError: it is not who supervises the asker today. :raises NotFoundError: it is not theirs.
    :raises NotSharedError: that one may read it already.
    """
    now = (await subjects([asker.person_id], today())).get(asker.person_id)
    if now is None or supervisor_id not in now.supervisor_ids:
        raise NoSupervisorError
    event = event_of(
        "conversations opened", asker.person_id, {"conversation": number, "supervisor": supervisor_id}
    )
    try:
        async with as_one_of_two(asker, Part.OFFICER, event) as pair:
            if number is not None and await _whose(pair, number) != asker.person_id:
                raise NotFoundError
            await pair.execute(
                """INSERT INTO passport.conversation_opening (person_id, supervisor_id, conversation_id)
                   VALUES ($1, $2, $3)""",
                asker.person_id, supervisor_id, number,
            )  # fmt: skip
    except UniqueViolationError:
        raise NotSharedError from None


async def shut(asker: Asker, *, opening_id: int) -> None:
    """Let somebody read no longer what they were let read.

    :raises NotSharedError: they are not let any more, or it is not the asker's to end.
    """
    event = event_of("conversations shut", asker.person_id, {"opening": opening_id})
    async with as_one_of_two(asker, Part.OFFICER, event) as pair:
        ended = await pair.fetchval(
            """UPDATE passport.conversation_opening SET ended_at = clock_timestamp()
                WHERE id = $1 AND person_id = $2 AND ended_at IS NULL RETURNING id""",
            opening_id,
            asker.person_id,
        )
        if ended is None:
            raise NotSharedError


def said_in(content: Content) -> dict[str, str]:
    """Return what was said under each topic; one that was only touched on is there without words."""
    known = [IN_SHORT, *(one.code for one in framework().topics)]
    written = {code: content.words.get(code, "").strip() for code in known}
    if not any(written.values()):
        return {}
    return {code: text for code, text in written.items() if text or code in content.covered}


async def _agree(
    pair: Connection, asker: Asker, number: int, person_id: int, actions: tuple[NewAction, ...]
) -> None:
    for one in actions:
        if not 0 < len(one.what.strip()) <= LONGEST_WHAT:
            raise InvalidError(errors={"what": f"Say in up to {LONGEST_WHAT} characters what was agreed"})
    await pair.executemany(
        _ACTION,
        [(number, person_id, asker.person_id, one.falls_to, one.what.strip(), one.due_on) for one in actions],
    )


async def _whose(pair: Connection, number: int) -> int | None:
    found: int | None = await pair.fetchval(
        "SELECT person_id FROM passport.conversation WHERE id = $1", number
    )
    return found


def _check_lengths(content: Content) -> None:
    for topic, text in content.words.items():
        if len(text) > LONGEST_TEXT:
            raise InvalidError(errors={f"words-{topic}": f"It must be {LONGEST_TEXT:,} characters or fewer"})


def _check_text(text: str, *, needed: bool) -> None:
    if len(text) > LONGEST_TEXT or (needed and not text):
        raise InvalidError(errors={"text": f"Enter up to {LONGEST_TEXT:,} characters"})
