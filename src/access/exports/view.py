"""How does an export stand on a page?"""

from collections.abc import Sequence
from urllib.parse import parse_qsl

from access.exports.facts import Export
from access.exports.rules import TAKEN_AT, State
from foundation.parts import Column, SummaryRow
from foundation.wording import as_date_and_time, as_number, as_sentence_case

PATH = "/exports"
COLUMNS = (
    Column("What"),
    Column("Rows", numeric=True),
    Column("Who"),
    Column("When"),
    Column("State"),
)
COLOURS = {
    State.ASKED: "govuk-tag--yellow",
    State.AGREED: "govuk-tag--blue",
    State.REFUSED: "govuk-tag--red",
    State.TAKEN: "govuk-tag--grey",
}
ASKED = "Waits for a colleague"


def filter_words(text: str) -> str:
    """Say what a filter lets through, as its address has it."""
    parts = [f"{name} {value}" for name, value in parse_qsl(text.removeprefix("?"))]
    return as_sentence_case(", ".join(parts)) if parts else "Everything"


def state(export: Export) -> tuple[str, str]:
    """Say what has become of an export, and in which colour."""
    if export.state is State.AGREED and not export.is_open:
        return "Ran out", "govuk-tag--grey"
    words = ASKED if export.state is State.ASKED else as_sentence_case(export.state)
    return words, COLOURS[export.state]


def taken_at(export: Export) -> str:
    """Return where an agreed export is taken."""
    place = TAKEN_AT.get(export.kind, PATH)
    filled = place.format(**dict(parse_qsl(export.filter.removeprefix("?"))))
    return f"{place}{export.filter}" if filled == place else filled


def particulars(export: Export) -> Sequence[SummaryRow]:
    """Return everything there is to know of an export."""
    rows = [
        ("What", as_sentence_case(export.kind)),
        ("Filter", filter_words(export.filter)),
        ("Rows", as_number(export.rows)),
        ("Asked for by", f"{export.asked_by}, {export.role}"),
        ("When", as_date_and_time(export.asked_at)),
    ]
    if export.reason:
        rows.append(("Why", export.reason))
    if export.answered_by and export.answered_at:
        said = "Refused by" if export.state is State.REFUSED else "Agreed to by"
        rows.append((said, f"{export.answered_by}, {as_date_and_time(export.answered_at)}"))
    elif export.state is State.TAKEN:
        rows.append(("Agreed to by", "Nobody: so few rows need no second person"))
    if export.taken_at:
        rows.append(("Taken", as_date_and_time(export.taken_at)))
    if export.sha256:
        rows.append(("Fingerprint of the file (SHA-256)", export.sha256))
    return [SummaryRow(key, value) for key, value in rows]
