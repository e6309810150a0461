"""What did a trainer answer when making a class or marking its sheet, and what is missing from it?"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from foundation.date_entry import DateEntry, date_entry_of, limited, read_date_entry
from foundation.forms import typed
from foundation.parts import FieldError
from passport.classes.actions import NewClass, ToTeach
from passport.classes.facts import Provider
from passport.classes.rules import EARLIEST, LATEST, LONGEST_PLACE, MOST_REQUIREMENTS, Outcome
from people.forces.facts import NamedForce

BOXES = ("day", "month", "year")
LINES = range(1, MOST_REQUIREMENTS + 1)
_HOURS = re.compile(r"\d{1,3}(?:\.\d{1,2})?")


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to choose from: requirements with their titles, the forces, and the providers of the first."""

    requirements: tuple[tuple[str, str], ...]
    forces: tuple[NamedForce, ...]
    in_hours: frozenset[str]
    providers: tuple[Provider, ...]


@dataclass(frozen=True, slots=True)
class TaughtEntry:
    """One requirement and its hours, as typed."""

    requirement: str = ""
    hours: str = ""

    @property
    def meant(self) -> Decimal | None:
        """Return the hours, if there are any."""
        return Decimal(self.hours) if _HOURS.fullmatch(self.hours) and Decimal(self.hours) else None


@dataclass(frozen=True, slots=True)
class ClassForm:
    """The answers as given, so that nobody types them twice."""

    taught: tuple[TaughtEntry, ...]
    held_on: DateEntry
    where: str
    provider: str

    def errors(self, in_hours: Collection[str] = ()) -> tuple[FieldError, ...]:
        """Return what is missing or wrong, in the order of the questions."""
        found = [
            *(
                (
                    one.meant is None and (bool(one.hours) or one.requirement in in_hours),
                    "Enter the hours as a number, such as 6 or 7.5",
                    f"hours-{line}",
                )
                for line, one in enumerate(self.taught, 1)
            ),
            (
                self.held_on.error is not None,
                self.held_on.error or "",
                f"held-{(*self.held_on.wrong, 'day')[0]}",
            ),
            (not self.where, "Enter where it is held", "where"),
            (
                len(self.where) > LONGEST_PLACE,
                f"Where it is held must be {LONGEST_PLACE} characters or fewer",
                "where",
            ),
        ]
        if not any(one.requirement for one in self.taught):
            found.insert(0, (True, "Select what the class meets", "requirement-1"))
        return tuple(FieldError(text, field) for is_wrong, text, field in found if is_wrong)

    def meant(self, force_id: int) -> NewClass:
        """Return what a form without faults asks for."""
        if self.held_on.meant is None:
            raise ValueError("the form has faults")
        taught = {
            one.requirement: ToTeach(one.requirement, one.meant) for one in self.taught if one.requirement
        }
        provider = int(self.provider) if self.provider else None
        return NewClass(force_id, tuple(taught.values()), self.held_on.meant, self.where, provider)


def blank(on: date) -> ClassForm:
    """Return the form before anybody has answered: today."""
    return ClassForm(tuple(TaughtEntry() for _ in LINES), date_entry_of(on), "", "")


def read_class(answers: Mapping[str, object], choices: Choices, on: date) -> ClassForm:
    """Return what was answered; only what was offered may be chosen."""
    codes = {code for code, _ in choices.requirements}
    entry = read_date_entry(*(typed(answers, f"held-{box}") for box in BOXES), name="day of the class")
    if entry.is_empty:
        entry = replace(entry, error="Enter the day of the class", wrong=BOXES)
    provider = typed(answers, "provider")
    return ClassForm(
        taught=tuple(
            TaughtEntry(
                _offered(typed(answers, f"requirement-{line}"), codes), typed(answers, f"hours-{line}")
            )
            for line in LINES
        ),
        held_on=limited(entry, name="day of the class", earliest=on - EARLIEST, latest=on + LATEST),
        where=typed(answers, "where"),
        provider=_offered(provider, {str(one.id) for one in choices.providers}),
    )


def _offered(said: str, offered: Iterable[str]) -> str:
    return said if said in offered else ""


def read_marks(answers: Mapping[str, object], person_ids: Sequence[int]) -> dict[int, Outcome]:
    """Return how a sheet says that each of some people did."""
    said = {number: typed(answers, f"outcome-{number}") for number in person_ids}
    return {number: Outcome(word) for number, word in said.items() if word in set(Outcome)}
