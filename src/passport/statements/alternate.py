"""How does a browser speak xAPI that can set neither method nor headers? By a form (1.0.3, part 3, 1.3)."""

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode

from litestar import Request
from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPReceiveMessage, HTTPRequestEvent, HTTPScope, Receive, Scope, Send

from foundation.answers import told
from foundation.problems import InvalidError, Problem
from passport.statements.versions import PATH, Versioned

METHODS = frozenset({"GET", "POST", "PUT", "DELETE"})
HEADERS = frozenset(
    {"authorization", "x-experience-api-version", "content-type", "if-match", "if-none-match"}
)
LENGTH = "content-length"
CONTENT = "content"
LONGEST = 1_000_000
"""A form is no longer, in bytes: it is read before anybody has said who asks."""
MOST_FIELDS = 40


class TooLongError(Problem):
    """The form is longer than 1 MB. Send the statements as application/json, or fewer of them."""

    status = 413
    title = "Send less at once"


class Alternate:
    """An ASGI application that takes a form for the request that it stands for, where learning systems ask."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is meant; whatever is no such form passes as it is."""
        if scope["type"] != ScopeType.HTTP or not _is_meant(scope):
            await self.app(scope, receive, send)
            return
        try:
            meant, body = _meant(scope, await _all(receive))
        except Problem as problem:
            request: Request[object, object, object] = Request(scope)  # type: ignore[type-var]
            answer = told(request, problem).to_asgi_response(None, request)  # type: ignore[arg-type]
            await Versioned(answer)(scope, receive, send)
            return
        await self.app(meant, _once(body, receive), send)


def _is_meant(scope: HTTPScope) -> bool:
    names = {name for name, _ in parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)}
    return scope["path"].startswith(f"{PATH}/") and scope["method"] == "POST" and "method" in names


async def _all(receive: Receive) -> bytes:
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return bytes(body)
        body += message["body"]
        if len(body) > LONGEST:
            raise TooLongError
        if not message["more_body"]:
            return bytes(body)


def _meant(scope: HTTPScope, body: bytes) -> tuple[HTTPScope, bytes]:
    asked = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    method = asked[0][1].upper()
    if len(asked) > 1:
        raise InvalidError(
            errors={"method": "must stand alone in the address: the rest belongs into the form"}
        )
    if method not in METHODS:
        raise InvalidError(errors={"method": f"must be one of {', '.join(sorted(METHODS))}"})
    fields = _fields(body)
    content = fields.pop(CONTENT, "").encode()
    if method in {"POST", "PUT"} and not content:
        raise InvalidError(errors={CONTENT: "is missing: the form holds what is sent"})
    said = {name.lower(): text for name, text in fields.items() if name.lower() in HEADERS | {LENGTH}}
    parameters = {name: text for name, text in fields.items() if name.lower() not in said}
    headers = _headers(scope, said, len(content))
    query = urlencode(parameters).encode()
    return {**scope, "method": method, "query_string": query, "headers": headers}, content  # type: ignore[typeddict-item]


def _fields(body: bytes) -> dict[str, str]:
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except ValueError:
        raise InvalidError(
            errors={CONTENT: "must be a form (application/x-www-form-urlencoded) in UTF-8"}
        ) from None
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise InvalidError(errors={CONTENT: "the form holds a field twice"})
    return fields


def _headers(scope: HTTPScope, said: Mapping[str, str], length: int) -> list[tuple[bytes, bytes]]:
    """Return the headers that are meant; of the form's own length and type nothing is left."""
    replaced = {"content-type", LENGTH, *said}
    left = [(name, text) for name, text in scope["headers"] if name.decode("latin-1").lower() not in replaced]
    meant = {"content-type": "application/json", **said, LENGTH: str(length)}
    return [*left, *((name.encode(), text.encode("latin-1", "replace")) for name, text in meant.items())]


def _once(body: bytes, receive: Receive) -> Receive:
    waiting: list[HTTPRequestEvent] = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> HTTPReceiveMessage:
        return waiting.pop() if waiting else await receive()  # type: ignore[return-value]

    return again
