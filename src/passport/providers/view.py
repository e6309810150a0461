"""How do the pages of providers put what they show?"""

from foundation.parts import Banner, Column, Link
from passport.providers.rules import Answer

PATH = "/providers"
PROVIDERS = Link("Providers of training", PATH)
COLUMNS = tuple(Column(name) for name in ("Provider", "May deliver", "In doubt"))
LICENCES = tuple(Column(name) for name in ("May deliver", "From", "Through", "Why it ended"))
IN_DOUBT = tuple(Column(name) for name in ("Person", "What", "Completed", "Provider", "What was said"))
ANSWERS = [
    (Answer.CONFIRMED, "Confirm it", "It was as it should be: nothing is in doubt any more"),
    (Answer.TRAIN_AGAIN, "Have them trained again", "It stands meanwhile, and stays in doubt"),
    (Answer.WITHDRAWN, "Withdraw it", "It met nothing: their licence is decided again"),
]
WORDS = {
    Answer.CONFIRMED: "Confirmed",
    Answer.TRAIN_AGAIN: "To be trained again",
    Answer.WITHDRAWN: "Withdrawn",
}
DONE = {
    "entered": "The provider has been entered.",
    "licensed": "The licence has been entered.",
    "ended": "The licence has ended. What was delivered after its last day is in doubt, and waits for you.",
    "answered": "You have answered. The record keeps your reason.",
}


def banner(done: str) -> Banner | None:
    """Tell what has just been done."""
    return Banner(DONE[done], succeeded=True) if done in DONE else None
