"""Who did what to whom, and for what purpose? Nothing that people ask for is written without saying so."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import msgspec
from asyncpg import Connection

from foundation.database import transaction

Detail = Mapping[str, str | int | bool | list[str] | list[int] | None]


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
    """One line of the audit: what happened, for what purpose, to whom, and its particulars (never personal text)."""

    name: str
    purpose: str
    subject_id: int | None = None
    detail: Detail = field(default_factory=dict)


@asynccontextmanager
async def recorded(actor: Actor, event: Event) -> AsyncIterator[Connection]:
    """Run a write and its line of audit as one transaction: both are there, or neither."""
    async with transaction() as connection:
        yield connection
        await write(connection, actor, event)


async def write(connection: Connection, actor: Actor, event: Event) -> None:
    """Add a further line of audit within the caller's transaction."""
    await connection.execute(
        """INSERT INTO foundation.audit_event (actor_id, actor_name, event, purpose, subject_id, detail, request_id)
           VALUES ($1, $2, $3, $4, $5, $6, $7)""",
        actor.person_id,
        actor.name,
        event.name,
        event.purpose,
        event.subject_id,
        msgspec.json.encode(event.detail).decode(),
        actor.request_id,
    )
