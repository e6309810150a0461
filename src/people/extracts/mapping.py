"""How is a force's personnel extract to be read?"""

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from foundation.intake.cells import Words, folded
from foundation.intake.dates import DateOrder
from foundation.intake.mapping import Headings, Source, columns, section
from foundation.intake.table import Column
from people.posts.rules import AbsenceKind, Kind, Rank, RankBasis

TABLE = "hr"
# Which columns there can be, and which there must be.
COLUMNS = {
    "payroll": True,
    "name": False, "family_name": False, "given_names": False, "known_as": False, "email": False,
    "kind": True, "rank": True, "unit": True,
    "collar": False, "supervisor": False, "started_on": False, "force": False, "fte": False, "absence": False,
}  # fmt: skip
RANKED = (Kind.OFFICER, Kind.SPECIAL_CONSTABLE)


class HrTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The table [hr] of a mapping, as it is written."""

    columns: dict[str, Headings]
    kinds: dict[str, str]
    ranks: dict[str, str]
    absences: dict[str, str]
    units: dict[str, list[str]]
    payroll_pattern: str = r"\S+"
    collar_prefixes: list[str] = []
    force_names: list[str] = []
    name_order: str = "family, given"
    date_order: DateOrder = DateOrder.DAY_FIRST
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class HeldRank:
    """A rank and the footing on which it is held."""

    rank: Rank
    basis: RankBasis


@dataclass(frozen=True, slots=True)
class HrMapping:
    """The table [hr], checked and ready to look words up in."""

    columns: tuple[Column, ...]
    kinds: Words[Kind]
    ranks: Words[HeldRank]
    absences: Words[AbsenceKind]
    units: Words[tuple[str, ...]]
    table: HrTable


NAME_ORDERS = ("family, given", "given family", "family given")


def hr_mapping(source: Source) -> HrMapping:
    """Read the table [hr] of a mapping.

    :raises MappingError: something in it cannot be used; with its line.
    """
    table = section(source, TABLE, HrTable)
    source.check_encoding(table.encoding, TABLE)
    found = columns(source, f"{TABLE}.columns", table.columns, COLUMNS)
    if "name" not in table.columns and not {"family_name", "given_names"} <= set(table.columns):
        raise source.fault(
            "name the column “name”, or both “family_name” and “given_names”", TABLE, "columns"
        )
    source.known([table.name_order], NAME_ORDERS, TABLE)
    source.known(table.kinds.values(), Kind, TABLE, "kinds")
    source.known(table.absences.values(), AbsenceKind, TABLE, "absences")
    return HrMapping(
        columns=found,
        kinds=Words({word: Kind(kind) for word, kind in table.kinds.items()}),
        ranks=Words(_ranks(source, table.ranks)),
        absences=Words({word: AbsenceKind(kind) for word, kind in table.absences.items()}),
        units=Words({word: tuple(sorted(profiles)) for word, profiles in table.units.items()}),
        table=table,
    )


def _ranks(source: Source, said: Mapping[str, str]) -> dict[str, HeldRank]:
    """Read `sergeant`, or `acting sergeant`; each rank's own name always counts."""
    allowed = {rank.value: HeldRank(rank, RankBasis.SUBSTANTIVE) for rank in Rank}
    allowed |= {f"{basis} {rank}": HeldRank(rank, basis) for basis in RankBasis for rank in Rank}
    source.known((folded(rank) for rank in said.values()), allowed, TABLE, "ranks")
    return allowed | {word: allowed[folded(rank)] for word, rank in said.items()}
