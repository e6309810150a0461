"""Which sign-in is this the answer to, and did this very browser begin it?"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from access.sessions import hash_of
from foundation.database import execute, fetch_one

LASTS = timedelta(minutes=10)
KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Begun:
    """A sign-in on its way: `state` goes with the browser to the provider and back, `browser` stays in its cookie."""

    state: str
    browser: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """A sign-in that has come back: what must be said and proved, whose session it renews, where to go then."""

    nonce: str
    verifier: str
    session: int | None
    return_to: str
    began_at: datetime


async def begin(issuer: str, *, session: int | None, return_to: str) -> Begun:
    """Begin a sign-in; what was begun a day ago and never came back is cleared away."""
    state, browser, nonce = (secrets.token_urlsafe(32) for _ in range(3))
    begun = Begun(state, browser, nonce, verifier=secrets.token_urlsafe(48))
    await execute(
        "DELETE FROM access.sign_in_attempt WHERE began_at < clock_timestamp() - $1::interval", KEPT
    )
    await execute(
        """INSERT INTO access.sign_in_attempt (state_hash, browser_hash, issuer, nonce, verifier, session_id, return_to)
           VALUES ($1, $2, $3, $4, $5, $6, $7)""",
        hash_of(begun.state), hash_of(begun.browser), issuer, begun.nonce, begun.verifier, session, return_to,
    )  # fmt: skip
    return begun


async def take(issuer: str, *, state: str, browser: str) -> Attempt | None:
    """Take a sign-in that has come back, so that nobody takes it again; None if it is not this browser's, or too old.

    What another browser brings stays as it is: whoever sees somebody's state cannot spoil their sign-in.
    """
    row = await fetch_one(
        """UPDATE access.sign_in_attempt SET used_at = clock_timestamp()
            WHERE state_hash = $1 AND browser_hash = $2 AND issuer = $3 AND used_at IS NULL
              AND began_at > clock_timestamp() - $4::interval
        RETURNING nonce, verifier, session_id, return_to, began_at""",
        hash_of(state), hash_of(browser), issuer, LASTS,
    )  # fmt: skip
    if row is None:
        return None
    return Attempt(*row)
