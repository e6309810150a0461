"""How is the matrix told to people: row by row for a kind of data, and all at once for a role?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from access.matrix import Cell, Kind, Route, Verdict, matrix
from access.predicates import Relation
from access.roles import Role

ANYONE = "anyone, signed in or not"
EVERYONE = "everyone"
SEES: Mapping[Verdict, str] = {
    Verdict.FULL: "everything",
    Verdict.STATUS: "in short: that it is so, and until when",
    Verdict.FIGURES: "figures only",
    Verdict.ADD: "may add",
    Verdict.ACT: "may act",
}
OF_WHOM: Mapping[Relation, str] = {
    Relation.NOBODY: "nobody in particular",
    Relation.SELF: "themselves",
    Relation.MY_REPORTS: "those they supervise today",
    Relation.MY_FORCE: "the force, or unit, the role is for",
    Relation.ANY_FORCE: "every force",
    Relation.SHARED: "whoever shared it with them",
}


@dataclass(frozen=True, slots=True)
class Row:
    """Who sees how much, of whom."""

    who: str
    sees: str
    of_whom: str


@dataclass(frozen=True, slots=True)
class Told:
    """A kind of data as it is told: its sentences, its rows, and where it is found."""

    kind: Kind
    rows: Sequence[Row]
    pages: Sequence[Route]
    endpoints: Sequence[Route]

    @property
    def anchor(self) -> str:
        """Return the name by which a link finds it."""
        return "".join(sign if sign.isalnum() else "-" for sign in self.kind.name.lower()).strip("-")


@dataclass(frozen=True, slots=True)
class Part:
    """Kinds of data that belong together."""

    title: str
    kinds: Sequence[Told]


@dataclass(frozen=True, slots=True)
class RoleTold:
    """What one role reaches, kind by kind, beyond what everyone sees of themselves."""

    role: str
    rows: Sequence[tuple[str, Row]]


def parts() -> Sequence[Part]:
    """Return the whole matrix: what is kept, what is kept in confidence, and what is not kept yet."""
    kinds = [told(kind) for kind in matrix().kinds]
    return (
        Part("In confidence", [one for one in kinds if one.kind.is_confidential]),
        Part("At work", [one for one in kinds if one.kind.is_kept and not one.kind.is_confidential]),
        Part("Not shown here yet", [one for one in kinds if not one.kind.is_kept]),
    )


def told(kind: Kind) -> Told:
    """Tell one kind of data."""
    return Told(
        kind,
        rows(kind.cells),
        [one for one in kind.routes if not one.is_for_programs],
        [one for one in kind.routes if one.is_for_programs],
    )


def rows(cells: Iterable[Cell]) -> Sequence[Row]:
    """Return a row for each role and relation, with all that they see."""
    found: dict[tuple[str, str], list[str]] = {}
    for cell in cells:
        words = found.setdefault((who(cell.role), OF_WHOM[cell.relation]), [])
        if SEES[cell.verdict] not in words:
            words.append(SEES[cell.verdict])
    return [Row(name, "; ".join(words), of_whom) for (name, of_whom), words in found.items()]


def roles() -> Sequence[RoleTold]:
    """Return what each role reaches; what everyone may is told once, under everyone."""
    return [
        RoleTold(who(role), [(kind.name, row) for kind in matrix().kinds for row in _of(role, kind)])
        for role in Role
    ]


def who(role: Role | None) -> str:
    """Return how a role is called where it is told of."""
    if role is None:
        return ANYONE
    return EVERYONE if role is Role.OFFICER else role.value


def _of(role: Role, kind: Kind) -> Sequence[Row]:
    return rows(cell for cell in kind.cells if cell.role is role)
