"""What stands in the vetting cases that are assigned to whoever asks? Every query runs behind the wall."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from asyncpg import Connection

from licence.vetting.rules import Entry, Level, Outcome


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case in a list."""

    number: int
    person_id: int
    level: Level
    opened_on: date
    outcome: Outcome | None
    proposed_outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A colleague proposed for a case, who waits for a second person's word."""

    id: int
    case_number: int
    person_id: int
    officer_id: int
    opened_by: int
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class Assignment:
    """Somebody on a case; until somebody has agreed it opens nothing to them."""

    id: int
    officer_id: int
    valid_from: date
    opened_by: int
    agreed_by: int | None


@dataclass(frozen=True, slots=True)
class Material:
    """An entry in a case. It is never changed; that the person may read it can be added."""

    id: int
    kind: Entry
    text: str
    recorded_by: int
    recorded_at: datetime
    disclosed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Case:
    """A case as its officers see it."""

    number: int
    person_id: int
    force_id: int
    level: Level
    opened_on: date
    opened_by: int
    outcome: Outcome | None
    concluded_on: date | None
    told_on: date | None
    proposed_outcome: Outcome | None
    proposed_by: int | None
    concluded_by: int | None
    material: Sequence[Material]
    assignments: Sequence[Assignment]

    @property
    def is_open(self) -> bool:
        """Say whether the case is still to be concluded."""
        return self.outcome is None

    @property
    def people(self) -> set[int]:
        """Return everybody whose name is needed to tell of the case."""
        named = {self.person_id, self.opened_by, self.proposed_by, self.concluded_by}
        named |= {one.recorded_by for one in self.material}
        for one in self.assignments:
            named |= {one.officer_id, one.opened_by, one.agreed_by}
        return {each for each in named if each is not None}


async def my_cases(behind: Connection) -> Sequence[CaseLine]:
    """Return the cases assigned to whoever asks, those to work on first; the wall shows no others."""
    rows = await behind.fetch(
        """SELECT number, person_id, level, opened_on, outcome, proposed_outcome FROM vetting.vetting_case
            ORDER BY outcome IS NOT NULL, opened_on, number LIMIT 200"""
    )
    return [
        CaseLine(
            row["number"],
            row["person_id"],
            Level(row["level"]),
            row["opened_on"],
            _outcome(row["outcome"]),
            _outcome(row["proposed_outcome"]),
        )
        for row in rows
    ]


async def proposals(behind: Connection, officer_id: int) -> Sequence[Proposal]:
    """Return the proposals of the force to which somebody may agree: none that they made or that names them."""
    rows = await behind.fetch(
        """SELECT id, case_number, person_id, officer_id, opened_by, opened_at FROM vetting.case_assignment
            WHERE agreed_by IS NULL AND valid_until IS NULL AND opened_by <> $1 AND officer_id <> $1
            ORDER BY opened_at, id LIMIT 200""",
        officer_id,
    )
    return [Proposal(*row) for row in rows]


async def person_of(behind: Connection, number: int) -> int | None:
    """Return whom a case is about, if it is assigned to whoever asks."""
    found: int | None = await behind.fetchval(
        "SELECT person_id FROM vetting.vetting_case WHERE number = $1", number
    )
    return found


async def case_of(behind: Connection, number: int) -> Case | None:
    """Return a case whole, if it is assigned to whoever asks."""
    row = await behind.fetchrow("SELECT * FROM vetting.vetting_case WHERE number = $1", number)
    if row is None:
        return None
    material = await behind.fetch(
        """SELECT id, kind, text, recorded_by, recorded_at, disclosed_at FROM vetting.case_material
            WHERE case_number = $1 ORDER BY recorded_at DESC, id DESC""",
        number,
    )
    assignments = await behind.fetch(
        """SELECT id, officer_id, valid_from, opened_by, agreed_by FROM vetting.case_assignment
            WHERE case_number = $1 ORDER BY opened_at, id""",
        number,
    )
    return Case(
        number=number,
        person_id=row["person_id"],
        force_id=row["force_id"],
        level=Level(row["level"]),
        opened_on=row["opened_on"],
        opened_by=row["opened_by"],
        outcome=_outcome(row["outcome"]),
        concluded_on=row["concluded_on"],
        told_on=row["told_on"],
        proposed_outcome=_outcome(row["proposed_outcome"]),
        proposed_by=row["proposed_by"],
        concluded_by=row["concluded_by"],
        material=[Material(one["id"], Entry(one["kind"]), *list(one.values())[2:]) for one in material],
        assignments=[Assignment(*one) for one in assignments],
    )


def _outcome(word: str | None) -> Outcome | None:
    return None if word is None else Outcome(word)
