"""Did a page of ours ask for this, or one of somebody else's that somebody signed in happens to look at?"""

from urllib.parse import urlsplit

from litestar import Request
from litestar.config.csrf import CSRFConfig
from litestar.enums import ScopeType
from litestar.exceptions import PermissionDeniedException
from litestar.middleware import ASGIMiddleware
from litestar.middleware.csrf import CSRFMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from access.sign_in import is_a_program, session_of
from access.unsent.keeping import kept_for
from foundation.problems import Problem
from foundation.settings import settings

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
OWN_SITES = frozenset({"same-origin", "none"})


class ForeignRequestError(Problem):
    """A page that is not ours asked for this. Nothing was changed."""

    status = 403
    title = "That was not asked for here"


class OwnForms(ASGIMiddleware):
    """Lets what changes something pass only if the browser says that a page of ours asked, and it holds our token.

    A system with a bearer token has no cookie that anybody else could use, and so needs neither.
    """

    scopes = (ScopeType.HTTP,)

    def __init__(self, config: CSRFConfig) -> None:
        self.config = config

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Look at where the request comes from, then at its token."""
        if is_a_program(scope) or _has_nothing_to_forge(scope):
            await next_app(scope, receive, send)
            return
        is_excepted = scope["route_handler"].opt.get(self.config.exclude_from_csrf_key)
        if not is_excepted and scope.get("method") not in SAFE and not is_ours(Request(scope)):
            raise ForeignRequestError
        try:
            await CSRFMiddleware(next_app, self.config)(scope, receive, send)
        except PermissionDeniedException:
            await _keep(Request(scope, receive=receive))
            raise


class SignedInAnewError(Problem):
    """You have signed in anew since this page was opened. What you typed is kept."""

    status = 409
    title = "Send it once more"

    def __init__(self, unsent: int) -> None:
        super().__init__()
        self.unsent = unsent


async def _keep(request: Request[object, object, object]) -> None:  # type: ignore[type-var]
    """Keep what was typed on a page of ours whose token is that of a session before, if the browser says that it is ours.

    :raises SignedInAnewError: it is kept.
    """
    session = session_of(request.scope)
    if session is None or request.headers.get("sec-fetch-site") != "same-origin" or not is_ours(request):
        return
    opt = request.scope["route_handler"].opt
    number = await kept_for(request, opt, person_id=session.person_id)
    if number is not None:
        raise SignedInAnewError(number)


def _has_nothing_to_forge(scope: Scope) -> bool:
    """Say whether systems alone ask here, and no session came along: whoever sent no token is then told to at the door."""
    return bool(scope["route_handler"].opt.get("for_systems")) and session_of(scope) is None


def is_ours(request: Request[object, object, object]) -> bool:  # type: ignore[type-var]
    """Say whether nothing tells that another site's page made the browser ask.

    Every browser of today sends at least one of the two headers; a program that sends neither still needs the token.
    """
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is not None and site not in OWN_SITES:
        return False
    return origin is None or origin in _own_origins(request)


def _own_origins(request: Request[object, object, object]) -> frozenset[str]:  # type: ignore[type-var]
    """Return our own origin: as the operator has it or, where nobody said, as the browser asked for it."""
    chosen = settings()
    parts = urlsplit(chosen.address)
    named = f"{parts.scheme}://{parts.netloc}"
    if chosen.public_url is not None:
        return frozenset({named})
    return frozenset({named, f"{request.url.scheme}://{request.headers.get('host', '')}"})
