"""Which key signs the heads, where is it kept, and who says that it is the right one?"""

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from foundation.problems import Problem
from foundation.sealing.heads import endorsement
from foundation.settings import settings

ID = 16
OWNER_ALONE = 0o600


class NotAKeyError(Problem):
    """The file named as the sealing key holds no Ed25519 private key in PEM."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key that checks heads, from the seal it begins with until the next key begins."""

    id: str
    public_key: bytes
    from_seal: int
    began_at: datetime | None = None
    endorsement: bytes | None = None

    @property
    def pem(self) -> str:
        """Return the key in the form that openssl reads."""
        loaded = Ed25519PublicKey.from_public_bytes(self.public_key)
        return loaded.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


@dataclass(frozen=True, slots=True)
class SigningKey:
    """The key that signs: it stays on the machine that seals, never in the database."""

    private: Ed25519PrivateKey

    @property
    def public(self) -> bytes:
        """Return the key that checks what this one signs."""
        return self.private.public_key().public_bytes_raw()

    @property
    def id(self) -> str:
        """Return the key's name: the beginning of its public half's hash."""
        return key_id(self.public)

    def sign(self, written: bytes) -> bytes:
        """Sign bytes; the same bytes have the same signature always."""
        return self.private.sign(written)


def key_id(public_key: bytes) -> str:
    """Name a key by its public half."""
    return sha256(public_key).hexdigest()[:ID]


def is_signed(written: bytes, signature: bytes, public_key: bytes) -> bool:
    """Say whether a signature is that key's under exactly these bytes."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, written)
    except (InvalidSignature, ValueError):
        return False
    return True


def in_force(keys: Sequence[PublicKey], seal: int) -> PublicKey | None:
    """Return the key with which a seal is to be signed; `keys` are in the order in which they began."""
    return next((key for key in reversed(keys) if key.from_seal <= seal), None)


def first_unendorsed(keys: Sequence[PublicKey]) -> PublicKey | None:
    """Return the first key that the one before it does not vouch for, or that is not what its name says."""
    before: PublicKey | None = None
    for key in keys:
        if key.id != key_id(key.public_key) or not _vouched(key, before):
            return key
        before = key
    return None


def _vouched(key: PublicKey, before: PublicKey | None) -> bool:
    if before is None:
        return key.from_seal == 1
    said = endorsement(key.public_key, from_seal=key.from_seal, previous=before.id)
    return key.from_seal > before.from_seal and is_signed(said, key.endorsement or b"", before.public_key)


def key_file() -> Path:
    """Return the file that holds the sealing key."""
    chosen = settings()
    return chosen.seal_key_file or chosen.attested_data / "seal" / "key.pem"


def signing_key(path: Path) -> SigningKey:
    """Read the sealing key, or make one, for the owner's eyes alone, if there is none yet.

    :raises NotAKeyError: the file holds something else.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _put(path, Ed25519PrivateKey.generate())
    try:
        private = load_pem_private_key(path.read_bytes(), password=None)
    except (ValueError, TypeError) as wrong:
        raise NotAKeyError from wrong
    if not isinstance(private, Ed25519PrivateKey):
        raise NotAKeyError
    return SigningKey(private)


def _put(path: Path, private: Ed25519PrivateKey) -> None:
    """Write a key whole or not at all; whoever comes second keeps the first one's."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ALONE), "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
