"""In which version of xAPI is a learning system answered, whatever it asks?"""

import re

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from passport.statements.errors import VersionError

PATH = "/xapi"
HEADER = "X-Experience-API-Version"
VERSIONS = ("1.0.3", "2.0.0")
_VERSION = re.compile(r"(1\.0|2\.0)(\.\d+)?\Z")


def spoken(version: str) -> None:
    """Refuse a version that is not spoken here.

    :raises VersionError: none is named, or one that is not spoken.
    """
    if not _VERSION.match(version):
        raise VersionError(errors={HEADER: VersionError.__doc__ or ""})


class Versioned:
    """An ASGI application that tells in which version of xAPI it answers: every learning system, whatever it asks.

    Around all of the application, because what may not be known to be there must look like what is not.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the header to what is answered below our path."""
        if scope["type"] != ScopeType.HTTP or not scope["path"].startswith(f"{PATH}/"):
            await self.app(scope, receive, send)
            return
        asked = dict(scope["headers"]).get(HEADER.lower().encode(), b"").decode("latin-1")
        version = VERSIONS[0] if asked.startswith("1.0") else VERSIONS[1]

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (HEADER.lower().encode(), version.encode())]
            await send(message)

        await self.app(scope, receive, answer)
