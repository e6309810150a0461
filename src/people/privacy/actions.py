"""How does a privacy officer deal with unusual reading, and hold a reader's name back for a while?"""

from datetime import date

from access.identity import Identity
from foundation.audit import Actor, Event, recorded, write
from foundation.database import transaction
from people.privacy.errors import AlertSeenError, DelayEndedError, OwnDelayError

PURPOSE = "data protection"
LARGEST = 2**31 - 1


async def see_alert(*, actor: Actor, officer: Identity, alert_id: int, reader_id: int, words: str) -> None:
    """Record that unusual reading was looked into, and what was found.

    :raises AlertSeenError: somebody was quicker.
    """
    event = Event(
        "unusual reading looked into",
        PURPOSE,
        reader_id,
        {"alert": alert_id},
        role=officer.acts_as,
        text=words,
    )
    async with recorded(actor, event) as connection:
        seen = await connection.fetchval(
            """UPDATE access.reading_alert SET seen_by = $2, seen_at = clock_timestamp()
                WHERE id = $1 AND reader_id = $3 AND seen_at IS NULL AND reader_id <> $2 RETURNING id""",
            alert_id,
            officer.person_id,
            reader_id,
        )
        if seen is None:
            raise AlertSeenError


async def hold_back(
    *, actor: Actor, officer: Identity, subject_id: int, reader_id: int, until: date, reason: str
) -> None:
    """Hold a reader's name back from the person they read about, through a day, for a recorded reason.

    :raises OwnDelayError: the officer is the reader or the person, or the two are one.
    """
    if officer.person_id in {subject_id, reader_id} or subject_id == reader_id:
        raise OwnDelayError
    # Of whom, and from whom: the line names neither as its subject, or the list it delays would tell of it.
    event = Event(
        "reader's name held back",
        PURPOSE,
        detail={"subject": subject_id, "reader": reader_id, "until": until.isoformat()},
        role=officer.acts_as,
        text=reason,
    )
    async with transaction() as connection:
        line = await write(connection, actor, event)
        await connection.execute(
            """INSERT INTO access.reading_delay (subject_id, reader_id, delayed_until, event_id, recorded_by)
               VALUES ($1, $2, $3, $4, $5)""",
            subject_id,
            reader_id,
            until,
            line,
            officer.person_id,
        )


async def tell_again(*, actor: Actor, officer: Identity, subject_id: int, delay_id: int) -> None:
    """End a delay at once: the name is told from now on.

    :raises DelayEndedError: it is not held back any more.
    """
    event = Event("reader's name told", PURPOSE, detail={"delay": delay_id}, role=officer.acts_as)
    async with recorded(actor, event) as connection:
        ended = await connection.fetchval(
            """UPDATE access.reading_delay SET ended_at = clock_timestamp()
                WHERE id = $1 AND subject_id = $2 AND ended_at IS NULL RETURNING id""",
            min(delay_id, LARGEST),
            subject_id,
        )
        if ended is None:
            raise DelayEndedError
