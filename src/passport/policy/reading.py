"""Which tables does a policy file hold, each of which fits its shape, and which do not?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from passport.policy.faults import Wrong, near, of_shape, quoted
from passport.policy.places import Path
from passport.policy.shape import (
    TABLES,
    AbsenceTable,
    HeadTable,
    Name,
    RequirementTable,
    TermTable,
    Words,
)

T = TypeVar("T", bound=BaseModel)
LINKS = ("prerequisites", "satisfied_by")
_NAME, _WORDS = TypeAdapter(Name), TypeAdapter(Words)


@dataclass(slots=True)
class Reading:
    """What could be read of a file. Tables of a list stand under their place in it.

    `codes` and `links` hold what even a broken requirement says of itself and of others, so that one fault hides no other.
    """

    head: HeadTable | None = None
    terms: dict[str, TermTable] = field(default_factory=dict)
    named_terms: frozenset[str] = frozenset()
    profiles: dict[str, str] = field(default_factory=dict)
    absences: dict[int, AbsenceTable] = field(default_factory=dict)
    requirements: dict[int, RequirementTable] = field(default_factory=dict)
    codes: dict[int, str] = field(default_factory=dict)
    links: dict[tuple[int, str], tuple[str, ...]] = field(default_factory=dict)
    wrong: list[Wrong] = field(default_factory=list)


def read(document: Mapping[str, object]) -> Reading:
    """Read every table by itself, so that one fault hides no other."""
    reading = Reading()
    _head(document, reading)
    for name, value in _table("terms", document, reading).items():
        table = _shaped(TermTable, value, ("terms", name), reading)
        if table is not None:
            reading.terms[name] = table
    reading.named_terms = frozenset(_table("terms", document, reading))
    _profiles(document, reading)
    for place, value in _list("absence", document, reading):
        absence = _shaped(AbsenceTable, value, ("absence", place), reading)
        if absence is not None:
            reading.absences[place] = absence
    for place, value in _list("requirement", document, reading):
        requirement = _shaped(RequirementTable, value, ("requirement", place), reading)
        if requirement is not None:
            reading.requirements[place] = requirement
        if isinstance(value, dict):
            _note_links(place, value, reading)
    return reading


def _note_links(place: int, said: Mapping[str, object], reading: Reading) -> None:
    code, applies_to = said.get("code"), said.get("applies_to")
    if isinstance(code, str):
        reading.codes[place] = code
    for key in LINKS:
        reading.links[place, key] = _words_in(said.get(key))
    profiles = applies_to.get("profiles") if isinstance(applies_to, dict) else None
    reading.links[place, "profiles"] = _words_in(profiles)


def _words_in(value: object) -> tuple[str, ...]:
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()


def _head(document: Mapping[str, object], reading: Reading) -> None:
    known = (*HeadTable.model_fields, *TABLES)
    for key in document:
        if key not in known:
            reading.wrong.append(
                Wrong((key,), f"`{key}` is not known at the top of a policy; {near(key, known)}")
            )
    said = {key: value for key, value in document.items() if key in HeadTable.model_fields}
    reading.head = _shaped(HeadTable, said, (), reading)
    if not document.get("requirement"):
        reading.wrong.append(Wrong((), "the policy asks for nothing: there is no [[requirement]]"))


def _profiles(document: Mapping[str, object], reading: Reading) -> None:
    for name, title in _table("profiles", document, reading).items():
        try:
            reading.profiles[_NAME.validate_python(name)] = _WORDS.validate_python(title)
        except ValidationError:
            reading.wrong.append(
                Wrong(
                    ("profiles", name), f"{quoted(name)} must be small letters, and its title words in quotes"
                )
            )
            reading.profiles[name] = name


def _table(name: str, document: Mapping[str, object], reading: Reading) -> Mapping[str, object]:
    value = document.get(name, {})
    if isinstance(value, dict):
        return value
    _note(reading, Wrong((name,), f"`{name}` must be a table, written [{name}]"))
    return {}


def _list(name: str, document: Mapping[str, object], reading: Reading) -> list[tuple[int, object]]:
    value = document.get(name, [])
    if isinstance(value, list):
        return list(enumerate(value))
    _note(reading, Wrong((name,), f"`{name}` must be a list of tables, each written [[{name}]]"))
    return []


def _note(reading: Reading, wrong: Wrong) -> None:
    if wrong not in reading.wrong:
        reading.wrong.append(wrong)


def _shaped(table: type[T], value: object, path: Path, reading: Reading) -> T | None:
    try:
        return table.model_validate(value)
    except ValidationError as failure:
        reading.wrong += of_shape(failure, table, path)
        return None
