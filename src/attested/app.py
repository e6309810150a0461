"""Where the web server's parts are joined: routes, doors, errors, and the database that lasts as long as it does."""

import secrets
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from litestar import Litestar
from litestar.config.csrf import CSRFConfig
from litestar.plugins.prometheus import PrometheusConfig
from litestar.types import ControllerRouterHandler

from access.forgery import OwnForms, SignedInAnewError
from access.guard import SignInRequiredError, at_the_door
from access.limits import within_limits
from access.openid.errors import SignInProblem
from access.permissions import Permission
from access.sign_in import ProofRequiredError, WhoIsAsking, form_cookie_name, is_over_tls
from attested import health
from attested.api.closing import ClosedBodies
from attested.api.description import api_description, api_router
from attested.api.pages import api
from attested.api.refusing import DocumentedRefusals
from attested.front import HANDLERS as FRONT
from attested.front.arriving import lead_to_proof, lead_to_sign_in, lead_to_unsent, show_what_went_wrong
from attested.refused import told_with_doors
from attested.rooms import PAGES
from foundation.counting import VALKEY
from foundation.database import DATABASE
from foundation.logs import set_up
from foundation.pages import page_environment, template_config
from foundation.requests import Watched
from foundation.settings import settings
from foundation.static_files import load_static_files, static_router
from passport.statements.alternate import Alternate
from passport.statements.versions import Versioned

OPEN = {"permission": Permission.PUBLIC}
MEASURES = PrometheusConfig(
    app_name="attested", prefix="attested", group_path=True, exclude_unhandled_paths=True
)


@asynccontextmanager
async def _open_database(_app: Litestar) -> AsyncIterator[None]:
    """Keep the pool open for as long as the server runs; one that is open already is left alone."""
    if DATABASE.pool is not None:
        yield
        await VALKEY.close()
        return
    chosen = settings()
    await DATABASE.open(
        chosen.database_url or "",
        size=chosen.database_pool,
        statement_timeout=chosen.statement_timeout_seconds,
    )
    try:
        yield
    finally:
        await DATABASE.close()
        await VALKEY.close()


def create_litestar(further: Sequence[ControllerRouterHandler] = ()) -> Litestar:
    """Join the parts into the application, without what stands around every answer."""
    static = load_static_files()
    return Litestar(
        route_handlers=[
            *FRONT,
            *health.HANDLERS,
            *PAGES,
            api,
            api_router(),
            static_router(static, opt={**OPEN, "asks_nobody": True}),
            *further,
        ],
        guards=[at_the_door, within_limits],
        middleware=[MEASURES.middleware, WhoIsAsking(), OwnForms(_csrf())],
        exception_handlers={
            Exception: told_with_doors,
            SignInRequiredError: lead_to_sign_in,
            SignedInAnewError: lead_to_unsent,
            ProofRequiredError: lead_to_proof,
            SignInProblem: show_what_went_wrong,
        },
        template_config=template_config(page_environment(static)),
        lifespan=[_open_database],
        logging_config=None,
        openapi_config=api_description(),
        plugins=[DocumentedRefusals(), ClosedBodies()],
    )


def create_app() -> Watched:
    """Return the application as a server runs it."""
    set_up(settings().log_format)
    return Watched(Alternate(Versioned(create_litestar())), issuer=settings().oidc_issuer)


def _csrf() -> CSRFConfig:
    chosen = settings().session_secret
    secret = chosen.get_secret_value() if chosen else secrets.token_urlsafe(32)
    return CSRFConfig(
        secret=secret,
        cookie_name=form_cookie_name(),
        cookie_secure=is_over_tls(),
        cookie_httponly=True,
        cookie_samesite="lax",
    )
