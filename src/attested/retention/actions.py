"""How is a purge proposed, agreed to and carried out, and how is something held back from it?"""

from datetime import date

from asyncpg import ForeignKeyViolationError, UniqueViolationError

from attested.retention.book import rule_for
from attested.retention.errors import (
    AlreadyProposedError,
    AnsweredError,
    HeldError,
    NoHoldReasonError,
    NotDecidedError,
    NothingTooOldError,
    OwnProposalError,
)
from attested.retention.facts import overdue, purge
from attested.retention.holdings import Kind
from foundation.audit import Actor, Event, recorded
from foundation.jobs.asking import ask
from foundation.problems import NotFoundError

PURPOSE = "retention"
JOB = "retention.purge"


async def propose(*, actor: Actor, kind: Kind, on: date) -> int:
    """Propose to purge what has been kept too long of a kind, and return the proposal's number.

    :raises NotDecidedError: its time is not decided. :raises NothingTooOldError: none of it is too old, or it is held.
    :raises AlreadyProposedError: one waits already.
    """
    rule = rule_for(kind)
    if rule.keep is None:
        raise NotDecidedError
    before = rule.keep.before(on)
    found = await overdue(kind, before)
    if found is None:
        raise NothingTooOldError
    event = Event(
        "purge proposed", PURPOSE, detail={"kind": kind, "before": before.isoformat(), "rows": found.rows}
    )
    try:
        async with recorded(actor, event) as connection:
            number: int = await connection.fetchval(
                """INSERT INTO foundation.purge (kind, rule, before, found, oldest, proposed_by)
                   VALUES ($1, $2, $3, $4, $5, $6) RETURNING id""",
                kind, rule.words, before, found.rows, found.oldest, actor.person_id,
            )  # fmt: skip
    except UniqueViolationError:
        raise AlreadyProposedError from None
    return number


async def answer(*, actor: Actor, number: int, agrees: bool) -> None:
    """Agree to a proposed purge, which a job then carries out, or turn it down.

    :raises NotFoundError: there is none. :raises OwnProposalError: the same person proposed it.
    :raises AnsweredError: somebody was quicker.
    """
    proposed = await purge(number)
    if proposed is None:
        raise NotFoundError
    if proposed.proposer_id == actor.person_id:
        raise OwnProposalError
    event = Event("purge agreed to" if agrees else "purge turned down", PURPOSE, detail={"purge": number})
    async with recorded(actor, event) as connection:
        answered = await connection.fetchval(
            """UPDATE foundation.purge SET state = $2, answered_by = $3, answered_at = clock_timestamp()
                WHERE id = $1 AND state = 'proposed' RETURNING id""",
            number,
            "agreed" if agrees else "turned down",
            actor.person_id,
        )
        if answered is None:
            raise AnsweredError
        if agrees:
            await ask(connection, JOB, {"purge": number}, effect_key=f"purge {number}")


async def hold(*, actor: Actor, kind: Kind | None, person_id: int | None, reason: str) -> None:
    """Hold back a kind of record, or everything about a person, from every purge until the hold ends.

    :raises NoHoldReasonError: nothing says why. :raises HeldError: there is a hold already.
    """
    if not reason:
        raise NoHoldReasonError
    event = Event("retention hold set", PURPOSE, person_id, {"kind": kind}, text=reason)
    try:
        async with recorded(actor, event) as connection:
            await connection.execute(
                "INSERT INTO foundation.retention_hold (kind, person_id, reason, set_by) VALUES ($1, $2, $3, $4)",
                kind, person_id, reason, actor.person_id,
            )  # fmt: skip
    except UniqueViolationError:
        raise HeldError from None
    except ForeignKeyViolationError:
        raise NotFoundError from None


async def release(*, actor: Actor, number: int) -> None:
    """End a hold: the next purge may take what it held back.

    :raises NotFoundError: there is none in force with this number.
    """
    async with recorded(actor, Event("retention hold ended", PURPOSE, detail={"hold": number})) as connection:
        ended = await connection.fetchval(
            """UPDATE foundation.retention_hold SET ended_by = $2, ended_at = clock_timestamp()
                WHERE id = $1 AND ended_at IS NULL RETURNING id""",
            number,
            actor.person_id,
        )
        if ended is None:
            raise NotFoundError
