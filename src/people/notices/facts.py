"""What stands in a person's inbox, newest first, and how much of it is unread?"""

from dataclasses import dataclass
from datetime import date, datetime

from foundation.database import fetch, fetch_one
from people.notices.rules import Rung


@dataclass(frozen=True, slots=True)
class InboxItem:
    """A notice as its recipient sees it: about themselves, or about somebody they supervise."""

    delivery_id: int
    notice_id: int
    person_id: int
    national_id: str
    matter: str
    due_on: date
    rung: Rung
    headline: str
    body: str
    given_at: datetime
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class InboxPage:
    """One page of an inbox; `next_before` asks for the page after it, None on the last."""

    items: tuple[InboxItem, ...]
    next_before: int | None


_INBOX = """
SELECT delivery.id AS delivery_id, notice_id, person_id, national_id, matter, due_on, rung, headline, body,
       created_at AS given_at, read_at
  FROM people.notice_delivery AS delivery JOIN people.notice ON notice.id = notice_id
  JOIN people.person ON person.id = person_id
 WHERE recipient_id = $1 AND channel = 'inbox' AND ($2::bigint IS NULL OR delivery.id < $2)
 ORDER BY delivery.id DESC LIMIT $3
"""


async def inbox(recipient_id: int, *, before: int | None = None, limit: int = 20) -> InboxPage:
    """Return a page of a person's notices, newest first, older than the delivery numbered `before`."""
    rows = await fetch(_INBOX, recipient_id, before, limit + 1)
    items = tuple(InboxItem(**{**row, "rung": Rung(row["rung"])}) for row in rows[:limit])
    return InboxPage(items, items[-1].delivery_id if len(rows) > limit else None)


async def unread_count(recipient_id: int) -> int:
    """Return how many notices a person has not read."""
    row = await fetch_one(
        """SELECT count(*) AS unread FROM people.notice_delivery
            WHERE recipient_id = $1 AND channel = 'inbox' AND read_at IS NULL""",
        recipient_id,
    )
    return int(row["unread"]) if row else 0
