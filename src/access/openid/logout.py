"""How does a session end at the identity provider, and how does the provider end sessions here?"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from access.openid.calling import Document
from access.openid.errors import ProviderAwayError, TokenRefusedError
from access.openid.flow import our_provider
from access.openid.tokens import LEEWAY, LOGOUT, audience_of, optional, signed, subject_of
from access.sessions import hash_of
from foundation.audit import Actor, Event, recorded
from foundation.database import fetch_one
from foundation.settings import settings

HAPPENED = "http://schemas.openid.net/event/backchannel-logout"
SIGNED_OUT = "/signed-out"
KEPT_LONGER = timedelta(hours=1)
"""Beyond the time in which a token is accepted, so that no two clocks let one in a second time."""


@dataclass(frozen=True, slots=True)
class LogoutToken:
    """Whose sessions have ended at the provider: one session's, or all of a subject's; `until` it is accepted."""

    jti: str
    sid: str | None
    subject: str | None
    until: datetime


async def address_to_end_at(secret: str) -> str | None:
    """Return where at the provider a session ends too (RP-Initiated Logout 1.0); None: it did not begin there."""
    row = await fetch_one(
        "SELECT issuer, id_token FROM access.session WHERE id_hash = $1 AND ended_at IS NULL", hash_of(secret)
    )
    chosen = settings()
    if row is None or chosen.oidc_issuer is None or row["issuer"] != chosen.oidc_issuer:
        return None
    try:
        ends_at = (await our_provider().described()).end_session_at
    except ProviderAwayError:
        return None
    if ends_at is None:
        return None
    hint = {"id_token_hint": row["id_token"]} if row["id_token"] else {}
    asked = {
        **hint,
        "client_id": chosen.oidc_client_id,
        "post_logout_redirect_uri": f"{chosen.address}{SIGNED_OUT}",
    }
    return f"{ends_at}{'&' if '?' in ends_at else '?'}{urlencode(asked)}"


async def end_by(token: str) -> int:
    """End the sessions that a logout token names, and return how many; each token counts once.

    :raises TokenRefusedError: it is not the provider's, not for us, not for this, or was used already.
    """
    provider = our_provider()
    read = read_logout_token(await signed(token, provider, LOGOUT), client_id=settings().oidc_client_id or "")
    event = Event("signed out by the identity provider", "sign-out", detail={"issuer": provider.issuer})
    async with recorded(Actor.system("identity provider"), event) as connection:
        await connection.execute(
            "DELETE FROM access.logout_token WHERE kept_until < clock_timestamp() - $1::interval", KEPT_LONGER
        )
        fresh = await connection.fetchval(
            """INSERT INTO access.logout_token (issuer, jti, kept_until) VALUES ($1, $2, $3)
               ON CONFLICT DO NOTHING RETURNING true""",
            provider.issuer, read.jti, read.until,
        )  # fmt: skip
        if not fresh:
            raise TokenRefusedError("used already")
        ended = await connection.execute(
            """UPDATE access.session SET ended_at = clock_timestamp(), id_token = NULL
                WHERE issuer = $1 AND ended_at IS NULL AND ($2::text IS NULL OR subject = $2)
                  AND ($3::text IS NULL OR sid = $3 OR (sid IS NULL AND $2::text IS NOT NULL))""",
            provider.issuer, read.subject, read.sid,
        )  # fmt: skip
    return int(ended.rpartition(" ")[2])


def read_logout_token(said: Document, *, client_id: str) -> LogoutToken:
    """Return what has ended, once it is plain that the provider tells us, and that it is told as a logout.

    :raises TokenRefusedError: it is not so.
    """
    if client_id not in audience_of(said):
        raise TokenRefusedError("made for somebody else")
    happened = said.get("events")
    if not isinstance(happened, dict) or not isinstance(happened.get(HAPPENED), dict):
        raise TokenRefusedError("it does not say that somebody signed out")
    if "nonce" in said:
        raise TokenRefusedError("an ID token is no logout token")
    jti, sid = optional(said, "jti"), optional(said, "sid")
    subject = subject_of(said) if "sub" in said else None
    if not jti or len(jti) > 255 or (subject is None and not sid):  # noqa: PLR2004 - as the column has it
        raise TokenRefusedError("it has no number, or names nobody")
    return LogoutToken(jti, sid or None, subject, _accepted_until(said["exp"]))


def _accepted_until(exp: object) -> datetime:
    """Return when a token is accepted no longer; one that lasts for years would have to be remembered for years."""
    try:
        until = datetime.fromtimestamp(float(str(exp)) + LEEWAY, UTC)
    except (ValueError, OverflowError, OSError) as failure:
        raise TokenRefusedError("exp is no instant") from failure
    if until - datetime.now(UTC) > timedelta(days=1):
        raise TokenRefusedError("it lasts too long")
    return until
