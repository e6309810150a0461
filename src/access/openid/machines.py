"""Which system calls with this token, and what may it do? (Client credentials; JWT access tokens, RFC 9068)"""

from collections.abc import Mapping
from datetime import date

import structlog

from access.identity import NOBODY, Identity
from access.openid.errors import TokenRefusedError
from access.openid.facts import client_on
from access.openid.flow import our_provider
from access.openid.tokens import ACCESS, audience_of, signed, subject_of
from foundation.problems import NotFoundError, Problem
from foundation.settings import settings

log = structlog.get_logger("attested.openid")


class BearerRefusedError(Problem):
    """The token is not accepted here: it is not the identity provider's, has run out, or its client is not registered."""

    status = 401
    title = "Send a token that holds"

    @property
    def headers(self) -> Mapping[str, str]:
        return {"WWW-Authenticate": 'Bearer realm="Attested", error="invalid_token"'}


async def machine_by(token: str, on: date) -> Identity:
    """Return the system that a token proves: one role, for one force, as it is registered on a day.

    :raises BearerRefusedError: whatever is wrong; which it was stands in our log alone.
    :raises ProviderAwayError: the provider's keys cannot be had.
    """
    try:
        return await _machine(token, on)
    except (TokenRefusedError, NotFoundError) as refused:
        log.warning("a bearer token was refused", reason=str(refused))
        raise BearerRefusedError from refused


async def _machine(token: str, on: date) -> Identity:
    provider = our_provider()
    said = await signed(token, provider, ACCESS)
    if (settings().oidc_api_audience or settings().address) not in audience_of(said):
        raise TokenRefusedError("made for somebody else")
    client_id = said.get("client_id")
    if not isinstance(client_id, str) or subject_of(said) != client_id:
        raise TokenRefusedError("given to a person, not to a system")
    client = await client_on(provider.issuer, client_id, on)
    if client is None:
        raise TokenRefusedError(f"{client_id} is not registered")
    return Identity(NOBODY, client.name, client.force_id, {client.role: frozenset({client.force_id})})
