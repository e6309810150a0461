"""Which panes of glass were broken, by whom, why, and what did the review say?"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from access.facts import IN_EFFECT
from access.roles import Role
from foundation.clock import today
from foundation.database import fetch, fetch_one

LARGEST = 2**31 - 1
MOST = 50


@dataclass(frozen=True, slots=True)
class Glass:
    """A pane of glass that was broken; the name of a protected person is not told, their number is."""

    id: int
    breaker_id: int
    breaker: str
    role: str
    subject_id: int
    subject: str | None
    national_id: str
    force_id: int
    reason: str
    words: str | None
    opened_at: datetime
    closes_at: datetime
    is_open: bool
    told_at: datetime | None
    reviewer: str | None
    reviewed_at: datetime | None
    is_upheld: bool | None
    review: str | None
    is_overdue: bool


def _named(person: str) -> str:
    return f"coalesce({person}.known_as, {person}.given_names) || ' ' || {person}.family_name"


_GLASS = f"""
SELECT glass.id, glass.person_id AS breaker_id, {_named("breaker")} AS breaker, glass.role, glass.subject_id,
       CASE WHEN NOT subject.is_protected THEN {_named("subject")} END AS subject, subject.national_id, glass.force_id,
       reason, said.text AS words, opened_at, closes_at, closes_at > clock_timestamp() AS is_open, told_at,
       {_named("reviewer")} AS reviewer, reviewed_at, is_upheld, answered.text AS review,
       reviewed_at IS NULL AND opened_at < clock_timestamp() - interval '24 hours' AS is_overdue
  FROM access.glass JOIN people.person AS breaker ON breaker.id = glass.person_id
  JOIN people.person AS subject ON subject.id = glass.subject_id
  LEFT JOIN people.person AS reviewer ON reviewer.id = reviewed_by
  LEFT JOIN foundation.audit_text AS said ON said.event_id = glass.event_id
  LEFT JOIN foundation.audit_text AS answered ON answered.event_id = glass.review_id
"""  # noqa: S608 - our own names


async def broken_by(person_id: int) -> Sequence[Glass]:
    """Return the panes that a person broke, the last first."""
    rows = await fetch(
        f"{_GLASS} WHERE glass.person_id = $1 ORDER BY glass.id DESC LIMIT $2", person_id, MOST
    )
    return [Glass(**row) for row in rows]


async def broken_in(force_ids: frozenset[int], *, before: int | None = None) -> Sequence[Glass]:
    """Return the panes broken before records of some forces, the last first."""
    rows = await fetch(
        f"""{_GLASS} WHERE glass.force_id = ANY($1::smallint[]) AND ($2::int IS NULL OR glass.id < $2)
             ORDER BY glass.id DESC LIMIT $3""",
        sorted(force_ids),
        before,
        MOST,
    )
    return [Glass(**row) for row in rows]


async def glass_of(force_ids: frozenset[int], glass_id: int) -> Glass | None:
    """Return one pane broken before a record of some forces."""
    row = await fetch_one(
        f"{_GLASS} WHERE glass.id = $1 AND glass.force_id = ANY($2::smallint[])",
        min(glass_id, LARGEST),
        sorted(force_ids),
    )
    return None if row is None else Glass(**row)


async def answering_for(force_id: int, *, but: Collection[int] = ()) -> Sequence[int]:
    """Return the privacy officers of a force, or those who lead it where there is none, but for some people."""
    rows = await fetch(
        f"""SELECT role, array_agg(DISTINCT person_id ORDER BY person_id) AS people FROM access.role_grant
             WHERE role = ANY($1) AND force_id = $3 AND person_id <> ALL($4::int[]) AND {IN_EFFECT} GROUP BY role""",  # noqa: S608 - our own constant
        [Role.PRIVACY_OFFICER, Role.FORCE_LEAD],
        today(),
        force_id,
        list(but),
    )
    found = {row["role"]: row["people"] for row in rows}
    return list(found.get(Role.PRIVACY_OFFICER) or found.get(Role.FORCE_LEAD) or ())
