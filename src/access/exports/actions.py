"""How does a file leave, written down first; and how does a colleague agree to one of many rows?"""

from collections.abc import Sequence
from dataclasses import replace

from asyncpg import CheckViolationError, Connection, InterfaceError, PostgresError

from access.exports.errors import NeedsColleagueError, NotWaitingError, OwnExportError
from access.exports.facts import Export
from access.exports.rules import WITHIN, Kind, Leaving
from access.identity import Identity
from access.permission_map import role_for
from access.permissions import Permission
from access.readings.errors import NotRecordedError
from access.readings.looks import Look
from access.readings.recording import event_of
from access.roles import Role
from foundation.audit import Actor, Event, recorded, write
from foundation.database import transaction

PURPOSE = "taking records away"
TOO_MANY = "many_rows_need_a_second_person"
# With what left within a day. Of two at once that are only together too much, a trigger refuses the second (m0017).
_TAKE_ALONE = """
INSERT INTO access.export (kind, force_ids, filter, rows, state, asked_by, role, sha256, taken_at, machine)
SELECT kind, $2, $3, $4::integer, 'taken', $5::integer, $6, $7::text, clock_timestamp(), $8::text FROM access.export_kind
 WHERE kind = $1 AND coalesce(access.taken_alone($5, $8, kind, $7) + $4 <= most_alone, true) RETURNING id
"""
# Once, by whoever asked, with the same filter, and no more rows than were agreed to. Of two who press at once one takes.
_TAKE_AGREED = f"""
UPDATE access.export SET state = 'taken', rows = $4, sha256 = $7, taken_at = clock_timestamp(), role = $6
 WHERE id = (SELECT id FROM access.export
              WHERE asked_by = $5 AND kind = $1 AND force_ids = $2 AND filter = $3 AND state = 'agreed' AND rows >= $4
                AND agreed_at > clock_timestamp() - interval '{WITHIN.total_seconds():.0f} s'
              ORDER BY id DESC LIMIT 1 FOR UPDATE)
   AND state = 'agreed' RETURNING id
"""  # noqa: S608 - our own constant


async def take(
    reader: Identity, permission: Permission, look: Look, leaving: Leaving, *, with_agreement: bool = False
) -> int:
    """Write down that a file leaves, who is in it and its hash, as one transaction; return the export's number.

    :raises NeedsColleagueError: there are many rows, alone or with what left within a day, and nobody has agreed to them.
    :raises NotRecordedError: it cannot be written down, so nothing may leave.
    """
    role = role_for(reader, permission)
    others = tuple(sorted(set(leaving.person_ids) - {reader.person_id}))
    try:
        async with transaction() as connection:
            number = await _entered(connection, reader, role, leaving, with_agreement=with_agreement)
            detail = {**look.detail, "export": number, "filter": leaving.filter, "rows": leaving.rows}
            seen = replace(look, detail={**detail, "sha256": leaving.sha256})
            await _write(connection, reader, seen, event_of(reader, role, seen, person_ids=others))
    except CheckViolationError as refused:
        raise (NeedsColleagueError if refused.constraint_name == TOO_MANY else NotRecordedError) from refused
    except (PostgresError, InterfaceError, OSError) as failure:
        raise NotRecordedError from failure
    return number


async def ask_colleague(
    *, actor: Actor, asker: Identity, kind: Kind, force_ids: Sequence[int], asked: str, rows: int, reason: str
) -> int:
    """Ask for a colleague's agreement to an export of many rows; return its number."""
    event = Event(
        "export asked for",
        PURPOSE,
        detail={"kind": kind, "filter": asked, "rows": rows},
        role=asker.acts_as,
        text=reason,
    )
    async with transaction() as connection:
        line = await write(connection, actor, event)
        number: int = await connection.fetchval(
            """INSERT INTO access.export (kind, force_ids, filter, rows, state, asked_by, role, event_id)
               VALUES ($1, $2, $3, $4, 'asked', $5, $6, $7) RETURNING id""",
            kind, sorted(force_ids), asked, rows, asker.person_id, asker.acts_as, line,
        )  # fmt: skip
    return number


async def answer(*, actor: Actor, second: Identity, export: Export, is_agreed: bool) -> None:
    """Agree to an export, or refuse it, as the second person.

    :raises OwnExportError: they asked for it themselves. :raises NotWaitingError: somebody was quicker.
    """
    if second.person_id == export.asker_id:
        raise OwnExportError
    state = "agreed" if is_agreed else "refused"
    event = Event(f"export {state}", PURPOSE, detail={"export": export.id}, role=second.acts_as)
    async with recorded(actor, event) as connection:
        answered = await connection.fetchval(
            """UPDATE access.export SET state = $2, agreed_by = $3, agreed_at = clock_timestamp()
                WHERE id = $1 AND state = 'asked' AND asked_by <> $3 RETURNING id""",
            export.id,
            state,
            second.person_id,
        )
        if answered is None:
            raise NotWaitingError


async def _entered(
    connection: Connection, reader: Identity, role: Role, leaving: Leaving, *, with_agreement: bool
) -> int:
    what = (leaving.kind, sorted(leaving.force_ids), leaving.filter, leaving.rows)
    values = (*what, reader.person_id or None, role, leaving.sha256)
    number: int | None = await connection.fetchval(_TAKE_AGREED, *values) if with_agreement else None
    if number is None:
        machine = reader.name if reader.is_machine else None
        number = await connection.fetchval(_TAKE_ALONE, *values, machine)
    if number is None:
        raise NeedsColleagueError
    return number


async def _write(connection: Connection, reader: Identity, look: Look, event: Event) -> None:
    await write(connection, Actor(reader.person_id or None, reader.name, look.request_id), event)
