"""How does a broken pane stand on a page?"""

from collections.abc import Sequence

from foundation.parts import Column, SummaryRow
from foundation.wording import as_date_and_time, as_sentence_case, as_time
from people.glass.facts import Glass

PATH = "/glass"
REVIEWS = "/privacy/glass"
COLUMNS = tuple(map(Column, ("Whose record", "Who", "Why", "When", "Review")))
OWN_COLUMNS = tuple(map(Column, ("Whose record", "Why", "When", "Review")))


def whose(glass: Glass) -> str:
    """Name the person whose record was opened; a protected one by their number."""
    return glass.subject or f"A protected person, {glass.national_id}"


def state(glass: Glass) -> tuple[str, str]:
    """Say how the review stands, and in which colour."""
    if glass.is_upheld is not None:
        return ("Right", "govuk-tag--green") if glass.is_upheld else ("Not right", "govuk-tag--red")
    return ("Overdue", "govuk-tag--red") if glass.is_overdue else ("Waits for review", "govuk-tag--yellow")


def particulars(glass: Glass) -> Sequence[SummaryRow]:
    """Return everything there is to know of a broken pane."""
    until = as_time(glass.closes_at)
    rows = [
        ("Whose record", whose(glass)),
        ("Who opened it", f"{glass.breaker}, {glass.role}"),
        ("Reason", as_sentence_case(glass.reason)),
        ("In their words", glass.words or "Erased"),
        ("Opened", as_date_and_time(glass.opened_at)),
        ("Open until", f"{until}, and still open" if glass.is_open else until),
        ("The person was told", as_date_and_time(glass.told_at) if glass.told_at else "Not yet: held back"),
    ]
    if glass.reviewed_at is not None:
        said = "It was right" if glass.is_upheld else "It was not right"
        rows += [
            ("Review", f"{said}, says {glass.reviewer} on {as_date_and_time(glass.reviewed_at)}"),
            ("In the reviewer’s words", glass.review or "Erased"),
        ]
    return [SummaryRow(key, value) for key, value in rows]
