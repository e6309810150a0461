"""What makes an address one that nobody can guess, and what of it is kept?"""

import hashlib
import secrets

BYTES = 32
"""So long is the secret in an address: nobody finds one by trying."""


def new_secret() -> str:
    """Return a secret that stands in an address as it is."""
    return secrets.token_urlsafe(BYTES)


def hashed(secret: str) -> bytes:
    """Return what is kept of a secret."""
    return hashlib.sha256(secret.encode()).digest()
