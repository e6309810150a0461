"""How does the desk's list read as a file?"""

from collections.abc import Iterable

from foundation.intake.download import csv_line
from licence.desk.facts import Licence

HEADINGS = ("Name", "Number", "Unit", "Rank", "Standing", "Since", "Lapses on", "Next due", "Stopped")
"""The columns of the screen, and of the file."""


def written(licences: Iterable[Licence]) -> str:
    """Return the list as CSV: the columns of the screen, and no others; days as a spreadsheet sorts them."""
    return "".join((csv_line(HEADINGS), *(csv_line(_cells(licence)) for licence in licences)))


def _cells(licence: Licence) -> tuple[str, ...]:
    return (
        licence.name,
        licence.numbers,
        licence.unit or "",
        licence.rank,
        licence.standing,
        licence.since.isoformat(),
        licence.lapses_on.isoformat() if licence.lapses_on else "",
        licence.next_due_on.isoformat() if licence.next_due_on else "",
        ", ".join(licence.stopped),
    )
