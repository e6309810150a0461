"""What stands around a page that cannot be shown: the doors of whoever asked, wherever they asked."""

from dataclasses import replace
from typing import Any

from litestar.app import Litestar
from litestar.connection import Request
from litestar.response import Response
from litestar.types import ASGIApp, Receive, Scope, Send

from access.shell import AnyonesRequest, shell_for
from access.sign_in import WhoIsAsking
from foundation.answers import Answer, is_programs, told


def told_with_doors(request: AnyonesRequest, failure: Exception) -> Answer | Response[None]:
    """Answer a failure; on a page the doors stay, whoever was refused."""
    if is_programs(request) or "user" in request.scope:
        return told(request, failure, shell=shell_for(request, ""))
    return _Unrouted(failure)


class _Unrouted(Response[None]):
    """An address that leads nowhere was never asked who is there: that is made good before it is answered."""

    def __init__(self, failure: Exception) -> None:
        super().__init__(None)
        self.failure = failure

    def to_asgi_response(  # type: ignore[override]
        self, app: Litestar | None, request: Request[Any, Any, Any], **_: object
    ) -> ASGIApp:
        async def answer(scope: Scope, receive: Receive, send: Send) -> None:
            # No form is answered here, so none can be signed out by: its token is made by the middleware of a route.
            shell = replace(shell_for(request, ""), sign_out_href=None)
            page = told(request, self.failure, shell=shell)
            await page.to_asgi_response(app, request)(scope, receive, send)

        async def known(scope: Scope, receive: Receive, send: Send) -> None:
            try:
                await WhoIsAsking().handle(scope, receive, send, answer)
            except Exception as worse:  # noqa: BLE001 - nobody is left to tell it to but whoever asked
                page = told(request, worse)
                await page.to_asgi_response(app, request)(scope, receive, send)

        return known
