"""How are an offer of support, the answer to it, an event and a note recorded?"""

from datetime import date

from asyncpg import (
    Connection,
    ExclusionViolationError,
    ForeignKeyViolationError,
    InsufficientPrivilegeError,
    UniqueViolationError,
)

from access.confidential import Asker
from access.identity import Identity
from access.roles import Role
from access.walls import Wall, behind
from foundation.audit import Detail, Event
from foundation.clock import today
from foundation.jobs.asking import ask
from foundation.problems import InvalidError
from wellbeing.support.errors import (
    InCareAlreadyError,
    KnownEventError,
    NoForceError,
    NoSuchOfferError,
    NotInCareError,
    OfferAheadError,
    ReleasedAlreadyError,
)
from wellbeing.support.rules import LONGEST_NOTE, EventKind, Reply


async def record_offer(
    *, identity: Identity, person_id: int, force_id: int, offered_on: date, request_id: str | None = None
) -> bool:
    """Record that the force offered its routine check; return whether that was not known yet.

    Only that it was offered ever leaves this wing, and only to the force's account (domain section 11, caution 2).

    :raises OfferAheadError: the day is yet to come.
    """
    if offered_on > today():
        raise OfferAheadError
    event = Event("check offered", "offering support", person_id, {"offered_on": offered_on.isoformat()})
    async with behind(Wall.WELLBEING, identity, event, request_id=request_id) as connection:
        offer = await connection.fetchval(
            """INSERT INTO wellbeing.check_offer (person_id, force_id, offered_on, recorded_by) VALUES ($1, $2, $3, $4)
               ON CONFLICT (person_id, offered_on) DO NOTHING RETURNING id""",
            person_id,
            force_id,
            offered_on,
            identity.person_id,
        )
        if offer is not None:
            await ask(connection, "licence.refresh")
    return offer is not None


async def answer_offer(asker: Asker, *, offered_on: date, reply: Reply) -> None:
    """Record what a person says of what was offered to them. It stays in this wing; what they say is in no audit.

    :raises NoSuchOfferError: nothing was offered to them on that day.
    """
    force_id = _own_force(asker)
    event = Event(
        "offer answered",
        "own record",
        asker.person_id,
        {"offered_on": offered_on.isoformat()},
        role=Role.OFFICER,
    )
    try:
        async with behind(
            Wall.WELLBEING, asker.identity, event, role=Role.OFFICER, request_id=asker.request_id
        ) as connection:
            await connection.execute(
                """INSERT INTO wellbeing.check_response (person_id, force_id, offered_on, answer)
                   VALUES ($1, $2, $3, $4)""",
                asker.person_id, force_id, offered_on, reply,
            )  # fmt: skip
    except ForeignKeyViolationError:
        raise NoSuchOfferError from None


async def add_own_event(asker: Asker, *, kind: EventKind, attended_on: date) -> None:
    """Record what a person says they attended.

    :raises KnownEventError: it is recorded already. :raises InvalidError: the day is yet to come.
    """
    if attended_on > today():
        raise InvalidError(errors={"attended_on": "must not be in the future"})
    force_id = _own_force(asker)
    event = Event("event added", "own record", asker.person_id, role=Role.OFFICER)
    try:
        async with behind(
            Wall.WELLBEING, asker.identity, event, role=Role.OFFICER, request_id=asker.request_id
        ) as connection:
            await connection.execute(
                """INSERT INTO wellbeing.exposure (person_id, force_id, kind, attended_on, recorded_by)
                   VALUES ($1, $2, $3, $4, $1)""",
                asker.person_id, force_id, kind, attended_on,
            )  # fmt: skip
    except UniqueViolationError:
        raise KnownEventError from None


async def take_into_care(asker: Asker, *, person_id: int, force_id: int) -> None:
    """Begin to care for a person, as a clinician: from now on their notes are open to this clinician.

    :raises InCareAlreadyError: they do so already.
    """
    event = _event(asker, "taken into care", person_id)
    try:
        async with behind(Wall.WELLBEING, asker.identity, event, request_id=asker.request_id) as connection:
            await connection.execute(
                """INSERT INTO wellbeing.treatment (person_id, force_id, clinician_id, valid_from)
                   VALUES ($1, $2, $3, $4)""",
                person_id, force_id, asker.person_id, today(),
            )  # fmt: skip
    except ExclusionViolationError:
        raise InCareAlreadyError from None


async def write_note(asker: Asker, *, person_id: int, force_id: int, text: str) -> None:
    """Write a note on a person in one's care. Its words are nowhere but behind the wall.

    :raises NotInCareError: the person is not in the clinician's care. :raises InvalidError: nothing, or far too much.
    """
    if not 0 < len(text) <= LONGEST_NOTE or "\0" in text:
        raise InvalidError(errors={"text": f"Enter up to {LONGEST_NOTE} characters"})
    event = _event(asker, "care note written", person_id)
    try:
        async with behind(Wall.WELLBEING, asker.identity, event, request_id=asker.request_id) as connection:
            await connection.execute(
                """INSERT INTO wellbeing.care_note (person_id, force_id, author_id, text) VALUES ($1, $2, $3, $4)""",
                person_id, force_id, asker.person_id, text,
            )  # fmt: skip
    except InsufficientPrivilegeError:
        raise NotInCareError from None


async def release_note(asker: Asker, *, person_id: int, note_id: int) -> None:
    """Let the person read a note: a clinician has looked through it and found that it does them no harm.

    :raises ReleasedAlreadyError: they may already, or there is no such note of theirs in the clinician's care.
    """
    event = _event(asker, "care note released", person_id, {"note": note_id})
    async with behind(Wall.WELLBEING, asker.identity, event, request_id=asker.request_id) as connection:
        if await _released(connection, asker, person_id, note_id) is None:
            raise ReleasedAlreadyError


async def _released(connection: Connection, asker: Asker, person_id: int, note_id: int) -> int | None:
    found: int | None = await connection.fetchval(
        """UPDATE wellbeing.care_note SET released_at = clock_timestamp(), released_by = $3
            WHERE id = $1 AND person_id = $2 AND released_at IS NULL RETURNING 1""",
        note_id,
        person_id,
        asker.person_id,
    )
    return found


def _own_force(asker: Asker) -> int:
    if asker.identity.force_id is None:
        raise NoForceError
    return asker.identity.force_id


def _event(asker: Asker, name: str, person_id: int, detail: Detail | None = None) -> Event:
    return Event(name, "care", person_id, detail or {}, role=asker.identity.acts_as)
