"""What day is it in London, and what instant everywhere?"""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def now() -> datetime:
    """Return this instant, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Return the day it is in London, where a licence is valid through its last day."""
    return london_day(now())


def london_day(instant: datetime) -> date:
    """Return the day in London at an instant."""
    return instant.astimezone(LONDON).date()
