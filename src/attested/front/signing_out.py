"""How does one sign out, here and at the identity provider, and how does the provider sign somebody out?"""

from typing import Annotated

import structlog
from litestar import Response, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Template

from access import sessions
from access.asking import actor_of
from access.limits import Limit
from access.openid.errors import ProviderAwayError, TokenRefusedError
from access.openid.logout import address_to_end_at, end_by
from access.permissions import Permission
from access.shell import AnyonesRequest, PageRequest, shell_for
from access.sign_in import cookie_name, form_cookie_name, gone
from foundation.audit import Event, recorded
from foundation.forms import typed
from foundation.pages import page

OPEN = {"permission": Permission.SIGN_IN}
# The provider itself calls: it holds no cookie and no form of ours, and proves itself by its signature.
PROVIDERS = {**OPEN, "asks_nobody": True, "exclude_from_csrf": True, "limit": Limit.LOGOUT}
log = structlog.get_logger("attested.openid")
# Not "cookies": those are the whole domain's, and with them went everything else of the force's, its sign-in included.
FORGOTTEN = {"Clear-Site-Data": '"cache", "storage"'}
Form = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]


@post("/sign-out", opt={"permission": Permission.OWN_SESSION}, include_in_schema=False)
async def sign_out(request: PageRequest) -> Redirect:
    """End the session here, in the browser and in the database, then at the provider it began with."""
    secret = request.cookies.get(cookie_name(), "")
    further = await address_to_end_at(secret)
    async with recorded(actor_of(request), Event("signed out", "sign-out", request.user.person_id)):
        await sessions.end(secret)
    led = Redirect(further or "/signed-out", status_code=303, headers=FORGOTTEN)
    led.cookies.extend([gone(cookie_name()), gone(form_cookie_name())])
    return led


@get("/signed-out", opt=OPEN, include_in_schema=False)
async def signed_out(request: AnyonesRequest) -> Template:
    """Say that nobody is signed in here any more."""
    return page("front/signed-out.html", shell_for(request, "You have signed out"))


@post("/sign-out/by-provider", opt=PROVIDERS, status_code=200, include_in_schema=False)
async def sign_out_by_provider(data: Form) -> Response[dict[str, str] | None]:
    """End what the provider says has ended (OpenID Connect Back-Channel Logout 1.0)."""
    try:
        await end_by(typed(data, "logout_token"))
    except (TokenRefusedError, ProviderAwayError) as refused:
        log.warning("a logout token was refused", reason=str(refused))
        return Response({"error": "invalid_request"}, status_code=400)
    return Response(None, status_code=200)
