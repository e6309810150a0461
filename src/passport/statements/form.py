"""What did somebody answer about a statement, and what is missing from it?"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from foundation.forms import typed
from foundation.parts import FieldError
from passport.statements.rules import Mapped

NO_INTEREST = "none"
"""Stands in the form for a verb of an activity that meets nothing."""
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})?")


@dataclass(frozen=True, slots=True)
class MappingForm:
    """The answers as given, so that nobody types them twice."""

    activity: str
    verb: str
    meets: str = ""
    needs_success: bool = False
    score: str = ""
    hours: str = ""

    def errors(self, codes: Collection[str]) -> tuple[FieldError, ...]:
        """Return what is missing or wrong, in the order of the questions."""
        found = (
            (self.meets not in {*codes, NO_INTEREST}, "Select what it meets", "meets"),
            (
                bool(self.score) and self._score is None,
                "Enter the least score as a number up to 1, such as 0.8 for 80%",
                "score",
            ),
            (
                bool(self.hours) and not _number(self.hours),
                "Enter the hours as a number, such as 6 or 7.5",
                "hours",
            ),
        )
        return tuple(FieldError(text, field) for is_wrong, text, field in found if is_wrong)

    def meant(self) -> Mapped:
        """Return what a form without faults asks for."""
        if self.meets == NO_INTEREST:
            return Mapped(self.activity, self.verb, None, needs_success=False)
        return Mapped(
            self.activity, self.verb, self.meets, self.needs_success, self._score, _number(self.hours)
        )

    @property
    def _score(self) -> Decimal | None:
        found = _number(self.score)
        return found if found is not None and found <= 1 else None


def read_mapping(answers: Mapping[str, object]) -> MappingForm:
    """Return what was answered."""
    names = ("activity", "verb", "meets", "score", "hours")
    activity, verb, meets, score, hours = (typed(answers, name) for name in names)
    return MappingForm(activity, verb, meets, bool(typed(answers, "success")), score, hours)


def _number(text: str) -> Decimal | None:
    return Decimal(text) if _NUMBER.fullmatch(text) and Decimal(text) else None
