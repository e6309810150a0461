"""What does the identity provider say of itself, and which of its keys signed this?"""

import asyncio
from dataclasses import dataclass
from functools import cache
from time import monotonic

import structlog
from joserfc.jwk import Key

from access.openid.calling import Document, document_at
from access.openid.errors import ProviderAwayError, TokenRefusedError
from access.openid.keys import keys_in
from foundation.settings import is_private

WELL_KNOWN = "/.well-known/openid-configuration"
# In seconds. A key that the provider takes back is trusted for ten minutes more, or an hour while it cannot be asked.
DESCRIBED_FOR, KEYS_FOR, KEYS_WHILE_AWAY = 3600.0, 600.0, 3600.0
LOOK_AGAIN_AFTER, LEAVE_ALONE_FOR = 60.0, 5.0
NEVER = float("-inf")
log = structlog.get_logger("attested.openid")


@dataclass(frozen=True, slots=True)
class Described:
    """Where the provider's doors are; `names_itself`: it says with every answer through the browser who it is."""

    issuer: str
    authorize_at: str
    token_at: str
    keys_at: str
    end_session_at: str | None
    names_itself: bool


class Provider:
    """One identity provider: what it says of itself, and its keys, each looked up again in good time."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self._described: Described | None = None
        self._described_at = self._away_at = self._looked_at = self._keys_at = NEVER
        self._keys: dict[str, Key] = {}
        self._one_at_a_time = asyncio.Lock()

    async def described(self) -> Described:
        """Return what the provider says of itself.

        :raises ProviderAwayError: it says nothing, or says that it is somebody else.
        """
        async with self._one_at_a_time:
            if self._described is None or _age(self._described_at) > DESCRIBED_FOR:
                said = await self._ask(self.issuer.rstrip("/") + WELL_KNOWN)
                self._described, self._described_at = _read(said, self.issuer), monotonic()
            return self._described

    async def key(self, kid: str) -> Key:
        """Return the key of a name, of those that the provider publishes and of no others.

        An unknown name makes it look again, once a minute at most: whoever invents names shall not make us call.

        :raises TokenRefusedError: the provider has no such key. :raises ProviderAwayError: it cannot be asked.
        """
        published_at = (await self.described()).keys_at
        async with self._one_at_a_time:
            wait = LOOK_AGAIN_AFTER if kid not in self._keys else KEYS_FOR
            if _age(self._looked_at) > wait:
                await self._look(published_at)
        if kid not in self._keys:
            raise TokenRefusedError("signed with a key that the provider does not publish")
        return self._keys[kid]

    async def _look(self, published_at: str) -> None:
        self._looked_at = monotonic()
        try:
            self._keys, self._keys_at = keys_in(await self._ask(published_at)), monotonic()
        except ProviderAwayError:
            if _age(self._keys_at) > KEYS_WHILE_AWAY:
                self._keys = {}
                raise

    async def _ask(self, url: str) -> Document:
        """Ask, unless the last try has just failed: those who wait shall not wait one after the other."""
        if _age(self._away_at) < LEAVE_ALONE_FOR:
            raise ProviderAwayError
        try:
            return await document_at(url)
        except ProviderAwayError as failure:
            self._away_at = monotonic()
            log.warning("the identity provider cannot be asked", url=url, failure=repr(failure.__cause__))
            raise


@cache
def provider_of(issuer: str) -> Provider:
    """Return the provider with an issuer: one for the whole process, so that what it says is asked for once."""
    return Provider(issuer)


def _age(instant: float) -> float:
    return monotonic() - instant


def _read(said: Document, issuer: str) -> Described:
    ends_at = said.get("end_session_endpoint")
    read = Described(
        issuer=str(said.get("issuer")),
        authorize_at=str(said.get("authorization_endpoint")),
        token_at=str(said.get("token_endpoint")),
        keys_at=str(said.get("jwks_uri")),
        end_session_at=ends_at if isinstance(ends_at, str) and is_private(ends_at) else None,
        names_itself=said.get("authorization_response_iss_parameter_supported") is True,
    )
    methods = said.get("code_challenge_methods_supported", ["S256"])
    is_sound = (
        read.issuer == issuer
        and all(map(is_private, (read.authorize_at, read.token_at, read.keys_at)))
        and isinstance(methods, list)
        and "S256" in methods
    )
    if not is_sound:
        log.error("the identity provider's description cannot be used", issuer=issuer, said=read.issuer)
        raise ProviderAwayError
    return read
