"""May whoever is asking come through this door, and see this person? No declaration, no answer."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from litestar.connection import ASGIConnection
from litestar.exceptions import NotAuthorizedException
from litestar.handlers import BaseRouteHandler

from access.facts import subjects
from access.glass.opening import through_glass
from access.identity import Identity
from access.permission_map import may_use, through
from access.permissions import Permission
from access.readings.looks import Look
from access.readings.recording import note_opened
from access.sign_in import cookie_name
from access.unsent.keeping import kept_for
from foundation.problems import NotFoundError, Problem


class UndeclaredRouteError(RuntimeError):
    """A route declares no permission, so it answers nobody."""


class SignInRequiredError(NotAuthorizedException):
    """Sign in to continue."""

    def __init__(self, unsent: int | None = None) -> None:
        super().__init__(self.__doc__ or "")
        self.unsent = unsent
        """The number of the form that was sent, where what was typed is kept."""


class TokenRequiredError(Problem):
    """Send the bearer token of a registered system."""

    status = 401
    title = "Send a token"

    @property
    def headers(self) -> Mapping[str, str]:
        return {"WWW-Authenticate": 'Bearer realm="Attested"'}


async def at_the_door(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Let pass whoever holds the permission that the route declares.

    What somebody typed before their session ended is kept for them.

    :raises SignInRequiredError: nobody is signed in. :raises TokenRequiredError: nor is it a page that people sign in for.
    :raises NotFoundError: somebody without the permission asks.
    """
    if connection.scope.get("method") == "OPTIONS":
        return
    permission = handler.opt.get("permission")
    if not isinstance(permission, Permission):
        raise UndeclaredRouteError(str(handler))
    identity = connection.scope.get("user")
    if may_use(identity if isinstance(identity, Identity) else None, permission):
        return
    if identity is None:
        if handler.opt.get("for_systems"):
            raise TokenRequiredError
        secret = connection.cookies.get(cookie_name())
        raise SignInRequiredError(await kept_for(connection, handler.opt, secret=secret))
    raise NotFoundError


async def let_see(
    identity: Identity, permission: Permission, person_id: int, *, on: date, look: Look | None
) -> None:
    """Let pass whoever may see a person's record; a person out of reach looks exactly like one who does not exist.

    The look is written down before anything can be shown. None is for whoever writes, and says so in a line of their own.

    :raises NotFoundError: there is no such person, or they are out of reach.
    :raises NotRecordedError: that they look cannot be written down.
    """
    subject = (await subjects([person_id], on)).get(person_id)
    if subject is None:
        raise NotFoundError
    role = through(identity, permission, subject)
    if look is None:
        if role is None:
            raise NotFoundError
        return
    if role is None:
        role, look = through_glass(identity, permission, person_id, look)
    await note_opened(identity, role, person_id, look)
