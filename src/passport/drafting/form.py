"""What did somebody answer about a requirement of a draft, what does it come to, and what is wrong with it?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from litestar.datastructures import FormMultiDict
from pydantic import ValidationError

from foundation.date_entry import DateEntry, date_entry_of, read_date_entry
from foundation.forms import typed
from foundation.parts import FieldError
from passport.drafting.labels import field_error
from passport.policy.faults import of_shape
from passport.policy.shape import RequirementTable

ONE = (
    "code", "title", "effect", "duty", "how_to_meet", "lowest_rank", "highest_rank", "on_probation", "months", "anchor",
    "renewal_window_days", "minimum_gap_days", "fixed_day", "grace_days", "initial_days", "authority",
    "extended_by_absence", "hours", "initial_hours", "hours_in_all", "class_places", "level", "source", "tag", "units", "reason",
)  # fmt: skip
MANY = ("kinds", "profiles", "prerequisites", "satisfied_by", "forces_may_set")
TRAITS = ("kinds", "profiles", "units", "lowest_rank", "highest_rank", "on_probation")
HOLDS = ("months", "anchor", "renewal_window_days", "minimum_gap_days", "fixed_day")
WHOLE_NUMBERS = (
    "months",
    "renewal_window_days",
    "minimum_gap_days",
    "grace_days",
    "initial_days",
    "class_places",
)
LONGEST_REASON = 1000


@dataclass(frozen=True, slots=True)
class RequirementForm:
    """The answers as typed, so that nobody types them twice; `revision` is the form of the draft they were typed on."""

    one: Mapping[str, str]
    many: Mapping[str, tuple[str, ...]]
    introduced_on: DateEntry
    revision: int

    def __getitem__(self, name: str) -> str:
        """Return one box."""
        return self.one.get(name, "")

    def table(self) -> tuple[RequirementTable | None, tuple[FieldError, ...]]:
        """Return what the answers come to, or what is wrong with them."""
        errors = list(_unsaid(self))
        try:
            table = RequirementTable.model_validate(self._values())
        except ValidationError as failure:
            found = {field_error(one): None for one in of_shape(failure, RequirementTable, ())}
            return None, (*found, *errors)
        return (None if errors else table), tuple(errors)

    def _values(self) -> dict[str, object]:
        said = {key: _number(key, self[key]) for key in ONE if self[key] and key != "reason"}
        said |= {key: list(values) for key, values in self.many.items() if values}
        if "units" in said:
            said["units"] = [one.strip() for one in self["units"].split("\n") if one.strip()]
        for key in ("on_probation", "extended_by_absence"):
            if key in said:
                said[key] = said[key] == "yes"
        if self.introduced_on.meant:
            said["introduced_on"] = self.introduced_on.meant
        applies_to = {key: said.pop(key) for key in TRAITS if key in said}
        holds = {key: said.pop(key) for key in HOLDS if key in said}
        if "months" in holds:
            said["validity"] = holds
        return said | ({"applies_to": applies_to} if applies_to else {})


def blank(revision: int) -> RequirementForm:
    """Return the form before anybody has answered."""
    one = {
        "effect": "advisory",
        "duty": "person",
        "anchor": "rolling",
        "extended_by_absence": "yes",
        "tag": "A",
    }
    return RequirementForm(one, {}, DateEntry(), revision)


def filled(table: RequirementTable, revision: int) -> RequirementForm:
    """Return the form with what a requirement says."""
    holds = table.validity.model_dump(exclude_none=True) if table.validity else {}
    said = {**table.model_dump(exclude_none=True), **table.applies_to.model_dump(exclude_none=True), **holds}
    one = {key: _shown(said[key]) for key in ONE if key in said and key != "units"}
    one["units"] = "\n".join(table.applies_to.units)
    many = {key: tuple(_shown(value) for value in said.get(key, ())) for key in MANY}
    since = date_entry_of(table.introduced_on) if table.introduced_on else DateEntry()
    return RequirementForm({"anchor": "rolling", **one}, many, since, revision)


def read(answers: FormMultiDict, *, code: str | None) -> RequirementForm:
    """Return what was typed; the code of a requirement that there is cannot be changed."""
    one = {key: _text(answers, key) for key in ONE}
    if code is not None:
        one["code"] = code
    many = {key: tuple(str(value)[:200] for value in answers.getall(key, [])) for key in MANY}
    boxes = (_text(answers, f"introduced_on-{box}") for box in ("day", "month", "year"))
    since = read_date_entry(*boxes, name="day since which it is asked")
    return RequirementForm(one, many, since, revision_in(answers))


def revision_in(answers: FormMultiDict) -> int:
    """Return the form of the draft that somebody had before them; nought where none is named."""
    said = _text(answers, "revision")
    return int(said) if said.isascii() and said.isdigit() and len(said) < len(str(2**31)) else 0


def reason_errors(reason: str) -> Iterable[FieldError]:
    """Say what is wrong with a reason."""
    if not reason:
        yield FieldError("Enter why, for whoever reads it later", "reason")
    elif len(reason) > LONGEST_REASON:
        yield FieldError(f"The reason must be {LONGEST_REASON} characters or fewer", "reason")


def _unsaid(form: RequirementForm) -> Iterable[FieldError]:
    if form.introduced_on.error:
        yield FieldError(form.introduced_on.error, f"introduced_on-{form.introduced_on.wrong[0]}")
    holds_for_good = not form["months"]
    if holds_for_good and any(form[key] not in {"", "0"} for key in HOLDS[2:]):
        yield FieldError(
            "Enter the months for which it holds, or leave the rest of its validity empty", "months"
        )
    yield from reason_errors(form["reason"])


def _text(answers: FormMultiDict, name: str) -> str:
    return typed({name: answers.get(name, "")}, name).replace("\r\n", "\n")


def _number(key: str, said: str) -> object:
    """Read a number; what is none stays as typed, so that the check of the shape names it."""
    plain = said.replace(",", "")
    if key in WHOLE_NUMBERS and plain.isascii() and plain.isdigit() and len(plain) < len(str(2**31)):
        return int(plain)
    if key in {"hours", "initial_hours", "hours_in_all"}:
        try:
            return float(plain)
        except ValueError:
            return said
    return said


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:g}" if isinstance(value, float) else str(value)
