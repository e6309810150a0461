"""How many people stand decided for days to come, and how many would by a sweep for one?"""

from datetime import date

from foundation.database import fetch_one
from licence.projection.chunks import Whom, found


async def decided_beyond(on: date) -> int:
    """Return how many people stand decided for a day after this one."""
    row = await fetch_one("SELECT count(*) FROM licence.licence_standing WHERE decided_on > $1", on)
    return int(row[0]) if row else 0


async def due_by(on: date, *, everyone: bool) -> int:
    """Return how many of those who stand decided a sweep for a day would decide about again."""
    return len(await found(Whom.EVERYONE if everyone else Whom.DUE, on))
