"""Where is a visitor led: to their first door, to sign-in, to a proof that it is them, or to what went wrong?"""

from urllib.parse import urlencode, urlsplit

from litestar import get
from litestar.response import Redirect, Template

from access.forgery import SignedInAnewError
from access.guard import SignInRequiredError
from access.openid.errors import NotLinkedError, SignInProblem
from access.permission_map import may_use
from access.permissions import Permission
from access.shell import DOORS, AnyonesRequest, shell_for
from access.sign_in import ProofRequiredError
from foundation.answers import Answer, AnyRequest, is_programs, told
from foundation.pages import page

START = "/"
LONGEST = 1000
# Whoever signs in is not led back into signing in or out.
OURS = ("/sign-in", "/sign-out", "/signed-out")

# Whoever holds a role with a desk of its own comes for that work first, everyone else for their own passport.
WORK = frozenset({"/desk", "/classes", "/jobs", "/policy/drafts"})
FIRST_DOORS = (*(door for door in DOORS if door[1] in WORK), *DOORS)


@get(START, opt={"permission": Permission.PUBLIC}, include_in_schema=False)
async def arrive(request: AnyonesRequest) -> Redirect:
    """Lead whoever arrives to their first door, or to sign-in."""
    if request.user is None:
        return Redirect("/sign-in")
    first = next(href for _, href, permission in FIRST_DOORS if may_use(request.user, permission))
    return Redirect(first)


def own_path(text: str) -> str:
    """Return an address of ours to lead somebody back to; anything else leads to the start page."""
    is_ours = text.startswith("/") and not text.startswith(("//", *OURS)) and len(text) <= LONGEST
    return text if is_ours and text.isprintable() and text.isascii() and "\\" not in text else START


def lead_to_sign_in(request: AnyRequest, failure: SignInRequiredError) -> Answer | Redirect:
    """Lead a person who is not signed in to where they can, and back afterwards; a program is told instead."""
    if is_programs(request):
        return told(request, failure)
    return _lead(request, "/sign-in", None if failure.unsent is None else _unsent(failure.unsent))


def lead_to_unsent(_: AnyRequest, failure: SignedInAnewError) -> Redirect:
    """Lead a person to what they typed on a page that was opened before they signed in anew."""
    return Redirect(_unsent(failure.unsent), status_code=303)


def lead_to_proof(request: AnyRequest, failure: ProofRequiredError) -> Answer | Redirect:
    """Lead a person to where they prove again that it is them, and back afterwards; a program is told instead."""
    return told(request, failure) if is_programs(request) else _lead(request, "/sign-in/again")


def _unsent(number: int) -> str:
    return f"/unsent/{number}"


def _lead(request: AnyRequest, where: str, to: str | None = None) -> Redirect:
    asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    back = to or own_path(asked if request.method == "GET" else _page_of_the_form(request))
    return Redirect(where if back == START else f"{where}?{urlencode({'to': back})}", status_code=303)


def _page_of_the_form(request: AnyRequest) -> str:
    """Return the page whose form was sent, where the browser says that it is one of ours; else the start page."""
    came_from = urlsplit(request.headers.get("referer", ""))
    return came_from.path if came_from.netloc == request.headers.get("host", "") else START


def show_what_went_wrong(request: AnyonesRequest, problem: SignInProblem) -> Template:
    """Tell whoever could not be signed in why, as far as they may know, and what to do next."""
    answer = page(
        "front/refused.html",
        shell_for(request, problem.title),
        status=problem.status,
        problem=problem,
        subject=problem.subject if isinstance(problem, NotLinkedError) else None,
    )
    answer.headers.update(problem.headers)
    return answer
