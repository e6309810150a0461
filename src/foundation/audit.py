"""Who did what to whom, and for what purpose? Nothing that people ask for is written without saying so."""

import hashlib
import secrets
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import msgspec
from asyncpg import Connection

from foundation.database import transaction

Detail = Mapping[str, str | int | bool | list[str] | list[int] | None]

CONCERNS = "(subject_id = {person} OR subject_ids <> '{{}}' AND subject_ids @> ARRAY[{person}]::integer[])"
"""What finds the lines about a person by their indexes; `CONCERNS.format(person="$1")` goes into a WHERE."""

SALT = 16

_LINE = """
INSERT INTO foundation.audit_event (actor_id, actor_name, event, purpose, subject_id, detail, request_id,
                                    subject_ids, role, is_reading, text_hash)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id
"""
_LINE_WITH_TEXT = _LINE.join(
    (
        "WITH line AS (",
        """) INSERT INTO foundation.audit_text (event_id, salt, text) SELECT id, $12, $13 FROM line
             RETURNING event_id""",
    )
)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a person by their number, or the system itself by the name of the job that acts."""

    person_id: int | None
    name: str
    request_id: str | None = None

    @classmethod
    def system(cls, job: str) -> "Actor":
        """Return the system acting of its own accord, in a job."""
        return cls(person_id=None, name=job)


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the audit: what happened, for what purpose, to whom, and its particulars (never personal text).

    `subject_ids` names everybody where a list was read; `role` is the one acted in. What people wrote goes into
    `text`, which alone can be erased later: the line itself holds no more of it than a salted hash.
    """

    name: str
    purpose: str
    subject_id: int | None = None
    detail: Detail = field(default_factory=dict)
    subject_ids: tuple[int, ...] = ()
    role: str | None = None
    is_reading: bool = False
    text: str | None = None


@asynccontextmanager
async def recorded(actor: Actor, event: Event) -> AsyncIterator[Connection]:
    """Run a write and its line of audit as one transaction: both are there, or neither."""
    async with transaction() as connection:
        yield connection
        await write(connection, actor, event)


async def write(connection: Connection, actor: Actor, event: Event) -> int:
    """Add a further line of audit within the caller's transaction; return its number."""
    line = (
        actor.person_id,
        actor.name,
        event.name,
        event.purpose,
        event.subject_id,
        msgspec.json.encode(event.detail).decode(),
        actor.request_id,
        event.subject_ids,
        event.role,
        event.is_reading,
    )
    if event.text is None:
        return int(await connection.fetchval(_LINE, *line, None))
    salt = secrets.token_bytes(SALT)
    return int(
        await connection.fetchval(_LINE_WITH_TEXT, *line, text_hash(salt, event.text), salt, event.text)
    )


async def erase_text(connection: Connection, actor: Actor, event_id: int, *, purpose: str) -> bool:
    """Erase what somebody wrote in a line of audit; the line and its hash stay. False: there is no text to erase."""
    erased = await connection.fetchval(
        """UPDATE foundation.audit_text SET salt = NULL, text = NULL, erased_at = clock_timestamp()
            WHERE event_id = $1 AND erased_at IS NULL RETURNING event_id""",
        event_id,
    )
    if erased is None:
        return False
    await write(connection, actor, Event("audit text erased", purpose, detail={"event": event_id}))
    return True


def text_hash(salt: bytes, text: str) -> bytes:
    """Return what a line of audit holds of a text: without the salt nobody can try out what it may have said."""
    return hashlib.sha256(salt + text.encode()).digest()
