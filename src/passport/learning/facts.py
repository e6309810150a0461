"""What evidence is there of a person, on a day, as known at an instant, and what was corrected?"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from asyncpg import Connection, Record

from foundation.database import fetch


@dataclass(frozen=True, slots=True)
class Evidence:
    """A record that a person met a requirement on a day; `corrects` is the chain of records it took the place of."""

    id: int
    person_id: int
    requirement_id: int
    code: str
    completed_on: date
    is_verified: bool
    hours: Decimal | None
    source: str
    reference: str | None
    recorded_at: datetime
    recorded_by: int | None
    superseded_at: datetime | None
    superseded_by: int | None
    superseded_reason: str | None
    supersedes: int | None
    intake_id: int | None
    corrects: tuple["Evidence", ...] = ()


_EVIDENCE = """
SELECT evidence.id, person_id, requirement_id, code, completed_on, is_verified, hours, source, reference, recorded_at,
       recorded_by, superseded_at, superseded_by, superseded_reason, supersedes, intake_id
  FROM passport.evidence JOIN passport.requirement ON requirement.id = requirement_id
 WHERE person_id = $1 AND ($2::timestamptz IS NULL OR recorded_at <= $2)
 ORDER BY completed_on DESC, code, evidence.id DESC
"""


async def evidence_of(
    person_id: int, on: date | None = None, known: datetime | None = None
) -> tuple[Evidence, ...]:
    """Return a person's evidence, the latest completed first, each with what it corrected, newest correction first.

    `on` leaves out what was completed later; `known` shows what was recorded at an instant, as it then stood.
    """
    everything = [_evidence(row) for row in await fetch(_EVIDENCE, person_id, known)]
    by_id = {one.id: one for one in everything}
    return tuple(
        _with_chain(one, by_id)
        for one in everything
        if _stands(one, known) and (on is None or one.completed_on <= on)
    )


async def requirement_ids(connection: Connection) -> dict[str, int]:
    """Return the number of every requirement that a version of policy names, by its code."""
    rows = await connection.fetch("SELECT code, id FROM passport.requirement")
    return {row["code"]: row["id"] for row in rows}


@dataclass(frozen=True, slots=True)
class Holder:
    """Who held a payroll number, from a day through a day."""

    person_id: int
    since: date
    until: date | None


async def holders(connection: Connection, force_id: int) -> Mapping[str, tuple[Holder, ...]]:
    """Return who holds or held each payroll number of a force."""
    rows = await connection.fetch(
        """SELECT value, person_id, valid_from, valid_until FROM people.identifier
            WHERE force_id = $1 AND scheme = 'payroll' AND superseded_at IS NULL ORDER BY valid_from""",
        force_id,
    )
    found: dict[str, tuple[Holder, ...]] = defaultdict(tuple)
    for row in rows:
        found[row["value"]] += (Holder(row["person_id"], row["valid_from"], row["valid_until"]),)
    return found


def _stands(one: Evidence, known: datetime | None) -> bool:
    return one.superseded_at is None or (known is not None and one.superseded_at > known)


def _with_chain(one: Evidence, by_id: Mapping[int, Evidence]) -> Evidence:
    chain: list[Evidence] = []
    before = one.supersedes
    while before is not None and before in by_id:
        chain.append(by_id[before])
        before = by_id[before].supersedes
    return replace(one, corrects=tuple(chain))


def _evidence(row: Record) -> Evidence:
    return Evidence(**dict(row.items()))
