"""Who gathers what somebody asked for, and who tells them when it is there?"""

from datetime import timedelta

from attested.subject_access.actions import GATHER, PURPOSE, TELL_LATER
from attested.subject_access.catalogue import Part
from attested.subject_access.facts import request_of
from attested.subject_access.gathering import gathered, keep
from attested.subject_access.judging import TELL
from foundation.audit import Actor, Event, write
from foundation.clock import today
from foundation.database import transaction
from foundation.jobs.handlers import Handler, PayloadError, Work
from foundation.wording import as_date
from people.notices.actions import NewNotice, give
from people.notices.rules import Rung

HEADLINES = {
    Part.GENERAL: "What is held on you is ready, but for what is looked through first",
    Part.HEALTH: "The health part of what is held on you is ready",
    Part.VETTING: "The vetting part of what is held on you is ready",
}
LATER = "Your request for everything held on you takes longer"
BODY = "Fetch it from your passport, under What is held on me. It goes 30 days after its last part was ready."


async def gather(work: Work) -> None:
    """Gather everything before the walls for a request, as it stands at one instant; a second try does nothing."""
    number = _number(work)
    async with transaction() as connection:
        await connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        person_id = await connection.fetchval(
            """UPDATE access.subject_request SET gathered_at = clock_timestamp()
                WHERE id = $1 AND gathered_at IS NULL RETURNING person_id""",
            number,
        )
        if person_id is None:
            return
        await keep(connection, number, person_id, await gathered(connection, person_id))
        event = Event("everything held gathered", PURPOSE, person_id, {"request": number})
        await write(connection, Actor.system(work.name), event)
        await give(connection, [_notice(person_id, number, Part.GENERAL)], created_for=today())


async def tell(work: Work) -> None:
    """Tell somebody that a part that had to be judged first is there."""
    part = Part(str(work.payload.get("part")))
    async with transaction() as connection:
        person_id = await connection.fetchval(
            "SELECT person_id FROM access.subject_request WHERE id = $1", _number(work)
        )
        if person_id is not None:
            await give(connection, [_notice(person_id, _number(work), part)], created_for=today())


async def tell_later(work: Work) -> None:
    """Tell somebody that it takes longer, until when, and why."""
    asked = await request_of(_number(work))
    if asked is None or asked.extended_to is None:
        return
    body = f"You asked for everything held on you. It will take until {as_date(asked.extended_to)}, because: {asked.extension_reason}"
    notice = NewNotice(
        asked.person_id, f"SUBJECT-ACCESS:{asked.id}:later", asked.extended_to, Rung.TOLD, LATER, body
    )
    async with transaction() as connection:
        await give(connection, [notice], created_for=today())


def _notice(person_id: int, number: int, part: Part) -> NewNotice:
    matter = f"SUBJECT-ACCESS:{number}:{part}"
    return NewNotice(person_id, matter, today(), Rung.TOLD, HEADLINES[part], BODY)


def _number(work: Work) -> int:
    number = work.payload.get("request")
    if not isinstance(number, int):
        raise PayloadError(f"{work.name} does not say which request it is for")
    return number


HANDLERS = (
    Handler(GATHER, gather, longest=timedelta(minutes=10)),
    Handler(TELL, tell),
    Handler(TELL_LATER, tell_later),
)
