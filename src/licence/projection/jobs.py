"""Which work on licences runs by itself?"""

from collections.abc import Mapping
from datetime import date

from foundation.clock import today
from licence.projection.sweep import refresh, sweep, sweep_everyone
from licence.projection.verify import verify

Payload = Mapping[str, object]
PROCESSES = 2


async def refresh_changed(_payload: Payload) -> None:
    """Decide again about those whose facts changed."""
    await refresh(today())


async def sweep_night(payload: Payload) -> None:
    """Bring every licence to the day of the schedule; a night caught up after an outage is its own day's."""
    await sweep(_day(payload))


async def sweep_all(payload: Payload) -> None:
    """Decide again about everybody: weekly, and whenever a policy comes into force or is approved."""
    await sweep_everyone(_day(payload), processes=PROCESSES)


async def verify_night(payload: Payload) -> None:
    """Compare what is kept with the rule, for a sample each night and for everybody each week."""
    await verify(_day(payload), everyone=bool(payload.get("everyone", False)))


def _day(payload: Payload) -> date:
    day = payload.get("on")
    return date.fromisoformat(day) if isinstance(day, str) else today()


JOBS = {
    "licence.refresh": refresh_changed,
    "licence.sweep": sweep_night,
    "licence.everyone": sweep_all,
    "licence.verify": verify_night,
}
