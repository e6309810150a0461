"""What does a draft become when the version it started from is no longer the one in force?"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

import tomlkit
from tomlkit.items import Table

from passport.policy.shape import TABLES


@dataclass(frozen=True, slots=True)
class Merged:
    """A draft brought to another version: its text, and the parts that both had changed, where the draft's own stand."""

    text: str
    both: tuple[str, ...]


def merged(base: str, draft: str, onto: str) -> Merged:
    """Return a version with what a draft changes of its base, part by part: requirements, terms, profiles, absences.

    Where the version and the draft both changed a part, the draft's form stands and the part is named.
    """
    document = tomlkit.parse(onto)
    parts = {name: tuple(_parts(text, name) for text in (base, draft, onto)) for name in TABLES}
    both = [
        f"{name} {key}"
        for name, (before, ours, theirs) in parts.items()
        for key in _differing(before, ours)
        if before.get(key) != theirs.get(key) and ours.get(key) != theirs.get(key)
    ]
    for name, (before, ours, theirs) in parts.items():
        for key in _differing(before, ours):
            if ours.get(key) != theirs.get(key):
                _settle(document, name, key, _found(tomlkit.parse(draft), name, key))
    return Merged(tomlkit.dumps(document), tuple(both))


def _parts(text: str, name: str) -> dict[str, object]:
    return dict(_named(tomllib.loads(text).get(name, {})))


def _named(value: object) -> list[tuple[str, object]]:
    if isinstance(value, Mapping):
        return list(value.items())
    if isinstance(value, list):
        return [(_key(one), one) for one in value]
    return []


def _key(one: Mapping[str, object]) -> str:
    return str(one.get("code") or one.get("kind"))


def _differing(before: Mapping[str, object], ours: Mapping[str, object]) -> list[str]:
    return [key for key in {**before, **ours} if before.get(key) != ours.get(key)]


def _found(document: tomlkit.TOMLDocument, name: str, key: str) -> object:
    return dict(_named(document.get(name, {}))).get(key)


def _settle(document: tomlkit.TOMLDocument, name: str, key: str, ours: object) -> None:
    """Put a part of the draft in the place of the version's, at the end where it is new, or take it out."""
    there = document.get(name)
    if there is None:
        document[name] = there = (
            tomlkit.aot() if isinstance(ours, Table) and "code" in ours else tomlkit.table()
        )
    if isinstance(there, list):
        place = next((place for place, one in enumerate(there) if _key(one) == key), None)
        if ours is None and place is not None:
            del there[place]
        elif ours is not None and place is None:
            there.append(ours)
        elif ours is not None and place is not None:
            there[place] = ours
    elif ours is None:
        there.pop(key, None)
    else:
        there[key] = ours
