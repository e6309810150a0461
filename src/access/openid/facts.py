"""Who is linked to whom at the identity providers?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from foundation.database import fetch, fetch_one


@dataclass(frozen=True, slots=True)
class Link:
    """Whom an identity provider means by a subject, since when, and who said so; nobody: the command line."""

    id: int
    person_id: int
    issuer: str
    subject: str
    linked_by: int | None
    linked_at: datetime


async def linked_person(issuer: str, subject: str) -> int | None:
    """Return whom an identity provider means by a subject; nothing else that it says of a person is looked at."""
    row = await fetch_one(
        "SELECT person_id FROM access.identity_link WHERE issuer = $1 AND subject = $2 AND ended_at IS NULL",
        issuer,
        subject,
    )
    return None if row is None else int(row["person_id"])


async def links_of(person_id: int) -> Sequence[Link]:
    """Return the accounts that are linked to a person now."""
    rows = await fetch(
        """SELECT id, person_id, issuer, subject, linked_by, linked_at FROM access.identity_link
            WHERE person_id = $1 AND ended_at IS NULL ORDER BY id""",
        person_id,
    )
    return [Link(*row) for row in rows]
