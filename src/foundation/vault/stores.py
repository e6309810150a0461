"""Where does the content of attached files lie, and how is it put there, fetched and dropped?"""

import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from obstore.exceptions import BaseError, NotFoundError
from obstore.store import LocalStore, S3Store

from foundation.settings import Settings, settings
from foundation.vault.errors import ContentGoneError, DamagedError, StoreUnreachableError

if TYPE_CHECKING:  # the library has this name for type checkers alone
    from obstore.store import S3Config

ABSENT = (
    FileNotFoundError,
    NotFoundError,
)  # the library raises Python's own for most of its stores, not always
PATIENCE = timedelta(seconds=10)
PRIVATE = 0o700
FOLDER = "attachments"


@dataclass(frozen=True, slots=True)
class Kept:
    """Content that lies in the store: its hash, and when it was last put there."""

    sha256: bytes
    put_at: datetime


@dataclass(frozen=True, slots=True)
class Vault:
    """Keeps content under its SHA-256, so that the same content lies there once, in a folder or in a bucket."""

    store: LocalStore | S3Store

    async def put(self, content: bytes) -> bytes:
        """Keep content, as often as it comes, and return its hash.

        :raises StoreUnreachableError: it cannot be kept now.
        """
        sha256 = hashlib.sha256(content).digest()
        try:
            await self.store.put_async(_path(sha256), content)
        except (BaseError, OSError) as failure:
            raise StoreUnreachableError from failure
        return sha256

    async def fetch(self, sha256: bytes) -> bytes:
        """Return content by its hash.

        :raises ContentGoneError: it is not there. :raises StoreUnreachableError: it cannot be fetched now.
        :raises DamagedError: what is there is something else.
        """
        try:
            found = await self.store.get_async(_path(sha256))
            content = bytes(await found.bytes_async())
        except ABSENT as absence:
            raise ContentGoneError from absence
        except (BaseError, OSError) as failure:
            raise StoreUnreachableError from failure
        if hashlib.sha256(content).digest() != sha256:
            raise DamagedError(sha256.hex())
        return content

    async def drop(self, sha256: bytes) -> None:
        """Let go of content; what is not there is dropped already.

        :raises StoreUnreachableError: it cannot be dropped now.
        """
        try:
            await self.store.delete_async(_path(sha256))
        except ABSENT:
            return
        except (BaseError, OSError) as failure:
            raise StoreUnreachableError from failure

    async def everything(self) -> AsyncIterator[list[Kept]]:
        """Walk all that is kept, some hundred at a time; whatever has no hash for a name is not ours."""
        async for lot in self.store.list():
            found = ((_hash(one["path"]), one["last_modified"]) for one in lot)
            yield [Kept(sha256, at) for sha256, at in found if sha256 is not None]


def vault_for(chosen: Settings) -> Vault:
    """Return the vault that the settings name."""
    if chosen.attachment_store is None:
        folder = (chosen.attested_data / FOLDER).resolve()
        folder.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
        return Vault(LocalStore(prefix=folder))
    place = urlsplit(chosen.attachment_store)
    is_plain = (chosen.attachment_store_endpoint or "").startswith("http:")
    return Vault(
        S3Store(
            place.netloc,
            prefix=place.path.strip("/") or None,
            config=_signing_in(chosen),
            client_options={"allow_http": is_plain, "timeout": PATIENCE},
            retry_config={"max_retries": 2, "retry_timeout": PATIENCE},
        )
    )


def _signing_in(chosen: Settings) -> "S3Config":
    """Return what the bucket's service is told; what is not set, the machine's own surroundings say."""
    config: S3Config = {}
    if chosen.attachment_store_endpoint is not None:
        config["endpoint"] = chosen.attachment_store_endpoint
        config["virtual_hosted_style_request"] = False
    if chosen.attachment_store_region is not None:
        config["region"] = chosen.attachment_store_region
    if chosen.attachment_store_key_id is not None and chosen.attachment_store_key is not None:
        config["access_key_id"] = chosen.attachment_store_key_id
        config["secret_access_key"] = chosen.attachment_store_key.get_secret_value()
    return config


@cache
def vault() -> Vault:
    """Return the vault of this process."""
    return vault_for(settings())


def _path(sha256: bytes) -> str:
    name = sha256.hex()
    return f"{name[:2]}/{name[2:]}"


def _hash(path: str) -> bytes | None:
    """Return the hash that a path stands for."""
    try:
        sha256 = bytes.fromhex(path.replace("/", ""))
    except ValueError:
        return None
    return sha256 if path == _path(sha256) else None
