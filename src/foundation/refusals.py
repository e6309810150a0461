"""Which refusals may an answer of the API be, and how are they described to a program?"""

from http import HTTPStatus

import msgspec
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import Example

from foundation.answers import PROBLEM, TYPES, ProblemDocument
from foundation.problems import (
    BusyError,
    ConflictError,
    InvalidError,
    NotFoundError,
    Problem,
    TokenMissingError,
    TooManyTriesError,
)

REQUEST = "urn:request:3f1c9a70b2d84e56"


class TooLargeError(Problem):
    """Request Entity Too Large"""

    status = 413
    title = HTTPStatus.REQUEST_ENTITY_TOO_LARGE.phrase


class SignedOutError(Problem):
    """Sign in to continue."""

    status = 401
    title = HTTPStatus.UNAUTHORIZED.phrase


_EXAMPLES: dict[int, tuple[str, Problem]] = {
    400: (
        "Something that was sent cannot be used; `errors` names each parameter or field.",
        InvalidError(errors={"on": "must lie between 1974-04-01 and 2036-12-31"}),
    ),
    401: ("Nobody is signed in, or the session has ended.", SignedOutError()),
    403: ("The token against forged requests is missing or wrong.", TokenMissingError()),
    404: ("There is nothing here that you may see; what is out of reach looks the same.", NotFoundError()),
    409: ("What is recorded stands in the way.", ConflictError()),
    413: ("More was sent than is taken.", TooLargeError()),
    429: ("Too many calls; `Retry-After` says in how many seconds to go on.", TooManyTriesError()),
    503: ("The service is busy. Nothing was changed; `Retry-After` says when to try again.", BusyError()),
}


def refusals(*statuses: int) -> dict[int, ResponseSpec]:
    """Describe the refusals with these statuses, each a problem document with an example."""
    return {status: _refusal(*_EXAMPLES[status]) for status in statuses}


def _refusal(description: str, problem: Problem) -> ResponseSpec:
    errors = problem.errors if isinstance(problem, InvalidError) else None
    document = ProblemDocument(
        TYPES + problem.kind, problem.title, problem.status, problem.detail, REQUEST, errors
    )
    return ResponseSpec(
        ProblemDocument,
        description=description,
        media_type=PROBLEM,
        generate_examples=False,
        examples=[Example(summary=problem.title, value=msgspec.to_builtins(document))],
    )
