"""May the demonstration's sign-in be offered to this visitor? Only on this very machine, and only without a real one."""

from urllib.parse import urlsplit

from access.shell import AnyonesRequest
from foundation.problems import NotFoundError
from foundation.settings import is_loopback, settings

PASSED_ON = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")


def demo_only(request: AnyonesRequest) -> None:
    """Refuse the demonstration's sign-in wherever a real one is set, or others can reach the server.

    :raises NotFoundError: it is not offered here.
    """
    client = request.client.host if request.client else ""
    is_near = is_loopback(settings().host) and is_loopback(client) and _is_asked_by_a_near_name(request)
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
    return is_loopback(named) and not any(name in request.headers for name in PASSED_ON)
