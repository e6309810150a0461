"""How often may this be tried, by whom? Each purpose is counted apart, over all processes, from behind any proxy."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from access.identity import Identity
from access.permissions import Permission
from foundation.counting import counted
from foundation.problems import TooManyTriesError
from foundation.settings import settings

Connection = ASGIConnection[Any, Any, Any, Any]
UNKNOWN = "unknown"
ONE_HOME = 64
"""Whoever has one address of the newer kind has all that share so many of its bits."""


class Limit(StrEnum):
    """What is counted, each for itself: one is not used up by another."""

    SIGN_IN_FROM = "sign-in from a network"
    """A force's officers may all come from one address; a guesser from anywhere."""

    SIGN_IN_AS = "sign-in to an account"
    """Whoever signs in so often is a program, or has let one loose."""

    REFUSED_FROM = "refused tokens from a network"
    """Only those that were refused: a feed of the same network whose token holds is not shut out by one that lost its own."""

    LOGOUT = "logout by the provider"
    """The provider's own calls; anybody can reach the address."""

    VERIFICATION = "certificate verification"
    """Anybody, signed in or not, who checks a certificate."""

    API = "API"
    """One person or one system."""

    CALENDAR = "calendar"
    """Calendar programs, many from one provider's network; and whoever tries to guess an address."""

    EXPORT = "export"
    """One person or one system who takes a list away."""


@dataclass(frozen=True, slots=True)
class Most:
    """So many tries within a window."""

    tries: int
    window: timedelta


BY_NETWORK = frozenset({Limit.SIGN_IN_FROM, Limit.REFUSED_FROM, Limit.LOGOUT, Limit.CALENDAR})
"""Counted by network whoever is signed in; the others by person or system, where one is known."""
EXPORTS: Mapping[object, Limit] = {
    Permission.DESK_EXPORT: Limit.EXPORT,
    Permission.DEMAND_EXPORT: Limit.EXPORT,
}
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
# The operator says how many calls of the API one person or system may make.
LIMITS: Mapping[Limit, Most] = {
    Limit.SIGN_IN_FROM: Most(300, 5 * MINUTE),
    Limit.SIGN_IN_AS: Most(20, 5 * MINUTE),
    Limit.REFUSED_FROM: Most(60, 5 * MINUTE),
    Limit.LOGOUT: Most(600, MINUTE),
    Limit.VERIFICATION: Most(60, MINUTE),
    Limit.CALENDAR: Most(600, MINUTE),
    Limit.EXPORT: Most(30, HOUR),
}


async def count(limit: Limit, who: str) -> None:
    """Count one try; who tried is kept only as a hash, and only for the window.

    :raises TooManyTriesError: there were too many.
    """
    most = LIMITS.get(limit) or Most(settings().api_calls_a_minute, MINUTE)
    tried = await counted(f"{limit.name}:{hashlib.sha256(who.encode()).hexdigest()[:32]}", most.window)
    if tried.number > most.tries:
        raise TooManyTriesError(tried.seconds)


async def within_limits(connection: Connection, handler: BaseRouteHandler) -> None:
    """Count a call of a route that names its limit, or whose permission has one.

    :raises TooManyTriesError: there were too many.
    """
    limits = {handler.opt.get("limit"), EXPORTS.get(handler.opt.get("permission"))}
    for limit in sorted(limit for limit in limits if isinstance(limit, Limit)):
        await count(limit, network_of(connection) if limit in BY_NETWORK else caller_of(connection))


def caller_of(connection: Connection) -> str:
    """Return whose calls are counted together: a person's, a system's, or those of a network where nobody is known."""
    known = connection.scope.get("user")
    if not isinstance(known, Identity):
        return network_of(connection)
    return f"system {known.name}" if known.is_machine else f"person {known.person_id}"


def network_of(connection: Connection) -> str:
    """Return the network a request comes from, as the outermost of our own proxies saw it.

    Whatever stands further left in X-Forwarded-For was written by whoever asks, and is not believed.
    """
    hops = [
        hop.strip() for line in connection.headers.getall("x-forwarded-for", []) for hop in line.split(",")
    ]
    depth = settings().trusted_proxies
    if depth and len(hops) >= depth:
        return _network(hops[-depth])
    return _network(connection.client.host if connection.client else UNKNOWN)


def _network(address: str) -> str:
    try:
        known = ip_address(address.strip("[]"))
    except ValueError:
        return UNKNOWN
    if not isinstance(known, IPv6Address):
        return str(known)
    return str(known.ipv4_mapped or ip_network((known, ONE_HOME), strict=False))
