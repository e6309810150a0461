"""How do the pages of dispensations put what they show?"""

from foundation.parts import Banner, Column, Link, SummaryRow
from foundation.wording import as_date, as_date_and_time, as_sentence_case
from passport.waivers.facts import Proposal
from passport.waivers.rules import Kind, State

PATH = "/waivers"
WAIVERS = Link("Waivers", PATH)
COLUMNS = tuple(Column(name) for name in ("Person", "What", "Requirement", "From", "Until", "How it stands"))
KINDS = [
    (Kind.WAIVER, "Waiver", "It is not asked of them on these days"),
    (Kind.DEFERRAL, "Deferral", "It is asked of them later: needs its last day"),
    (Kind.FORCE_FAILURE, "Failure of the force", "The force did not provide it: their clock stops"),
]
WORDS = {kind: words for kind, words, _ in KINDS}
TAGS = {
    State.WAITING: "govuk-tag--yellow",
    State.HOLDS: "govuk-tag--green",
    State.TO_COME: "govuk-tag--blue",
    State.DECLINED: "govuk-tag--orange",
}
DONE = {
    "proposed": "It is proposed. Nothing holds until a second person has agreed.",
    "agreed": "It holds now. The licence is decided again.",
    "declined": "It is declined. Whoever proposed it can read why.",
    "taken-back": "It is taken back.",
    "ended": "It has ended. Today is its last day.",
}


def banner(done: str) -> Banner | None:
    """Tell what has just been done."""
    return Banner(DONE[done], succeeded=True) if done in DONE else None


def tag(state: State) -> str:
    """Return the colour of a state's tag."""
    return TAGS.get(state, "govuk-tag--grey")


def rows(one: Proposal) -> list[SummaryRow]:
    """Return the particulars of a proposal, each with its heading."""
    told = (
        ("Person", f"{one.name}, {one.national_id}"),
        ("What", WORDS[one.kind]),
        ("Requirement", one.title),
        ("First day", as_date(one.since)),
        ("Last day", as_date(one.until) if one.until else "Open"),
        ("Why", one.reason),
        ("Evidence needed", one.evidence_needed or ""),
        ("Class that was cancelled", f"Class {one.class_id}" if one.class_id else ""),
        ("Proposed by", f"{one.proposed_by}, {as_date_and_time(one.proposed_at)}"),
        (as_sentence_case(f"{one.decision or ''} by"), _decided(one)),
        ("Why it was declined", one.decided_reason or ""),
    )
    return [SummaryRow(heading, words) for heading, words in told if words]


def _decided(one: Proposal) -> str:
    return f"{one.decided_by}, {as_date_and_time(one.decided_at)}" if one.decided_at else ""
