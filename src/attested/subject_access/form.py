"""What was judged, or asked for, in a form, and what is missing from it?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from attested.subject_access.judging import Item, Verdict
from attested.subject_access.rules import MOST_MONTHS_MORE, Ground
from foundation.forms import typed
from foundation.parts import FieldError

LONGEST = 2_000
GIVE = "give"


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said of one item, as it was typed."""

    said: str
    reason: str

    def verdict(self) -> Verdict | None:
        """Return what it means; None where nothing was said."""
        if self.said == GIVE:
            return Verdict()
        ground = next((one for one in Ground if one == self.said), None)
        return None if ground is None else Verdict(ground, self.reason)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was said of every item, in their order."""

    answers: tuple[Answer, ...]

    def errors(self) -> tuple[FieldError, ...]:
        """Return what is missing, in the order of the questions."""
        found: list[FieldError] = []
        for place, answer in enumerate(self.answers, start=1):
            verdict = answer.verdict()
            if verdict is None:
                found.append(FieldError(f"Item {place}: select whether it is given", f"said-{place}"))
            elif verdict.ground and not answer.reason:
                found.append(FieldError(f"Item {place}: enter why it is withheld", f"reason-{place}"))
            elif len(answer.reason) > LONGEST:
                found.append(
                    FieldError(
                        f"Item {place}: the reason must be {LONGEST:,} characters or fewer", f"reason-{place}"
                    )
                )
        return tuple(found)

    def verdicts(self, items: Sequence[Item]) -> Mapping[str, Verdict]:
        """Return the verdict on each item."""
        said = zip(items, (answer.verdict() for answer in self.answers), strict=True)
        return {item.id: verdict for item, verdict in said if verdict is not None}


def read_judgement(data: Mapping[str, str], number: int) -> Judgement:
    """Read what was said of so many items."""
    places = range(1, number + 1)
    return Judgement(tuple(Answer(typed(data, f"said-{at}"), typed(data, f"reason-{at}")) for at in places))


@dataclass(frozen=True, slots=True)
class Extension:
    """How many months more, and why."""

    months: str = ""
    reason: str = ""

    @property
    def number(self) -> int:
        """Return the months, 0 where none were selected."""
        return int(self.months) if self.months in {str(one + 1) for one in range(MOST_MONTHS_MORE)} else 0

    def errors(self) -> tuple[FieldError, ...]:
        """Return what is missing."""
        found = (
            (not self.number, "Select how much longer it takes", "months"),
            (not self.reason, "Enter why it takes longer: the person is told", "reason"),
            (len(self.reason) > LONGEST, f"The reason must be {LONGEST:,} characters or fewer", "reason"),
        )
        return tuple(FieldError(text, field) for is_wrong, text, field in found if is_wrong)


def read_extension(data: Mapping[str, str]) -> Extension:
    """Read what was asked for."""
    return Extension(typed(data, "months"), typed(data, "reason"))
