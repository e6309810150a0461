"""How is a job asked for in the same transaction as the act that needs it?"""

from collections.abc import Mapping
from datetime import datetime

import msgspec
from asyncpg import Connection

from foundation.database import after_commit
from foundation.jobs.doorbell import ring

Payload = Mapping[str, str | int | bool | list[int] | None]


async def ask(
    connection: Connection,
    name: str,
    payload: Payload | None = None,
    *,
    effect_key: str | None = None,
    due_at: datetime | None = None,
    request_id: str | None = None,
) -> bool:
    """Ask for a job within the caller's transaction; it leaves only if that commits, and then rings for the worker.

    `effect_key` names the effect: the same effect is asked for once, however often it is asked. Payloads hold ids only,
    never personal text. Returns whether the job is new.
    """
    asked = await connection.fetchval(
        """INSERT INTO foundation.job (name, payload, effect_key, due_at, request_id)
           VALUES ($1, $2, $3, coalesce($4, clock_timestamp()), $5)
           ON CONFLICT (effect_key) DO NOTHING RETURNING id""",
        name,
        msgspec.json.encode(payload or {}).decode(),
        effect_key,
        due_at,
        request_id,
    )
    if asked is not None:
        after_commit(ring)
    return asked is not None
