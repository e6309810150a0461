"""What does each permission show, on which routes and field by field? `matrix.toml` says it; this reads it."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from access.permission_map import PERMISSION_MAP, WITHOUT_SIGNING_IN
from access.permissions import Permission
from access.predicates import Relation
from access.roles import Role

_DATA = Path(__file__).with_name("matrix.toml")
Toml = Mapping[str, object]


class Verdict(StrEnum):
    """How much somebody sees; whoever has none sees nothing at all."""

    FULL = "full"
    STATUS = "status"
    FIGURES = "figures"
    ADD = "add"
    ACT = "act"


class Way(StrEnum):
    """In which way a route leads to a record."""

    READ = "read"
    LIST = "list"
    SEARCH = "search"
    EXPORT = "export"
    PDF = "pdf"
    WRITE = "write"


class Stance(StrEnum):
    """How somebody may stand to whoever asks."""

    ONESELF = "oneself"
    REPORT = "my report"
    COVERED = "my report by cover"
    FORMER = "former report"
    SAME_UNIT = "same unit"
    SAME_FORCE = "same force"
    PROTECTED_NEAR = "protected, same unit"
    PROTECTED_AFAR = "protected, another unit"
    MANAGER = "my own manager"
    ANOTHER_FORCE = "another force"
    IN_NO_FORCE = "in no force"


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom a relation reaches: in words, and every stance it does; the others it does not."""

    relation: Relation
    words: str
    reaches: frozenset[Stance]


@dataclass(frozen=True, slots=True)
class Route:
    """One method of one address, and the way in which it leads to what it shows."""

    method: str
    path: str
    way: Way

    @property
    def is_for_programs(self) -> bool:
        """Say whether programs call it, rather than people."""
        return self.path.startswith("/api/v1/")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the matrix: a role, or anyone at all, whom it reaches, and how much it sees."""

    role: Role | None
    relation: Relation
    verdict: Verdict
    permission: Permission | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of data: what it is, why it is as it is, and who sees how much of it where."""

    name: str
    what: str
    why: str
    is_confidential: bool
    cells: Sequence[Cell]
    routes: Sequence[Route]
    shapes: Mapping[str, frozenset[str]]

    @property
    def permissions(self) -> frozenset[Permission]:
        """Return every permission that shows something of it."""
        return frozenset(cell.permission for cell in self.cells if cell.permission)

    @property
    def is_kept(self) -> bool:
        """Say whether the service holds it already; of what it does not the rule alone stands here."""
        return bool(self.permissions)


@dataclass(frozen=True, slots=True)
class Matrix:
    """Every kind of data there is, and whom each relation reaches."""

    kinds: Sequence[Kind]
    reaches: Mapping[Relation, Reach]

    def routes(self) -> Iterator[tuple[Kind, Route]]:
        """Walk every route with the kind it belongs to."""
        return ((kind, route) for kind in self.kinds for route in kind.routes)


@cache
def matrix() -> Matrix:
    """Return the matrix.

    :raises ValueError: it names a permission, role, relation, verdict, way or stance that does not exist.
    """
    return read(_DATA.read_text("utf-8"))


def read(text: str) -> Matrix:
    """Return the matrix that a text says."""
    said = tomllib.loads(text)
    reaches = [_reach(one) for one in said["relation"]]
    return Matrix(tuple(_kind(one) for one in said["kind"]), {one.relation: one for one in reaches})


def _reach(said: Mapping[str, object]) -> Reach:
    return Reach(
        Relation(_text(said, "name")), _text(said, "words"), frozenset(map(Stance, _texts(said["reaches"])))
    )


def _kind(said: Toml) -> Kind:
    return Kind(
        name=_text(said, "name"),
        what=_text(said, "what"),
        why=_text(said, "why"),
        is_confidential=said.get("confidential") is True,
        cells=(*_shown(_table(said, "shows")), *_ruled(_table(said, "rules"))),
        routes=tuple(_routes(_table(said, "routes"))),
        shapes={name: frozenset(_texts(fields)) for name, fields in _table(said, "shapes").items()},
    )


def _shown(said: Toml) -> Iterator[Cell]:
    """Walk the cells of what is kept: how much each role sees that holds a permission."""
    for name, how_much in said.items():
        permission = Permission(name)
        by_role = {Role(role): verdict for role, verdict in _table(said, name).items()}
        if stray := by_role.keys() - {role for role, _ in PERMISSION_MAP[permission]}:
            raise ValueError(f"{name} is not held by {', '.join(sorted(stray))}")
        for role, relation in PERMISSION_MAP[permission]:
            verdict = by_role.get(role) if by_role else how_much
            if verdict is not None:
                who = None if permission in WITHOUT_SIGNING_IN else role
                yield Cell(who, relation, Verdict(str(verdict)), permission)


def _ruled(said: Toml) -> Iterator[Cell]:
    """Walk the cells of what is not kept yet."""
    for role, rule in said.items():
        verdict, _, relation = str(rule).partition(": ")
        yield Cell(None if role == "anyone" else Role(role), Relation(relation), Verdict(verdict))


def _routes(said: Toml) -> Iterator[Route]:
    for way, addresses in said.items():
        for address in _texts(addresses):
            method, _, path = address.partition(" ")
            yield Route(method, path, Way(way))


def _text(said: Toml, name: str) -> str:
    found = said[name]
    if not isinstance(found, str):
        raise TypeError(f"{name} is not text")
    return found


def _texts(found: object) -> Sequence[str]:
    if not isinstance(found, list):
        raise TypeError(f"{found} is not a list")
    return [str(one) for one in found]


def _table(said: Toml, name: str) -> Toml:
    found = said.get(name, {})
    return found if isinstance(found, dict) else {}
