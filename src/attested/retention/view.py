"""How do the pages about retention put what they show?"""

from attested.retention.facts import Kept, Purge
from foundation.parts import Banner, Column, Link, SummaryRow
from foundation.wording import as_count, as_date, as_date_and_time

RETENTION = Link("Retention", "/retention")
RULE_COLUMNS = tuple(Column(text) for text in ("What is kept", "How long", "Kept too long"))
PURGE_COLUMNS = tuple(Column(text) for text in ("What goes", "How much", "Proposed by", "How it stands"))
HOLD_COLUMNS = tuple(Column(text) for text in ("Held back", "Why", "Since", "End"))
TAGS = {"proposed": "govuk-tag--yellow", "agreed": "govuk-tag--blue", "done": "govuk-tag--green"}
DONE = {
    "proposed": "The purge is proposed. A second person has to agree.",
    "agreed": "You have agreed. The purge runs, and shows here when it is done.",
    "declined": "The proposal is turned down. Nothing goes.",
    "held": "The hold is set.",
    "released": "The hold has ended.",
}


def banner(done: str) -> Banner | None:
    """Tell what has just been done."""
    return Banner(DONE[done], succeeded=True) if done in DONE else None


def too_long(kept: Kept) -> str:
    """Say how much of a kind has been kept too long."""
    if kept.rule.keep is None:
        return "Not decided: nothing goes"
    if kept.overdue is None:
        return "Nothing"
    return f"{as_count(kept.overdue.rows, 'row')}, the oldest of {as_date(kept.overdue.oldest)}"


def how_much(purge: Purge) -> str:
    """Say how much goes, or has gone, in a purge."""
    if purge.state == "done":
        return f"{as_count(purge.purged, 'row')} from before {as_date(purge.before)}"
    if purge.purged:
        return f"{as_count(purge.purged, 'row')} of {purge.found} so far"
    return f"{as_count(purge.found, 'row')} from before {as_date(purge.before)}"


def rows(purge: Purge) -> tuple[SummaryRow, ...]:
    """Return the particulars of a purge, each with its heading."""
    told = (
        ("Rule", purge.rule),
        ("How much", how_much(purge)),
        ("The oldest", as_date(purge.oldest)),
        ("Proposed by", f"{purge.proposed_by}, {as_date_and_time(purge.proposed_at)}"),
        (
            "Answered by",
            f"{purge.answered_by}, {as_date_and_time(purge.answered_at)}" if purge.answered_at else "",
        ),
        ("Done", as_date_and_time(purge.finished_at) if purge.finished_at else ""),
        ("Fingerprint of what went", purge.digest or ""),
    )
    return tuple(SummaryRow(heading, words) for heading, words in told if words)
