"""How do the pages of earlier learning put what they show?"""

from foundation.parts import Banner, Column, Link, SummaryRow
from foundation.wording import as_date, as_date_and_time
from passport.prior.facts import Claim
from passport.prior.rules import State

OWN = "/passport/earlier-learning"
PATH = "/earlier-learning"
MINE, CLAIMS = Link("Earlier learning", OWN), Link("Earlier learning to judge", PATH)
PASSPORT = Link("My passport", "/passport")
COLUMNS = tuple(Column(name) for name in ("Requirement", "Where", "When", "How it stands"))
TO_JUDGE = tuple(Column(name) for name in ("Person", "Requirement", "Where", "When", "How it stands"))
TAGS = {
    State.WAITING: "govuk-tag--yellow",
    State.ACCEPTED: "govuk-tag--green",
    State.DECLINED: "govuk-tag--orange",
}
DONE = {
    "claimed": "It is claimed. An assessor of your force looks at it; until then it counts for nothing.",
    "taken-back": "The claim is taken back.",
    "accepted": "It is accepted, and in their passport.",
    "declined": "It is declined. They can read why.",
}


def banner(done: str) -> Banner | None:
    """Tell what has just been done."""
    return Banner(DONE[done], succeeded=True) if done in DONE else None


def tag(state: State) -> str:
    """Return the colour of a state's tag."""
    return TAGS.get(state, "govuk-tag--grey")


def rows(one: Claim) -> list[SummaryRow]:
    """Return the particulars of a claim, each with its heading."""
    told = (
        ("Person", f"{one.name}, {one.national_id}"),
        ("Requirement", one.title),
        ("Where", one.learned_at),
        ("When", as_date(one.learned_on)),
        ("What", one.learned),
        ("Claimed", as_date_and_time(one.claimed_at)),
        ("Counts from", as_date(one.counts_from) if one.counts_from else ""),
        ("Decided by", f"{one.decided_by}, {as_date_and_time(one.decided_at)}" if one.decided_at else ""),
        ("Why", one.decided_reason or ""),
    )
    return [SummaryRow(heading, words) for heading, words in told if words]
