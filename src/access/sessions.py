"""Who is signed in on this browser? Sessions live in the database; the cookie is a secret that it keeps only hashed."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from asyncpg import Record

from foundation.clock import today
from foundation.database import execute, fetch, fetch_one

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
LONGEST_BROWSER = 300
COOKIE = "attested-session"

_ALIVE = f"""ended_at IS NULL AND seen_at > clock_timestamp() - interval '{IDLE.total_seconds():.0f} s'
             AND began_at > clock_timestamp() - interval '{ABSOLUTE.total_seconds():.0f} s'"""
# To note every call would be a write for every page: within a minute it changes nothing that anybody could notice.
_OPENED = f"""
WITH found AS MATERIALIZED (
    SELECT id, person_id, acting, proved_at, strength, began_at, seen_at, browser,
           coalesce((SELECT NOT bool_or(coalesce(valid_until >= $2, true)) FROM people.post
                      WHERE post.person_id = session.person_id AND superseded_at IS NULL), false) AS has_left
      FROM access.session WHERE id_hash = $1 AND {_ALIVE}
), noted AS (
    UPDATE access.session SET seen_at = clock_timestamp()
      FROM found WHERE session.id = found.id AND NOT has_left
                   AND found.seen_at < clock_timestamp() - interval '1 minute'
)
SELECT * FROM found
"""  # noqa: S608 - our own constant


@dataclass(frozen=True, slots=True)
class Session:
    """One browser signed in as one person; `acting` is the role grant it acts in.

    `proved_at` is when the person last proved who they are to the identity provider, `strength` how (`acr`).
    """

    number: int
    person_id: int
    acting: int | None
    proved_at: datetime | None
    strength: str | None
    began_at: datetime
    seen_at: datetime
    browser: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What the identity provider said when the person proved who they are; the token is its own, to end it with."""

    issuer: str
    subject: str
    sid: str | None
    id_token: str | None
    proved_at: datetime | None
    strength: str | None


async def begin(person_id: int, *, browser: str = "", proof: Proof | None = None) -> str:
    """Begin a session for a person and return its secret; no secret that a browser offers is ever taken over.

    Those of theirs that have run out are ended in passing, and what the provider said of them is forgotten.
    """
    secret = secrets.token_urlsafe(32)
    await execute(
        f"""UPDATE access.session SET ended_at = clock_timestamp(), id_token = NULL
             WHERE person_id = $1 AND ended_at IS NULL AND NOT ({_ALIVE})""",  # noqa: S608 - our own constant
        person_id,
    )
    await execute(
        """INSERT INTO access.session (id_hash, person_id, browser, issuer, subject, sid, id_token, proved_at, strength)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)""",
        hash_of(secret), person_id, browser.replace("\0", "")[:LONGEST_BROWSER], *_columns(proof),
    )  # fmt: skip
    return secret


async def open_by(secret: str) -> Session | None:
    """Return the session that a secret opens, and keep it awake; None if there is none, it has run out, or who it was for has left."""
    row = await fetch_one(_OPENED, hash_of(secret), today())
    if row is not None and row["has_left"]:
        await end_all(row["person_id"])
        return None
    return None if row is None else _session(row)


async def whose(secret: str) -> int | None:
    """Return whose session a secret opened until it ran out, or was ended, within the last day. It opens nothing."""
    row = await fetch_one(
        "SELECT person_id FROM access.session WHERE id_hash = $1 AND seen_at > clock_timestamp() - interval '1 day'",
        hash_of(secret),
    )
    return None if row is None else int(row["person_id"])


async def renew(secret: str, *, acting: int | None, proof: Proof | None = None) -> str | None:
    """Give a session a new secret, as whatever widens what it may do must; the old one opens nothing any more.

    `acting` is the role grant it acts in from now on; without a new `proof` the one before stands. Its time does not
    begin again. None if there is no such session, for example because another window has just renewed it.
    """
    fresh = secrets.token_urlsafe(32)
    row = await fetch_one(
        f"""UPDATE access.session SET id_hash = $2, acting = $3, seen_at = clock_timestamp(),
                   issuer = coalesce($4, issuer), subject = coalesce($5, subject),
                   sid = CASE WHEN $4::text IS NULL THEN sid ELSE $6 END, id_token = coalesce($7, id_token),
                   proved_at = coalesce($8, proved_at), strength = CASE WHEN $4::text IS NULL THEN strength ELSE $9 END
             WHERE id_hash = $1 AND {_ALIVE} RETURNING id""",  # noqa: S608 - our own constant
        hash_of(secret), hash_of(fresh), acting, *_columns(proof),
    )  # fmt: skip
    return None if row is None else fresh


async def end(secret: str) -> None:
    """End a session, so that its secret opens nothing any more."""
    await execute(
        "UPDATE access.session SET ended_at = clock_timestamp(), id_token = NULL WHERE id_hash = $1 AND ended_at IS NULL",
        hash_of(secret),
    )


async def end_one(person_id: int, number: int) -> bool:
    """End one session of a person's own; False if it is not theirs, or has ended already."""
    done = await execute(
        """UPDATE access.session SET ended_at = clock_timestamp(), id_token = NULL
            WHERE person_id = $1 AND id = $2 AND ended_at IS NULL""",
        person_id,
        number,
    )
    return done == "UPDATE 1"


async def end_all(person_id: int, *, but: int | None = None) -> None:
    """End every session of a person, on whatever browser; `but` is the number of one that may go on."""
    await execute(
        """UPDATE access.session SET ended_at = clock_timestamp(), id_token = NULL
            WHERE person_id = $1 AND id IS DISTINCT FROM $2 AND ended_at IS NULL""",
        person_id,
        but,
    )


async def sessions_of(person_id: int) -> tuple[Session, ...]:
    """Return where a person is signed in now, the browser that was seen last first."""
    rows = await fetch(
        f"SELECT * FROM access.session WHERE person_id = $1 AND {_ALIVE} ORDER BY seen_at DESC, id DESC",  # noqa: S608 - our own constant
        person_id,
    )
    return tuple(_session(row) for row in rows)


def hash_of(secret: str) -> bytes:
    """Return the form in which a secret is kept: it has 256 bits, so that none can be guessed from its hash."""
    return hashlib.sha256(secret.encode()).digest()


def _session(row: Record) -> Session:
    return Session(
        number=row["id"],
        person_id=row["person_id"],
        acting=row["acting"],
        proved_at=row["proved_at"],
        strength=row["strength"],
        began_at=row["began_at"],
        seen_at=row["seen_at"],
        browser=row["browser"],
    )


def _columns(proof: Proof | None) -> tuple[str | datetime | None, ...]:
    if proof is None:
        return (None,) * 6
    return (proof.issuer, proof.subject, proof.sid, proof.id_token, proof.proved_at, proof.strength)
