"""How do people's licences leave for a screen or as a file, written down before they do?"""

import asyncio
from collections.abc import Sequence
from datetime import date

from litestar import Response

from foundation.audit import Actor, Detail, Event, recorded
from licence.desk.asking import address
from licence.desk.facts import FoundPerson, Licence, listed
from licence.desk.rules import Asked
from licence.desk.writing import written

PURPOSE = "licensing desk"


async def told_list(actor: Actor, asked: Asked, licences: Sequence[Licence]) -> None:
    """Write down whose licences are about to be read: one line of audit for the page, which names them all."""
    await _write(actor, "licence.list.read", address(asked), licences)


async def told_found(actor: Actor, found: Sequence[FoundPerson]) -> None:
    """Write down who was found, though not what was typed: that may be anything."""
    await _write(actor, "licence.people.found", "", found)


async def exported(actor: Actor, force_ids: frozenset[int], asked: Asked, *, on: date) -> Response[str]:
    """Give the list as a file, every page of it, after writing down whose licences it takes away."""
    found = await listed(force_ids, asked, on=on, most=None)
    await _write(actor, "licence.list.exported", address(asked), found.licences)
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


async def _write(actor: Actor, event: str, asked: str, shown: Sequence[Licence | FoundPerson]) -> None:
    detail: Detail = {"filter": asked, "rows": len(shown), "people": [one.person_id for one in shown]}
    async with recorded(actor, Event(event, PURPOSE, detail=detail)):
        pass  # that somebody looked is itself what is recorded
