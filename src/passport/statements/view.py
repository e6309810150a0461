"""How do the pages of statements put what they show?"""

from urllib.parse import urlencode

from foundation.parts import Banner, Column, Link
from foundation.wording import as_list
from passport.learning.view import as_hours
from passport.statements.facts import Nameless, Unmapped
from passport.statements.rules import Mapped, Outcome

PATH = "/statements"
STATEMENTS = Link("Statements of learning systems", PATH)
UNMAPPED = tuple(Column(name) for name in ("Activity", "What was done", "Statements", "Last"))
NAMELESS = tuple(Column(name) for name in ("Account", "Why it waits", "Statements", "Last"))
MAPPED = tuple(Column(name) for name in ("Activity", "What was done", "Meets", "If"))
MAPPED_HERE = (*MAPPED, Column("Change"))
WHY = {
    Outcome.NOBODY: "Nobody of the force is known by it",
    Outcome.IMPOSSIBLE: "Done on a day that has not come",
}
DONE = {
    "mapped": "It is mapped. What waited for it has been looked at again.",
    "ended": "The mapping has ended. What it gave stays; what arrives from now on waits for you.",
    "named": "The account is known now. What waited for it has been looked at again.",
    "ignored": "It is put aside. The statements stay in the record.",
}


def banner(done: str) -> Banner | None:
    """Tell what has just been done."""
    return Banner(DONE[done], succeeded=True) if done in DONE else None


def verb(iri: str) -> str:
    """Return the last word of a verb's address, which is how people know it."""
    return iri.rstrip("/").rpartition("/")[2].replace("-", " ") or iri


def map_address(one: Unmapped) -> str:
    """Return where a verb of an activity is mapped."""
    return f"{PATH}/mappings/new?{urlencode({'activity': one.activity or '', 'verb': one.verb})}"


def account_address(one: Nameless) -> str:
    """Return where an account is answered for."""
    return f"{PATH}/accounts?{urlencode({'account': one.actor})}"


def condition(one: Mapped) -> str:
    """Say when a statement counts, and for how many hours."""
    told = [
        "it was a success" if one.needs_success else "",
        f"the score is at least {one.least_score.normalize():f}" if one.least_score is not None else "",
    ]
    when = as_list([word for word in told if word])
    if one.requirement is None:
        return ""
    hours = as_hours(one.hours) if one.hours else "hours as stated"
    return f"{when[:1].upper()}{when[1:]}; {hours}" if when else f"Always; {hours}"
