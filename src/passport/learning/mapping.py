"""How is the extract of a force's learning system to be read?"""

from dataclasses import dataclass
from datetime import date

import msgspec

from foundation.intake.cells import Words
from foundation.intake.dates import DateOrder
from foundation.intake.mapping import Headings, Source, columns, section
from foundation.intake.table import Column

TABLE = "learning"
COLUMNS = {"payroll": True, "course": True, "completed_on": True, "status": False, "hours": False}


class Statuses(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which words say that something was completed, and which that it was not."""

    completed: list[str] = []
    not_completed: list[str] = []


class LearningTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The table [learning] of a mapping, as it is written."""

    columns: dict[str, Headings]
    courses: dict[str, str]
    source: str
    statuses: Statuses = Statuses()
    other_courses: dict[str, str] = {}
    user_prefixes: dict[str, str] = {}
    payroll_pattern: str = r"\S+"
    hours: str = "a decimal"
    date_order: DateOrder = DateOrder.DAY_FIRST
    earliest: date = date(1970, 1, 1)
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class LearningMapping:
    """The table [learning], checked and ready to look words up in. A status says whether it is a completion."""

    columns: tuple[Column, ...]
    statuses: Words[bool]
    courses: Words[str]
    other_courses: Words[str]
    table: LearningTable


HOURS = ("a decimal", "hours and minutes", "hours and minutes, or a decimal", "minutes")


def learning_mapping(source: Source) -> LearningMapping:
    """Read the table [learning] of a mapping.

    :raises MappingError: something in it cannot be used; with its line.
    """
    table = section(source, TABLE, LearningTable)
    source.check_encoding(table.encoding, TABLE)
    found = columns(source, f"{TABLE}.columns", table.columns, COLUMNS)
    source.known([table.hours], HOURS, TABLE)
    if "status" in table.columns and not table.statuses.completed:
        raise source.fault("no status is named that means completed", TABLE, "statuses", "completed")
    statuses = dict.fromkeys(table.statuses.not_completed, False) | dict.fromkeys(
        table.statuses.completed, True
    )
    return LearningMapping(
        columns=found,
        statuses=Words(statuses),
        courses=Words(table.courses),
        other_courses=Words(table.other_courses),
        table=table,
    )
