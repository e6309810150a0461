"""What stands around every answer: a number to quote, the headers that keep others out, and one line in the log."""

import re
import secrets
import time
from typing import cast

import structlog
from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, LifeSpanScope, Message, Receive, Scope, Send

from foundation.headers import headers_with

EXACT = 2**53 - 1
"""The largest whole number that every reader of JSON keeps as it is (RFC 8259, section 6)."""

# So long a part of an address is a secret that opens something, and whoever reads the log must not hold it.
_SECRET = re.compile(r"[A-Za-z0-9_-]{40,}")
_ACCEPTABLE = re.compile(rb"[A-Za-z0-9_-]{8,64}")
# A page that is refused sets no cookie either, or it could be told from one that is not there.
NOT_FOUND, COOKIE = 404, b"set-cookie"
log = structlog.get_logger("attested.requests")


def request_id_of(scope: Scope) -> str:
    """Return the number of the request, for the person to quote and for us to find it by."""
    return str(scope["state"]["request_id"])


class Watched:
    """An ASGI application whose every answer, the ones for unknown addresses included, is numbered, guarded and logged."""

    def __init__(self, app: ASGIApp, *, issuer: str | None = None) -> None:
        self.app = app
        self.headers = [
            (name.lower().encode(), value.encode()) for name, value in headers_with(issuer).items()
        ]

    async def __call__(self, scope: Scope | LifeSpanScope, receive: Receive, send: Send) -> None:
        """Pass a request on, and say what became of it."""
        if scope["type"] == ScopeType.HTTP:
            await self._answer(cast("HTTPScope", scope), receive, send)
        else:
            await self.app(cast("Scope", scope), receive, send)

    async def _answer(self, scope: HTTPScope, receive: Receive, send: Send) -> None:
        number = _request_id(scope)
        scope.setdefault("state", {})["request_id"] = number
        begun, status = time.perf_counter(), 500

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = [
                    header for header in message["headers"] if status != NOT_FOUND or header[0] != COOKIE
                ]
                given = {name.lower() for name, _ in headers}
                message["headers"] = [
                    *headers,
                    *(header for header in self.headers if header[0] not in given),
                    (b"x-request-id", number.encode()),
                ]
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=number):
            try:
                await (self._head if scope["method"] == "HEAD" else self.app)(scope, receive, answer)
            finally:
                took = round((time.perf_counter() - begun) * 1000, 1)
                path = _SECRET.sub("…", scope["path"])
                log.info("answered", method=scope["method"], path=path, status=status, milliseconds=took)

    async def _head(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as GET would be answered, and leave the body out (RFC 9110, section 9.3.2)."""

        async def without_body(message: Message) -> None:
            if message["type"] == "http.response.body":
                message["body"] = b""
            await send(message)

        await self.app(cast("HTTPScope", {**scope, "method": "GET"}), receive, without_body)


def _request_id(scope: HTTPScope) -> str:
    offered = dict(scope["headers"]).get(b"x-request-id", b"")
    return offered.decode() if _ACCEPTABLE.fullmatch(offered) else secrets.token_hex(8)
