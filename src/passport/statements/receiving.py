"""Where learning systems send statements, as xAPI has it (1.0.3 part 3; 2.0, IEEE 9274.1.1): what a sender needs of it."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import UUID

import msgspec
from litestar import Controller, Response, Router, get, post, put
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from access.asking import ApiRequest, actor_of
from access.permission_map import forces_of
from access.permissions import Permission
from foundation.clock import now
from foundation.problems import InvalidError, NotFoundError
from foundation.settings import settings
from passport.statements.actions import receive, told
from passport.statements.errors import AttachmentsError, VersionError
from passport.statements.facts import Kept, kept_under
from passport.statements.model import Document, documents

PATH = "/xapi"
HEADER = "X-Experience-API-Version"
VERSIONS = ("1.0.3", "2.0.0")
_VERSION = re.compile(r"(1\.0|2\.0)(\.\d+)?\Z")
SEND = {"permission": Permission.STATEMENT_SEND}
LONGEST = 4_000_000
"""No body is longer, in bytes: a batch of thousands of statements."""


class Versioned:
    """An ASGI application that tells in which version of xAPI it answers: every learning system, whatever it asks.

    Around all of the application, because what may not be known to be there must look like what is not.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the header to what is answered below our path."""
        if scope["type"] != ScopeType.HTTP or not scope["path"].startswith(f"{PATH}/"):
            await self.app(scope, receive, send)
            return
        asked = dict(scope["headers"]).get(HEADER.lower().encode(), b"").decode("latin-1")
        version = VERSIONS[0] if asked.startswith("1.0") else VERSIONS[1]

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (HEADER.lower().encode(), version.encode())]
            await send(message)

        await self.app(scope, receive, answer)


class StatementReceiver(Controller):
    """The resource of statements, for a learning system with a bearer token of its own."""

    path = "/statements"
    include_in_schema = False

    @post("/", opt=SEND, status_code=200, request_max_body_size=LONGEST)
    async def send(self, request: ApiRequest) -> Response[list[str]]:
        """Keep a statement or many, all or none, and answer with their ids."""
        _check(request, allowed=frozenset())
        statements = told(documents(await _json(request)))
        ids = await receive(_force(request), statements, actor=actor_of(request))
        return Response([str(one) for one in ids])

    @put("/", opt=SEND, status_code=204, request_max_body_size=LONGEST)
    async def put(self, request: ApiRequest) -> None:
        """Keep one statement under the id that the address gives it."""
        _check(request, allowed=frozenset({"statementId"}))
        number = _uuid(request.query_params, "statementId")
        found = documents(await _json(request))
        if len(found) != 1:
            raise InvalidError(errors={"statements": "must be one statement"})
        (document,) = found
        if str(document.setdefault("id", str(number))).lower() != str(number):
            raise InvalidError(errors={"id": "is not the statementId of the address"})
        await receive(_force(request), told([document]), actor=actor_of(request))

    @get("/", opt=SEND)
    async def one(self, request: ApiRequest) -> Response[Document]:
        """Return one statement by its id: one that is voided only by voidedStatementId."""
        _check(request, allowed=frozenset({"statementId", "voidedStatementId", "format", "attachments"}))
        asked = [name for name in ("statementId", "voidedStatementId") if name in request.query_params]
        if len(asked) != 1:
            raise InvalidError(
                errors={"statementId": "give this or voidedStatementId: statements are not listed here"}
            )
        kept = await kept_under(_force(request), _uuid(request.query_params, asked[0]))
        if kept is None or kept.is_voided != (asked[0] == "voidedStatementId"):
            raise NotFoundError
        beside = {
            "Last-Modified": _http_date(kept.stored_at),
            "X-Experience-API-Consistent-Through": _written(now()),
        }
        return Response(_document(kept), headers=beside)


class About(msgspec.Struct, frozen=True):
    """Which versions of xAPI are spoken here."""

    version: tuple[str, ...]


@get("/about", opt={"permission": Permission.PUBLIC, "asks_nobody": True}, include_in_schema=False)
async def about() -> About:
    """Say which versions of xAPI are spoken here."""
    return About(VERSIONS)


def _check(request: ApiRequest, *, allowed: frozenset[str]) -> None:
    """Refuse another version, and parameters that mean nothing here.

    :raises VersionError: no version, or one that is not spoken here. :raises InvalidError: naming the parameters.
    """
    if not _VERSION.match(request.headers.get(HEADER, "")):
        raise VersionError(errors={HEADER: VersionError.__doc__ or ""})
    if strange := sorted(set(request.query_params) - allowed):
        raise InvalidError(errors=dict.fromkeys(strange, "is not a parameter here"))


async def _json(request: ApiRequest) -> bytes:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind.startswith("multipart/"):
        raise AttachmentsError
    if kind != "application/json":
        raise InvalidError(errors={"Content-Type": "must be application/json"})
    return await request.body()


def _force(request: ApiRequest) -> int:
    return min(forces_of(request.user, Permission.STATEMENT_SEND))


def _uuid(query: Mapping[str, str], name: str) -> UUID:
    try:
        return UUID(query[name])
    except (KeyError, ValueError):
        raise InvalidError(errors={name: "must be the UUID of a statement"}) from None


def _document(kept: Kept) -> Document:
    """Return a statement as it was sent, with what a receiver adds to it."""
    added: Document = {"id": str(kept.id), "timestamp": _written(kept.happened_at), "version": "1.0.0"}
    authority = {"objectType": "Agent", "account": {"homePage": settings().address, "name": kept.client}}
    return {**added, **kept.content, "stored": _written(kept.stored_at), "authority": authority}


def _written(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _http_date(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")


XAPI = Router(PATH, route_handlers=[StatementReceiver, about])
