"""What stands around a page that cannot be shown: the doors of whoever asked, wherever they asked."""

import secrets
from typing import cast

from litestar.app import Litestar
from litestar.middleware.csrf import generate_csrf_token
from litestar.response import Response
from litestar.types import ASGIApp, Receive, Scope, Send
from litestar.utils.scope.state import ScopeState

from access.shell import AnyonesRequest, shell_for
from access.sign_in import WhoIsAsking, form_cookie_name
from foundation.answers import Answer, AnyRequest, is_programs, told
from foundation.parts import Shell


def told_with_doors(request: AnyRequest, failure: Exception) -> Answer | Response[None]:
    """Answer a failure; on a page the doors stay, whoever was refused."""
    if is_programs(request) or "user" in dict(request.scope):
        return told(request, failure, shell=_doors(request))
    return _Unrouted(failure)


def _doors(request: AnyRequest) -> Shell:
    return shell_for(cast("AnyonesRequest", request), "")


class _Unrouted(Response[None]):
    """An address that leads nowhere was never asked who is there: that is made good before it is answered."""

    def __init__(self, failure: Exception) -> None:
        super().__init__(None)
        self.failure = failure

    def to_asgi_response(  # type: ignore[override]
        self, app: Litestar | None, request: AnyRequest, **_: object
    ) -> ASGIApp:
        async def answer(scope: Scope, receive: Receive, send: Send) -> None:
            # As long as the token that a route would have given: what leads nowhere looks like what is refused.
            token = request.cookies.get(form_cookie_name()) or generate_csrf_token(secrets.token_hex())
            ScopeState.from_scope(scope).csrf_token = token
            page = told(request, self.failure, shell=_doors(request))
            await page.to_asgi_response(app, request)(scope, receive, send)

        async def known(scope: Scope, receive: Receive, send: Send) -> None:
            try:
                await WhoIsAsking().handle(scope, receive, send, answer)
            except Exception as worse:  # noqa: BLE001 - nobody is left to tell it to but whoever asked
                page = told(request, worse)
                await page.to_asgi_response(app, request)(scope, receive, send)

        return known
