"""How do the pages of the policy desk put what they show?"""

from collections.abc import Sequence

from foundation.parts import Banner, Column, Link
from foundation.wording import as_date, as_sentence_case
from passport.drafting.comparing import Turn
from passport.drafting.facts import Drafted
from passport.policy.phrases import EVIDENCE, MEANING, SETTINGS, UNITS, WHOM
from passport.policy.rules import Anchor, Duty, Effect
from passport.policy.terms import TERMS
from people.posts.rules import Rank

PATH = "/policy/drafts"
DESK = Link("Policy desk", PATH)
DRAFTS = tuple(
    Column(text) for text in ("Draft", "Starts from", "Meant for", "Last written by", "How it stands")
)
REVISIONS = tuple(Column(text) for text in ("Form", "What was done", "Why", "By whom", "When"))
ASKED = tuple(Column(text) for text in ("Requirement", "Code", "Whom and how often", "Change"))
TERM_COLUMNS = tuple(Column(text) for text in ("Value", "What it says", "Change"))
TURNS = {
    Turn.ADDED: ("Added", "govuk-tag--green"),
    Turn.CHANGED: ("Changed", "govuk-tag--blue"),
    Turn.ENDED: ("Ended", "govuk-tag--red"),
}
EFFECTS = tuple(
    {"value": each.value, "text": as_sentence_case(each), "hint": {"text": MEANING[each]}} for each in Effect
)
DUTIES = (
    {"value": Duty.PERSON.value, "text": "The person"},
    {
        "value": Duty.FORCE.value,
        "text": "The force",
        "hint": {"text": "Late, it counts against the force and never against the officer"},
    },
)
KINDS = tuple((each.value, as_sentence_case(words)) for each, words in WHOM.items())
RANKS = (("", "Any rank"), *((each.value, as_sentence_case(each)) for each in Rank))
PROBATION = (("", "On probation or not"), ("yes", "Only on probation"), ("no", "Only once probation is over"))
ANCHORS = (
    {"value": Anchor.ROLLING.value, "text": "The day it was last met"},
    {
        "value": Anchor.ANNIVERSARY.value,
        "text": "Its day of the year",
        "hint": {"text": "Met shortly before it is due, it keeps its day"},
    },
    {"value": Anchor.FIXED_DATE.value, "text": "A fixed day of the year, the same for everybody"},
)
ABSENCE = (("yes", "A neutral absence moves its due day"), ("no", "It runs on during absence"))
TAGS = tuple((each.value, f"{each.value}: {words}") for each, words in EVIDENCE.items())
MAY_SET = tuple((each.value, as_sentence_case(words)) for each, words in SETTINGS.items())
DONE = {
    "begun": "The draft is begun. It asks what the version in force asks until you change it.",
    "changed": "The draft is changed. A what-if that was run before has to be run again.",
    "added": "The requirement is added.",
    "ended": "The requirement is not in the draft any more.",
    "replaced": "The draft is what the file says.",
    "rebased": "The draft is brought up to date.",
    "discarded": "The draft is discarded. Its forms stay readable among the versions.",
}


def banner(done: str) -> Banner | None:
    """Tell what has just been done."""
    return Banner(DONE[done], succeeded=True) if done in DONE else None


def address(number: int, rest: str = "") -> str:
    """Return where a draft, or something of it, is found."""
    return f"{PATH}/{number}{rest}"


def back_to(number: int) -> Link:
    """Return the way back to a draft."""
    return Link(f"Draft {number}", address(number))


def state(draft: Drafted) -> tuple[str, str]:
    """Say whether a draft is fit to go on, and in which colour."""
    return ("Expired", "govuk-tag--red") if draft.is_expired else ("Being written", "govuk-tag--blue")


def expired_because(draft: Drafted) -> Sequence[str]:
    """Say why a draft has expired, in sentences."""
    said = []
    if draft.day_has_passed:
        said.append(
            f"It was meant to be in force from {as_date(draft.draft.begins_on)}, and that day has passed."
        )
    if draft.has_other_base:
        said.append(
            f"It starts from version {draft.version.based_on}, but version {draft.base} is in force by its day."
        )
    return said


def counted_in(key: str) -> str:
    """Say what a term is counted in."""
    return UNITS[TERMS[key]][1].strip()


def several(items: Sequence[tuple[str, str]], chosen: Sequence[str]) -> list[dict[str, object]]:
    """Return boxes to tick, those that were ticked among them."""
    return [{"value": value, "text": words, "checked": value in chosen} for value, words in items]


def options(items: Sequence[tuple[str, str]], chosen: str) -> list[dict[str, object]]:
    """Return a list to select from."""
    return [{"value": value, "text": words, "selected": value == chosen} for value, words in items]
