"""How is a notice given exactly once, and marked as read?"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from asyncpg import Connection, Record

from foundation.audit import Actor, Event, recorded
from foundation.jobs.asking import ask
from people.notices.rules import NewNotice, Rung
from people.supervision.facts import SUPERVISORS

__all__ = ["NewNotice", "give", "mark_read"]

# In the order of their key, so that two who give the same notices wait for one another instead of deadlocking.
_NOTICES = """
INSERT INTO people.notice (person_id, matter, due_on, rung, headline, body, created_for)
SELECT person_id, matter, due_on, rung, headline, body, $7
  FROM unnest($1::int[], $2::text[], $3::date[], $4::text[], $5::text[], $6::text[])
       AS given (person_id, matter, due_on, rung, headline, body)
 ORDER BY person_id, matter, due_on, rung
    ON CONFLICT (person_id, matter, due_on, rung) DO NOTHING
RETURNING id, person_id, matter, due_on, rung
"""
# The inbox has a notice as soon as it is given; e-mail is sent by the job asked for beside it.
_DELIVERIES = """
INSERT INTO people.notice_delivery (notice_id, recipient_id, channel, state, finished_at)
SELECT notice_id, recipient_id, channel, state, CASE WHEN state = 'sent' THEN clock_timestamp() END
  FROM unnest($1::bigint[], $2::int[]) AS addressed (notice_id, recipient_id),
       (VALUES ('inbox', 'sent'), ('e-mail', 'due')) AS by (channel, state)
 ORDER BY notice_id, recipient_id, channel
"""


async def give(connection: Connection, notices: Sequence[NewNotice], *, created_for: date) -> int:
    """Give the notices that were not given yet, within the caller's transaction; return how many those were.

    Each goes to the person and to whoever supervises them on the day it is created for, to the inbox and by e-mail; what
    somebody is merely told goes to them alone, and what names its recipients to these.
    """
    if not notices:
        return 0
    rows = [(n.person_id, n.matter, n.due_on, n.rung, n.headline, n.body) for n in notices]
    columns = [list(column) for column in zip(*rows, strict=True)]
    new = await connection.fetch(_NOTICES, *columns, created_for)
    if not new:
        return 0
    supervisors = await _supervisors(connection, [row["person_id"] for row in new], created_for)
    named = {(n.person_id, n.matter, n.due_on, n.rung): n.to for n in notices}
    addressed = [
        (row["id"], recipient)
        for row in new
        for recipient in _recipients(
            row, named[row["person_id"], row["matter"], row["due_on"], Rung(row["rung"])], supervisors
        )
    ]
    numbers, recipients = [one[0] for one in addressed], [one[1] for one in addressed]
    await connection.execute(_DELIVERIES, numbers, recipients)
    await ask(connection, "notices.deliver")
    return len(new)


async def _supervisors(connection: Connection, people: Iterable[int], day: date) -> Mapping[int, int]:
    rows = await connection.fetch(SUPERVISORS, sorted(set(people)), day, None)
    return {row["person_id"]: row["supervisor_id"] for row in rows}


def _recipients(row: Record, named: frozenset[int] | None, supervisors: Mapping[int, int]) -> Sequence[int]:
    """Return to whom a notice goes."""
    if named is not None:
        return sorted(named)
    above = supervisors.get(row["person_id"]) if row["rung"] != Rung.TOLD else None
    return [row["person_id"], *([above] if above else [])]


async def mark_read(*, actor: Actor, delivery_ids: Sequence[int]) -> int:
    """Mark notices in the actor's own inbox as read; return how many were not read before."""
    event = Event("notices read", "reading one's own notices", actor.person_id)
    async with recorded(actor, event) as connection:
        marked = await connection.fetch(
            """UPDATE people.notice_delivery SET read_at = clock_timestamp()
                WHERE id = ANY($1) AND recipient_id = $2 AND channel = 'inbox' AND read_at IS NULL
            RETURNING id""",
            list(delivery_ids),
            actor.person_id,
        )
    return len(marked)
