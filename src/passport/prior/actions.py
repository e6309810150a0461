"""How is earlier learning claimed, taken back, accepted and declined?"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from asyncpg import Connection

from foundation.audit import Actor, Event, recorded
from foundation.clock import today
from passport.learning.in_hours import in_hours
from passport.learning.writing import NewEvidence, explained, locked, vouched_for
from passport.prior.errors import (
    AlreadyClaimedError,
    ClaimDecidedError,
    NoSuchRequirementError,
    NotPastError,
    OwnClaimError,
    ReasonNeededError,
)
from passport.prior.facts import Claim
from passport.prior.rules import State
from passport.prior.telling import tell_accepted, tell_declined
from people.posts.facts import post_on

PURPOSE = "keeping the passport"
SOURCE = "earlier learning"


@dataclass(frozen=True, slots=True)
class NewClaim:
    """What somebody says they learned before: which requirement it meets, where, on which day, and what it was."""

    force_id: int
    requirement: str
    where: str
    on: date
    what: str


async def claim(new: NewClaim, *, actor: Actor, on: date) -> int:
    """Claim earlier learning for oneself and return the claim's number; it counts for nothing until it is accepted.

    :raises NotPastError: it lies after `on`, which is today. :raises AlreadyClaimedError: the same waits already.
    :raises NoSuchRequirementError: no policy asks for it.
    """
    if new.on > on:
        raise NotPastError
    event = Event("earlier learning claimed", PURPOSE, actor.person_id, {"requirement": new.requirement})
    async with recorded(actor, event) as connection:
        number: int | None = await connection.fetchval(
            """INSERT INTO passport.prior_claim (person_id, force_id, requirement_id, learned_at, learned_on, learned)
               SELECT $1, $2, id, $4, $5, $6 FROM passport.requirement WHERE code = $3
                   ON CONFLICT (person_id, requirement_id) WHERE decision IS NULL DO NOTHING RETURNING id""",
            actor.person_id, new.force_id, new.requirement, new.where, new.on, new.what,
        )  # fmt: skip
        if number is not None:
            return number
        known = await connection.fetchval(
            "SELECT EXISTS (SELECT FROM passport.requirement WHERE code = $1)", new.requirement
        )
        raise AlreadyClaimedError if known else NoSuchRequirementError


async def take_back(found: Claim, *, actor: Actor) -> None:
    """Take back one's own claim while it waits.

    :raises ClaimDecidedError: it was decided.
    """
    async with recorded(actor, _event("earlier learning taken back", found)) as connection:
        await _decide(connection, found, State.TAKEN_BACK, None, actor=actor)


async def accept(found: Claim, *, counts_from: date, actor: Actor, on: date) -> int:
    """Accept a claim from a day: evidence that the person met it then, verified. Return the evidence's number.

    :raises OwnClaimError: it is the assessor's own. :raises ClaimDecidedError: somebody was quicker.
    :raises NotPastError: the day lies after `on`, which is today, or before the learning.
    """
    if actor.person_id == found.person_id:
        raise OwnClaimError
    if not found.learned_on <= counts_from <= on:
        raise NotPastError
    with explained():
        async with recorded(actor, _event("earlier learning accepted", found)) as connection:
            await _decide(connection, found, None, None, actor=actor)
            await locked(connection, [found.person_id])
            asked = (await in_hours(await _force_of(found.person_id, on), on)).get(found.requirement)
            new = NewEvidence(
                found.person_id,
                found.requirement,
                counts_from,
                SOURCE,
                hours=None if asked is None else Decimal(str(asked)),  # all of them: that is what is accepted
                reference=f"claim {found.id}",
            )
            number, _ = await vouched_for(connection, new, reason="accepted by an assessor", actor=actor)
            await connection.execute(
                """UPDATE passport.prior_claim SET decision = 'accepted', decided_by = $2, counts_from = $3,
                          decided_at = clock_timestamp(), evidence_id = $4 WHERE id = $1""",
                found.id, actor.person_id, counts_from, number,
            )  # fmt: skip
            await tell_accepted(connection, found, counts_from, on=on)
            return number


async def decline(found: Claim, *, reason: str, actor: Actor) -> None:
    """Decline a claim, with a reason that the person reads.

    :raises OwnClaimError: it is the assessor's own. :raises ReasonNeededError: nothing says why.
    :raises ClaimDecidedError: somebody was quicker.
    """
    if actor.person_id == found.person_id:
        raise OwnClaimError
    if not reason.strip():
        raise ReasonNeededError
    async with recorded(actor, _event("earlier learning declined", found)) as connection:
        await _decide(connection, found, State.DECLINED, reason.strip(), actor=actor)
        await tell_declined(connection, found, on=today())


async def _decide(
    writing: Connection, found: Claim, state: State | None, reason: str | None, *, actor: Actor
) -> None:
    """Let one decide at a time; without a state only see to it that nobody has."""
    waits = await writing.fetchval(
        "SELECT decision IS NULL FROM passport.prior_claim WHERE id = $1 FOR UPDATE", found.id
    )
    if not waits:
        raise ClaimDecidedError
    if state is not None:
        await writing.execute(
            """UPDATE passport.prior_claim SET decision = $2, decided_by = $3, decided_at = clock_timestamp(),
                      decided_reason = $4 WHERE id = $1""",
            found.id, state, actor.person_id, reason,
        )  # fmt: skip


def _event(name: str, found: Claim) -> Event:
    return Event(name, PURPOSE, found.person_id, {"claim": found.id, "requirement": found.requirement})


async def _force_of(person_id: int, on: date) -> int | None:
    post = await post_on(person_id, on)
    return post.place.force_id if post else None
