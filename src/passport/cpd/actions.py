"""How is a reflection written, changed, shared, taken back, added to, put aside and verified?"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from asyncpg import CheckViolationError, Connection, InsufficientPrivilegeError, UniqueViolationError

from access.confiding import reading_as, writing_as
from foundation.audit import Actor, Event
from foundation.problems import InvalidError, NotFoundError
from passport.cpd.errors import (
    DiscardedError,
    FixedError,
    NoShareError,
    NotFixedError,
    SharedAlreadyError,
    TakenBackError,
    UnfinishedError,
    VerifiedAlreadyError,
    VerifiedByThemError,
)
from passport.cpd.facts import entry_of
from passport.cpd.rules import LONGEST_TEXT, Entry, Words
from passport.cpd.telling import tell_shared, tell_verified

OWN = "own development"
VERIFYING = "verifying development"
ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended('cpd entry', $1::bigint))"
"""Taken first by whoever does something with an entry or its files: the later sees what the earlier did."""


async def write(actor: Actor, words: Words) -> int:
    """Keep a new entry, which its author alone sees; return its number."""
    async with writing_as(actor, Event("cpd entry written", OWN, actor.person_id)) as connection:
        return int(await connection.fetchval(_NEW, actor.person_id, *_values(words)))


async def change(actor: Actor, entry_id: int, words: Words) -> None:
    """Change the words of one's own entry.

    :raises NotFoundError: there is none. :raises FixedError: somebody has it, or has read it.
    :raises DiscardedError: it is put aside.
    """
    async with _holding(actor, entry_id, "cpd entry changed") as (connection, entry):
        if entry.discarded_at is not None:
            raise DiscardedError
        if not entry.may_change:
            raise FixedError
        await connection.execute(_CHANGED, entry_id, *_values(words))


async def discard(actor: Actor, entry_id: int) -> None:
    """Put one's own entry aside: nothing is lost, and it can be brought back.

    :raises NotFoundError: there is none. :raises FixedError: somebody has it before them, or has verified it.
    """
    async with _holding(actor, entry_id, "cpd entry put aside") as (connection, entry):
        if not entry.may_discard:
            raise FixedError
        await connection.execute(
            "UPDATE passport.cpd_entry SET discarded_at = clock_timestamp() WHERE id = $1", entry_id
        )


async def restore(actor: Actor, entry_id: int) -> None:
    """Bring back an entry that was put aside.

    :raises NotFoundError: there is none.
    """
    entry = await own(actor, entry_id)
    async with writing_as(actor, event("cpd entry brought back", entry)) as connection:
        await connection.execute("UPDATE passport.cpd_entry SET discarded_at = NULL WHERE id = $1", entry_id)


async def share(actor: Actor, entry_id: int, *, reader_id: int, as_supervisor: bool) -> None:
    """Share one's own entry with somebody, and let them know. Its words are fixed from then on.

    :raises UnfinishedError: it lacks what a reflection consists of. :raises SharedAlreadyError: they have it.
    :raises NotFoundError: there is none. :raises DiscardedError: it is put aside.
    """
    try:
        async with _holding(actor, entry_id, "cpd entry shared", reader_id) as (connection, entry):
            if entry.discarded_at is not None:
                raise DiscardedError
            if entry.words.missing:
                raise UnfinishedError
            await connection.execute(
                """INSERT INTO passport.cpd_share (entry_id, person_id, reader_id, as_supervisor)
                   VALUES ($1, $2, $3, $4)""",
                entry_id, actor.person_id, reader_id, as_supervisor,
            )  # fmt: skip
            await tell_shared(connection, entry_id, reader_id=reader_id, by=actor.name)
    except UniqueViolationError:
        raise SharedAlreadyError from None
    except CheckViolationError:
        raise InvalidError(errors={"with": "must be somebody else"}) from None


async def take_back(actor: Actor, entry_id: int, *, share_id: int) -> None:
    """End a share of one's own entry: the reader sees it no more.

    :raises VerifiedByThemError: they have verified it. :raises NoShareError: it is not shared by that any more.
    """
    entry = await own(actor, entry_id)
    found = next((one for one in entry.shares if one.id == share_id), None)
    if found is None:
        raise NoShareError
    async with writing_as(actor, event("cpd entry taken back", entry, found.reader_id)) as connection:
        await connection.execute(ONE_AT_A_TIME, entry_id)
        ended = await connection.fetchval(_ENDED, share_id, entry_id)
        if ended is None:
            raise VerifiedByThemError


async def add(actor: Actor, entry_id: int, text: str) -> None:
    """Add to one's own entry whose words are fixed; what was added stays.

    :raises NotFixedError: its words can still be changed. :raises InvalidError: nothing was written, or far too much.
    """
    if not 0 < len(text) <= LONGEST_TEXT or "\0" in text:
        raise InvalidError(errors={"text": f"Enter up to {LONGEST_TEXT} characters"})
    entry = await own(actor, entry_id)
    if not entry.is_fixed:
        raise NotFixedError
    async with writing_as(actor, event("cpd entry added to", entry)) as connection:
        await connection.execute(
            "INSERT INTO passport.cpd_addition (entry_id, person_id, text) VALUES ($1, $2, $3)",
            entry_id, actor.person_id, text,
        )  # fmt: skip


async def verify(actor: Actor, entry: Entry, *, as_supervisor: bool, words: str | None) -> None:
    """Verify an entry that was shared with the actor, and let its author know.

    :raises VerifiedAlreadyError: they have. :raises TakenBackError: it is shared with them no more.
    """
    verified = Event("cpd entry verified", VERIFYING, entry.person_id, {"entry": entry.id})
    try:
        async with writing_as(actor, verified) as connection:
            await connection.execute(ONE_AT_A_TIME, entry.id)
            await connection.execute(
                """INSERT INTO passport.cpd_verification (entry_id, person_id, verified_by, as_supervisor, words)
                   VALUES ($1, $2, $3, $4, $5)""",
                entry.id, entry.person_id, actor.person_id, as_supervisor, words,
            )  # fmt: skip
            await tell_verified(connection, entry, by=actor.name)
    except UniqueViolationError:
        raise VerifiedAlreadyError from None
    except InsufficientPrivilegeError:
        raise TakenBackError from None


async def own(actor: Actor, entry_id: int) -> Entry:
    """Return one's own entry.

    :raises NotFoundError: it is another's, or there is none: the one looks exactly like the other.
    """
    async with reading_as(actor.person_id or 0) as connection:
        entry = await entry_of(connection, entry_id)
    if entry is None or entry.person_id != actor.person_id:
        raise NotFoundError
    return entry


@asynccontextmanager
async def _holding(
    actor: Actor, entry_id: int, name: str, with_id: int | None = None
) -> AsyncIterator[tuple[Connection, Entry]]:
    """Lend a connection that writes, and one's own entry as it stands until the transaction ends.

    :raises NotFoundError: it is another's, or there is none.
    """
    found = await own(actor, entry_id)
    async with writing_as(actor, event(name, found, with_id)) as connection:
        await connection.execute(ONE_AT_A_TIME, entry_id)
        entry = await entry_of(connection, entry_id)
        if entry is None:
            raise NotFoundError
        yield connection, entry


_COLUMNS = "title, happened_on, what, so_what, now_what, hours, standards, profiles"
_NEW = f"""
INSERT INTO passport.cpd_entry (person_id, {_COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id
"""  # noqa: S608 - our own columns
_CHANGED = f"""
UPDATE passport.cpd_entry SET ({_COLUMNS}, changed_at) = ($2, $3, $4, $5, $6, $7, $8, $9, clock_timestamp()) WHERE id = $1
"""  # noqa: S608 - our own columns
_ENDED = """
UPDATE passport.cpd_share AS share SET ended_at = clock_timestamp()
 WHERE share.id = $1 AND entry_id = $2 AND ended_at IS NULL AND NOT EXISTS (
       SELECT FROM passport.cpd_verification AS verification
        WHERE verification.entry_id = share.entry_id AND verified_by = share.reader_id) RETURNING share.id
"""


def _values(words: Words) -> tuple[object, ...]:
    return (
        words.title, words.happened_on, words.what, words.so_what, words.now_what, words.hours,
        list(words.standards), list(words.profiles),
    )  # fmt: skip


def event(name: str, entry: Entry, with_id: int | None = None) -> Event:
    """Return the line of audit for something done with one's own entry."""
    detail = {"entry": entry.id} if with_id is None else {"entry": entry.id, "with": with_id}
    return Event(name, OWN, entry.person_id, detail)
