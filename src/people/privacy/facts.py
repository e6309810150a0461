"""Who opened unusually many records, whose names are held back, and what waits for the privacy officer?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from foundation.clock import today
from foundation.database import fetch, fetch_one

MOST = 50


@dataclass(frozen=True, slots=True)
class Alert:
    """Somebody of the force opened the records of so many people within ten minutes."""

    id: int
    reader_id: int
    reader: str
    national_id: str
    people: int
    raised_at: datetime
    seen_by: str | None
    seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class Delay:
    """A reader's name that is held back from the person they read about, through a day."""

    id: int
    reader: str
    delayed_until: date
    reason: str | None
    recorded_by: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much waits for the privacy officers of some forces."""

    alerts: int
    glasses: int


def _named(person: str) -> str:
    return f"coalesce({person}.known_as, {person}.given_names) || ' ' || {person}.family_name"


_ALERTS = f"""
SELECT alert.id, reader_id, {_named("reader")} AS reader, reader.national_id, people, raised_at,
       {_named("officer")} AS seen_by, seen_at
  FROM access.reading_alert AS alert JOIN people.person AS reader ON reader.id = reader_id
  JOIN people.directory ON directory.person_id = reader_id
  LEFT JOIN people.person AS officer ON officer.id = seen_by
 WHERE directory.force_id = ANY($1::smallint[]) AND reader_id <> $2
 ORDER BY (seen_at IS NULL) DESC, alert.id DESC LIMIT $3
"""  # noqa: S608 - our own names


async def alerts_in(force_ids: frozenset[int], *, but: int) -> Sequence[Alert]:
    """Return the alerts about people of some forces, those nobody has seen first; never those about oneself."""
    return [Alert(**row) for row in await fetch(_ALERTS, sorted(force_ids), but, MOST)]


async def delays_of(subject_id: int) -> Sequence[Delay]:
    """Return whose names are held back from a person today."""
    rows = await fetch(
        f"""SELECT delay.id, {_named("reader")} AS reader, delayed_until, said.text AS reason,
                   {_named("officer")} AS recorded_by
              FROM access.reading_delay AS delay JOIN people.person AS reader ON reader.id = reader_id
              JOIN people.person AS officer ON officer.id = recorded_by
              LEFT JOIN foundation.audit_text AS said ON said.event_id = delay.event_id
             WHERE subject_id = $1 AND ended_at IS NULL AND delayed_until >= $2 ORDER BY delay.id""",  # noqa: S608 - our own names
        subject_id,
        today(),
    )
    return [Delay(**row) for row in rows]


async def waiting_in(force_ids: frozenset[int], *, but: int) -> Waiting:
    """Count what waits for the privacy officers of some forces."""
    row = await fetch_one(
        """SELECT (SELECT count(*) FROM access.reading_alert JOIN people.directory ON directory.person_id = reader_id
                    WHERE seen_at IS NULL AND force_id = ANY($1::smallint[]) AND reader_id <> $2) AS alerts,
                  (SELECT count(*) FROM access.glass WHERE reviewed_at IS NULL AND force_id = ANY($1::smallint[])
                      AND $2 NOT IN (person_id, subject_id)) AS glasses""",
        sorted(force_ids),
        but,
    )
    return Waiting(row["alerts"], row["glasses"]) if row else Waiting(0, 0)
