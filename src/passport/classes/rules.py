"""How may a class stand, what may be marked on its sheet, and what does marking it anew change?"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

MOST_PLACES = 60
MOST_REQUIREMENTS = 3
LONGEST_REASON = 500
LONGEST_PLACE = 100
EARLIEST, LATEST = timedelta(days=400), timedelta(days=800)
"""So long before today, and after it, a class can lie."""


class Outcome(StrEnum):
    """How somebody did."""

    PASSED = "passed"
    FAILED = "failed"
    ABSENT = "did not attend"


class State(StrEnum):
    """How a class stands."""

    TO_COME = "to come"
    TO_SIGN = "to be signed"
    SIGNED = "signed"
    CANCELLED = "cancelled"


def is_likely(held_on: date, on: date) -> bool:
    """Say whether a class can have been, or is to be, held on a day, as it looks on another: what lies far off is a slip."""
    return on - EARLIEST <= held_on <= on + LATEST


Marks = Mapping[int, Outcome]
"""How each person did, by the person's number."""


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one person's place: how they were marked before, if at all, and how they are now."""

    person_id: int
    before: Outcome | None
    after: Outcome

    @property
    def gains(self) -> bool:
        """Say whether evidence is to be recorded."""
        return self.after is Outcome.PASSED and self.before is not Outcome.PASSED

    @property
    def loses(self) -> bool:
        """Say whether evidence that was recorded is to be withdrawn."""
        return self.before is Outcome.PASSED and self.after is not Outcome.PASSED


def changes(before: Mapping[int, Outcome | None], after: Marks) -> tuple[Change, ...]:
    """Return whose mark is another than before, in the order of the sheet; who has no place on it is left out."""
    return tuple(
        Change(person_id, was, after[person_id])
        for person_id, was in before.items()
        if person_id in after and after[person_id] is not was
    )


def unmarked(places: Collection[int], marks: Marks) -> tuple[int, ...]:
    """Return of whom nothing is said yet, in the order of the sheet."""
    return tuple(person_id for person_id in places if person_id not in marks)
