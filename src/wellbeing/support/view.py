"""How do the pages of care put what they show?"""

from urllib.parse import urlencode

from foundation.parts import Banner, Column, Link
from foundation.wording import as_sentence_case
from wellbeing.support.rules import EventKind, Purpose, Reply

PATH = "/care"
OWN_PATH = "/passport/care"
DESK = Link("Care", PATH)
AFTER = tuple(Column(name) for name in ("Person", "What they attended", "On", "Offer by"))
DUE = tuple(Column(name) for name in ("Person", "Unit", "Last offered", "Due"))
OFFERED = tuple(Column(name) for name in ("Person", "Offered on"))
OFFERED_CLINICAL = (*OFFERED, Column("Answer"))
EVENTS = tuple(Column(name) for name in ("What", "On", "Recorded by"))
OWN_EVENTS = tuple(Column(name) for name in ("What", "On"))
PURPOSES = [{"value": each.value, "text": as_sentence_case(each)} for each in Purpose]
KINDS = [("", "Select an event"), *((each.value, as_sentence_case(each)) for each in EventKind)]
REPLIES = {Reply.TAKEN_UP: "Taken up", Reply.REFUSED: "Not now"}
DONE = {
    "offered": "The offer has been recorded.",
    "taken": "They are in your care. You can read and write notes now.",
    "written": "The note has been kept.",
    "released": "They can read the note now.",
    "answered": "Your answer has been kept. Nobody but occupational health sees it.",
    "added": "The event has been added to your record. Only those who care for you see it.",
}
CRISIS_LINE = "0300 131 2789"
"""The national police crisis line: nothing said there reaches the force (domain section 5.4)."""


def banner(done: str) -> Banner | None:
    """Tell what has just been done."""
    return Banner(DONE[done], succeeded=True) if done in DONE else None


def address(national_id: str, purpose: Purpose, rest: str = "", **further: str) -> str:
    """Return where somebody's care, or something of it, is found; the purpose goes along."""
    return f"{PATH}/people/{national_id}{rest}?{urlencode({'purpose': purpose, **further})}"


def answer(reply: Reply | None) -> str:
    """Return an answer to an offer in words."""
    return "None yet" if reply is None else REPLIES[reply]
