"""Where learning systems send statements, as xAPI has it (1.0.3 part 3; 2.0, IEEE 9274.1.1): what a sender needs of it."""

from collections.abc import Mapping
from datetime import UTC, datetime

import msgspec
from litestar import Controller, Response, Router, get, post, put

from access.asking import ApiRequest, actor_of
from access.permission_map import forces_of
from access.permissions import Permission
from foundation.problems import InvalidError, NotFoundError
from foundation.settings import settings
from passport.statements.actions import receive, told
from passport.statements.errors import AttachmentsError
from passport.statements.formats import formatted, understood
from passport.statements.indexing import key_of
from passport.statements.listing import Kept, Sender, complete_until, kept_under, listed
from passport.statements.model import documents
from passport.statements.querying import BESIDE, ONE, PARAMETERS, Telling, once, query, telling, uuid_of
from passport.statements.shapes import Document
from passport.statements.versions import HEADER, PATH, VERSIONS, spoken

SEND = {"permission": Permission.STATEMENT_SEND, "for_systems": True}
LONGEST = 4_000_000
"""No body is longer, in bytes: a batch of a thousand statements."""
JSON = "application/json"
BOUNDARY = "the-statements-and-no-files"


class StatementReceiver(Controller):
    """The resource of statements, for a learning system with a bearer token of its own."""

    path = "/statements"
    include_in_schema = False

    @post("/", opt=SEND, status_code=200, request_max_body_size=LONGEST)
    async def send(self, request: ApiRequest) -> Response[list[str]]:
        """Keep a statement or many, all or none, and answer with their ids."""
        _check(request, frozenset())
        statements = told(documents(await _json(request)))
        ids = await receive(_force(request), statements, actor=actor_of(request))
        return Response([str(one) for one in ids], headers=await _complete(_sender(request)))

    @put("/", opt=SEND, status_code=204, request_max_body_size=LONGEST)
    async def put(self, request: ApiRequest) -> Response[None]:
        """Keep one statement under the id that the address gives it."""
        _check(request, frozenset({ONE[0]}))
        number = uuid_of(request.query_params.get(ONE[0], ""), ONE[0])
        found = documents(await _json(request))
        if len(found) != 1:
            raise InvalidError(errors={"statements": "must be one statement"})
        (document,) = found
        if str(document.setdefault("id", str(number))).lower() != str(number):
            raise InvalidError(errors={"id": "is not the statementId of the address"})
        await receive(_force(request), told([document]), actor=actor_of(request))
        return Response(None, status_code=204, headers=await _complete(_sender(request)))

    @get("/", opt=SEND)
    async def asked(self, request: ApiRequest) -> Response[bytes]:
        """Return one statement by its id, or a page of those that the system has sent."""
        given = request.query_params
        names = [name for name in ONE if name in given]
        _check(request, BESIDE | frozenset(names[:1]) if names else PARAMETERS)
        way, sender = telling(given), _sender(request)
        beside = await _complete(sender)
        if not names:
            return await _page(request, sender, way, beside)
        kept = await kept_under(sender, uuid_of(given[names[0]], names[0]))
        if kept is None or kept.is_voided != (names[0] == ONE[1]):
            raise NotFoundError
        beside["Last-Modified"] = _http_date(kept.stored_at)
        return _answered(_told(request, kept, way), way, beside)


class About(msgspec.Struct, frozen=True):
    """Which versions of xAPI are spoken here."""

    version: tuple[str, ...]


@get("/about", opt={"permission": Permission.PUBLIC, "asks_nobody": True}, include_in_schema=False)
async def about() -> About:
    """Say which versions of xAPI are spoken here."""
    return About(VERSIONS)


async def _page(
    request: ApiRequest, sender: Sender, way: Telling, beside: Mapping[str, str]
) -> Response[bytes]:
    question = query(request.query_params)
    found, last = await listed(sender, question)
    statements = [_told(request, kept, way) for kept in found]
    more = question.more(last, f"{PATH}/statements") if last is not None else ""
    return _answered({"statements": statements, "more": more}, way, beside)


def _told(request: ApiRequest, kept: Kept, way: Telling) -> Document:
    languages = understood(request.headers.get("accept-language", ""))
    return formatted(_document(kept), way.format, languages)


def _answered(document: Document, way: Telling, beside: Mapping[str, str]) -> Response[bytes]:
    """Return a document; where files are asked for, as the only part of many, for none are kept (1.5.2)."""
    body, kind = msgspec.json.encode(document), JSON
    if way.with_files:
        head = f"--{BOUNDARY}\r\nContent-Type: {JSON}\r\n\r\n".encode()
        body, kind = head + body + f"\r\n--{BOUNDARY}--\r\n".encode(), f"multipart/mixed; boundary={BOUNDARY}"
    return Response(body, media_type=kind, headers=dict(beside))


def _check(request: ApiRequest, known: frozenset[str]) -> None:
    """Refuse another version, and parameters that mean nothing here.

    :raises VersionError: no version, or one that is not spoken here. :raises InvalidError: naming the parameters.
    """
    spoken(request.headers.get(HEADER, ""))
    once(request.query_params, request.query_params.multi_items(), known=known)


async def _json(request: ApiRequest) -> bytes:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind.startswith("multipart/"):
        raise AttachmentsError
    if kind != JSON:
        raise InvalidError(errors={"Content-Type": f"must be {JSON}"})
    return await request.body()


def _force(request: ApiRequest) -> int:
    return min(forces_of(request.user, Permission.STATEMENT_SEND))


def _sender(request: ApiRequest) -> Sender:
    """Return who asks: a system is shown what it sent itself, under its name, in its force, and nothing else."""
    name = request.user.name
    return Sender(_force(request), name, key_of(f"{settings().address} {name}"))


async def _complete(sender: Sender) -> dict[str, str]:
    return {"X-Experience-API-Consistent-Through": _written(await complete_until(sender))}


def _document(kept: Kept) -> Document:
    """Return a statement as it was sent, with what a receiver adds to it."""
    added: Document = {"id": str(kept.id), "timestamp": _written(kept.happened_at), "version": "1.0.0"}
    authority = {"objectType": "Agent", "account": {"homePage": settings().address, "name": kept.client}}
    return {**added, **kept.content, "stored": _written(kept.stored_at), "authority": authority}


def _written(instant: datetime) -> str:
    """Return an instant to the microsecond: whoever asks for what was stored since then is not told it again."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _http_date(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")


XAPI = Router(PATH, route_handlers=[StatementReceiver, about])
