"""How is what somebody is writing kept, every few keystrokes, so that no time-out and no second window loses it?"""

import msgspec
from asyncpg import Connection, UniqueViolationError

from access.confidential import Asker
from passport.conversations.errors import DraftChangedError, DraftTooLongError
from passport.conversations.pair import as_one_of_two, event_of, part_of
from passport.conversations.rules import LONGEST_TEXT, MOST_ACTIONS, MOST_TOPICS
from passport.conversations.shelf import Content, Draft, drafted

_BEGUN = """
INSERT INTO passport.conversation_draft (writer_id, person_id, conversation_id, content) VALUES ($1, $2, $3, $4)
RETURNING version, content, saved_at
"""
_SAVED = """
UPDATE passport.conversation_draft SET content = $5, version = version + 1, saved_at = clock_timestamp()
 WHERE writer_id = $1 AND person_id = $2 AND conversation_id IS NOT DISTINCT FROM $3 AND version = $4
RETURNING version, content, saved_at
"""


async def save(asker: Asker, *, person_id: int, number: int | None, version: int, content: Content) -> Draft:
    """Keep what the asker is writing about a person, or in answer to them, over the version that they began from.

    That a draft was begun is written in the audit; its keystrokes are not, for nobody but its writer can see them.

    :raises DraftChangedError: another window has saved since that version, or shared it. Nothing was changed.
    :raises DraftTooLongError: it is far too long.
    """
    if _is_too_long(content):
        raise DraftTooLongError
    written = msgspec.json.encode(content).decode()
    key = (asker.person_id, person_id, number)
    begun = event_of("conversation draft begun", person_id) if version == 0 else None
    try:
        async with as_one_of_two(asker, part_of(asker, person_id), begun) as pair:
            if version == 0:
                row = await pair.fetchrow(_BEGUN, *key, written)
            else:
                row = await pair.fetchrow(_SAVED, *key, version, written)
    except UniqueViolationError:
        row = None
    if row is None:
        raise DraftChangedError
    return drafted(row)


async def discard(asker: Asker, *, person_id: int, number: int | None, version: int) -> None:
    """Throw away what the asker is writing.

    :raises DraftChangedError: another window has saved since. Nothing was changed.
    """
    event = event_of("conversation draft discarded", person_id)
    async with as_one_of_two(asker, part_of(asker, person_id), event) as pair:
        await take_away(pair, asker, person_id=person_id, number=number, version=version)


async def take_away(
    pair: Connection, asker: Asker, *, person_id: int, number: int | None, version: int
) -> None:
    """Remove a draft within the transaction that shares or discards it; one that was never saved is not there.

    :raises DraftChangedError: another window has saved since.
    """
    gone = await pair.fetchval(
        """DELETE FROM passport.conversation_draft
            WHERE writer_id = $1 AND person_id = $2 AND conversation_id IS NOT DISTINCT FROM $3 RETURNING version""",
        asker.person_id,
        person_id,
        number,
    )
    if (gone or 0) != version:
        raise DraftChangedError


def _is_too_long(content: Content) -> bool:
    return (
        any(len(text) > 2 * LONGEST_TEXT for text in content.words.values())
        or len(content.words) > MOST_TOPICS
        or len(content.actions) > MOST_ACTIONS
    )
