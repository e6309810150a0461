"""How are statements received, mapped, named and ignored?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

import msgspec
from asyncpg import Connection

from foundation.audit import Actor, Detail, Event, recorded
from foundation.clock import now
from foundation.problems import InvalidError
from passport.classes.giving import given_by_a_sheet
from passport.learning.writing import explained
from passport.statements.errors import (
    AlreadyMappedError,
    AlreadyNamedError,
    NoSuchRequirementError,
    NothingToAnswerError,
    OwnAccountError,
    StatementConflictError,
)
from passport.statements.facts import mapping_for
from passport.statements.judging import (
    PURPOSE,
    Feed,
    Heard,
    Judged,
    alone,
    heard,
    judged,
    voided,
)
from passport.statements.model import digest, read
from passport.statements.rules import Mapped, Outcome, Said
from passport.statements.shapes import Document
from passport.statements.standing_in import became, given_by_a_statement, said_before

MOST_AT_ONCE = 500
"""So many of the statements that wait are judged anew by one answer; the next answer goes on."""


@dataclass(frozen=True, slots=True)
class Told:
    """A statement to keep: what was sent, and what it says."""

    id: UUID
    content: Document
    said: Said


def told(documents: Sequence[Document]) -> list[Told]:
    """Read what was sent, and give an id and an instant to whatever came without.

    :raises InvalidError: one of them is no statement; nothing of what was sent is kept.
    """
    several = len(documents) > 1
    found = []
    for place, document in enumerate(documents):
        said = read(document, f"[{place}]" if several else "")
        said = replace(said, happened_at=said.happened_at or now())
        found.append(Told(said.id or uuid4(), document, said))
    return found


async def receive(force_id: int, statements: Sequence[Told], *, actor: Actor) -> list[UUID]:
    """Keep statements, all or none, and record what they give; return their ids. The same again changes nothing.

    :raises StatementConflictError: another statement is kept under one of the ids.
    :raises InvalidError: a voiding statement is voided.
    """
    feed = Feed(force_id, actor.name, await mapping_for(force_id))
    event = Event("statements received", PURPOSE, detail={"force": force_id, "statements": len(statements)})
    with explained():
        async with recorded(actor, event) as connection:
            await alone(connection, force_id)
            new = [one for one in statements if await _keep(connection, feed, one)]
            for one in await heard(connection, feed, [(one.id, one.said) for one in new]):
                await became(connection, force_id, one.id, await _judged(connection, feed, one, actor=actor))
    return [one.id for one in statements]


async def _keep(writing: Connection, feed: Feed, one: Told) -> bool:
    """Keep a statement; False where it is kept already."""
    said, found = one.said, one.said.found_by
    kept = await writing.fetchval(
        """INSERT INTO passport.statement (force_id, id, client, happened_at, actor, verb, activity, digest, content,
                                           outcome, voids, agents, related_agents, activities, registration, refers_to)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'ignored', $10, $11, $12, $13, $14, $15)
           ON CONFLICT (force_id, id) DO NOTHING RETURNING id""",
        feed.force_id, one.id, feed.client, said.happened_at, said.actor, said.verb, said.activity,
        digest(one.content), msgspec.json.encode(one.content).decode(), said.voids,
        found.agents, found.related_agents, found.activities, found.registration, found.refers_to,
    )  # fmt: skip
    if kept is not None:
        return True
    before = await writing.fetchval(
        "SELECT digest FROM passport.statement WHERE force_id = $1 AND id = $2", feed.force_id, one.id
    )
    if before != digest(one.content):
        raise StatementConflictError(one.id)
    return False


async def _judged(writing: Connection, feed: Feed, one: Heard, *, actor: Actor) -> Judged:
    voids = one.said.voids
    if voids is not None:
        if await writing.fetchval(_IS_VOIDING, feed.force_id, voids, feed.client):
            raise InvalidError(
                errors={"object.id": f"{voids} is a voiding statement, which cannot be voided ({one.id})"}
            )
        lost = await voided(writing, feed, voids, by=one.id, actor=actor)
        await writing.execute(_WAITS_NO_MORE, feed.force_id, voids, feed.client)
        if lost is not None and not await given_by_a_sheet(writing, lost, actor=actor):
            await given_by_a_statement(writing, lost)
        return Judged(Outcome.VOIDS)
    if await writing.fetchval(_IS_VOIDED, feed.force_id, one.id, feed.client):
        return Judged(Outcome.IGNORED)
    return await judged(writing, feed, one, actor=actor)


# A system voids what it has sent itself. What another has sent is to it as if it were not here (docs/decisions/0029).
_IS_VOIDING = (
    "SELECT voids IS NOT NULL FROM passport.statement WHERE force_id = $1 AND id = $2 AND client = $3"
)
_IS_VOIDED = (
    "SELECT EXISTS (SELECT FROM passport.statement WHERE force_id = $1 AND voids = $2 AND client = $3)"
)
_WAITS_NO_MORE = """
UPDATE passport.statement SET outcome = 'ignored'
 WHERE force_id = $1 AND id = $2 AND client = $3 AND outcome IN ('nobody', 'nothing', 'impossible', 'already recorded')
