"""How is the identity provider called: with patience, led nowhere else, and listened to for no longer than a little?"""

import ssl
from functools import cache

import httpx2
import msgspec

from access.openid.errors import ProviderAwayError
from foundation.settings import is_private

PATIENCE = httpx2.Timeout(5.0)
MOST = 1_000_000
"""No document of a provider is longer, in bytes."""

Document = dict[str, object]


@cache
def trust() -> ssl.SSLContext:
    """Return whom TLS trusts; to read the certificates takes longer than most calls."""
    return httpx2.create_ssl_context()


async def document_at(url: str) -> Document:
    """Return the JSON object at an address of the provider.

    :raises ProviderAwayError: there is none, or it is not reached privately.
    """
    if not is_private(url):
        raise ProviderAwayError
    try:
        content = await _content(url)
        return msgspec.json.decode(content, type=Document)
    except (httpx2.HTTPError, httpx2.InvalidURL, msgspec.MsgspecError, UnicodeError) as failure:
        raise ProviderAwayError from failure


async def _content(url: str) -> bytes:
    content = bytearray()
    async with (
        httpx2.AsyncClient(timeout=PATIENCE, verify=trust(), follow_redirects=False) as client,
        client.stream("GET", url, headers={"Accept": "application/json"}) as answer,
    ):
        if answer.status_code != httpx2.codes.OK:
            raise ProviderAwayError
        async for part in answer.aiter_bytes():
            content += part
            if len(content) > MOST:
                raise ProviderAwayError
    return bytes(content)
