"""How do the two who speak reach what they wrote: each as who they are, and the database shows no rows but theirs?"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from asyncpg import Connection

from access.confidential import Asker
from access.roles import Role
from foundation import audit
from foundation.audit import Detail, Event
from foundation.database import transaction
from foundation.problems import NotFoundError
from passport.conversations.rules import Part

PURPOSE = "development conversations"
ROLES = {Part.OFFICER: Role.OFFICER, Part.SUPERVISOR: Role.SUPERVISOR}


def part_of(asker: Asker, person_id: int) -> Part:
    """Return which of the two somebody is towards a person."""
    return Part.OFFICER if asker.person_id == person_id else Part.SUPERVISOR


@asynccontextmanager
async def as_one_of_two(asker: Asker, part: Part, event: Event | None = None) -> AsyncIterator[Connection]:
    """Lend a connection on which row security knows who asks, and as whom, until the block ends.

    Whoever writes says what in `event`, in the same transaction; None is for reading, which is written down before, and
    for the keystrokes of a draft that nobody else can see (docs/decisions/0021).

    :raises NotFoundError: the part is not theirs.
    """
    role = ROLES[part]
    if not asker.identity.holds(role):
        raise NotFoundError
    async with transaction() as connection:
        if event is not None:
            await audit.write(connection, asker.actor, replace(event, role=role.value))
        await connection.fetchval(
            "SELECT set_config('app.person', $1, true), set_config('app.role', $2, true)",
            str(asker.person_id),
            role.value,
        )
        yield connection


def event_of(name: str, person_id: int, detail: Detail | None = None) -> Event:
    """Return a line of audit of what one of the two did; never any of their words."""
    return Event(name, PURPOSE, person_id, detail or {})
