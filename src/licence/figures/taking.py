"""How do the figures leave as a file?"""

import hashlib
from datetime import date

from litestar import Response

from access.exports.actions import take
from access.exports.rules import Kind, Leaving
from access.identity import Identity
from access.permissions import Permission
from access.readings.looks import Look
from licence.figures.reading import figures_for, own_forces
from licence.figures.view import as_file
from people.forces.facts import forces_on


async def taken_away(reader: Identity, look: Look, *, on: date) -> Response[str]:
    """Give the figures as CSV, after writing down who took them; they are about nobody in particular.

    It is listed in the force that the role is held for; what a national body took, in every force.
    """
    told = await figures_for(reader, on=on)
    text = as_file(told)
    leaving = Leaving(
        kind=Kind.NATIONAL_FIGURES,
        force_ids=sorted(own_forces(reader)) or [force.id for force in await forces_on(on)],
        filter=f"?on={on.isoformat()}",
        rows=len(told.forces),
        person_ids=(),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )
    await take(reader, Permission.FIGURES_READ, look, leaving)
    return Response(
        text,
        media_type="text/csv",
        headers={
            "Content-Disposition": f'attachment; filename="figures-{on.isoformat()}.csv"',
            "Cache-Control": "no-store",
        },
    )
