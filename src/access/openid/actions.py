"""How is an account linked to a person, a system registered, and a session begun for whoever proved who they are?"""

from dataclasses import dataclass
from datetime import date

import asyncpg

from access import sessions
from access.openid.facts import CLIENT, Client, Link, client_of
from access.roles import Role
from access.sessions import Proof
from foundation.audit import Actor, Event, recorded
from foundation.problems import ConflictError

LINKED, UNLINKED = "account linked", "account unlinked"
SIGNED_IN, PROVED_AGAIN = "signed in", "identity proved again"
LINKING, SIGNING_IN = "say whom the identity provider means", "sign-in"


REGISTERED, ENDED, REGISTERING = "system registered", "system ended", "say which systems may call"


class LinkedAlreadyError(ConflictError):
    """The account, or the person, is linked already. End that link first."""


class LinkItselfError(ConflictError):
    """Nobody links an account to their own record."""


class NotLinkedAtAllError(ConflictError):
    """This account is not linked to that person."""


class NotASystemsRoleError(ConflictError):
    """A system holds one of the feeds' roles, and no person's."""


class RegisteredAlreadyError(ConflictError):
    """This system is registered already for some of those days."""


class NoSuchSystemError(ConflictError):
    """This system is not registered."""


@dataclass(frozen=True, slots=True)
class NewClient:
    """A system to be registered: what its identity provider calls it, and what it may be."""

    issuer: str
    client_id: str
    name: str
    role: Role
    force_id: int
    valid_from: date
    valid_until: date | None = None


async def link(actor: Actor, *, person_id: int, issuer: str, subject: str) -> Link:
    """Link an account of an identity provider to a person.

    :raises LinkItselfError: the actor is that person. :raises LinkedAlreadyError: one of the two is linked already.
    """
    if actor.person_id == person_id:
        raise LinkItselfError
    event = Event(LINKED, LINKING, person_id, {"issuer": issuer})
    try:
        async with recorded(actor, event) as connection:
            (row,) = await connection.fetch(
                """INSERT INTO access.identity_link (person_id, issuer, subject, linked_by) VALUES ($1, $2, $3, $4)
                   RETURNING id, person_id, issuer, subject, linked_by, linked_at""",
                person_id, issuer, subject, actor.person_id,
            )  # fmt: skip
    except asyncpg.UniqueViolationError as taken:
        raise LinkedAlreadyError from taken
    return Link(*row)


async def unlink(actor: Actor, *, person_id: int, issuer: str) -> None:
    """End the link between a person and their account at a provider, and every session with it.

    :raises NotLinkedAtAllError: there is none.
    """
    event = Event(UNLINKED, LINKING, person_id, {"issuer": issuer})
    async with recorded(actor, event) as connection:
        done = await connection.execute(
            """UPDATE access.identity_link SET ended_at = clock_timestamp(), ended_by = $3
                WHERE person_id = $1 AND issuer = $2 AND ended_at IS NULL""",
            person_id, issuer, actor.person_id,
        )  # fmt: skip
        if done == "UPDATE 0":
            raise NotLinkedAtAllError
        await sessions.end_all(person_id)


async def register(actor: Actor, new: NewClient) -> Client:
    """Register a system.

    :raises NotASystemsRoleError: the role is a person's. :raises RegisteredAlreadyError: it is registered already.
    """
    if not new.role.is_machine:
        raise NotASystemsRoleError
    told = {"client": new.client_id, "role": new.role.value, "force": new.force_id}
    try:
        async with recorded(actor, Event(REGISTERED, REGISTERING, detail=told)) as connection:
            (row,) = await connection.fetch(
                f"""INSERT INTO access.machine_client
                        (issuer, client_id, name, role, force_id, valid_from, valid_until, registered_by)
                    VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING {CLIENT}""",  # noqa: S608 - our own constant
                new.issuer, new.client_id, new.name, new.role, new.force_id, new.valid_from, new.valid_until,
                actor.person_id,
            )  # fmt: skip
    except asyncpg.ExclusionViolationError as taken:
        raise RegisteredAlreadyError from taken
    return client_of(row)


async def end_client(actor: Actor, *, issuer: str, client_id: str) -> None:
    """Let a system call no longer, from now on; a token it still holds is of no use to it.

    :raises NoSuchSystemError: it is not registered, or has been ended.
    """
    async with recorded(actor, Event(ENDED, REGISTERING, detail={"client": client_id})) as connection:
        done = await connection.execute(
            """UPDATE access.machine_client SET ended_at = clock_timestamp(), ended_by = $3
                WHERE issuer = $1 AND client_id = $2 AND ended_at IS NULL""",
            issuer, client_id, actor.person_id,
        )  # fmt: skip
        if done == "UPDATE 0":
            raise NoSuchSystemError


async def sign_in(actor: Actor, proof: Proof, *, browser: str, before: str | None) -> str:
    """Begin a session for the person who acts, and return its secret; the one of that browser before ends."""
    async with recorded(actor, Event(SIGNED_IN, SIGNING_IN, actor.person_id, _told(proof))):
        if before:
            await sessions.end(before)
        return await sessions.begin(actor.person_id or 0, browser=browser, proof=proof)


async def prove_again(actor: Actor, proof: Proof, *, secret: str, acting: int | None) -> str | None:
    """Give a session the new proof, and with it a new secret; None if it has ended in the meantime."""
    async with recorded(actor, Event(PROVED_AGAIN, SIGNING_IN, actor.person_id, _told(proof))):
        return await sessions.renew(secret, acting=acting, proof=proof)


def _told(proof: Proof) -> dict[str, str | int | bool | list[str] | list[int] | None]:
    return {"issuer": proof.issuer, "strength": proof.strength}
