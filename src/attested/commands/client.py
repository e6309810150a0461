"""The commands that say which systems may call the API."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

import typer

from access.openid.actions import NewClient, end_client, register
from access.openid.facts import Client, clients
from access.roles import Role
from attested.commands.link import Issuer, issuer_meant
from attested.commands.naming import meant, on_day, somebody
from attested.commands.opening import with_database
from attested.commands.telling import AsJson, console, document
from attested.local import Addresses
from foundation.audit import Actor
from foundation.clock import today
from foundation.wording import as_date
from people.forces.facts import force_with_code


@dataclass(frozen=True, slots=True)
class Clients:
    """The systems that are, or were, registered."""

    clients: tuple[Client, ...]


client = typer.Typer(
    help="Say which systems may call the API: their role, their force, from when until when."
)

Id = Annotated[str, typer.Option("--client-id", help="What the identity provider calls the system.")]
By = Annotated[str, typer.Option(help="Who says so: a national identifier, or NUMBER@FORCE.")]
FEEDS = ", ".join(role for role in Role if role.is_machine)


def _role(text: str) -> Role:
    found = next((role for role in Role if role.is_machine and role.casefold() == text.casefold()), None)
    if found is None:
        raise typer.BadParameter(f"one of: {FEEDS}")
    return found


def _until(day: date | None) -> str:
    return f" through {as_date(day)}" if day else ""


@client.command("register")
def register_(  # noqa: PLR0913 - each is an option of the command
    name: Annotated[str, typer.Argument(help="What people call the system, such as Avon HR.")],
    *,
    client_id: Id,
    role: Annotated[Role, typer.Option(parser=_role, metavar="ROLE", help=f"One of: {FEEDS}.")],
    force: Annotated[str, typer.Option(help="The force, by its code or its short name.")],
    by: By,
    issuer: Issuer = None,
    since: Annotated[
        date | None, typer.Option("--from", parser=on_day, metavar="DATE", help="From; today if not given.")
    ] = None,
    until: Annotated[
        date | None,
        typer.Option("--until", parser=on_day, metavar="DATE", help="Through; open if not given."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Register a system: one role, for one force. It then calls with tokens of the identity provider."""
    named = issuer_meant(issuer)

    async def work(_addresses: Addresses) -> Client:
        says = await meant(somebody(by), today())
        found = await force_with_code(force, today())
        new = NewClient(named, client_id, somebody(name), role, found.id, since or today(), until)
        return await register(Actor(says.id, says.name), new)

    made = with_database(work)
    if as_json:
        document(made)
    else:
        console.print(f"{made.name} may call as {made.role} from {as_date(made.valid_from)}{_until(until)}.")


@client.command("list")
def list_(*, as_json: AsJson = False) -> None:
    """List the systems that are, or were, registered."""

    async def work(_addresses: Addresses) -> Clients:
        return Clients(tuple(await clients()))

    found = with_database(work)
    if as_json:
        document(found)
        return
    for one in found.clients:
        over = ", ended" if one.ended_at else ""
        days = f"{as_date(one.valid_from)}{_until(one.valid_until)}"
        console.print(f"{one.name}: {one.role}, {one.client_id}, {days}{over}")
    if not found.clients:
        console.print("No system is registered.")


@client.command("end")
def end(
    client_id: Annotated[str, typer.Argument(help="What the identity provider calls the system.")],
    *,
    by: By,
    issuer: Issuer = None,
    as_json: AsJson = False,
) -> None:
    """Let a system call no longer, from now on; a token it still holds is refused with its next call."""
    named = issuer_meant(issuer)

    async def work(_addresses: Addresses) -> Clients:
        says = await meant(somebody(by), today())
        await end_client(Actor(says.id, says.name), issuer=named, client_id=client_id)
        return Clients(
            tuple(one for one in await clients() if (one.issuer, one.client_id) == (named, client_id))
        )

    found = with_database(work)
    if as_json:
        document(found)
    else:
        console.print(f"{client_id} may call no longer.")
