"""When was a person away, and who is away on a day?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from asyncpg import Record

from foundation.database import fetch
from people.posts.rules import AbsenceKind, Period
from people.records import as_known


@dataclass(frozen=True, slots=True)
class RecordedAbsence:
    """A person's time away; `id` numbers the record that says so."""

    id: int
    person_id: int
    kind: AbsenceKind
    period: Period


async def absences_of(person_id: int, *, known: datetime | None = None) -> tuple[RecordedAbsence, ...]:
    """Return every absence of a person, earliest first, as the records say now or said at an instant."""
    rows = await fetch(
        f"""SELECT id, person_id, kind, valid_from, valid_until FROM people.absence
             WHERE person_id = $1 AND {as_known("$2")} ORDER BY valid_from""",  # noqa: S608 - our own names
        person_id,
        known,
    )
    return tuple(_read(row) for row in rows)


async def absences_on(
    person_ids: Sequence[int], day: date, *, known: datetime | None = None
) -> dict[int, RecordedAbsence]:
    """Return who of many people is away on a day, and why."""
    rows = await fetch(
        f"""SELECT id, person_id, kind, valid_from, valid_until FROM people.absence
             WHERE person_id = ANY($1) AND valid_from <= $2 AND coalesce(valid_until >= $2, true)
               AND {as_known("$3")}""",  # noqa: S608 - our own names
        list(person_ids),
        day,
        known,
    )
    return {row["person_id"]: _read(row) for row in rows}


def _read(row: Record) -> RecordedAbsence:
    period = Period(row["valid_from"], row["valid_until"])
    return RecordedAbsence(row["id"], row["person_id"], AbsenceKind(row["kind"]), period)