"""


async def map_activity(force_id: int, mapped: Mapped, *, actor: Actor) -> int:
    """Map a verb of an activity, and judge anew what waited for that; return how many statements that was.

    :raises AlreadyMappedError: it is mapped on the page already. :raises NoSuchRequirementError: no policy names it.
    """
    detail: Detail = {"force": force_id, "activity": mapped.activity, "requirement": mapped.requirement}
    with explained():
        async with recorded(actor, Event("activity mapped", PURPOSE, detail=detail)) as connection:
            await _enter(connection, force_id, mapped, actor=actor)
            feed = Feed(force_id, "", await mapping_for(force_id))
            return await _judge_anew(
                connection, feed, "verb = $2 AND activity = $3 AND outcome = 'nothing'", mapped.verb, mapped.activity,
                actor=actor,
            )  # fmt: skip


async def _enter(writing: Connection, force_id: int, mapped: Mapped, *, actor: Actor) -> None:
    entered = await writing.fetchval(
        """INSERT INTO passport.statement_mapping
                  (force_id, activity, verb, needs_success, least_score, requirement_id, hours, recorded_by)
           SELECT $1, $2, $3, $4, $5, requirement.id, $7, $8
             FROM (VALUES ($6::text)) AS asked (code) LEFT JOIN passport.requirement USING (code)
            WHERE asked.code IS NULL OR requirement.id IS NOT NULL
           ON CONFLICT (force_id, md5(activity), md5(verb)) WHERE ended_at IS NULL DO NOTHING RETURNING id""",
        force_id, mapped.activity, mapped.verb, mapped.needs_success, mapped.least_score, mapped.requirement,
        mapped.hours, actor.person_id,
    )  # fmt: skip
    if entered is None:
        known = await writing.fetchval(
            "SELECT $1::text IS NULL OR EXISTS (SELECT FROM passport.requirement WHERE code = $1)",
            mapped.requirement,
        )
        raise AlreadyMappedError if known else NoSuchRequirementError


async def end_mapping(force_id: int, mapping_id: int, *, actor: Actor) -> None:
    """End a mapping of the page: what it gave stays, and what arrives from now on waits again.

    :raises NothingToAnswerError: it is none of the force's, or has ended.
    """
    event = Event("mapping ended", PURPOSE, detail={"force": force_id, "mapping": mapping_id})
    async with recorded(actor, event) as connection:
        ended = await connection.fetchval(
            """UPDATE passport.statement_mapping SET ended_by = $3, ended_at = clock_timestamp()
                WHERE force_id = $1 AND id = $2 AND ended_at IS NULL RETURNING id""",
            force_id, mapping_id, actor.person_id,
        )  # fmt: skip
        if ended is None:
            raise NothingToAnswerError


async def name_actor(force_id: int, actor_said: str, person_id: int, *, actor: Actor) -> int:
    """Say whose an account or mailbox is, and judge anew what waited for that; return how many statements that was.

    :raises OwnAccountError: it would be the asker's own. :raises AlreadyNamedError: it is somebody's already.
    """
    if person_id == actor.person_id:
        raise OwnAccountError
    event = Event("account named", PURPOSE, person_id, {"force": force_id})
    found = await mapping_for(force_id)
    with explained():
        async with recorded(actor, event) as connection:
            entered = await connection.fetchval(
                """INSERT INTO passport.statement_actor (force_id, actor, person_id, recorded_by) VALUES ($1, $2, $3, $4)
                   ON CONFLICT (force_id, md5(actor)) WHERE ended_at IS NULL DO NOTHING RETURNING id""",
                force_id, actor_said, person_id, actor.person_id,
            )  # fmt: skip
            if entered is None:
                raise AlreadyNamedError
            return await _judge_anew(
                connection,
                Feed(force_id, "", found),
                "actor = $2 AND outcome = 'nobody'",
                actor_said,
                actor=actor,
            )


async def ignore_actor(force_id: int, actor_said: str, *, actor: Actor) -> int:
    """Put aside what waits of an account; it stays in the record. Return how many statements that was.

    :raises NothingToAnswerError: nothing waits any more.
    """
    async with recorded(
        actor, Event("statements ignored", PURPOSE, detail={"force": force_id})
    ) as connection:
        rows = await connection.fetch(
            """UPDATE passport.statement SET outcome = 'ignored', answered_by = $3, answered_at = clock_timestamp()
                WHERE force_id = $1 AND actor = $2 AND outcome IN ('nobody', 'impossible') RETURNING id""",
            force_id, actor_said, actor.person_id,
        )  # fmt: skip
        if not rows:
            raise NothingToAnswerError
        return len(rows)


async def _judge_anew(writing: Connection, feed: Feed, which: str, *values: str | None, actor: Actor) -> int:
    """Judge statements that waited; what they give is recorded by the system that sent them, not by whoever answers."""
    await alone(writing, feed.force_id)
    rows = await writing.fetch(
        f"""SELECT id, client, happened_at, content::text AS content FROM passport.statement
             WHERE force_id = $1 AND {which} ORDER BY happened_at LIMIT {MOST_AT_ONCE} FOR UPDATE""",  # noqa: S608 - ours
        feed.force_id,
        *values,
    )
    said = [(row["id"], said_before(row)) for row in rows]
    for row, one in zip(rows, await heard(writing, feed, said), strict=True):
        sender = replace(feed, client=row["client"])
        await became(writing, feed.force_id, one.id, await judged(writing, sender, one, actor=sender.actor))
        await writing.execute(
            """UPDATE passport.statement SET answered_by = $3, answered_at = clock_timestamp()
                WHERE force_id = $1 AND id = $2""",
            feed.force_id, row["id"], actor.person_id,
        )  # fmt: skip
    return len(rows)
