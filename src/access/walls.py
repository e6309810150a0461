"""How does somebody step behind a wall: recorded first, for one transaction, and seeing only what is theirs to see?"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from enum import StrEnum

from asyncpg import Connection, PostgresError

from access.identity import Identity
from access.readings.errors import NotRecordedError
from access.roles import Role
from foundation import audit
from foundation.audit import Actor, Event
from foundation.database import transaction
from foundation.problems import NotFoundError


class Wall(StrEnum):
    """What lies apart, by the name of the database role that alone reaches it."""

    WELLBEING = "attested_wellbeing"
    """What people went through, what support they were offered, how they were cared for."""

    VETTING = "attested_vetting"
    """Vetting cases, what was held against somebody, and the conditions that bind them."""


@asynccontextmanager
async def behind(
    wall: Wall,
    identity: Identity,
    event: Event,
    *,
    role: Role | None = None,
    request_id: str | None = None,
) -> AsyncIterator[Connection]:
    """Lend a connection that stands behind a wall, for reading and writing, until the block ends.

    The line of audit is written before anything can be read, and stays only if the block ends well: show what was read
    after the block, never within it. `role` is the one that the rows are asked for in, where it is not the one acted in:
    somebody's own pages ask as `Role.OFFICER`.

    :raises NotRecordedError: the audit cannot be written. :raises NotFoundError: the role is not theirs.
    """
    capacity = identity.acts_as if role is None else role
    if not identity.holds(capacity):
        raise NotFoundError
    async with transaction() as connection:
        await _record(connection, identity, replace(event, role=capacity.value), request_id)
        await stand(connection, wall, identity, capacity)
        yield connection


async def _record(connection: Connection, identity: Identity, event: Event, request_id: str | None) -> None:
    actor = Actor(identity.person_id or None, identity.name, request_id)
    try:
        await audit.write(connection, actor, event)
    except PostgresError as failure:
        raise NotRecordedError from failure


async def stand(connection: Connection, wall: Wall, identity: Identity, role: Role) -> None:
    """Take on a wall's database role and say who asks, until the transaction ends: one round trip.

    Only `behind` calls this, for it alone has recorded it.
    """
    await connection.fetchval(
        """SELECT set_config('role', $1, true), set_config('app.person', $2, true),
                  set_config('app.forces', $3, true), set_config('app.role', $4, true)""",
        wall.value,
        str(identity.person_id),
        "{" + ",".join(str(force_id) for force_id in sorted(identity.forces(role))) + "}",
        role.value,
    )
