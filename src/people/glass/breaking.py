"""How is the glass broken, ended early, and reviewed by a second person?"""

from asyncpg import Connection, ExclusionViolationError

from access.glass.opening import LONGEST, Why, glass_role, may_break
from access.identity import Identity, Subject
from access.permission_map import may_see
from access.permissions import Permission
from access.readings.looks import Opened
from foundation.audit import Actor, Event, recorded, write
from foundation.clock import today
from foundation.database import transaction
from people.glass.errors import (
    AlreadyReviewedError,
    CannotOpenError,
    NotOpenError,
    NotSecondPersonError,
    OneAtATimeError,
    WithinReachError,
)
from people.glass.facts import Glass, answering_for
from people.glass.telling import to_breaker, to_privacy_officer, to_subject
from people.notices.actions import give

_BREAK = """
INSERT INTO access.glass (person_id, role, subject_id, force_id, reason, event_id, opened_at, closes_at)
VALUES ($1, $2, $3, $4, $5, $6, statement_timestamp(), statement_timestamp() + $7::interval) RETURNING id
"""
# Two at the same moment would wait for each other at the constraint: one waits here, and is refused there.
_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('access.glass'), $1)"
# Only where no name is held back from the person does it go to them at once.
TELLABLE = """NOT EXISTS (SELECT FROM access.reading_delay AS delay
    WHERE delay.subject_id = glass.subject_id AND delay.reader_id = glass.person_id
      AND delay.ended_at IS NULL AND delay.delayed_until >= (now() AT TIME ZONE 'Europe/London')::date)"""


async def break_glass(
    *, actor: Actor, breaker: Identity, subject: Subject | None, why: Why, words: str
) -> int:
    """Open one person's passport to somebody for an hour; tell the privacy officer, and the person, at once.

    :raises CannotOpenError: there is no such person, or never for this reason; an attempt is written down all the same.
    :raises WithinReachError: they may see the record as it is. :raises OneAtATimeError: another one is open.
    """
    if subject is None or not may_break(breaker, subject, why):
        async with recorded(actor, Event("glass not opened", f"break-glass: {why}")):
            pass  # that somebody tried is itself what is recorded
        raise CannotOpenError
    if may_see(breaker, Permission.PASSPORT_READ, subject):
        raise WithinReachError
    event = Event(
        Opened.GLASS,
        f"break-glass: {why}",
        subject.person_id,
        {"reason": why, "force": breaker.force_id},
        role=glass_role(breaker),
        is_reading=True,
        text=words,
    )
    try:
        async with transaction() as connection:
            await connection.execute(_ONE_AT_A_TIME, breaker.person_id)
            line = await write(connection, actor, event)
            return await _break(connection, breaker, subject, why, line=line)
    except ExclusionViolationError:
        raise OneAtATimeError from None


async def end_glass(*, actor: Actor, breaker: Identity, glass_id: int) -> None:
    """Close one's own open pane before its hour is over.

    :raises NotOpenError: it is not open, or not theirs.
    """
    async with recorded(actor, Event("glass ended", "break-glass", detail={"glass": glass_id})) as connection:
        ended = await connection.fetchval(
            """UPDATE access.glass SET closes_at = greatest(opened_at, clock_timestamp())
                WHERE id = $1 AND person_id = $2 AND closes_at > clock_timestamp() RETURNING id""",
            glass_id,
            breaker.person_id,
        )
        if ended is None:
            raise NotOpenError


async def review(*, actor: Actor, reviewer: Identity, glass: Glass, is_upheld: bool, words: str) -> None:
    """Say, as the second person, whether breaking the glass was right, and why.

    :raises NotSecondPersonError: it is the reviewer's own doing, or their own record.
    :raises AlreadyReviewedError: somebody was quicker.
    """
    if reviewer.person_id in {glass.breaker_id, glass.subject_id}:
        raise NotSecondPersonError
    event = Event(
        "glass reviewed",
        "break-glass",
        glass.subject_id,
        {"glass": glass.id, "upheld": is_upheld},
        role=reviewer.acts_as,
        text=words,
    )
    async with transaction() as connection:
        reviewed = await connection.fetchval(
            """UPDATE access.glass SET reviewed_by = $2, reviewed_at = clock_timestamp(), is_upheld = $3, review_id = $4
                WHERE id = $1 AND reviewed_at IS NULL RETURNING id""",
            glass.id,
            reviewer.person_id,
            is_upheld,
            await write(connection, actor, event),
        )
        if reviewed is None:
            raise AlreadyReviewedError
        on = today()
        await give(
            connection, [to_breaker(glass.breaker_id, glass.id, is_upheld=is_upheld, on=on)], created_for=on
        )


async def _break(connection: Connection, breaker: Identity, subject: Subject, why: Why, *, line: int) -> int:
    on = today()
    number: int = await connection.fetchval(
        _BREAK,
        breaker.person_id,
        glass_role(breaker),
        subject.person_id,
        subject.force_id,
        why,
        line,
        LONGEST,
    )
    officers = await answering_for(subject.force_id or 0, but=(breaker.person_id, subject.person_id))
    alerts = [to_privacy_officer(officer, number, why, on=on) for officer in officers]
    await give(connection, alerts, created_for=on)
    await tell_subjects(connection)
    return number


async def tell_subjects(connection: Connection) -> None:
    """Tell everybody who has not been told yet, and from whom it is not held back, that their passport was opened."""
    rows = await connection.fetch(
        f"""UPDATE access.glass SET told_at = clock_timestamp()
             WHERE told_at IS NULL AND {TELLABLE} RETURNING id, subject_id, reason, opened_at"""  # noqa: S608 - our own words
    )
    on = today()
    notices = [
        to_subject(row["subject_id"], row["id"], row["reason"], row["opened_at"], on=on) for row in rows
    ]
    await give(connection, notices, created_for=on)
