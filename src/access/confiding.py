"""Which rows does a transaction see of what people keep to themselves until they share it? Those of whoever asks."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from asyncpg import Connection

from foundation.audit import Actor, Event, recorded
from foundation.database import transaction


async def see_as(connection: Connection, person_id: int) -> None:
    """Say, until the transaction ends, who asks: the database shows what is theirs or was shared with them."""
    await connection.fetchval("SELECT set_config('app.person', $1, true)", str(person_id))


@asynccontextmanager
async def reading_as(person_id: int) -> AsyncIterator[Connection]:
    """Lend a connection that reads as a person. That they look at others’ is written down before, by whoever calls."""
    async with transaction() as connection:
        await see_as(connection, person_id)
        yield connection


@asynccontextmanager
async def writing_as(actor: Actor, event: Event) -> AsyncIterator[Connection]:
    """Lend a connection that writes as a person, with its line of audit in the same transaction.

    :raises ValueError: a system writes, which keeps nothing to itself.
    """
    if actor.person_id is None:
        raise ValueError("only a person keeps something to themselves")
    async with recorded(actor, event) as connection:
        await see_as(connection, actor.person_id)
        yield connection
