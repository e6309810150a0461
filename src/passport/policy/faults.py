"""What is wrong with a policy file, on which line, in words a policy officer understands?"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum
from tomllib import TOMLDecodeError
from types import UnionType
from typing import Annotated, get_args, get_origin

from pydantic import BaseModel, ValidationError

from foundation.problems import InvalidError
from foundation.wording import as_list
from passport.policy.places import Path


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that is wrong, and the line on which it stands."""

    line: int
    words: str


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that is wrong, before its line is looked up."""

    path: Path
    words: str


class PolicyFaultsError(InvalidError):
    """The policy cannot be read."""

    title = "This policy cannot be used"

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        super().__init__("\n".join(f"Line {fault.line}: {fault.words}" for fault in faults))


def near(word: object, known: Collection[str]) -> str:
    """Offer the known word that looks most like one that is not known, or name them all where they are few."""
    few = 12
    close = get_close_matches(str(word), known, n=1)
    if close:
        return f"did you mean {quoted(close[0])}?"
    if len(known) <= few:
        return f"known are {as_list([quoted(one) for one in known])}" if known else "none is known"
    return "it is not among those known"


def quoted(word: object) -> str:
    """Set a word of the file off from ours."""
    return f"“{word}”"


_SYNTAX = {
    "Cannot overwrite a value": "this key has been given before",
    "Cannot declare": "this table has been given before, or under another form",
    "Cannot mutate": "this table has been given before, or under another form",
    "Cannot expand": "this table has been given before, or under another form",
    "Cannot redefine": "this table has been given before, or under another form",
    "Duplicate inline table key": "this key has been given before",
    "Invalid value": "the value is not one: words stand in quotes, a day is written 2026-01-31",
    "Expected '=' after a key": "a key is followed by = and its value",
    "Expected newline or end of document": "something stands after the value that does not belong there",
    "Invalid date or datetime": "there is no such day",
    "Unclosed array": "the list is not closed with ]",
    "Unclosed inline table": "the table is not closed with }",
    "Unterminated string": "the quotes are not closed",
    "Illegal character": "the quotes are not closed on the same line, or a character is not allowed here",
    "Invalid statement": "this is neither a key nor the name of a table",
    "Invalid initial character": "this is neither a key nor the name of a table",
    "Expected ']'": "the name of a table is not closed with ]",
    "Expected ']]'": "the name of a table is not closed with ]]",
}  # fmt: skip


def of_syntax(failure: TOMLDecodeError, text: str) -> Fault:
    """Say why a text is not TOML at all."""
    said = str(failure)
    at = re.search(r"\(at line (\d+)", said)
    line = int(at[1]) if at else max(1, len(text.splitlines()))
    reason = said.partition(" (at ")[0]
    words = next((words for start, words in _SYNTAX.items() if reason.startswith(start)), None)
    return Fault(line, words or f"this is not TOML: {reason}")


@dataclass(frozen=True, slots=True)
class Misfit:
    """What the library says of one value that does not fit: in which of its ways, where, and what was given."""

    way: str
    at: Path
    given: object
    limit: object
    said: str


def of_shape(failure: ValidationError, table: type[BaseModel], inside: Path) -> Iterator[Wrong]:
    """Say what does not fit in a table that stands at a path."""
    for error in failure.errors(include_url=False):
        limit = next(iter(error.get("ctx", {}).values()), None)
        misfit = Misfit(error["type"], error["loc"], error["input"], limit, error["msg"])
        yield Wrong((*inside, *misfit.at), _words(misfit, table))


def _words(misfit: Misfit, table: type[BaseModel]) -> str:
    saying = _SAYINGS.get(misfit.way)
    if saying is not None:
        return f"{_name(misfit.at)} {saying(misfit, table)}"
    return f"{_name(misfit.at)} {_TYPES.get(misfit.way, 'cannot be read: ' + misfit.said)}"


def _not_known(misfit: Misfit, table: type[BaseModel]) -> str:
    known = _table_at(table, misfit.at[:-1]).model_fields
    return f"is not a key of this table; {near(misfit.at[-1], known)}"


def _not_a_choice(misfit: Misfit, table: type[BaseModel]) -> str:
    choices = [str(member.value) for member in _enum_at(table, misfit.at)]
    return f"is {quoted(misfit.given)}; {near(misfit.given, choices)}"


def _not_the_pattern(misfit: Misfit, _table: type[BaseModel]) -> str:
    return f"is {quoted(misfit.given)}; {_PATTERNS.get(str(misfit.at[0]), _ONE_LINE)}"


_ONE_LINE = "it must be words on one line, and not empty"
_PATTERNS: Mapping[str, str] = {
    "code": "a code is capitals, digits and hyphens, such as PPST or PLP-STAGE-1",
    "prerequisites": "a code is capitals, digits and hyphens, such as PPST or PLP-STAGE-1",
    "satisfied_by": "a code is capitals, digits and hyphens, such as PPST or PLP-STAGE-1",
    "applies_to": "a role profile is small letters, such as roads policing; other words stand on one line",
}
_TYPES: Mapping[str, str] = {
    "string_type": "must be words in quotes",
    "int_type": "must be a whole number",
    "int_parsing_size": "must be a whole number, and not so long",
    "float_type": "must be a number",
    "finite_number": "must be a number",
    "bool_type": "must be true or false",
    "date_type": "must be a day, without quotes, such as 2026-01-31",
    "list_type": 'must be a list, such as ["one", "another"]',
    "model_type": "must be a table of its own",
    "missing": "is missing",
    "too_short": "must name at least one",
}
_SAYINGS: Mapping[str, Callable[[Misfit, type[BaseModel]], str]] = {
    "extra_forbidden": _not_known,
    "enum": _not_a_choice,
    "string_pattern_mismatch": _not_the_pattern,
    "greater_than_equal": lambda misfit, _: f"must be at least {misfit.limit}",
    "greater_than": lambda misfit, _: f"must be more than {misfit.limit}",
    "less_than_equal": lambda misfit, _: f"must be at most {misfit.limit}",
    "value_error": lambda misfit, _: f"is {quoted(misfit.given)}; a day of the year is written 31 March",
    "string_too_long": lambda misfit, _: f"must be at most {misfit.limit} characters long",
}


def _name(path: Path) -> str:
    """Name a key by its own name; an item of a list by its list's."""
    words = [str(part) for part in path if isinstance(part, str)]
    return f"`{words[-1]}`" if words else "this"


def _table_at(table: type[BaseModel], path: Path) -> type[BaseModel]:
    for part in path:
        if isinstance(part, str):
            found = next(
                one for one in _parts(table.model_fields[part].annotation) if issubclass(one, BaseModel)
            )
            table = found
    return table


def _enum_at(table: type[BaseModel], path: Path) -> type[Enum]:
    keys = [part for part in path if isinstance(part, str)]
    field = _table_at(table, tuple(keys[:-1])).model_fields[keys[-1]]
    return next(one for one in _parts(field.annotation) if issubclass(one, Enum))


def _parts(annotation: object) -> Iterator[type]:
    """Take a type apart: what is optional, in a list or annotated is looked into."""
    if get_origin(annotation) in {Annotated, UnionType, list} or get_args(annotation):
        for inner in get_args(annotation):
            yield from _parts(inner)
    elif isinstance(annotation, type):
        yield annotation
