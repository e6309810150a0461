"""Which routes does the router really have, with which permission, and what does the API's document say they answer?"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from litestar.routes import ASGIRoute, HTTPRoute

from access.permissions import Permission
from attested.api.written import document
from attested.app import create_litestar


@dataclass(frozen=True, slots=True)
class Door:
    """One method of one address as the router has it."""

    method: str
    path: str
    permission: Permission
    parameters: frozenset[str]

    @property
    def address(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def says_it_reads(self) -> bool:
        return self.permission.value.endswith((": read", ": own", ": find", ": export"))


@cache
def doors() -> tuple[Door, ...]:
    return tuple(sorted(_doors(), key=lambda door: (door.path, door.method)))


def _doors() -> Iterator[Door]:
    for route in create_litestar().routes:
        if isinstance(route, HTTPRoute):
            parameters = frozenset(route.path_parameters)
            for method, (handler, _) in route.route_handler_map.items():
                if method != "OPTIONS":
                    yield Door(method, route.path_format, handler.opt["permission"], parameters)
        elif isinstance(route, ASGIRoute):
            yield Door("GET", route.path_format, route.route_handler.opt["permission"], frozenset())


def door(address: str) -> Door:
    return next(door for door in doors() if door.address == address)


@cache
def described() -> Mapping[str, Any]:
    """The API's document, as it is served."""
    found: Mapping[str, Any] = json.loads(document())
    return found


def operations() -> Mapping[str, Any]:
    """Every operation of the API by its address."""
    return {
        f"{method.upper()} {path}": operation
        for path, item in described()["paths"].items()
        for method, operation in item.items()
    }


def answered(address: str) -> object:
    """The schema of what an operation answers, or None where it answers no JSON."""
    answers = operations()[address]["responses"]
    good = next(answer for status, answer in answers.items() if status < "300")
    return good.get("content", {}).get("application/json", {}).get("schema")


def shapes_in(schema: object) -> frozenset[str]:
    """The names of every object that a schema may hold, at any depth."""
    found: set[str] = set()
    waiting = [schema]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            name = str(one.get("$ref", "")).rpartition("/")[2]
            if name and name not in found and "properties" in component(name):
                found.add(name)
                waiting.append(component(name))
            waiting += list(one.values())
    return frozenset(found)


def component(name: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = described()["components"]["schemas"][name]
    return found


def strays(schema: object, value: object, at: str = "") -> list[str]:
    """Return where a value of the API has a field too many or too few, by its schema, at any depth."""
    if isinstance(value, list):
        return [found for one in value for found in strays(_items(schema), one, f"{at}[]")]
    if not isinstance(value, dict):
        return []
    fields = _fields(schema)
    if fields is None:
        return []
    found = [f"{at}.{name}" for name in sorted(fields.keys() ^ value.keys())]
    return found + [
        stray
        for name, one in value.items()
        if name in fields
        for stray in strays(fields[name], one, f"{at}.{name}")
    ]


def _resolved(schema: object) -> Mapping[str, Any]:
    if not isinstance(schema, dict):
        return {}
    if "$ref" in schema:
        return component(str(schema["$ref"]).rpartition("/")[2])
    for one in (*schema.get("oneOf", ()), *schema.get("anyOf", ()), *schema.get("allOf", ())):
        if one.get("type") != "null":
            return _resolved(one)
    return schema


def _items(schema: object) -> object:
    return _resolved(schema).get("items")


def _fields(schema: object) -> Mapping[str, Any] | None:
    found = _resolved(schema).get("properties")
    return found if isinstance(found, dict) else None
