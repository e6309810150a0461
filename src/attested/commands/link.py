"""The command that says whom the identity provider means by an account."""

from dataclasses import dataclass
from typing import Annotated

import typer

from access.openid.actions import link as link_account
from access.openid.actions import unlink
from attested.commands.naming import meant, somebody
from attested.commands.opening import with_database
from attested.commands.telling import AsJson, console, document
from attested.local import Addresses
from foundation.audit import Actor
from foundation.clock import today
from foundation.settings import settings


@dataclass(frozen=True, slots=True)
class Linked:
    """Who was linked to which account, or whose link has ended."""

    person: str
    issuer: str
    subject: str | None
    is_ended: bool


def issuer_meant(text: str | None) -> str:
    """Return the identity provider somebody means: the one they name, or the one that is set."""
    issuer = text or settings().oidc_issuer
    if issuer is None:
        raise typer.BadParameter("name the identity provider with --issuer, or set OIDC_ISSUER")
    return issuer


Issuer = Annotated[
    str | None,
    typer.Option(help="The identity provider, by its exact issuer; OIDC_ISSUER where none is given."),
]


def link(
    person: Annotated[str, typer.Argument(help="Who: a national identifier, or NUMBER@FORCE.")],
    *,
    subject: Annotated[
        str | None, typer.Option(help="The account: what the identity provider calls the person (sub).")
    ] = None,
    by: Annotated[str, typer.Option(help="Who says so: a second person.")],
    issuer: Issuer = None,
    end: Annotated[bool, typer.Option("--end", help="End the link there is, and every session.")] = False,
    as_json: AsJson = False,
) -> None:
    """Link a person to their account at the identity provider, so that they can sign in; or end that link.

    An account is never found by its e-mail address: those are given to others.
    """
    if end == (subject is not None):
        raise typer.BadParameter("give either --subject or --end")
    named = issuer_meant(issuer)

    async def work(_addresses: Addresses) -> Linked:
        who, says = await meant(person, today()), await meant(somebody(by), today())
        actor = Actor(says.id, says.name)
        if subject is None:
            await unlink(actor, person_id=who.id, issuer=named)
        else:
            await link_account(actor, person_id=who.id, issuer=named, subject=subject)
        return Linked(who.name, named, subject, end)

    linked = with_database(work)
    if as_json:
        document(linked)
    else:
        console.print(_told(linked))


def _told(linked: Linked) -> str:
    if linked.is_ended:
        return f"{linked.person} is linked to no account at {linked.issuer} any more, and is signed out."
    return f"{linked.person} signs in as {linked.subject} at {linked.issuer} from now on."
