"""What does a force's mapping say, and on which line of it is the fault if it cannot be used?"""

import re
import tomllib
from codecs import lookup
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

import msgspec

from foundation.intake.errors import MappingError
from foundation.intake.table import Column

T = TypeVar("T")
MAPPINGS = Path(__file__).resolve().parents[3] / "mappings"
_AT = re.compile(r" - at `(key in )?\$\.?(?P<path>.*)`$")
_UNKNOWN_FIELD = re.compile(r"unknown field `(?P<field>[^`]*)`")
_TABLE = re.compile(r"\s*\[(?P<name>[^\[\]]+)\]")

Headings = str | list[str]


@dataclass(frozen=True, slots=True)
class Source:
    """A mapping's text, so that a fault in it can be shown with its line."""

    name: str
    text: str

    @property
    def words(self) -> str:
        """Return which mapping this is, down to the letter."""
        return f"{self.name} ({sha256(self.text.encode()).hexdigest()[:12]})"

    def fault(self, what: str, *path: str) -> MappingError:
        """Return the error that names the line on which a key stands, and what is wrong with it."""
        return MappingError(f"{self.name}, line {line_of(self.text, path)}: {what}")

    def check_encoding(self, name: str | None, table: str) -> None:
        """Refuse an encoding that nobody has heard of."""
        try:
            lookup(name or "utf-8")
        except LookupError:
            raise self.fault(f"there is no encoding “{name}”", table, "encoding") from None

    def known(self, words: Iterable[str], allowed: Iterable[str], *path: str) -> None:
        """Refuse words that are not among those allowed; `path` leads to the table whose values they are."""
        choices = sorted(set(allowed))
        for word in words:
            if word not in choices:
                near = get_close_matches(word, choices, n=1)
                hint = f"is it “{near[0]}”?" if near else f"it is one of {', '.join(choices)}"
                raise MappingError(
                    f"{self.name}, line {line_of(self.text, path, value=word)}: “{word}” is not known here; {hint}"
                )


def read_source(slug: str, folder: Path = MAPPINGS) -> Source:
    """Read the mapping of a force.

    :raises MappingError: the force has none.
    """
    path = folder / f"{slug}.toml"
    try:
        return Source(path.name, path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise MappingError(
            f"There is no mapping {path.name}: docs/mappings.md says how to write one."
        ) from None
    except UnicodeDecodeError as fault:
        raise MappingError(f"{path.name} is not written in UTF-8: {fault.reason}.") from None


def section(source: Source, name: str, shape: type[T]) -> T:
    """Read one table of a mapping into its shape.

    :raises MappingError: the text is no TOML, the table is missing, or something in it does not fit; with its line.
    """
    try:
        document = tomllib.loads(source.text)
    except tomllib.TOMLDecodeError as fault:
        line = re.search(r"at line (\d+)", str(fault))
        number = line[1] if line else len(source.text.splitlines())
        raise MappingError(f"{source.name}, line {number}: {fault}") from None
    if name not in document:
        raise MappingError(f"{source.name} has no table [{name}].")
    try:
        return msgspec.convert(document[name], shape)
    except msgspec.ValidationError as fault:
        raise _located(source, name, str(fault)) from None


def columns(
    source: Source, table: str, said: Mapping[str, Headings], asked: Mapping[str, bool]
) -> tuple[Column, ...]:
    """Turn a mapping's table of columns into what to look for; `asked` says which there are and which must be there."""
    for name in said:
        if name not in asked:
            source.known([name], asked, *table.split("."))
    for name, is_required in asked.items():
        if is_required and name not in said:
            raise source.fault(f"no column is named for “{name}”", *table.split("."))
    return tuple(
        Column(name, (headings,) if isinstance(headings, str) else tuple(headings), is_required=asked[name])
        for name, headings in said.items()
    )


def line_of(text: str, path: tuple[str, ...], *, value: str | None = None) -> int:
    """Return the line of a mapping on which a key stands, or its table, or within that table a value."""
    best, inside = 1, ""
    for number, line in enumerate(text.splitlines(), start=1):
        if table := _TABLE.match(line):
            inside = table["name"].replace('"', "").replace(" ", "")
            if ".".join(path).startswith(inside):
                best = number
        dotted = ".".join(path)
        if value is not None and inside == dotted and value in line.partition("#")[0]:
            return number
        key = line.partition("=")[0].strip().strip("\"'")
        if value is None and "=" in line and f"{inside}.{key}" == dotted:
            return number
    return best


def _located(source: Source, name: str, fault: str) -> MappingError:
    at = _AT.search(fault)
    path = [part for part in re.split(r"[.\[\]]+", at["path"]) if part and part != "..."] if at else []
    unknown = _UNKNOWN_FIELD.search(fault)
    if unknown:
        path.append(unknown["field"])
    return source.fault(_AT.sub("", fault), name, *path)
