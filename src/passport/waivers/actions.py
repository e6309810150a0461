"""How is a dispensation proposed, agreed to, declined, taken back and ended early?"""

from datetime import date

from asyncpg import Connection, ExclusionViolationError

from foundation.audit import Actor, Detail, Event, recorded
from foundation.clock import today
from passport.waivers.errors import (
    BackwardsError,
    DecidedMeanwhileError,
    DoesNotHoldError,
    HeldAlreadyError,
    NobodyMeantError,
    NoLastDayError,
    NotYoursError,
    ReasonNeededError,
    SecondPersonError,
    TooFarOffError,
)
from passport.waivers.facts import Proposal
from passport.waivers.rules import Decision, Kind, State, is_likely
from passport.waivers.telling import tell_decided, tell_ended
from passport.waivers.writing import NewProposal, proposed

PURPOSE = "keeping the passport"


async def propose(new: NewProposal, *, actor: Actor) -> int:
    """Propose a dispensation and return the proposal's number; nothing holds until a second person agrees.

    :raises NobodyMeantError: it is for the proposer. :raises ReasonNeededError: nothing says why.
    :raises NoLastDayError: a deferral without its last day. :raises BackwardsError: the last day before the first.
    :raises TooFarOffError: it begins too long ago, or is put off too long.
    :raises AlreadyProposedError: the same waits already. :raises NoRequirementError: no policy asks for it.
    """
    if new.person_id == actor.person_id:
        raise NobodyMeantError
    if not new.reason.strip():
        raise ReasonNeededError
    if new.kind is Kind.DEFERRAL and new.until is None:
        raise NoLastDayError
    if new.until is not None and new.until < new.since:
        raise BackwardsError
    if not is_likely(new.kind, new.since, new.until, today()):
        raise TooFarOffError
    detail: Detail = {"kind": new.kind, "requirement": new.requirement}
    async with recorded(actor, Event("dispensation proposed", PURPOSE, new.person_id, detail)) as connection:
        return await proposed(connection, new, actor=actor)


async def agree(proposal: Proposal, *, actor: Actor) -> None:
    """Agree as the second person: it holds from its first day, and the licence is decided again.

    :raises SecondPersonError: the actor proposed it. :raises DecidedMeanwhileError: somebody was quicker.
    :raises HeldAlreadyError: they have it on some of the days.
    """
    if actor.person_id == proposal.proposer_id:
        raise SecondPersonError
    try:
        async with recorded(actor, _event("dispensation agreed to", proposal)) as connection:
            if not await _lock(connection, proposal.id):
                raise DecidedMeanwhileError
            held = await connection.fetchval(
                """INSERT INTO passport.dispensation (person_id, requirement_id, kind, reason, valid_from, valid_until,
                                                      recorded_by, approved_by)
                   SELECT person_id, requirement_id, $2, reason, valid_from, valid_until, proposed_by, $3
                     FROM passport.dispensation_proposal WHERE id = $1 RETURNING id""",
                proposal.id, proposal.kind.counts_as, actor.person_id,
            )  # fmt: skip
            await _decide(connection, proposal.id, Decision.AGREED, None, held=held, actor=actor)
            await tell_decided(connection, proposal, Decision.AGREED, on=today())
    except ExclusionViolationError:
        raise HeldAlreadyError from None


async def decline(proposal: Proposal, *, reason: str, actor: Actor) -> None:
    """Decline a proposal as the second person, with a reason.

    :raises SecondPersonError: the actor proposed it. :raises ReasonNeededError: nothing says why.
    :raises DecidedMeanwhileError: somebody was quicker.
    """
    if actor.person_id == proposal.proposer_id:
        raise SecondPersonError
    if not reason.strip():
        raise ReasonNeededError
    async with recorded(actor, _event("dispensation declined", proposal)) as connection:
        if not await _lock(connection, proposal.id):
            raise DecidedMeanwhileError
        await _decide(connection, proposal.id, Decision.DECLINED, reason.strip(), held=None, actor=actor)
        await tell_decided(connection, proposal, Decision.DECLINED, on=today())


async def take_back(proposal: Proposal, *, actor: Actor) -> None:
    """Take back what one has proposed oneself, while it waits.

    :raises NotYoursError: somebody else proposed it. :raises DecidedMeanwhileError: it was decided.
    """
    if actor.person_id != proposal.proposer_id:
        raise NotYoursError
    async with recorded(actor, _event("dispensation taken back", proposal)) as connection:
        if not await _lock(connection, proposal.id):
            raise DecidedMeanwhileError
        await _decide(connection, proposal.id, Decision.TAKEN_BACK, None, held=None, actor=actor)


async def end(proposal: Proposal, *, reason: str, actor: Actor, on: date) -> None:
    """End what holds, with a reason: `on`, which is today, is its last day; what is to come never holds.

    :raises DoesNotHoldError: it is over, or never held. :raises ReasonNeededError: nothing says why.
    """
    if not reason.strip():
        raise ReasonNeededError
    if proposal.state not in {State.HOLDS, State.TO_COME}:
        raise DoesNotHoldError
    async with recorded(actor, _event("dispensation ended", proposal)) as connection:
        row = await connection.fetchrow(
            """UPDATE passport.dispensation SET superseded_at = clock_timestamp(), superseded_by = $2,
                      superseded_reason = $3 WHERE id = $1 AND superseded_at IS NULL RETURNING *""",
            proposal.dispensation_id, actor.person_id, reason.strip(),
        )  # fmt: skip
        if row is None:
            raise DoesNotHoldError
        # Of what had not begun nothing is left; the record of its days is one that lies before them.
        until = on if row["valid_from"] <= on else None
        if until is not None:
            left = await connection.fetchval(
                """INSERT INTO passport.dispensation (person_id, requirement_id, kind, reason, valid_from, valid_until,
                                                      recorded_by, approved_by, recorded_at)
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id""",
                row["person_id"], row["requirement_id"], row["kind"], row["reason"], row["valid_from"], until,
                row["recorded_by"], row["approved_by"], row["superseded_at"],
            )  # fmt: skip
            await connection.execute(
                "UPDATE passport.dispensation_proposal SET dispensation_id = $2 WHERE id = $1",
                proposal.id,
                left,
            )
        await tell_ended(connection, proposal, on=on)


async def _lock(writing: Connection, proposal_id: int) -> bool:
    """Let one decide at a time; say whether it still waits."""
    return bool(
        await writing.fetchval(
            "SELECT decision IS NULL FROM passport.dispensation_proposal WHERE id = $1 FOR UPDATE",
            proposal_id,
        )
    )


async def _decide(
    writing: Connection,
    proposal_id: int,
    decision: Decision,
    reason: str | None,
    *,
    held: int | None,
    actor: Actor,
) -> None:
    await writing.execute(
        """UPDATE passport.dispensation_proposal SET decision = $2, decided_by = $3, decided_at = clock_timestamp(),
                  decided_reason = $4, dispensation_id = $5 WHERE id = $1""",
        proposal_id, decision, actor.person_id, reason, held,
    )  # fmt: skip


def _event(name: str, proposal: Proposal) -> Event:
    return Event(name, PURPOSE, proposal.person_id, {"proposal": proposal.id, "kind": proposal.kind})
