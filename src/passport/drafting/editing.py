"""How is one part of a policy file changed, with its comments and its order kept?"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

import tomlkit
from tomlkit.items import AoT, Table
from tomlkit.toml_document import TOMLDocument

from passport.drafting.errors import NoSuchPartError
from passport.policy.reading import LINKS
from passport.policy.shape import RequirementTable, TermTable

HEAD = ("number", "title", "begins_on")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a policy that is changed as one: a requirement or a term by its name, its head, or all of it."""

    kind: str
    name: str = ""


WHOLE, TOP = Part("whole"), Part("top")


def requirement(code: str) -> Part:
    """Return the part that a requirement is."""
    return Part("requirement", code)


def term(key: str) -> Part:
    """Return the part that a term is."""
    return Part("terms", key)


def said_of(text: str, part: Part) -> object:
    """Return what a text says of a part, or None; what is equal has not been changed."""
    document = tomllib.loads(text)
    match part.kind:
        case "requirement":
            return next((one for one in document.get("requirement", []) if one["code"] == part.name), None)
        case "terms":
            return document.get("terms", {}).get(part.name)
        case "top":
            return [document.get(key) for key in HEAD]
        case _:
            return document


def with_head(text: str, *, number: int, title: str, begins_on: date) -> str:
    """Return a policy with another head."""
    document = tomlkit.parse(text)
    _put(document, {"number": number, "title": title, "begins_on": begins_on}, keep=True)
    return tomlkit.dumps(document)


def with_requirement(text: str, code: str | None, wanted: RequirementTable) -> str:
    """Return a policy with a requirement in another form, or with one more at its end.

    :raises NoSuchPartError: there is none with that code.
    """
    document = tomlkit.parse(text)
    if code is None:
        fresh = tomlkit.table()
        _put(fresh, _plain(wanted))
        _requirements(document).append(fresh)
    else:
        _put(_requirement(document, code), _plain(wanted))
    return tomlkit.dumps(document)


def without_requirement(text: str, code: str) -> str:
    """Return a policy without a requirement, which no other names any more.

    :raises NoSuchPartError: there is none with that code.
    """
    document = tomlkit.parse(text)
    every = _requirements(document)
    every.remove(_requirement(document, code))
    for one in every:
        for key in LINKS:
            named = one.get(key, [])
            if code in named:
                _put(one, {key: [name for name in named if name != code]}, keep=True)
    return tomlkit.dumps(document)


def naming(text: str, code: str) -> tuple[str, ...]:
    """Return the codes of the requirements that name another as what they need or are also met by."""
    return tuple(
        one["code"]
        for one in tomllib.loads(text).get("requirement", [])
        if any(code in one.get(key, ()) for key in LINKS)
    )


def with_term(text: str, key: str, wanted: TermTable) -> str:
    """Return a policy with a term in another form.

    :raises NoSuchPartError: it has no such term.
    """
    document = tomlkit.parse(text)
    terms = document.get("terms", {})
    if key not in terms:
        raise NoSuchPartError
    _put(terms[key], _plain(wanted))
    return tomlkit.dumps(document)


def _requirements(document: TOMLDocument) -> AoT:
    found = document["requirement"]
    if not isinstance(found, AoT):
        raise NoSuchPartError
    return found


def _requirement(document: TOMLDocument, code: str) -> Table:
    for one in _requirements(document):
        if isinstance(one, Table) and one["code"] == code:
            return one
    raise NoSuchPartError


def _plain(wanted: RequirementTable | TermTable) -> Mapping[str, object]:
    """Return a table as TOML has it: what is as usual is left out."""
    said = _worth(wanted.model_dump(exclude_none=True, exclude_defaults=True))
    tables = [key for key, value in said.items() if isinstance(value, dict)]
    plain = [key for key in said if key not in {"code", "title", "source", "tag", *tables}]
    order = ("code", "title", *plain, "source", "tag", *tables)
    return {key: said[key] for key in order if key in said}


def _worth(values: Mapping[str, object]) -> dict[str, object]:
    return {key: _value(value) for key, value in values.items()}


def _value(value: object) -> object:
    if isinstance(value, dict):
        return _worth(value)
    if isinstance(value, list):
        return [_value(one) for one in value]
    if isinstance(value, Enum):
        return str(value.value)
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _put(table: Table | TOMLDocument, wanted: Mapping[str, object], *, keep: bool = False) -> None:
    """Bring a table to what is wanted, touching only what differs; `keep` leaves keys that are not named."""
    for key in [] if keep else [key for key in table if key not in wanted]:
        del table[key]
    for key, value in wanted.items():
        there = table.get(key)
        if isinstance(value, dict):
            if there is None:
                table[key] = tomlkit.table()
            _put(table[key], value)
        elif there is None or there != value:
            table[key] = value
