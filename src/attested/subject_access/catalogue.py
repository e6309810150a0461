"""What is held on a person, table by table, and how is it given to them?"""

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path

import msgspec

WRITTEN = Path(__file__).with_name("held.toml")


class Part(StrEnum):
    """The parts of a copy: what is given at once, and what somebody judges first."""

    GENERAL = "general"
    HEALTH = "health"
    VETTING = "vetting"


class Each(StrEnum):
    """Whether what is judged is judged row by row, or all of a table as one."""

    ROW = "row"
    TABLE = "table"


class By(StrEnum):
    """What is read by a statement of its own."""

    AUDIT_ABOUT = "audit about you"
    AUDIT_BY = "audit by you"
    WORDS_ABOUT = "words about you"


class Held(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One section of a copy: the rows of one table that are about a person, and what of them is given."""

    table: str
    kind: str
    section: str
    words: str = ""
    whose: str = ""
    columns: Mapping[str, str] = {}
    as_role: Mapping[str, str] = {}
    free: tuple[str, ...] = ()
    unsaid: Mapping[str, str] = {}
    part: Part = msgspec.field(name="wall", default=Part.GENERAL)
    each: Each = Each.TABLE
    key: str = "id"
    by: By | None = None

    @property
    def accounted(self) -> frozenset[str]:
        """Return the columns about which this entry says something."""
        return frozenset({self.whose, *self.columns, *self.as_role, *self.unsaid} - {""})


class LeftOut(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table that refers to people and is not given, with the reason."""

    table: str
    columns: tuple[str, ...]
    why: str


class Catalogue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole of held.toml."""

    held: tuple[Held, ...]
    left_out: tuple[LeftOut, ...]

    def of(self, part: Part) -> tuple[Held, ...]:
        """Return the sections of one part."""
        return tuple(one for one in self.held if one.part is part)

    def accounted(self) -> Mapping[str, frozenset[str]]:
        """Return the columns of every table about which this page says something."""
        said: dict[str, frozenset[str]] = {}
        for one in self.held:
            said[one.table] = said.get(one.table, frozenset()) | one.accounted
        for other in self.left_out:
            said[other.table] = said.get(other.table, frozenset()) | frozenset(other.columns)
        return said


@cache
def catalogue() -> Catalogue:
    """Return what is held, as it is written down.

    :raises msgspec.ValidationError: what is written cannot be used.
    """
    return msgspec.convert(tomllib.loads(WRITTEN.read_text("utf-8")), Catalogue)
