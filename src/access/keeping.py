"""What becomes of what somebody typed for so long that they have to prove again who they are?"""

from collections.abc import Mapping

from litestar.response import Template

from access.shell import PageRequest, shell_for
from foundation.forms import typed
from foundation.pages import page

PROVE = "/sign-in/again?to=/acting"


def keep_typed(request: PageRequest, data: Mapping[str, str]) -> Template:
    """Show what was typed, none of it kept yet, with the way to prove who one is beside it, and to send it again.

    `text` is what was written; every other answer goes along as it was.
    """
    query = f"?{request.url.query}" if request.url.query else ""
    answers = [(name, typed(data, name)) for name in data if name not in {"text", "_csrf_token"}]
    return page(
        "confidential/kept.html",
        shell_for(request, "Confirm that it is you, then send this again"),
        status=401,
        action=f"{request.url.path}{query}",
        text=typed(data, "text"),
        answers=answers,
        prove=PROVE,
    )
