"""How do days read as a calendar that any calendar program follows (RFC 5545, RFC 7986)?"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid5

from icalendar import Calendar, Event
from icalendar.enums import CLASS, TRANSP

from licence.calendar.days import Day

MEDIA_TYPE = "text/calendar"
NAME = "Training due"
MAKER = "-//Attested//Due days//EN"
REFRESHED = timedelta(hours=12)
ONE_DAY = timedelta(days=1)


def written(days: Iterable[Day], *, series: UUID, on: date, passport: str) -> bytes:
    """Return days as an iCalendar file, the same for the same days all day long.

    An event keeps its identifier when its day moves, so that programs move it and do not show it twice. The identifier
    says nothing: it is a hash over the person's own series.
    """
    stamp = datetime.combine(on, time(), UTC)
    calendar = Calendar.new(
        prodid=MAKER, name=NAME, calscale="GREGORIAN", uid=series, refresh_interval=REFRESHED
    )
    for day in sorted(days, key=lambda one: (one.on, one.key)):
        calendar.add_component(
            Event.new(
                uid=uuid5(series, day.key),
                stamp=stamp,
                start=day.on,
                end=day.on + ONE_DAY,
                summary=day.title,
                description=f"{day.words} {passport}",
                url=passport,
                classification=CLASS.PRIVATE,
                transparency=TRANSP.TRANSPARENT,
            )
        )
    written: bytes = calendar.to_ical()
    return written
