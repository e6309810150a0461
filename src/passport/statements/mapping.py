"""What does the mapping of a force say of its learning system's statements: whose accounts, and what each activity meets?"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import msgspec

from foundation.intake.mapping import MAPPINGS, read_source, section
from passport.statements.rules import Mapped, Numbers

TABLE = "statements"
PASSED = "http://adlnet.gov/expapi/verbs/passed"


class Activity(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One verb of one activity, and the requirement that it meets; none says that it is of no interest."""

    activity: str
    requirement: str | None = None
    verb: str = PASSED
    needs_success: bool = False
    least_score: float | None = None
    hours: float | None = None


class StatementTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The table [statements] of a mapping, as it is written."""

    accounts: dict[str, Numbers] = {}
    activities: list[Activity] = []


@dataclass(frozen=True, slots=True)
class StatementMapping:
    """Whose numbers the accounts under each home page carry, and what each verb of an activity means."""

    accounts: Mapping[str, Numbers]
    activities: tuple[Mapped, ...]


NONE = StatementMapping({}, ())


def mapping_of(slug: str, folder: Path = MAPPINGS) -> StatementMapping:
    """Read the table [statements] of a force's mapping; a force without one maps everything on its page.

    :raises MappingError: something in it cannot be used; with its line.
    """
    if not (folder / f"{slug}.toml").is_file():
        return NONE
    source = read_source(slug, folder)
    if f"[{TABLE}" not in source.text:
        return NONE
    table = section(source, TABLE, StatementTable)
    return StatementMapping(
        {home.rstrip("/"): numbers for home, numbers in table.accounts.items()},
        tuple(_mapped(one) for one in table.activities),
    )


def _mapped(one: Activity) -> Mapped:
    return Mapped(
        activity=one.activity,
        verb=one.verb,
        requirement=one.requirement,
        needs_success=one.needs_success,
        least_score=None if one.least_score is None else Decimal(str(one.least_score)),
        hours=None if one.hours is None else Decimal(str(one.hours)),
    )
