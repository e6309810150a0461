"""How does the desk's list read as a file?"""

from collections.abc import Iterable
from datetime import date, timedelta

from foundation.intake.download import csv_line
from licence.desk.facts import Licence

HEADINGS = ("Name", "Number", "Rank", "Unit", "Standing", "Since", "Why", "Stopped", "Last day", "Next due")
"""What the screen shows, each in a column of its own."""
DAY = timedelta(days=1)


def written(licences: Iterable[Licence]) -> str:
    """Return the list as CSV: what the screen shows, and nothing else; days as a spreadsheet sorts them."""
    return "".join((csv_line(HEADINGS), *(csv_line(_cells(licence)) for licence in licences)))


def last_day(licence: Licence) -> date | None:
    """Return the last day through which a licence is valid, or was, if nothing is done."""
    return licence.lapses_on - DAY if licence.lapses_on else None


def _cells(licence: Licence) -> tuple[str, ...]:
    last = last_day(licence)
    return (
        licence.name,
        licence.numbers,
        licence.rank,
        licence.unit or "",
        licence.standing,
        licence.since.isoformat(),
        licence.why,
        ", ".join(licence.stopped),
        last.isoformat() if last else "",
        licence.next_due_on.isoformat() if licence.next_due_on else "",
    )
