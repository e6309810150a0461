"""What does a person read when a page cannot be shown, and where can they go from there?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from litestar.response import Template as TemplateResponse

from foundation.pages import page
from foundation.parts import Link, Shell


@dataclass(frozen=True, slots=True)
class Apology:
    """One kind of failure in plain words."""

    title: str
    body: Sequence[str]


_NOT_THERE = Apology(
    "Page not found",
    (
        "Either there is nothing at this address, or it is not something you can see.",
        "If you typed the address, check it is correct. If you pasted it, check you copied all of it.",
    ),
)
_NOT_UNDERSTOOD = Apology(
    "We could not use what was sent",
    (
        "Something in the form or the address was missing or not in the form we expect.",
        "Nothing was changed.",
    ),
)
_OUR_FAULT = Apology(
    "Sorry, there is a problem with the service",
    (
        "The fault is ours, and it has been recorded. Anything you saved before this is safe.",
        "Try again in a few minutes.",
    ),
)

# 403 and 404 are one page on purpose: a refused object must look exactly like an absent one.
APOLOGIES: Mapping[int, Apology] = {
    400: _NOT_UNDERSTOOD,
    401: Apology("Sign in to continue", ("You are not signed in, or your session has ended.",)),
    403: _NOT_THERE,
    404: _NOT_THERE,
    405: _NOT_UNDERSTOOD,
    409: Apology(
        "This has changed since you opened it",
        (
            "Someone else, or you in another window, changed it first. Nothing of yours was saved.",
            "Go back, look at how it stands now, and try again.",
        ),
    ),
    413: Apology("The file is too big", ("Nothing was kept. Send a smaller file, or split it.",)),
    422: _NOT_UNDERSTOOD,
    429: Apology("Too many tries", ("Wait a minute, then try again. Nothing was changed.",)),
    500: _OUR_FAULT,
    503: Apology(
        "Sorry, the service is unavailable",
        ("It should be back shortly. Records are safe and nothing you saved is lost.",),
    ),
}


def error_page(
    status: int,
    *,
    request_id: str,
    details: Sequence[str] = (),
    onward: Link | None = None,
    shell: Shell | None = None,
) -> TemplateResponse:
    """Answer with the page for a status; an unlisted one is our fault from 500 up, and otherwise not understood.

    `details` are sentences safe to show, for example which fields were wrong. They are not shown for a refused or
    absent page, whatever the caller passes, because they could tell the two apart.
    """
    apology = APOLOGIES.get(status) or (_OUR_FAULT if status >= 500 else _NOT_UNDERSTOOD)  # noqa: PLR2004
    hidden = apology is _NOT_THERE
    around = shell if shell is not None else Shell(title=apology.title)
    return page(
        "errors/error.html",
        replace(
            around,
            title=apology.title,
            crumbs=(),
            back=None,
            errors=(),
            banner=None,
            generated_at=None,
            request_id=None,
        ),
        status=404 if hidden else status,
        apology=apology,
        details=() if hidden else details,
        onward=onward if onward is not None and not hidden else Link("Go to the start page", "/"),
        request_id=request_id,
    )
