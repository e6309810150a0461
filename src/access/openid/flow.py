"""How does somebody go to the identity provider, and what do they bring back? (Authorization code with PKCE)"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import httpx2
import structlog
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import AsyncOAuth2Client

from access.openid import attempts
from access.openid.attempts import Attempt, Begun
from access.openid.calling import PATIENCE, trust
from access.openid.errors import (
    NotStrongEnoughError,
    ProviderAwayError,
    RefusedByProviderError,
    StaleAttemptError,
    TokenRefusedError,
    UntrustworthyError,
)
from access.openid.provider import Described, Provider, provider_of
from access.openid.tokens import LEEWAY, PLAIN, IdToken, read_id_token, signed
from access.sessions import Proof
from foundation.problems import NotFoundError
from foundation.settings import settings

BACK = "/sign-in/back"
SCOPE = "openid"
"""Who somebody is, and nothing else: names, addresses and groups are in our own records."""
ANSWERS = frozenset({"state", "code", "iss", "error", "error_description", "error_uri", "session_state"})
log = structlog.get_logger("attested.openid")


@dataclass(frozen=True, slots=True)
class Leaving:
    """Where the browser goes, and what it must bring back."""

    address: str
    begun: Begun


@dataclass(frozen=True, slots=True)
class Returned:
    """What was proved, and which sign-in that was."""

    proof: Proof
    attempt: Attempt


def our_provider() -> Provider:
    """Return the provider whom the operator named.

    :raises NotFoundError: none: this is the demonstration.
    """
    issuer = settings().oidc_issuer
    if issuer is None:
        raise NotFoundError
    return provider_of(issuer)


async def leave(*, return_to: str, session: int | None = None) -> Leaving:
    """Send somebody to the provider: to sign in, or to prove again for a session that it is them.

    :raises ProviderAwayError: it cannot be reached.
    """
    provider = our_provider()
    described = await provider.described()
    begun = await attempts.begin(provider.issuer, session=session, return_to=return_to)
    strong = settings().oidc_step_up_acr
    again = {} if session is None else {"max_age": "0", **({"acr_values": strong} if strong else {})}
    async with _client() as client:
        address, _ = client.create_authorization_url(
            described.authorize_at,
            state=begun.state,
            code_verifier=begun.verifier,
            nonce=begun.nonce,
            **again,
        )
    return Leaving(str(address), begun)


async def come_back(answer: Mapping[str, str], browser: str) -> Returned:
    """Return what somebody proved who comes back from the provider; each sign-in comes back once.

    :raises SignInProblem: in the words for whoever stands there.
    """
    provider = our_provider()
    attempt = await attempts.take(provider.issuer, state=answer.get("state", ""), browser=browser)
    if attempt is None:
        raise StaleAttemptError
    described = await provider.described()
    _from_whom_it_went_to(described, answer.get("iss"))
    if "error" in answer or not answer.get("code"):
        log.info("the identity provider refused", error=answer.get("error", "no code")[:100])
        raise RefusedByProviderError
    token = await _redeemed(described, answer["code"], attempt)
    try:
        said = await signed(token, provider, PLAIN)
        read = read_id_token(said, client_id=settings().oidc_client_id or "", nonce=attempt.nonce)
    except TokenRefusedError as refused:
        log.warning("a token was refused", reason=str(refused))
        raise UntrustworthyError from refused
    _as_strong_as_asked(read, attempt)
    return Returned(
        Proof(provider.issuer, read.subject, read.sid, token, read.proved_at, read.strength), attempt
    )


def _from_whom_it_went_to(described: Described, named: str | None) -> None:
    """Refuse the answer of another provider before its code is sent anywhere (mix-up; RFC 9207)."""
    if (named is None and described.names_itself) or (named is not None and named != described.issuer):
        log.warning("another identity provider answered", named=named)
        raise UntrustworthyError


async def _redeemed(described: Described, code: str, attempt: Attempt) -> str:
    """Return the ID token for a code."""
    try:
        async with _client() as client:
            given = await client.fetch_token(
                described.token_at, grant_type="authorization_code", code=code, code_verifier=attempt.verifier
            )
    except httpx2.HTTPError as away:
        log.warning("the identity provider cannot be asked", failure=repr(away))
        raise ProviderAwayError from away
    except (OAuthError, ValueError) as refused:
        log.warning("the identity provider did not take its code back", reason=repr(refused))
        raise UntrustworthyError from refused
    token = given.get("id_token")
    if not isinstance(token, str):
        log.warning("the identity provider gave no ID token")
        raise UntrustworthyError
    return token


def _as_strong_as_asked(read: IdToken, attempt: Attempt) -> None:
    """Refuse, where somebody was to prove again that it is them, an old proof or a weak one."""
    if attempt.session is None:
        return
    oldest = attempt.began_at - timedelta(seconds=LEEWAY)
    strong = settings().oidc_step_up_acr.split()
    if read.proved_at is None or read.proved_at < oldest or (strong and read.strength not in strong):
        log.warning("no new proof, or none strong enough", proved_at=str(read.proved_at), acr=read.strength)
        raise NotStrongEnoughError


def _client() -> AsyncOAuth2Client:
    chosen = settings()
    secret = chosen.oidc_client_secret
    return AsyncOAuth2Client(
        chosen.oidc_client_id,
        secret.get_secret_value() if secret else None,
        redirect_uri=f"{chosen.address}{BACK}",
        scope=SCOPE,
        code_challenge_method="S256",
        timeout=PATIENCE,
        verify=trust(),
        follow_redirects=False,
    )
