"""How is a provider entered and licensed, a licence ended, and a doubt answered?"""

from datetime import date

from asyncpg import ExclusionViolationError

from foundation.audit import Actor, Detail, Event, recorded
from foundation.clock import today
from passport.learning.writing import withdrawn
from passport.providers.errors import (
    BackwardsError,
    EndedAlreadyError,
    LicensedAlreadyError,
    NamedAlreadyError,
    NoSuchRequirementError,
    NotInDoubtError,
    ReasonNeededError,
)
from passport.providers.facts import IN_DOUBT, Doubt, Provider
from passport.providers.rules import Answer
from passport.providers.telling import tell_answered, tell_in_doubt

PURPOSE = "training"


async def enter(force_id: int, name: str, *, actor: Actor) -> int:
    """Enter a provider of a force and return its number.

    :raises NamedAlreadyError: the force has one of this name.
    """
    async with recorded(actor, Event("provider entered", PURPOSE, detail={"force": force_id})) as connection:
        number: int | None = await connection.fetchval(
            """INSERT INTO passport.provider (force_id, name, recorded_by) VALUES ($1, $2, $3)
               ON CONFLICT DO NOTHING RETURNING id""",
            force_id, name, actor.person_id,
        )  # fmt: skip
        if number is None:
            raise NamedAlreadyError
        return number


async def license_for(
    provider: Provider, requirement: str, *, since: date, until: date | None, actor: Actor
) -> int:
    """Say that a provider may deliver what meets a requirement, from a day through a day; return the licence's number.

    :raises BackwardsError: the last day before the first. :raises NoSuchRequirementError: no policy asks for it.
    :raises LicensedAlreadyError: it may on some of the days already.
    """
    if until is not None and until < since:
        raise BackwardsError
    detail: Detail = {"provider": provider.id, "requirement": requirement}
    try:
        async with recorded(actor, Event("provider licensed", PURPOSE, detail=detail)) as connection:
            number: int | None = await connection.fetchval(
                """INSERT INTO passport.provider_licence (provider_id, requirement_id, valid_from, valid_until, recorded_by)
                   SELECT $1, id, $3, $4, $5 FROM passport.requirement WHERE code = $2 RETURNING id""",
                provider.id, requirement, since, until, actor.person_id,
            )  # fmt: skip
    except ExclusionViolationError:
        raise LicensedAlreadyError from None
    if number is None:
        raise NoSuchRequirementError
    return number


async def end_licence(
    provider: Provider, licence_id: int, *, last_day: date, reason: str, actor: Actor
) -> None:
    """End a licence: what the provider delivered after its last day is in doubt, until somebody answers.

    :raises ReasonNeededError: nothing says why. :raises BackwardsError: the last day lies before the first.
    :raises EndedAlreadyError: it ends then or before already, or is none of the provider's.
    """
    if not reason.strip():
        raise ReasonNeededError
    held = next((one for one in provider.licences if one.id == licence_id), None)
    if held is not None and last_day < held.since:
        raise BackwardsError
    detail: Detail = {"provider": provider.id, "licence": licence_id, "last_day": last_day.isoformat()}
    async with recorded(actor, Event("provider's licence ended", PURPOSE, detail=detail)) as connection:
        ended = await connection.fetchval(
            """UPDATE passport.provider_licence SET valid_until = $3, ended_by = $4, ended_at = clock_timestamp(),
                      ended_reason = $5
                WHERE provider_id = $1 AND id = $2 AND coalesce(valid_until > $3, true) RETURNING id""",
            provider.id, licence_id, last_day, actor.person_id, reason.strip(),
        )  # fmt: skip
        if ended is None or held is None:
            raise EndedAlreadyError
        await tell_in_doubt(connection, held, last_day, on=today())


async def answer(doubt: Doubt, said: Answer, *, reason: str, actor: Actor) -> None:
    """Confirm evidence that is in doubt, ask for training again, or withdraw it; each with a reason.

    :raises ReasonNeededError: nothing says why. :raises NotInDoubtError: it is not in doubt any more.
    """
    if not reason.strip():
        raise ReasonNeededError
    detail: Detail = {"evidence": doubt.evidence_id, "answer": said}
    event = Event("doubt answered", PURPOSE, doubt.person_id, detail, text=reason.strip())
    async with recorded(actor, event) as connection:
        await connection.execute("SELECT FROM people.person WHERE id = $1 FOR NO KEY UPDATE", doubt.person_id)
        is_open = await connection.fetchval(
            f"SELECT EXISTS (SELECT FROM passport.evidence WHERE id = $1 AND {IN_DOUBT})",  # noqa: S608 - our own
            doubt.evidence_id,
        )
        if not is_open:
            raise NotInDoubtError
        await connection.execute(
            "INSERT INTO passport.doubt_answer (evidence_id, answer, reason, answered_by) VALUES ($1, $2, $3, $4)",
            doubt.evidence_id, said, reason.strip(), actor.person_id,
        )  # fmt: skip
        if said is Answer.WITHDRAWN:
            await withdrawn(connection, doubt.evidence_id, reason=reason.strip(), actor=actor)
        await tell_answered(connection, doubt, said, on=today())
