"""Where does a visitor arrive, and how does one sign in to the demonstration?"""

from ipaddress import ip_address
from typing import Annotated
from urllib.parse import urlsplit

from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Template

from access import sessions
from access.guard import SignInRequiredError
from access.permission_map import may_use
from access.permissions import Permission
from access.shell import DOORS, AnyonesRequest, shell_for
from access.sign_in import cookie, cookie_name
from attested.demo import Visitor, visitors
from foundation.answers import Answer, AnyRequest, is_programs, told
from foundation.forms import typed
from foundation.pages import page
from foundation.parts import FieldError
from foundation.problems import NotFoundError
from foundation.settings import settings

OPEN = {"permission": Permission.SIGN_IN}
PASSED_ON = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")


@get("/", opt={"permission": Permission.PUBLIC}, include_in_schema=False)
async def arrive(request: AnyonesRequest) -> Redirect:
    """Lead whoever arrives to their first door, or to sign-in."""
    if request.user is None:
        return Redirect("/sign-in")
    first = next(href for _, href, permission in FIRST_DOORS if may_use(request.user, permission))
    return Redirect(first)


# People of the desk and operators come for their work first, everyone else for their own passport.
FIRST_DOORS = (*(door for door in DOORS if door[1] in {"/desk", "/jobs"}), *DOORS)


@get("/sign-in", opt=OPEN, include_in_schema=False)
async def choose(request: AnyonesRequest) -> Template:
    """Show whom one may be in the demonstration."""
    _demo_only(request)
    return page(
        "front/sign-in.html", shell_for(request, "Sign in to the demonstration"), visitors=await visitors()
    )


@post("/sign-in", opt=OPEN, include_in_schema=False)
async def sign_in(
    request: AnyonesRequest,
    data: Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Redirect | Template:
    """Begin a new session for the person chosen; whatever session there was ends."""
    _demo_only(request)
    offered = await visitors()
    chosen = next((visitor for visitor in offered if str(visitor.person_id) == typed(data, "person")), None)
    if chosen is None:
        return _ask_again(request, offered)
    before = request.cookies.get(cookie_name())
    if before:
        await sessions.end(before)
    return Redirect("/", status_code=303, cookies=[cookie(await sessions.begin(chosen.person_id))])


@post("/sign-out", opt={"permission": Permission.OWN_SESSION}, include_in_schema=False)
async def sign_out(request: AnyonesRequest) -> Redirect:
    """End the session here, in the browser and in the database."""
    secret = request.cookies.get(cookie_name())
    if secret:
        await sessions.end(secret)
    answer = Redirect(
        "/sign-in", status_code=303, headers={"Clear-Site-Data": '"cache", "cookies", "storage"'}
    )
    answer.delete_cookie(cookie_name())
    return answer


def _ask_again(request: AnyonesRequest, offered: tuple[Visitor, ...]) -> Template:
    wrong = (FieldError("Choose who you are", "person"),)
    return page(
        "front/sign-in.html",
        shell_for(request, "Sign in to the demonstration", errors=wrong),
        status=400,
        visitors=offered,
    )


def _demo_only(request: AnyonesRequest) -> None:
    """Refuse the demonstration's sign-in wherever a real one is set, or others can reach the server."""
    client = request.client.host if request.client else ""
    is_near = _is_loopback(settings().host) and _is_loopback(client) and _is_asked_by_a_near_name(request)
    if settings().oidc_issuer is not None or not is_near:
        raise NotFoundError


def _is_asked_by_a_near_name(request: AnyonesRequest) -> bool:
    """Say whether the visitor typed an address of this machine, and nothing in between passes on somebody else's wish.

    A name of somebody else's that leads here lets their page sign in and read along (DNS rebinding); a proxy on this
    machine makes everybody look near.
    """
    try:
        named = urlsplit(f"//{request.headers.get('host', '')}").hostname or ""
    except ValueError:
        return False
    return _is_loopback(named) and not any(name in request.headers for name in PASSED_ON)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def lead_to_sign_in(request: AnyRequest, failure: SignInRequiredError) -> Answer | Redirect:
    """Lead a person who is not signed in to where they can; a program is told instead."""
    return told(request, failure) if is_programs(request) else Redirect("/sign-in", status_code=303)


HANDLERS = (arrive, choose, sign_in, sign_out)
