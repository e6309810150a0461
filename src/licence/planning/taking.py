"""How does the forecast leave as a file?"""

import hashlib
from datetime import date

from litestar import Response

from access.exports.actions import take
from access.exports.rules import Kind, Leaving
from access.identity import Identity
from access.permissions import Permission
from access.readings.looks import Look
from access.scope import scope
from licence.planning.asking import Asked, address
from licence.planning.reading import forecast
from licence.planning.view import as_file


async def taken_away(reader: Identity, look: Look, asked: Asked, *, on: date) -> Response[str]:
    """Give the forecast as CSV, after writing down who took it; it names nobody.

    :raises NotRecordedError: that it leaves cannot be written down.
    """
    reach = scope(reader, Permission.DEMAND_EXPORT)
    told = await forecast(reader, asked, on=on)
    text = as_file(told)
    unit = asked.unit_id if reach.bound_to_unit is None else reach.bound_to_unit
    leaving = Leaving(
        kind=Kind.TRAINING_DEMAND,
        force_ids=sorted(reach.force_ids),
        filter=address(Asked(unit_id=unit), ""),
        rows=sum(len(one.months) for one in told.demands),
        person_ids=(),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )
    await take(reader, Permission.DEMAND_EXPORT, look, leaving)
    return Response(
        text,
        media_type="text/csv",
        headers={
            "Content-Disposition": f'attachment; filename="training-demand-{on.isoformat()}.csv"',
            "Cache-Control": "no-store",
        },
    )
