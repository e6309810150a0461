"""Which of a system's statements answer its question, and up to when are all of them there to be fetched?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec
from asyncpg import Record

from foundation.clock import now
from foundation.database import fetch, fetch_one
from passport.statements.indexing import key_of
from passport.statements.querying import Place, Query
from passport.statements.shapes import Document


@dataclass(frozen=True, slots=True)
class Kept:
    """A statement as it is kept: as it was sent, by whom, since when, and whether another has voided it."""

    id: UUID
    content: Document
    client: str
    stored_at: datetime
    happened_at: datetime
    is_voided: bool

    @property
    def place(self) -> Place:
        """Return its place in the order in which statements were stored."""
        return Place(self.stored_at, self.id)


@dataclass(frozen=True, slots=True)
class Sender:
    """A system that asks for what it sent, and the key of the authority that we put into it."""

    force_id: int
    client: str
    authority: UUID


_IS_VOIDED = """EXISTS (SELECT FROM passport.statement AS voiding
                         WHERE voiding.force_id = kept.force_id AND voiding.voids = kept.id
                           AND voiding.client = kept.client)"""
_KEPT = f"""
SELECT id, content::text AS content, client, stored_at, happened_at, {_IS_VOIDED} AS is_voided
  FROM passport.statement AS kept WHERE force_id = $1 AND client = $2
"""  # noqa: S608 - ours


async def kept_under(asker: Sender, statement_id: UUID) -> Kept | None:
    """Return the statement that a system has sent under an id."""
    row = await fetch_one(f"{_KEPT} AND id = $3", asker.force_id, asker.client, statement_id)
    return None if row is None else _kept(row)


async def listed(asker: Sender, query: Query) -> tuple[Sequence[Kept], Place | None]:
    """Return the statements of a system that answer a question, and after which of them the next page goes on."""
    asked = _Asked(asker.force_id, asker.client)
    narrowing = _matched(asked, asker, query)
    conditions = [*_when(asked, query), f"NOT {_IS_VOIDED}"]
    if narrowing:
        conditions.append("id IN (SELECT id FROM matched)")
    way = "" if query.ascending else " DESC"
    rows = await fetch(
        f"""{narrowing} SELECT id, content::text AS content, client, stored_at, happened_at, false AS is_voided
              FROM passport.statement AS kept WHERE force_id = $1 AND client = $2 AND {" AND ".join(conditions)}
             ORDER BY stored_at{way}, id{way} LIMIT {query.limit + 1}""",  # noqa: S608 - ours
        *asked.values,
    )
    found = [_kept(row) for row in rows[: query.limit]]
    return found, found[-1].place if len(rows) > query.limit else None


async def complete_until(asker: Sender) -> datetime:
    """Return up to when everything that was stored can be fetched: now, or where a batch is being kept, before it.

    One batch of a force is kept at a time (`judging.alone`), so that nothing older can come after what is seen.
    """
    row = await fetch_one(
        """SELECT CASE WHEN pg_try_advisory_xact_lock_shared(hashtextextended('statements', $1::bigint))
                       THEN clock_timestamp()
                       ELSE coalesce(max(stored_at), clock_timestamp() - interval '1 hour') END AS instant
             FROM passport.statement WHERE force_id = $1 AND client = $2""",
        asker.force_id,
        asker.client,
    )
    return now() if row is None else row["instant"]


class _Asked:
    """The values of a question, each under its number."""

    def __init__(self, *values: object) -> None:
        self.values = list(values)

    def __call__(self, value: object) -> str:
        self.values.append(value)
        return f"${len(self.values)}"


def _matched(asked: _Asked, asker: Sender, query: Query) -> str:
    """Return what finds the statements that are asked for, and whatever refers to one of them, and so on (2.1.3.s3)."""
    if not query.is_narrowed:
        return ""
    conditions = [*_who(asked, asker, query), *_what(asked, query)]
    return f"""
        WITH RECURSIVE matched AS (
            SELECT id FROM passport.statement WHERE force_id = $1 AND client = $2 AND {" AND ".join(conditions)}
            UNION SELECT further.id FROM passport.statement AS further JOIN matched ON further.refers_to = matched.id
                   WHERE further.force_id = $1 AND further.client = $2)"""  # noqa: S608 - ours


def _who(asked: _Asked, asker: Sender, query: Query) -> Iterator[str]:
    if query.agent is None:
        return
    if query.related_agents and query.agent == asker.authority:
        yield "true"
        return
    number = asked(query.agent)
    # The index is one for both.
    yield f"related_agents @> ARRAY[{number}::uuid]"
    if not query.related_agents:
        yield f"agents @> ARRAY[{number}::uuid]"


def _what(asked: _Asked, query: Query) -> Iterator[str]:
    if query.verb is not None:
        yield f"verb = {asked(query.verb)}"
    if query.activity is not None:
        yield f"activities @> ARRAY[{asked(key_of(query.activity))}::uuid]"
        if not query.related_activities:
            yield f"activity = {asked(query.activity)}"
    if query.registration is not None:
        yield f"registration = {asked(query.registration)}"


def _when(asked: _Asked, query: Query) -> Iterator[str]:
    if query.since is not None:
        yield f"stored_at > {asked(query.since)}"
    if query.until is not None:
        yield f"stored_at <= {asked(query.until)}"
    if query.after is not None:
        way = ">" if query.ascending else "<"
        yield f"(stored_at, id) {way} ({asked(query.after.stored_at)}, {asked(query.after.id)})"


def _kept(row: Record) -> Kept:
    return Kept(**{**dict(row.items()), "content": msgspec.json.decode(row["content"])})
