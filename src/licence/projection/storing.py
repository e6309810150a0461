"""How are decisions kept for lists and statistics, each change of standing once, and a newer write never overwritten?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import msgspec
from asyncpg import Connection, Record

from licence.projection.rows import Kept, Stored, because_of
from licence.projection.walking import Move, Said, Walk
from licence.standing.decisions import Standing
from licence.standing.policies import Governing

_COLUMNS_READ = """person_id, row_version, since, decided_on, next_change_on, force_id, unit_id, kind, rank, standing,
       expires_on, lapses_on, next_due_on, because::text, held, stopped, conditions, policy_version"""
_READ = f"""
SELECT {_COLUMNS_READ} FROM licence.licence_standing WHERE person_id = ANY($1) ORDER BY person_id
"""  # noqa: S608 - our own column names

# One round trip holds the rows of some people and takes the changes noted of them off the list. A change that somebody
# else commits while we wait for a row is not seen to be on the list yet: it stays there, for the next time. What is
# taken is found by its place: a plan made while the list was empty would look through a long one once for each.
_HOLD = f"""
WITH taken AS (
    DELETE FROM people.change WHERE ctid = ANY (ARRAY(
        SELECT change.ctid FROM people.change JOIN licence.licence_standing USING (person_id)
         WHERE person_id {{among}} FOR UPDATE OF change SKIP LOCKED)) RETURNING person_id
)
SELECT {_COLUMNS_READ}, person_id IN (SELECT person_id FROM taken)
  FROM licence.licence_standing AS kept WHERE person_id {{among}} ORDER BY person_id FOR UPDATE OF kept
"""  # noqa: S608 - our own column names
_KEPT = slice(5, 18)
_IS_CHANGED = 18

_COLUMNS = """force_id, unit_id, kind, rank, standing, since, expires_on, lapses_on, next_due_on, because,
              held, stopped, conditions, policy_version, decided_on, next_change_on, row_version"""

_DECIDED = """
decided AS (
    SELECT * FROM jsonb_to_recordset($1::jsonb) AS decided (
        person_id integer, was bigint, force_id smallint, unit_id integer, kind text, rank text, standing text,
        since date, expires_on date, lapses_on date, next_due_on date, because jsonb, held text[], stopped text[],
        conditions text[], policy_version integer, decided_on date, next_change_on date, row_version bigint)
)"""

# One statement stores the rows and their moves, so that neither is ever there without the other. Only rows that are
# still as they were read are written; the moves of any other row are its new writer's to tell.
_THEN_MOVES = """,
moved AS (
    INSERT INTO licence.transition
           (person_id, from_standing, to_standing, effective_on, because, cause, policy_version, row_version)
    SELECT person_id, from_standing, to_standing, effective_on, because, cause, policy_version, row_version
      FROM jsonb_to_recordset($2::jsonb) AS move (
           person_id integer, from_standing text, to_standing text, effective_on date, because jsonb, cause text,
           policy_version integer, row_version bigint)
      JOIN stored USING (person_id) ORDER BY person_id, row_version
)
SELECT person_id FROM stored"""

_UPDATE = f"""WITH {_DECIDED}, stored AS (
    UPDATE licence.licence_standing AS kept
       SET ({_COLUMNS}, decided_at) = ROW ({", ".join("decided." + name.strip() for name in _COLUMNS.split(","))},
                                           clock_timestamp())
      FROM decided WHERE kept.person_id = decided.person_id AND kept.row_version = decided.was
    RETURNING kept.person_id
){_THEN_MOVES}"""  # noqa: S608 - our own column names

_INSERT = f"""WITH {_DECIDED}, stored AS (
    INSERT INTO licence.licence_standing (person_id, {_COLUMNS})
    SELECT person_id, {_COLUMNS} FROM decided ORDER BY person_id
    ON CONFLICT (person_id) DO NOTHING RETURNING person_id
){_THEN_MOVES}"""  # noqa: S608 - our own column names


@dataclass(frozen=True, slots=True)
class ToStore:
    """What is to be kept of one person's walk, and the row that it replaces, if there is one."""

    walk: Walk
    kept: Kept
    governing: Governing
    stored: Stored | None


