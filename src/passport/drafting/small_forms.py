"""What did somebody answer about a term of a draft, or about its title and first day, and what is wrong with it?"""

from dataclasses import dataclass
from datetime import date

from litestar.datastructures import FormMultiDict
from pydantic import ValidationError

from foundation.date_entry import DateEntry, date_entry_of, limited, read_date_entry
from foundation.forms import typed
from foundation.parts import FieldError
from passport.drafting.form import reason_errors, revision_in
from passport.drafting.labels import field_error
from passport.policy.faults import of_shape
from passport.policy.shape import TermTable
from passport.policy.terms import TERMS, Unit

BOXES = ("day", "month", "year")
LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class TermForm:
    """A term as typed: its amount, or several with commas between them, its source, and how sure that is."""

    key: str
    title: str
    amount: str
    source: str
    tag: str
    reason: str
    revision: int

    @property
    def unit(self) -> Unit:
        """Return what it is counted in."""
        return TERMS[self.key]

    def table(self) -> tuple[TermTable | None, tuple[FieldError, ...]]:
        """Return what the answers come to, or what is wrong with them."""
        said = {"title": self.title, "source": self.source, "tag": self.tag, str(self.unit): self._amount()}
        errors = tuple(reason_errors(self.reason))
        try:
            table = TermTable.model_validate({key: value for key, value in said.items() if value != ""})
        except ValidationError as failure:
            found = {
                field_error(one, amount=str(self.unit)): None for one in of_shape(failure, TermTable, ())
            }
            return None, (*found, *errors)
        if not self.amount:
            errors = (FieldError("Enter the amount", "amount"), *errors)
        return (None if errors else table), errors

    def _amount(self) -> object:
        if self.unit is Unit.DAYS_BEFORE:
            return [_number(one.strip(), self.unit) for one in self.amount.split(",")] if self.amount else ""
        return _number(self.amount, self.unit)


@dataclass(frozen=True, slots=True)
class HeadForm:
    """The title, first day and reason of a draft as typed."""

    title: str
    begins_on: DateEntry
    reason: str
    revision: int

    def errors(self) -> tuple[FieldError, ...]:
        """Return what is missing or wrong, in the order of the questions."""
        found = []
        if not self.title or len(self.title) > LONGEST_TITLE or not self.title.isprintable():
            found.append(
                FieldError(f"Enter a title of at most {LONGEST_TITLE} characters on one line", "title")
            )
        if self.begins_on.error or self.begins_on.meant is None:
            place = (*self.begins_on.wrong, "day")[0]
            found.append(FieldError(self.begins_on.error or "Enter the first day", f"begins_on-{place}"))
        return (*found, *reason_errors(self.reason))


def term_form(key: str, table: TermTable, revision: int) -> TermForm:
    """Return the form with what a term says."""
    unit = TERMS[key]
    said = getattr(table, unit)
    amount = ", ".join(map(str, said)) if isinstance(said, list) else f"{said:.10g}"
    return TermForm(key, table.title, amount, table.source, str(table.tag), "", revision)


def read_term(answers: FormMultiDict, key: str) -> TermForm:
    """Return what was typed about a term."""
    said = {name: text(answers, name) for name in ("title", "amount", "source", "tag", "reason")}
    return TermForm(key, revision=revision_in(answers), **said)


def head_form(title: str, begins_on: date | None, revision: int) -> HeadForm:
    """Return the form with what a draft says at its top."""
    return HeadForm(title, date_entry_of(begins_on) if begins_on else DateEntry(), "", revision)


def read_head(answers: FormMultiDict, on: date) -> HeadForm:
    """Return what was typed about the top of a draft; its first day is tomorrow at the earliest."""
    return HeadForm(
        text(answers, "title"), read_day(answers, on), text(answers, "reason"), revision_in(answers)
    )


def read_day(answers: FormMultiDict, on: date) -> DateEntry:
    """Return the first day that was typed, if it is still to come."""
    entry = read_date_entry(*(text(answers, f"begins_on-{box}") for box in BOXES), name="first day")
    return limited(entry, name="first day", earliest=on)


def text(answers: FormMultiDict, name: str) -> str:
    """Return one box as text."""
    return typed({name: answers.get(name, "")}, name)


def _number(said: str, unit: Unit) -> object:
    plain = said.replace(",", "")
    if plain.isascii() and plain.isdigit() and len(plain) < len(str(2**31)):
        return float(plain) if unit in {Unit.HOURS, Unit.PERCENT} else int(plain)
    try:
        return float(plain) if unit in {Unit.HOURS, Unit.PERCENT} else said
    except ValueError:
        return said
