"""How does somebody ask for what is held on them, and how is their request extended?"""

from datetime import date

from asyncpg import UniqueViolationError

from attested.subject_access.errors import AskedAlreadyError, ExtendedAlreadyError
from attested.subject_access.facts import Asked
from attested.subject_access.rules import due, extended
from foundation.audit import Actor, Event, recorded
from foundation.jobs.asking import ask

PURPOSE = "subject access"
GATHER = "subject_access.gather"
TELL_LATER = "subject_access.tell_later"


async def ask_for_everything(*, actor: Actor, on: date) -> int:
    """Ask for everything held on oneself: the clock starts, and a job gathers it. Returns the request's number.

    :raises AskedAlreadyError: one is under way.
    """
    try:
        async with recorded(
            actor, Event("asked for everything held", PURPOSE, actor.person_id)
        ) as connection:
            number: int = await connection.fetchval(
                """INSERT INTO access.subject_request (person_id, force_id, asked_on, due_on)
                   SELECT id, coalesce(directory.force_id, (SELECT force_id FROM people.post WHERE post.person_id = person.id
                                                             ORDER BY valid_from DESC, post.id DESC LIMIT 1)), $2, $3
                     FROM people.person LEFT JOIN people.directory ON directory.person_id = person.id
                    WHERE person.id = $1 RETURNING id""",
                actor.person_id, on, due(on),
            )  # fmt: skip
            await ask(connection, GATHER, {"request": number}, effect_key=f"subject access {number}")
    except UniqueViolationError:
        raise AskedAlreadyError from None
    return number


async def extend(*, actor: Actor, request: Asked, months: int, reason: str, on: date) -> date:
    """Take one or two months more for a request, and tell the person why (UK GDPR article 12(3)).

    :raises ExtendedAlreadyError: it was extended before, is answered, or its day has passed.
    """
    until = extended(request.asked_on, months)
    event = Event(
        "request for everything held extended", PURPOSE, request.person_id, {"until": until.isoformat()}
    )
    async with recorded(actor, event) as connection:
        done = await connection.fetchval(
            """UPDATE access.subject_request SET extended_to = $2, extension_reason = $3, extended_by = $4
                WHERE id = $1 AND extended_to IS NULL AND complete_at IS NULL AND due_on >= $5 RETURNING id""",
            request.id, until, reason, actor.person_id, on,
        )  # fmt: skip
        if done is None:
            raise ExtendedAlreadyError
        await ask(
            connection, TELL_LATER, {"request": request.id}, effect_key=f"subject access {request.id} later"
        )
    return until
