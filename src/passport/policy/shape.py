"""What may stand in a policy file, table by table?"""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from passport.policy.phrases import read_day_of_year
from passport.policy.rules import Anchor, Duty, Effect, EvidenceTag, Overridable
from people.posts.rules import AbsenceKind, Kind, Rank

LONGEST_MONTHS = 600
LONGEST_DAYS = 3650


def _day_of_year(words: str) -> str:
    if read_day_of_year(words) is None:
        raise ValueError(words)
    return words


Words = Annotated[
    str, StringConstraints(max_length=1000, pattern=r"^[^\x00-\x1f\x7f]*[^\x00-\x20\x7f][^\x00-\x1f\x7f]*$")
]
DayOfYear = Annotated[Words, AfterValidator(_day_of_year)]
Code = Annotated[str, StringConstraints(max_length=40, pattern=r"^[A-Z0-9][A-Z0-9-]*$")]
Name = Annotated[str, StringConstraints(max_length=60, pattern=r"^[a-z][a-z0-9 -]*$")]
Months = Annotated[int, Field(ge=1, le=LONGEST_MONTHS)]
Days = Annotated[int, Field(ge=0, le=LONGEST_DAYS)]
Hours = Annotated[float, Field(gt=0, le=1000, allow_inf_nan=False)]
Percent = Annotated[float, Field(gt=0, le=100, allow_inf_nan=False)]
Number = Annotated[int, Field(ge=1, le=10_000_000)]

# TOML knows no words of ours: each is read from its text.
AnyKind = Annotated[Kind, Field(strict=False)]
AnyRank = Annotated[Rank, Field(strict=False)]
AnyEffect = Annotated[Effect, Field(strict=False)]
AnyAnchor = Annotated[Anchor, Field(strict=False)]
AnyDuty = Annotated[Duty, Field(strict=False)]
AnyTag = Annotated[EvidenceTag, Field(strict=False)]
AnySetting = Annotated[Overridable, Field(strict=False)]
AnyAbsence = Annotated[AbsenceKind, Field(strict=False)]


class Table(BaseModel):
    """A table of the file: every key known, every value of its type, nothing guessed."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Sourced(Table):
    """A table that says where its values come from, and how sure that is."""

    source: Words
    tag: AnyTag


class HeadTable(Table):
    """What stands at the top of the file; the tables below are read one by one."""

    number: Annotated[int, Field(ge=1, le=1_000_000)]
    title: Words
    begins_on: date


class TermTable(Sourced):
    """One term. Which of the units it takes is its own affair: see `terms`."""

    title: Words
    months: Months | None = None
    weeks: Annotated[int, Field(ge=1, le=520)] | None = None
    days: Days | None = None
    hours: Hours | None = None
    percent: Percent | None = None
    a_year: Number | None = None
    people: Number | None = None
    days_before: Annotated[list[Annotated[int, Field(ge=1, le=366)]], Field(min_length=1)] | None = None


class AbsenceTable(Sourced):
    """A kind of absence that pauses."""

    kind: AnyAbsence
    counts_after_days: Days = 0


class AppliesToTable(Table):
    """Whom a requirement concerns."""

    kinds: list[AnyKind] = []
    lowest_rank: AnyRank | None = None
    highest_rank: AnyRank | None = None
    profiles: list[Name] = []
    units: list[Words] = []
    on_probation: bool | None = None


class ValidityTable(Table):
    """How long meeting a requirement holds."""

    months: Months
    anchor: AnyAnchor = Anchor.ROLLING
    renewal_window_days: Days = 0
    minimum_gap_days: Days = 0
    fixed_day: DayOfYear | None = None


class RequirementTable(Sourced):
    """One requirement."""

    code: Code
    title: Words
    effect: AnyEffect
    how_to_meet: Words
    applies_to: AppliesToTable = AppliesToTable()
    validity: ValidityTable | None = None
    grace_days: Days = 0
    initial_days: Days = 0
    introduced_on: date | None = None
    prerequisites: list[Code] = []
    satisfied_by: list[Code] = []
    authority: Words | None = None
    duty: AnyDuty = Duty.PERSON
    extended_by_absence: bool = True
    hours: Hours | None = None
    initial_hours: Hours | None = None
    hours_in_all: Hours | None = None
    class_places: Annotated[int, Field(ge=1, le=1000)] | None = None
    level: Words | None = None
    forces_may_set: list[AnySetting] = []


TABLES = ("terms", "profiles", "absence", "requirement")
"""What stands beside the head of the file."""
