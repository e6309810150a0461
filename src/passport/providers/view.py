"""How do the pages of providers put what they show?"""

from collections.abc import Sequence

from foundation.clock import today
from foundation.parts import Banner, Column, Link
from passport.providers.facts import Licence, Provider
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


def to_end(found: Provider) -> Sequence[Licence]:
    """Return the licences that can still be ended: those that are not over."""
    return [one for one in found.licences if not _is_over(one)]


def _is_over(one: Licence) -> bool:
    """Say whether a licence has ended: its last day has passed, or somebody made it the last."""
    if one.until is None or one.until > today():
        return False
    return one.until < today() or one.ended_reason is not None


def banner(done: str) -> Banner | None:
    """Tell what has just been done."""
    return Banner(DONE[done], succeeded=True) if done in DONE else None
