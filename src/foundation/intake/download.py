"""How is a table handed out so that a spreadsheet shows it and runs none of it?"""

import csv
import io
from collections.abc import Iterable

# What a spreadsheet takes for the beginning of a formula, its full-width forms included.
DANGEROUS = frozenset("=+-@\t\r\n\0|%＝＋－＠｜％")
_LED_BY = " '\u00a0\u3000\ufeff"


def safe(cell: str) -> str:
    """Return a cell that a spreadsheet takes for text."""
    return f"'{cell}" if cell.lstrip(_LED_BY)[:1] in DANGEROUS and cell.strip(_LED_BY) else cell


def unsafe(cell: str) -> str:
    """Return what a cell was before it was made safe."""
    return cell[1:] if cell.startswith("'") and safe(cell[1:]) == cell else cell


def csv_line(cells: Iterable[str]) -> str:
    """Return one line of a CSV file (RFC 4180), every cell of it safe."""
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerow([safe(cell) for cell in cells])
    return written.getvalue()
