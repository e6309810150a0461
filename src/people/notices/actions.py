"""How is a notice given exactly once, and marked as read?"""

from collections.abc import Sequence
from datetime import date

from asyncpg import Connection

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
RETURNING id, person_id, rung
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
    somebody is merely told goes to them alone.
    """
    if not notices:
        return 0
    rows = [(n.person_id, n.matter, n.due_on, n.rung, n.headline, n.body) for n in notices]
    columns = [list(column) for column in zip(*rows, strict=True)]
    new = await connection.fetch(_NOTICES, *columns, created_for)
    if not new:
        return 0
    people = sorted({row["person_id"] for row in new})
    above = await connection.fetch(SUPERVISORS, people, created_for, None)
    supervisors = {row["person_id"]: row["supervisor_id"] for row in above}
    own = [(row["id"], row["person_id"]) for row in new]
    alone = {row["id"] for row in new if row["rung"] == Rung.TOLD}
    others = [
        (notice, supervisors[person])
        for notice, person in own
        if person in supervisors and notice not in alone
    ]
    numbers, recipients = zip(*own, *others, strict=True)
    await connection.execute(_DELIVERIES, list(numbers), list(recipients))
    await ask(connection, "notices.deliver")
    return len(new)


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
