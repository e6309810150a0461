"""What did somebody answer in vetting, and what is missing from it?"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from foundation.forms import typed
from foundation.parts import FieldError
from licence.vetting.rules import LONGEST_TEXT, Entry, Level, Outcome, Purpose


@dataclass(frozen=True, slots=True)
class EntryForm:
    """An entry as it was typed."""

    kind: Entry | None = None
    text: str = ""

    def errors(self) -> tuple[FieldError, ...]:
        """Return what is missing or wrong, in the order of the questions."""
        found = (
            (self.kind is None, "Select what it is", "kind"),
            (not self.text, "Enter what is to be added", "text"),
            (len(self.text) > LONGEST_TEXT, f"It must be {LONGEST_TEXT:,} characters or fewer", "text"),
        )
        return tuple(FieldError(text, field) for is_wrong, text, field in found if is_wrong)


@dataclass(frozen=True, slots=True)
class CaseForm:
    """A new case as it was typed: about whom, for which level, and who is to work on it."""

    person: str = ""
    level: Level | None = None
    officer: int | None = None

    def errors(self) -> tuple[FieldError, ...]:
        """Return what is missing, in the order of the questions."""
        found = (
            (not self.person, "Enter the person’s national identifier", "person"),
            (self.level is None, "Select the level of vetting", "level"),
            (self.officer is None, "Select who is to work on the case", "officer"),
        )
        return tuple(FieldError(text, field) for is_wrong, text, field in found if is_wrong)


def read_entry(answers: Mapping[str, object]) -> EntryForm:
    """Return an entry as it was typed."""
    text = typed(answers, "text").replace("\0", "").replace("\r\n", "\n")
    return EntryForm(next((each for each in Entry if each == typed(answers, "kind")), None), text)


def read_case(answers: Mapping[str, object], colleagues: Mapping[int, str]) -> CaseForm:
    """Return a new case as it was typed; only colleagues who were offered may be chosen."""
    return CaseForm(
        person=typed(answers, "person")[:40],
        level=next((each for each in Level if each == typed(answers, "level")), None),
        officer=read_officer(answers, colleagues),
    )


def read_officer(answers: Mapping[str, object], colleagues: Mapping[int, str]) -> int | None:
    """Return the colleague who was chosen, if they were offered."""
    return next((number for number in colleagues if str(number) == typed(answers, "officer")), None)


def read_outcome(answers: Mapping[str, object]) -> Outcome | None:
    """Return the outcome that was chosen."""
    return next((each for each in Outcome if each == typed(answers, "outcome")), None)


def read_purpose(answers: Mapping[str, object]) -> Purpose | None:
    """Return the purpose that was stated."""
    return next((each for each in Purpose if each == typed(answers, "purpose")), None)


def blank(colleague: int | None = None) -> CaseForm:
    """Return the form of a new case before anybody has answered."""
    return replace(CaseForm(), officer=colleague)
