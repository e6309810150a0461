"""Did the identity provider say this, to us, now, and in answer to what we asked?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwt import JWTClaimsRegistry

from access.openid.calling import Document
from access.openid.errors import TokenRefusedError
from access.openid.provider import Provider

ALGORITHMS = ("RS256", "PS256", "ES256")
"""Ours, never the token's own choice: `none` and everything with a shared secret are not among them."""
LEEWAY = 60
"""So many seconds may the provider's clock be apart from ours."""
LONGEST = 16_384
# A token names its key; one that brings a key along, or says where to fetch one, wants us to trust itself.
OWN_KEYS = frozenset({"jwk", "jku", "x5u"})

PLAIN = frozenset({None, "jwt"})
ACCESS = frozenset({"at+jwt", "application/at+jwt"})
LOGOUT = frozenset({"logout+jwt", "application/logout+jwt"})


@dataclass(frozen=True, slots=True)
class IdToken:
    """Who signed in, in which session of the provider's, when and how strongly they proved who they are."""

    subject: str
    sid: str | None
    proved_at: datetime | None
    strength: str | None


async def signed(token: str, provider: Provider, kinds: frozenset[str | None]) -> Document:
    """Return what a token says, once it is plain that the provider signed it, for this kind of use, and lately.

    :raises TokenRefusedError: it is not so. :raises ProviderAwayError: the provider's keys cannot be had.
    """
    header = _header(token)
    if header.get("alg") not in ALGORITHMS or not OWN_KEYS.isdisjoint(header) or "crit" in header:
        raise TokenRefusedError(f"a header that is not accepted: {sorted(map(str, header))}")
    kind = header.get("typ")
    if (kind.lower() if isinstance(kind, str) else kind) not in kinds:
        raise TokenRefusedError(f"a token of another kind: {kind!r}")
    kid = header.get("kid")
    if not isinstance(kid, str):
        raise TokenRefusedError("it names no key")
    key = await provider.key(kid)
    try:
        said: Document = jwt.decode(token, key, algorithms=list(ALGORITHMS)).claims
        _in_time_and_from(provider.issuer).validate(said)
    except (JoseError, ValueError, TypeError) as failure:
        raise TokenRefusedError(repr(failure)) from failure
    return said


def read_id_token(said: Document, *, client_id: str, nonce: str) -> IdToken:
    """Return who signed in, once it is plain that they did so for us and just now (OpenID Connect Core, 3.1.3.7).

    :raises TokenRefusedError: it is not so.
    """
    audience = audience_of(said)
    if client_id not in audience:
        raise TokenRefusedError("made for somebody else")
    if said.get("azp", client_id) != client_id or (len(audience) > 1 and "azp" not in said):
        raise TokenRefusedError("given to somebody else")
    if said.get("nonce") != nonce:
        raise TokenRefusedError("not in answer to what was asked")
    proved_at = said.get("auth_time")
    return IdToken(
        subject=subject_of(said),
        sid=optional(said, "sid"),
        proved_at=None if proved_at is None else _instant(proved_at),
        strength=optional(said, "acr"),
    )


def audience_of(said: Document) -> list[object]:
    """Return whom a token is made for."""
    audience = said.get("aud")
    return audience if isinstance(audience, list) else [audience]


def subject_of(said: Document) -> str:
    """Return whom a token is about.

    :raises TokenRefusedError: nobody.
    """
    subject = said.get("sub")
    if not isinstance(subject, str) or not 1 <= len(subject) <= 255 or "\0" in subject:  # noqa: PLR2004 - Core, 2
        raise TokenRefusedError("about nobody")
    return subject


def optional(said: Document, name: str) -> str | None:
    """Return a word that a token may hold.

    :raises TokenRefusedError: what it holds is no word.
    """
    value = said.get(name)
    if value is not None and (not isinstance(value, str) or "\0" in value):
        raise TokenRefusedError(f"{name} is no text")
    return value


def _header(token: str) -> Mapping[str, object]:
    if len(token) > LONGEST:
        raise TokenRefusedError("too long")
    try:
        header: Mapping[str, object] = jws.extract_compact(token.encode()).headers()
    except (JoseError, ValueError, TypeError, RecursionError) as failure:
        raise TokenRefusedError("no token at all") from failure
    return header


def _in_time_and_from(issuer: str) -> JWTClaimsRegistry:
    return JWTClaimsRegistry(
        leeway=LEEWAY,
        iss={"essential": True, "value": issuer},
        exp={"essential": True},
        iat={"essential": True},
    )


def _instant(seconds: object) -> datetime:
    if not isinstance(seconds, int) or isinstance(seconds, bool):
        raise TokenRefusedError("auth_time is no instant")
    try:
        instant = datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError) as failure:
        raise TokenRefusedError("auth_time is no instant") from failure
    if (instant - datetime.now(UTC)).total_seconds() > LEEWAY:
        raise TokenRefusedError("auth_time is yet to come")
    return instant
