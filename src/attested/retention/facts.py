"""What has been kept too long, what is proposed, and on what is there a hold?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from asyncpg import Record

from attested.retention.book import Rule, rules
from attested.retention.holdings import HOLDINGS, NOT_HELD, Kind
from foundation.database import fetch, fetch_one

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Overdue:
    """How much of a kind has been kept too long, and how old the oldest is."""

    rows: int
    oldest: date


@dataclass(frozen=True, slots=True)
class Kept:
    """A retention rule, and what it would take today; None while nothing is too old, or nothing is decided."""

    rule: Rule
    overdue: Overdue | None


@dataclass(frozen=True, slots=True)
class Purge:
    """A purge from its proposal to its end; the digest proves to whoever has a copy what it was that went."""

    id: int
    kind: Kind
    rule: str
    before: date
    found: int
    oldest: date
    state: str
    proposed_by: str
    proposer_id: int | None
    proposed_at: datetime
    answered_by: str | None
    answered_at: datetime | None
    purged: int
    digest: str | None
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class Hold:
    """What must not go, and why."""

    id: int
    kind: Kind | None
    person: str | None
    reason: str
    set_by: str
    set_at: datetime


async def overdue(kind: Kind, before: date) -> Overdue | None:
    """Return how much of a kind is from before a day, leaving out what is held."""
    row = await fetch_one(
        f"""SELECT count(*) AS rows, min(aged_on) AS oldest FROM ({HOLDINGS[kind].aged}) AS aged
             WHERE aged_on < $1 AND {NOT_HELD}
               AND NOT EXISTS (SELECT FROM foundation.retention_hold WHERE kind = $2 AND ended_at IS NULL)""",  # noqa: S608 - our own SQL
        before,
        kind,
    )
    return Overdue(row["rows"], row["oldest"]) if row and row["rows"] else None


async def everything_kept(on: date) -> tuple[Kept, ...]:
    """Return every retention rule with what it would take on a day."""
    return tuple(
        [
            Kept(rule, await overdue(rule.kind, rule.keep.before(on)) if rule.keep else None)
            for rule in rules()
        ]
    )


_PURGES = """
SELECT purge.*, proposer.given_names || ' ' || proposer.family_name AS proposer,
       second.given_names || ' ' || second.family_name AS second
  FROM foundation.purge LEFT JOIN people.person AS proposer ON proposer.id = proposed_by
  LEFT JOIN people.person AS second ON second.id = answered_by
"""


async def purges() -> tuple[Purge, ...]:
    """Return the purges, those that wait first, then the newest."""
    rows = await fetch(f"{_PURGES} ORDER BY state <> 'proposed', purge.id DESC LIMIT {SHOWN}")
    return tuple(_purge(row) for row in rows)


async def purge(number: int) -> Purge | None:
    """Return one purge, or None."""
    row = await fetch_one(f"{_PURGES} WHERE purge.id = $1", number)
    return None if row is None else _purge(row)


async def holds() -> Sequence[Hold]:
    """Return the holds in force, newest first."""
    rows = await fetch(
        """SELECT hold.id, hold.kind, hold.reason, hold.set_at, held.national_id,
                  setter.given_names || ' ' || setter.family_name AS setter
             FROM foundation.retention_hold AS hold JOIN people.person AS setter ON setter.id = hold.set_by
             LEFT JOIN people.person AS held ON held.id = hold.person_id
            WHERE hold.ended_at IS NULL ORDER BY hold.id DESC"""
    )
    return [
        Hold(
            row["id"],
            Kind(row["kind"]) if row["kind"] else None,
            row["national_id"],
            row["reason"],
            row["setter"],
            row["set_at"],
        )
        for row in rows
    ]


def _purge(row: Record) -> Purge:
    return Purge(
        id=row["id"],
        kind=Kind(row["kind"]),
        rule=row["rule"],
        before=row["before"],
        found=row["found"],
        oldest=row["oldest"],
        state=row["state"],
        proposed_by=row["proposer"] or "The calendar",
        proposer_id=row["proposed_by"],
        proposed_at=row["proposed_at"],
        answered_by=row["second"],
        answered_at=row["answered_at"],
        purged=row["purged"],
        digest=row["digest"].hex() if row["digest"] else None,
        finished_at=row["finished_at"],
    )
