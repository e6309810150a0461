"""What is the least that a page costs here: the same server, doors and session, one bare query, a constant answer?"""

from litestar import Response, get

from access.permissions import Permission
from attested.app import create_litestar
from foundation.database import fetch
from foundation.logs import set_up
from foundation.requests import Watched
from foundation.settings import settings

PATH = "/benchmark/constant"
CONSTANT = "<!doctype html><title>constant</title>" + "<p>the same words again</p>" * 2600
"""As long as an officer's page is."""


@get(PATH, opt={"permission": Permission.OWN_SESSION}, include_in_schema=False, media_type="text/html")
async def constant() -> Response[str]:
    """Answer with a constant after one bare query."""
    await fetch("SELECT 1")
    return Response(CONSTANT, media_type="text/html")


def create_app() -> Watched:
    """Return the application as a server runs it, with the constant beside its pages."""
    set_up(settings().log_format)
    return Watched(create_litestar(further=[constant]))
