"""Who is signed in on this browser? Sessions live in the database; the cookie is a secret that it keeps only hashed."""

import hashlib
import secrets
from datetime import timedelta

from foundation.database import execute, fetch_one

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
COOKIE = "attested-session"


async def begin(person_id: int) -> str:
    """Begin a session for a person and return the new secret; no secret that a browser offers is ever taken over."""
    secret = secrets.token_urlsafe(32)
    await execute("INSERT INTO access.session (id_hash, person_id) VALUES ($1, $2)", _hash(secret), person_id)
    return secret


async def person_of(secret: str) -> int | None:
    """Return whose session a secret opens, and keep it awake; None if there is none, or it has run out."""
    row = await fetch_one(
        """UPDATE access.session SET seen_at = clock_timestamp()
            WHERE id_hash = $1 AND ended_at IS NULL
              AND seen_at > clock_timestamp() - $2::interval AND created_at > clock_timestamp() - $3::interval
        RETURNING person_id""",
        _hash(secret),
        IDLE,
        ABSOLUTE,
    )
    return None if row is None else int(row["person_id"])


async def end(secret: str) -> None:
    """End a session, so that its secret opens nothing any more."""
    await execute(
        "UPDATE access.session SET ended_at = clock_timestamp() WHERE id_hash = $1 AND ended_at IS NULL",
        _hash(secret),
    )


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
