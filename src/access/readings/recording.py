"""How is it written down, before anything is shown, that somebody looked at other people's records?"""

from collections.abc import Collection

from asyncpg import InterfaceError, PostgresError

from access.identity import Identity
from access.permission_map import role_for
from access.permissions import Permission
from access.readings.errors import NotRecordedError
from access.readings.looks import Look, purpose_of
from access.roles import Role
from foundation.audit import Actor, Event, write
from foundation.database import connection


async def note_opened(identity: Identity, role: Role, person_id: int, look: Look) -> None:
    """Write down that somebody is about to see one person's record. One's own is nobody else's business.

    :raises NotRecordedError: it cannot be written, so nothing may be shown.
    """
    if person_id != identity.person_id:
        await _write(identity, look, event_of(identity, role, look, person_id=person_id))


async def note_listed(
    identity: Identity, permission: Permission, person_ids: Collection[int], look: Look
) -> None:
    """Write down, in one line, whose records somebody is about to see in a list; nobody's needs none.

    :raises NotRecordedError: it cannot be written, so nothing may be shown.
    """
    if set(person_ids) - {identity.person_id}:
        await note_looked(identity, permission, look, person_ids)


async def note_looked(
    identity: Identity, permission: Permission, look: Look, person_ids: Collection[int] = ()
) -> None:
    """Write down a look even where it is not known whose records it shows, as with lines that are about nobody yet.

    :raises NotRecordedError: it cannot be written, so nothing may be shown.
    """
    others = tuple(sorted(set(person_ids) - {identity.person_id}))
    role = role_for(identity, permission)
    await _write(identity, look, event_of(identity, role, look, person_ids=others))


def event_of(
    identity: Identity,
    role: Role,
    look: Look,
    *,
    person_id: int | None = None,
    person_ids: tuple[int, ...] = (),
) -> Event:
    """Return the line of audit of a look, for whoever writes it in a transaction of their own."""
    return Event(
        name=look.opened,
        purpose=look.purpose or purpose_of(role),
        subject_id=person_id,
        subject_ids=person_ids,
        detail={**look.detail, "way": look.way, "force": identity.force_id},
        role=role,
        is_reading=True,
    )


async def _write(identity: Identity, look: Look, event: Event) -> None:
    """Write one line as one statement: committed when it returns, or part of the transaction that is under way."""
    actor = Actor(identity.person_id or None, identity.name, look.request_id)
    try:
        async with connection() as lent:
            await write(lent, actor, event)
    except (PostgresError, InterfaceError, OSError) as failure:
        raise NotRecordedError from failure
