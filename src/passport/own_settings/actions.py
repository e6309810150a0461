"""How is what a force sets for itself proposed, and approved or refused by a second person?"""

from datetime import date

from asyncpg import Connection

from access.identity import Identity
from foundation.audit import Actor, Detail, Event, recorded
from foundation.clock import today
from passport.own_settings.errors import AlreadyProposedError, AnsweredError, OwnProposalError
from passport.own_settings.facts import Proposal
from passport.policy.errors import InThePastError, NoReasonError, PeriodError
from passport.policy.keeping import PURPOSE
from passport.policy.overriding import NewSetting, checked, end_for_force, set_for_force, setting_of
from people.forces.facts import force_with_code


async def propose(*, actor: Actor, new: NewSetting) -> int:
    """Propose what a force sets for itself; return the proposal's number. It refuses what policy does not allow.

    :raises AlreadyProposedError: the same waits already. Everything that `overriding.checked` refuses is refused.
    """
    value = await checked(new)
    force = await force_with_code(new.force, new.valid_from)
    detail: Detail = {
        "force": force.code,
        "requirement": new.requirement,
        "setting": new.setting,
        "value": value,
    }
    event = Event("policy setting of a force proposed", PURPOSE, detail=detail, text=new.reason)
    async with recorded(actor, event) as connection:
        return await _proposed(
            connection,
            ("set", force.id, new.requirement, None, new.setting, value, new.reason.strip(), new.valid_from,
             new.valid_until, actor.person_id, actor.name),
        )  # fmt: skip


async def propose_end(*, actor: Actor, setting: int, last_day: date, reason: str) -> int:
    """Propose that what a force has set for itself ends after a day; return the proposal's number.

    :raises NoSuchOverrideError: there is none. :raises InThePastError: the day has passed.
    :raises PeriodError: it begins later. :raises NoReasonError: nothing says why.
    """
    if not reason:
        raise NoReasonError
    found = await setting_of(setting)
    if last_day < today():
        raise InThePastError
    if last_day < found.valid_from:
        raise PeriodError
    force = await force_with_code(found.force_code, today())
    event = Event(
        "policy setting of a force proposed to end", PURPOSE, detail={"setting": setting}, text=reason
    )
    async with recorded(actor, event) as connection:
        return await _proposed(
            connection,
            ("end", force.id, found.requirement, setting, found.setting, found.value, reason, found.valid_from, last_day,
             actor.person_id, actor.name),
        )  # fmt: skip


async def approve(*, actor: Actor, second: Identity, proposal: Proposal) -> None:
    """Approve a proposal as the second person: what it says holds from its day.

    :raises OwnProposalError: they proposed it. :raises AnsweredError: somebody was quicker. What policy allows is
        looked at again: everything that `overriding` refuses is refused.
    """
    if second.person_id == proposal.proposer_id:
        raise OwnProposalError
    event = Event("policy setting of a force approved", PURPOSE, detail={"proposal": proposal.id})
    async with recorded(actor, event) as connection:
        await _answer(connection, proposal, "approved", actor)
        if proposal.kind == "end" and proposal.override_id and proposal.valid_until:
            await end_for_force(connection, proposal.override_id, proposal.valid_until)
        else:
            number = await set_for_force(
                connection,
                NewSetting(
                    proposal.force_code, proposal.requirement, proposal.setting, proposal.value, proposal.reason,
                    proposal.valid_from, proposal.valid_until,
                ),
                proposal.force_id,
                proposed_by=proposal.proposed_by,
                approved_by=actor.name,
            )  # fmt: skip
            await connection.execute(
                "UPDATE passport.setting_proposal SET override_id = $2 WHERE id = $1", proposal.id, number
            )


async def refuse(*, actor: Actor, second: Identity, proposal: Proposal, reason: str) -> None:
    """Refuse a proposal with a reason; whoever proposed it takes it back.

    :raises AnsweredError: somebody was quicker. :raises NoReasonError: nothing says why.
    """
    if not reason:
        raise NoReasonError
    state = "taken back" if second.person_id == proposal.proposer_id else "refused"
    event = Event(
        f"policy setting of a force {state}", PURPOSE, detail={"proposal": proposal.id}, text=reason
    )
    async with recorded(actor, event) as connection:
        await _answer(connection, proposal, state, actor, reason)


async def _proposed(connection: Connection, values: tuple[object, ...]) -> int:
    waiting = await connection.fetchval(
        """SELECT setting_proposal.id FROM passport.setting_proposal JOIN passport.requirement ON requirement.id = requirement_id
            WHERE state = 'proposed' AND kind = $1 AND force_id = $2 AND code = $3 AND setting = $4
              AND value = $5 AND setting_proposal.valid_from = $6""",
        values[0], values[1], values[2], values[4], values[5], values[7],
    )  # fmt: skip
    if waiting is not None:
        raise AlreadyProposedError
    return int(await connection.fetchval(_PROPOSE, *values))


async def _answer(
    connection: Connection, proposal: Proposal, state: str, actor: Actor, answer: str | None = None
) -> None:
    answered = await connection.fetchval(_ANSWER, proposal.id, state, actor.person_id, actor.name, answer)
    if answered is None:
        raise AnsweredError


_PROPOSE = """
INSERT INTO passport.setting_proposal
       (kind, force_id, requirement_id, override_id, setting, value, reason, valid_from, valid_until, proposed_by,
        proposed_name)
SELECT $1, $2, id, $4, $5, $6, $7, $8, $9, $10, $11 FROM passport.requirement WHERE code = $3 RETURNING id
"""
_ANSWER = """
UPDATE passport.setting_proposal
   SET state = $2, answered_by = $3, answered_name = $4, answered_at = clock_timestamp(), answer = $5
 WHERE id = $1 AND state = 'proposed' RETURNING id
"""