class _Row(msgspec.Struct):
    person_id: int
    was: int | None
    force_id: int | None
    unit_id: int | None
    kind: str | None
    rank: str | None
    standing: str
    since: date
    expires_on: date | None
    lapses_on: date | None
    next_due_on: date | None
    because: msgspec.Raw
    held: list[str]
    stopped: list[str]
    conditions: list[str]
    policy_version: int
    decided_on: date
    next_change_on: date
    row_version: int


class _MoveRow(msgspec.Struct):
    person_id: int
    from_standing: str | None
    to_standing: str
    effective_on: date
    because: msgspec.Raw
    cause: str
    policy_version: int
    row_version: int


async def stored_of(connection: Connection, person_ids: Sequence[int]) -> dict[int, Stored]:
    """Read the rows of some people."""
    return {row[0]: _stored(row) for row in await connection.fetch(_READ, person_ids)}


@dataclass(frozen=True, slots=True)
class Held:
    """The rows of some people, held until the transaction ends, and whose changes were taken off the list."""

    stored: dict[int, Stored]
    changed: frozenset[int]


async def hold(connection: Connection, person_ids: Sequence[int]) -> Held:
    """Hold the rows of those who have one, in the order of their numbers, and take the changes noted of them."""
    # The plan for one is kept, as in the facts statement; for a list of one PostgreSQL would make it anew each time.
    one = len(person_ids) == 1
    statement = _HOLD.format(among="= $1" if one else "= ANY($1)")
    rows = await connection.fetch(statement, person_ids[0] if one else person_ids)
    changed = frozenset(row[0] for row in rows if row[_IS_CHANGED])
    return Held({row[0]: _stored(row) for row in rows}, changed)


def _stored(row: Record) -> Stored:
    kept = Kept(*row[_KEPT])
    said = Said(Standing(kept.standing), frozenset(kept.held), row[2], kept.policy_version, row[3], row[4])
    return Stored(row[1], said, kept)


async def store(connection: Connection, changed: Iterable[ToStore]) -> set[int]:
    """Write the rows that changed with their moves, and return whose were written; a newer row is left alone."""
    rows = list(changed)
    written: set[int] = set()
    for statement, these in (
        (_INSERT, [one for one in rows if one.stored is None]),
        (_UPDATE, [one for one in rows if one.stored is not None]),
    ):
        if these:
            moves = [row for one in these for row in _move_rows(one)]
            values = _json([_row(one) for one in these]), _json(moves)
            written.update(row[0] for row in await connection.fetch(statement, *values))
    return written


def _json(rows: Sequence[msgspec.Struct]) -> str:
    return msgspec.json.encode(rows).decode()


def _row(one: ToStore) -> _Row:
    walk, kept = one.walk, one.kept
    return _Row(
        person_id=walk.last.person_id,
        was=one.stored.row_version if one.stored else None,
        since=walk.since,
        decided_on=walk.last.on,
        next_change_on=walk.last.next_change_on,
        row_version=_version_before(one) + len(walk.decisions),
        **{**kept._asdict(), "because": msgspec.Raw(kept.because.encode())},
    )


def _version_before(one: ToStore) -> int:
    """Return the row's version: it counts decisions, so that missed nights leave no trace even there."""
    return one.stored.row_version if one.stored else 0


def _move_rows(one: ToStore) -> Iterable[_MoveRow]:
    return (_move_row(move, one) for move in one.walk.moves)


def _move_row(move: Move, one: ToStore) -> _MoveRow:
    return _MoveRow(
        person_id=one.walk.last.person_id,
        from_standing=move.before,
        to_standing=move.after,
        effective_on=move.effective_on,
        because=msgspec.Raw(because_of(move.because, one.governing).encode()),
        cause=move.cause,
        policy_version=move.policy_version,
        row_version=_version_before(one) + move.step + 1,
    )
