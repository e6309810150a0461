"""How do the figures leave as a file?"""

from datetime import date

from litestar import Response

from access.identity import Identity
from foundation.audit import Actor, Event, recorded
from licence.figures.reading import figures_for
from licence.figures.view import as_file


async def taken_away(actor: Actor, identity: Identity, *, on: date) -> Response[str]:
    """Give the figures as CSV, after writing down who took them; they are about nobody in particular."""
    told = await figures_for(identity, on=on)
    event = Event(
        "figures exported",
        "national view",
        detail={"rows": len(told.forces)},
        role=identity.acts_as,
        is_reading=True,
    )
    async with recorded(actor, event):
        pass  # that somebody took them is itself what is recorded
    return Response(
        as_file(told),
        media_type="text/csv",
        headers={
            "Content-Disposition": f'attachment; filename="figures-{on.isoformat()}.csv"',
            "Cache-Control": "no-store",
        },
    )
