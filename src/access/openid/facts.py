"""Who is linked to whom at the identity providers, and which systems are registered?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from asyncpg import Record

from access.roles import Role
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


@dataclass(frozen=True, slots=True)
class Client:
    """A system that may call: one role, for one force, from a day through a day."""

    id: int
    issuer: str
    client_id: str
    name: str
    role: Role
    force_id: int
    valid_from: date
    valid_until: date | None
    ended_at: datetime | None


CLIENT = "id, issuer, client_id, name, role, force_id, valid_from, valid_until, ended_at"


async def client_on(issuer: str, client_id: str, on: date) -> Client | None:
    """Return the system that an identity provider calls by a name, as it is registered on a day."""
    row = await fetch_one(
        f"""SELECT {CLIENT} FROM access.machine_client WHERE issuer = $1 AND client_id = $2 AND ended_at IS NULL
             AND valid_from <= $3 AND coalesce(valid_until >= $3, true)""",  # noqa: S608 - our own constant
        issuer, client_id, on,
    )  # fmt: skip
    return None if row is None else client_of(row)


_EVERY_CLIENT = f"SELECT {CLIENT} FROM access.machine_client ORDER BY id DESC"  # noqa: S608 - our own constant


async def clients() -> Sequence[Client]:
    """Return every system that was ever registered, the latest first."""
    return [client_of(row) for row in await fetch(_EVERY_CLIENT)]


def client_of(row: Record) -> Client:
    """Return the system that a row is about."""
    number, issuer, client_id, name, role, *rest = row
    return Client(number, issuer, client_id, name, Role(role), *rest)
