"""How do people's licences leave for a screen or as a file, written down before they do?"""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from litestar import Response

from access.identity import Identity
from access.permissions import Permission
from access.readings.recording import note_listed
from access.readings.rules import Look
from access.scope import Scope
from licence.desk.asking import address
from licence.desk.facts import FoundPerson, Licence, listed
from licence.desk.rules import Asked
from licence.desk.writing import written


async def told_list(reader: Identity, look: Look, asked: Asked, licences: Sequence[Licence]) -> None:
    """Write down whose licences are about to be read: one line of audit for the page, which names them all."""
    await _write(reader, Permission.DESK_READ, replace(look, detail={"filter": address(asked)}), licences)


async def told_found(reader: Identity, look: Look, found: Sequence[FoundPerson]) -> None:
    """Write down who was found, though not what was typed: that may be anything."""
    await _write(reader, Permission.PERSON_FIND, look, found)


async def exported(reader: Identity, look: Look, reach: Scope, asked: Asked, *, on: date) -> Response[str]:
    """Give the list as a file, every page of it, after writing down whose licences it takes away."""
    found = await listed(reach, asked, on=on, most=None)
    look = replace(look, detail={"filter": address(asked), "rows": len(found.licences)})
    await _write(reader, Permission.DESK_EXPORT, look, found.licences)
    # A big force has tens of thousands: others are answered meanwhile.
    text = await asyncio.to_thread(written, found.licences)
    return Response(
        text,
        media_type="text/csv",
        headers={
            "Content-Disposition": f'attachment; filename="licences-{on.isoformat()}.csv"',
            "Cache-Control": "no-store",
        },
    )


async def _write(
    reader: Identity, permission: Permission, look: Look, shown: Sequence[Licence | FoundPerson]
) -> None:
    await note_listed(reader, permission, [one.person_id for one in shown], look)
