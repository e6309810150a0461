"""Which exports were asked for, agreed to and taken, by whom, with which filter and hash?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from asyncpg import Record

from access.exports.errors import ExportNotFoundError
from access.exports.rules import WITHIN, Allowance, Kind, State
from access.identity import Identity
from foundation.database import fetch, fetch_one
from foundation.requests import EXACT

PAGE = 25


@dataclass(frozen=True, slots=True)
class Export:
    """An export: who asked for what, how many rows, who agreed, and the hash of the file that left."""

    id: int
    kind: str
    filter: str
    rows: int
    state: State
    asked_by: str
    asker_id: int | None
    role: str
    asked_at: datetime
    reason: str | None
    answered_by: str | None
    answered_at: datetime | None
    sha256: str | None
    taken_at: datetime | None
    is_open: bool


@dataclass(frozen=True, slots=True)
class ExportPage:
    """A page of exports, newest first; `next_before` asks for the page after it, None on the last."""

    exports: tuple[Export, ...]
    next_before: int | None


_EXPORTS = f"""
SELECT export.id, kind, filter, rows, state,
       coalesce(coalesce(asker.known_as, asker.given_names) || ' ' || asker.family_name, machine) AS asked_by,
       export.asked_by AS asker_id,
       role, asked_at, said.text AS reason,
       coalesce(second.known_as, second.given_names) || ' ' || second.family_name AS answered_by,
       agreed_at AS answered_at, sha256, taken_at,
       state = 'agreed' AND agreed_at > clock_timestamp() - interval '{WITHIN.total_seconds():.0f} s' AS is_open
  FROM access.export LEFT JOIN people.person AS asker ON asker.id = export.asked_by
  LEFT JOIN people.person AS second ON second.id = agreed_by
  LEFT JOIN foundation.audit_text AS said ON said.event_id = export.event_id
"""  # noqa: S608 - our own constant


async def exports_of(force_ids: frozenset[int], *, before: int | None = None) -> ExportPage:
    """Return the exports of some forces, newest first."""
    rows = await fetch(
        f"""{_EXPORTS} WHERE force_ids && $1::smallint[] AND ($2::bigint IS NULL OR export.id < $2)
             ORDER BY export.id DESC LIMIT $3""",
        sorted(force_ids),
        before,
        PAGE + 1,
    )
    exports = tuple(_export(row) for row in rows[:PAGE])
    return ExportPage(exports, exports[-1].id if len(rows) > PAGE else None)


async def waiting_of(force_ids: frozenset[int], *, but: int) -> Sequence[Export]:
    """Return what waits for a second person who is not the one who asked."""
    rows = await fetch(
        f"{_EXPORTS} WHERE force_ids && $1::smallint[] AND state = 'asked' AND export.asked_by <> $2 ORDER BY export.id",
        sorted(force_ids),
        but,
    )
    return [_export(row) for row in rows]


async def export_of(force_ids: frozenset[int], export_id: int) -> Export:
    """Return one export of some forces.

    :raises ExportNotFoundError: there is none, or it is out of reach.
    """
    row = await fetch_one(
        f"{_EXPORTS} WHERE export.id = $1 AND force_ids && $2::smallint[]",
        min(export_id, EXACT),
        sorted(force_ids),
    )
    if row is None:
        raise ExportNotFoundError
    return _export(row)


async def agreed_to(asker_id: int, kind: str, asked: str) -> int | None:
    """Return the number of somebody's export to which a colleague has agreed and which may still be taken."""
    row = await fetch_one(
        f"""SELECT id FROM access.export WHERE asked_by = $1 AND kind = $2 AND filter = $3 AND state = 'agreed'
               AND agreed_at > clock_timestamp() - interval '{WITHIN.total_seconds():.0f} s'
             ORDER BY id DESC LIMIT 1""",  # noqa: S608 - our own constant
        asker_id,
        kind,
        asked,
    )
    return row["id"] if row else None


async def latest_of(asker_id: int, kind: Kind, asked: str) -> Export | None:
    """Return the last export that somebody asked a colleague for by a filter, whatever has become of it."""
    row = await fetch_one(
        f"""{_EXPORTS} WHERE export.asked_by = $1 AND kind = $2 AND filter = $3 AND export.event_id IS NOT NULL
             ORDER BY export.id DESC LIMIT 1""",
        asker_id,
        kind,
        asked,
    )
    return _export(row) if row else None


async def allowance_of(reader: Identity, kind: Kind) -> Allowance:
    """Return how many rows of a kind leave alone, and how many somebody has taken alone within a day."""
    row = await fetch_one(
        "SELECT most_alone, access.taken_alone($1, $2, kind, '') AS taken FROM access.export_kind WHERE kind = $3",
        reader.person_id or None,
        reader.name if reader.is_machine else None,
        kind,
    )
    return Allowance(row["most_alone"], row["taken"]) if row else Allowance(0)


def _export(row: Record) -> Export:
    return Export(**{**row, "state": State(row["state"])})
