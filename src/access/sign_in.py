"""Who is asking? Every request finds the person signed in, with the roles they hold at this moment."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from access import sessions
from access.facts import identity_of
from access.identity import Identity
from access.limits import Limit, count, network_of
from access.openid.attempts import LASTS
from access.openid.machines import BearerRefusedError, machine_by
from foundation import clock
from foundation.answers import API
from foundation.problems import Problem
from foundation.settings import settings

RECENT = timedelta(minutes=15)


class ProofRequiredError(Problem):
    """Confirm first that it is you: this is health or vetting, and your last sign-in was a while ago."""

    status = 401
    title = "Confirm that it is you"

    @property
    def headers(self) -> Mapping[str, str]:
        return {"WWW-Authenticate": 'Cookie realm="Attested", error="insufficient_user_authentication"'}


class TwoProofsError(Problem):
    """A session and a bearer token were sent together. Send one of the two."""

    title = "Send one proof of who asks"


class WhoIsAsking(ASGIMiddleware):
    """Puts the identity of the person signed in beside the request, or None."""

    scopes = (ScopeType.HTTP,)
    exclude_opt_key = "asks_nobody"

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Look the session up, and the roles anew: a role taken away is gone with the next request."""
        connection = ASGIConnection[Any, Any, Any, Any](scope)
        secret, token = connection.cookies.get(cookie_name()), _token(connection)
        if secret and token is not None:
            raise TwoProofsError
        session = await sessions.open_by(secret) if secret else None
        scope["session"] = session
        scope["user"] = await _who(session) if token is None else await _which(token, connection)
        await next_app(scope, receive, send)


def _token(connection: ASGIConnection[Any, Any, Any, Any]) -> str | None:
    """Return the bearer token that a system sends to the API; pages know none."""
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    is_sent = scheme.lower() == "bearer" and connection.scope["path"].startswith(API)
    return token.strip() if is_sent else None


async def _which(token: str, connection: ASGIConnection[Any, Any, Any, Any]) -> Identity:
    """Return the system that a token proves.

    :raises BearerRefusedError: it proves none. :raises TooManyTriesError: nor did many others of the same network.
    """
    try:
        return await machine_by(token, clock.today())
    except BearerRefusedError:
        await count(Limit.REFUSED_FROM, network_of(connection))
        raise


def is_a_program(scope: Scope) -> bool:
    """Say whether a system asks that proved itself by a token, and not by a cookie."""
    known = scope.get("user")
    return isinstance(known, Identity) and known.is_machine


async def _who(session: sessions.Session | None) -> Identity | None:
    if session is None:
        return None
    return await identity_of(session.person_id, clock.today(), acting=session.acting)


def session_of(scope: Scope) -> sessions.Session | None:
    """Return the session of whoever asks; None where nobody is signed in, or a program asks."""
    found = scope.get("session")
    return found if isinstance(found, sessions.Session) else None


def has_proved_recently(session: sessions.Session | None) -> bool:
    """Say whether a session's person proved within 15 minutes, and strongly enough, who they are (step-up).

    Which proofs are strong enough the operator says, in OIDC_STEP_UP_ACR; in the demonstration any is.
    """
    if session is None or session.proved_at is None or clock.now() - session.proved_at >= RECENT:
        return False
    strong = settings().oidc_step_up_acr.split() if settings().oidc_issuer else []
    return not strong or session.strength in strong


def require_recent_proof(scope: Scope) -> None:
    """Let pass whoever proved lately who they are: before anything of health or vetting is shown or changed.

    :raises ProofRequiredError: a page then leads to where one proves it, and back; a program is told.
    """
    if not has_proved_recently(session_of(scope)):
        raise ProofRequiredError


def cookie_name() -> str:
    """Return the session cookie's name; the `__Host-` form holds the browser to this very host, over TLS."""
    return f"__Host-{sessions.COOKIE}" if is_over_tls() else sessions.COOKIE


def form_cookie_name() -> str:
    """Return the name of the cookie that whatever changes something must repeat in its form or header."""
    return "__Host-attested-form" if is_over_tls() else "attested-form"


def attempt_cookie_name(state: str) -> str:
    """Return the name of the cookie that proves which browser began a sign-in: each window has its own."""
    return f"{'__Host-' if is_over_tls() else ''}attested-attempt-{sessions.hash_of(state).hex()[:12]}"


def cookie(secret: str) -> Cookie:
    """Return the cookie that carries a session's secret."""
    return _kept(cookie_name(), secret, sessions.ABSOLUTE)


def attempt_cookie(state: str, secret: str) -> Cookie:
    """Return the cookie that proves, when a sign-in comes back, that this browser began it."""
    return _kept(attempt_cookie_name(state), secret, LASTS)


def gone(name: str) -> Cookie:
    """Return what makes a browser forget a cookie."""
    return _kept(name, "", timedelta())


def _kept(name: str, value: str, lasts: timedelta) -> Cookie:
    return Cookie(
        key=name,
        value=value,
        path="/",
        httponly=True,
        secure=is_over_tls(),
        samesite="lax",
        max_age=int(lasts.total_seconds()),
    )


def is_over_tls() -> bool:
    """Say whether people reach the pages over TLS, as they do everywhere but in the demo on loopback."""
    return settings().address.startswith("https://")
