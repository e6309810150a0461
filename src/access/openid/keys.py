"""Which of the keys that a provider publishes can have signed a token?"""

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, Key, RSAKey

from access.openid.calling import Document

# What a public key consists of: whatever else stands beside it, a private part above all, is not read.
PUBLIC = frozenset({"kty", "kid", "n", "e", "crv", "x", "y"})
KINDS: dict[str | None, type[RSAKey | ECKey]] = {"RSA": RSAKey, "EC": ECKey}
SHORTEST_MODULUS = 342
"""2,048 bits as base64url has them: a shorter one is no proof of anything."""


def keys_in(published: Document) -> dict[str, Key]:
    """Return the keys that can have signed a token, by name; what we cannot use is passed over."""
    listed = published.get("keys")
    keys = [_key(one) for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    return {key.kid: key for key in keys if key is not None and key.kid}


def _key(published: Document) -> Key | None:
    parts = {name: value for name, value in published.items() if name in PUBLIC and isinstance(value, str)}
    kind = KINDS.get(parts.get("kty"))
    if kind is None or published.get("use", "sig") != "sig" or "kid" not in parts:
        return None
    if kind is RSAKey and len(parts.get("n", "")) < SHORTEST_MODULUS:
        return None
    try:
        return kind.import_key(parts)  # type: ignore[arg-type]
    except (JoseError, ValueError, TypeError, KeyError):
        return None
