"""How is a failure told: to a program as a problem document (RFC 9457), to a person as a page?"""

from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus

import asyncpg
import structlog
from litestar import Request, Response
from litestar.datastructures import State
from litestar.exceptions import HTTPException, ValidationException
from litestar.response import Template

from foundation.error_pages import error_page
from foundation.parts import Shell
from foundation.problems import (
    BusyError,
    ConflictError,
    InvalidError,
    NotFoundError,
    Problem,
    TokenMissingError,
)
from foundation.requests import request_id_of

API = ("/api/", "/xapi/")
"""Where programs ask: the API itself, and where learning systems send their statements."""
PROBLEM = "application/problem+json"
TYPES = "https://attested.test/problems/"
# What the database says when it has too much to do, or is gone for a moment.
BUSY = (
    asyncpg.OperatorInterventionError,
    asyncpg.PostgresConnectionError,
    asyncpg.TooManyConnectionsError,
    asyncpg.InterfaceError,
    ConnectionError,
    TimeoutError,
)
# Clashes with what is recorded; it is told alike whether or not the asker may see with what.
CLASHES = (asyncpg.UniqueViolationError, asyncpg.ExclusionViolationError)
BEHIND_A_WALL = (
    "row-level security"  # the database's own words: no code of its own tells it from a grant forgotten
)
# What HTTP asks to be said beside a status (RFC 9110, sections 10.2.3 and 11.6.1).
SAID_BESIDE = {
    HTTPStatus.UNAUTHORIZED: {"WWW-Authenticate": 'Cookie realm="Attested"'},
    HTTPStatus.SERVICE_UNAVAILABLE: {"Retry-After": "5"},
}
FORGED = (
    "CSRF token verification failed"  # Litestar's words: the only thing that tells it from other refusals
)
log = structlog.get_logger("attested.answers")

AnyRequest = Request[object, object, State]


@dataclass(frozen=True, slots=True)
class ProblemDocument:
    """What a program is told of a failure (RFC 9457, section 3)."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: dict[str, str] | None = None


Answer = Response[ProblemDocument] | Template


def told(request: AnyRequest, failure: Exception, *, shell: Shell | None = None) -> Answer:
    """Answer a failure in the asker's own kind: a problem document under /api, otherwise a page with what stands around."""
    problem = _problem(failure)
    if problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        log.error("failed", exc_info=failure, status=problem.status)
    if is_programs(request):
        return Response(
            _document(problem, request_id_of(request.scope)),
            status_code=problem.status,
            media_type=PROBLEM,
            headers={**_headers(problem.status, failure), **problem.headers},
        )
    details = () if problem.status in HIDING else (problem.detail,)
    answer = error_page(problem.status, request_id=request_id_of(request.scope), details=details, shell=shell)
    answer.headers.update({**_headers(problem.status, failure), **problem.headers})
    return answer


def _headers(status: int, failure: Exception) -> dict[str, str]:
    allowed = (failure.headers or {}).get("allow") if isinstance(failure, HTTPException) else None
    beside = {"Allow": methods(allowed.split(", "))} if allowed else SAID_BESIDE.get(HTTPStatus(status), {})
    return {"Cache-Control": "no-store", **beside}


def methods(named: Iterable[str]) -> str:
    """List the methods of an address as `Allow` has them; what answers GET answers HEAD."""
    known = {*named, "OPTIONS"}
    return ", ".join(sorted(known | {"HEAD"} if "GET" in known else known))


def is_programs(request: AnyRequest) -> bool:
    """Say whether a program is asking, to be told by a document and not by a page."""
    return request.url.path.startswith(API)


HIDING = (HTTPStatus.NOT_FOUND, HTTPStatus.INTERNAL_SERVER_ERROR, HTTPStatus.METHOD_NOT_ALLOWED)


class ClashError(ConflictError):
    """Something of the same number, name or days is recorded already. Nothing was changed."""


class NullCharacterError(InvalidError):
    """What was sent holds a null character, which no text has. Nothing was changed."""


class UnexpectedError(Problem):
    """The fault is ours, and it has been recorded."""

    status = 500
    title = "Something went wrong"


class HttpProblem(Problem):
    """The request cannot be answered as it was made."""

    def __init__(self, failure: HTTPException) -> None:
        super().__init__(failure.detail)
        self.status = failure.status_code
        self.title = HTTPStatus(failure.status_code).phrase

    @property
    def kind(self) -> str:
        return self.title.lower().replace(" ", "-")


NULL_CHARACTERS = (asyncpg.CharacterNotInRepertoireError, asyncpg.UntranslatableCharacterError)
"""How PostgreSQL refuses a null character: in a text, and in JSON."""

WITHOUT_A_BODY = {"data": "'data'"}
"""How Litestar tells of a request that lacks its body: by what the handler's parameter is called."""


def _problem(failure: Exception) -> Problem:
    if isinstance(failure, Problem):
        return failure
    if isinstance(failure, BUSY):
        return BusyError()
    if isinstance(failure, asyncpg.PostgresError):
        return _from_database(failure)
    if isinstance(failure, ValidationException):
        return InvalidError(errors=_faults(failure))
    if isinstance(failure, HTTPException):
        return _from_http(failure)
    return UnexpectedError()


def _from_database(failure: asyncpg.PostgresError) -> Problem:
    """Tell what the database refuses; a number larger than any it gives is nobody's, and so is not found."""
    if isinstance(failure, CLASHES):
        return ClashError()
    if isinstance(failure, asyncpg.InsufficientPrivilegeError) and BEHIND_A_WALL in str(failure):
        return NotFoundError()
    if isinstance(failure.__cause__, OverflowError):
        return NotFoundError()
    return NullCharacterError() if isinstance(failure, NULL_CHARACTERS) else UnexpectedError()


def _faults(failure: ValidationException) -> dict[str, str]:
    extra = failure.extra if isinstance(failure.extra, list) else []
    faults = {
        str(fault.get("key", "")): str(fault.get("message", "")) for fault in extra if isinstance(fault, dict)
    }
    if faults == WITHOUT_A_BODY:
        return {
            "": "Send a body: what it consists of is written beside this address in the API's documentation."
        }
    return faults or {"": failure.detail}


def _from_http(failure: HTTPException) -> Problem:
    if failure.status_code == HTTPStatus.FORBIDDEN and failure.detail == FORGED:
        return TokenMissingError()
    if failure.status_code in {HTTPStatus.NOT_FOUND, HTTPStatus.FORBIDDEN}:
        return NotFoundError()
    return HttpProblem(failure)


def _document(problem: Problem, request_id: str) -> ProblemDocument:
    errors = problem.errors if isinstance(problem, InvalidError) and problem.errors else None
    return ProblemDocument(
        type=f"{TYPES}{problem.kind}",
        title=problem.title,
        status=problem.status,
        detail=problem.detail,
        instance=f"urn:request:{request_id}",
        errors=errors,
    )
