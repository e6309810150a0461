"""How do people's licences leave for a screen or as a file, written down before they do?"""

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import replace

from litestar import Response

from access.exports.actions import take
from access.exports.errors import NeedsColleagueError
from access.exports.facts import allowance_of
from access.exports.rules import Kind, Leaving
from access.identity import Identity
from access.permissions import Permission
from access.readings.looks import Look
from access.readings.recording import note_listed
from access.scope import Scope
from foundation.clock import today
from licence.desk.asking import address
from licence.desk.facts import FoundPerson, Licence, how_many, listed
from licence.desk.rules import Asked
from licence.desk.writing import written


async def told_list(reader: Identity, look: Look, asked: Asked, licences: Sequence[Licence]) -> None:
    """Write down whose licences are about to be read: one line of audit for the page, which names them all."""
    await _write(reader, Permission.DESK_READ, replace(look, detail={"filter": address(asked)}), licences)


async def told_found(reader: Identity, look: Look, found: Sequence[FoundPerson]) -> None:
    """Write down who was found, though not what was typed: that may be anything."""
    await _write(reader, Permission.PERSON_FIND, look, found)


async def exported(
    reader: Identity, look: Look, reach: Scope, asked: Asked, *, with_agreement: bool = False
) -> Response[str]:
    """Give the list as a file, every page of it, after writing down whose licences it takes away, and its hash.

    :raises NeedsColleagueError: it has more rows than leave alone, and no colleague has agreed to them.
    """
    on = today()
    rows = await how_many(reach, asked, on=on)
    if not with_agreement and (await allowance_of(reader, Kind.DESK_LICENCES)).is_too_small_for(rows):
        raise NeedsColleagueError
    found = await listed(reach, asked, on=on, most=None)
    # A big force has tens of thousands: others are answered meanwhile.
    text = await asyncio.to_thread(written, found.licences)
    leaving = Leaving(
        kind=Kind.DESK_LICENCES,
        force_ids=sorted(reach.force_ids),
        filter=filter_of(reach, asked),
        rows=len(found.licences),
        person_ids=[one.person_id for one in found.licences],
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )
    await take(reader, Permission.DESK_EXPORT, look, leaving, with_agreement=with_agreement)
    return Response(
        text,
        media_type="text/csv",
        headers={
            "Content-Disposition": f'attachment; filename="licences-{on.isoformat()}.csv"',
            "Cache-Control": "no-store",
        },
    )


def filter_of(reach: Scope, asked: Asked) -> str:
    """Return by what an export is filtered: what was asked for, within the one unit that a role may be bound to."""
    unit = asked.unit_id if reach.bound_to_unit is None else reach.bound_to_unit
    return address(replace(asked.everything, unit_id=unit))


async def _write(
    reader: Identity, permission: Permission, look: Look, shown: Sequence[Licence | FoundPerson]
) -> None:
    await note_listed(reader, permission, [one.person_id for one in shown], look)
