"""Which work on forecasts runs by itself?"""

from collections.abc import Mapping
from datetime import date

from foundation.clock import today
from licence.planning.counting import count_coming

Payload = Mapping[str, object]


async def count_night(payload: Payload) -> None:
    """Bring what comes due to the day of the schedule."""
    day = payload.get("on")
    await count_coming(date.fromisoformat(day) if isinstance(day, str) else today())


JOBS = {"planning.count": count_night}
