"""What did somebody answer when breaking the glass, or reviewing that it was broken, and what is missing?"""

from collections.abc import Mapping
from dataclasses import dataclass

from access.glass.opening import Why
from foundation.forms import typed
from foundation.parts import FieldError

LONGEST_WORDS = 1000
REASONS: Mapping[Why, tuple[str, str]] = {
    Why.RISK_TO_LIFE: ("Risk to life", "The only reason that opens the record of a protected person"),
    Why.URGENT_DEPLOYMENT: (
        "Urgent deployment",
        "Somebody must be sent now, and it must be known what they may do",
    ),
    Why.SUPERVISOR_UNREACHABLE: ("Their supervisor cannot be reached", "And it cannot wait until they can"),
    Why.INVESTIGATION: ("An investigation that cannot wait", ""),
    Why.OTHER: ("Something else", "Say what below"),
}


@dataclass(frozen=True, slots=True)
class Form:
    """Whose record, why, and in their own words, as given."""

    person: str = ""
    why: Why | None = None
    words: str = ""

    def errors(self) -> tuple[FieldError, ...]:
        """Return what is missing, in the order of the questions."""
        found = (
            (not self.person, "Enter their national identifier, or their number in your force", "person"),
            (self.why is None, "Select why you must see it now", "why"),
            *_words(self.words, "Enter what happened"),
        )
        return tuple(FieldError(text, field) for is_wrong, text, field in found if is_wrong)


@dataclass(frozen=True, slots=True)
class Review:
    """Whether it was right, and why, as given."""

    is_upheld: bool | None = None
    words: str = ""

    def errors(self) -> tuple[FieldError, ...]:
        """Return what is missing, in the order of the questions."""
        found = (
            (self.is_upheld is None, "Select whether breaking the glass was right", "upheld"),
            *_words(self.words, "Enter why you say so"),
        )
        return tuple(FieldError(text, field) for is_wrong, text, field in found if is_wrong)


def read(form: Mapping[str, object]) -> Form:
    """Read the answers of whoever asks."""
    why = next((each for each in Why if each == typed(form, "why")), None)
    return Form(typed(form, "person")[:40], why, typed(form, "words"))


def read_review(form: Mapping[str, object]) -> Review:
    """Read the answers of whoever reviews."""
    answered = typed(form, "upheld")
    return Review({"yes": True, "no": False}.get(answered), typed(form, "words"))


def _words(words: str, missing: str) -> tuple[tuple[bool, str, str], ...]:
    too_long = f"What you write must be {LONGEST_WORDS} characters or fewer"
    return ((not words, missing, "words"), (len(words) > LONGEST_WORDS, too_long, "words"))
